"""The grammar of names: patterns that a name of a kind usually has, as features for the classifier.

Each pattern is named after an example. None decides alone: the classifier learns from the corpus
how far each can be trusted.
"""

import re

from pipeline.extract.words import Bounds, Sentence
from pipeline.records import Label

_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŔŖŘŚŞŠŢȚŤŪŮŰŲŹŻŽ"
_FIRST = (
    r"(?:The|A|An|In|On|At|As|By|For|From|To|With|This|That|These|Those|Its|Their|His|Her|Our|While"
    r"|When|Since|After|Before|However|Although|Moreover|Furthermore|According|If|But|And|Under"
    r"|Both|Each|Every|Such|(?:Prime|President|Minister)(?! Minister[’']|[’']))\b"
)
_CAP = rf"(?:(?:[eimg]-)?[{_UPPER}][\w’'&@+/-]*\.?(?:[{_UPPER}]\.)*)"
_RUN = rf"{_CAP}(?: (?:of |of the |for |for the |on |& )?{_CAP}){{0,8}}"
_NEW = r"(?!Ministr|Department|Office|the )"  # what follows 'and' may be the next body
_LIST = rf"{_RUN}(?:(?:, {_RUN}){{1,5}},? (?:and|&) {_NEW}{_RUN}| (?:and|&) {_NEW}{_RUN})?"
_NAMED = rf"(?!{_FIRST})\b{_RUN}(?: and {_RUN})?"
_BODIES = (
    r"(?:Ministr(?:y|ies)|Departments?|Offices?|Agency|Authority|Directorate(?:-General)?"
    r"|Secretariat|Commission(?:er)?|Committee|Council|Bureau|Institute|Division|Cent(?:re|er)|Unit"
    r"|Board|Court|Inspectorate|Chancellery|Service|Administration|Cabinet|Chamber|House"
    r"|General Secretary)"
)
_PLANS = (
    r"(?:Strateg(?:y|ies)|Plans?|Agenda|Programme|Program|Road ?map|Framework|Guidelines|Initiative"
    r"|Agreement|Pact|Vision|Manifesto|Goals|Project|Reform|Package|Fund)"
)
_PLAN_WORDS = (
    r"(?:strategy|plan|programme|program|agenda|road ?map|framework|guidelines|agreement|manifesto"
    r"|policy)"
)
_YEARS = r"(?:(?:19|20)\d\d(?:\s?[–—/-]\s?(?:(?:19|20)\d\d|\d{2}))?)"
_SYSTEMS = (
    r"(?:Systems?|Platform|Portal|Register|Registry|Network|Database|Gateway|Cloud|App|Wallet|Card"
    r"|ID)"
)
_SYSTEM_WORDS = r"(?:platform|system|portal|network|payroll|app|register|software|website)"
_SCALES = r"(?:Index|Survey|Benchmark|Barometer|Scoreboard|Ranking|Indicators|Monitor)"
_LAWS = (
    r"(?:Act|Law|Code|Decree|Ordinance|Regulation|Directive|Constitution|Charter|Treaty|Convention"
    r"|Statute|Bill|Circular|Manual)"
)
_LAW_WORDS = (
    r"(?:law|act|decree|decree-law|law decree|regulation|directive|ordinance|resolution|decision"
    r"|circular|royal decree)"
)
_LAW_NUMBER = r"(?:\s?(?:no\.?|nr\.?|n\.?|n°|№|\((?:EU|EC)\)))*\s?\d+(?:[./-]\d+)*(?:/[A-Z]{2,3})?"

# Each name is an example of its pattern.
_GRAMMAR: dict[Label, dict[str, str]] = {
    "AGENCY": {
        "ministry-of-finance": rf"\b{_BODIES} (?:of|for) (?:the )?{_LIST}",
        "finance-ministry": rf"{_NAMED} {_BODIES}\b",
        "ministers-office": rf"(?!{_FIRST})\b{_RUN}[’']s? (?:{_BODIES}|[Oo]ffice)\b",
    },
    "STRATEGY": {
        "strategy-for-skills": (
            rf"(?!{_FIRST})\b(?:{_RUN} )?{_PLANS} (?:of|for|on) (?:the )?{_LIST}"
        ),
        "skills-strategy-2020": rf"{_NAMED} {_PLANS}\b(?:,? (?:for )?{_YEARS})?",
        "2020-skills-strategy": rf"\b{_YEARS} (?:[\w-]+ ){{0,3}}?{_PLAN_WORDS}\b",
        "2030-agenda": rf"\b{_YEARS} {_RUN}(?: and {_RUN})?",
        "strategy-for-2020-2025": (
            rf"\b(?:{_RUN} )?(?:[\w-]+ )?(?i:{_PLAN_WORDS})(?: (?:for|from|until|to))?:? {_YEARS}"
        ),
        "skills-2020": rf"(?!{_FIRST})\b{_RUN} 20[1-5]0\b",
        "smith-government-program": (
            rf"\b{_CAP}(?:[’']s)? (?:government|coalition)"
            r" (?:programme|program|manifesto|agreement|platform)\b"
        ),
    },
    "PLATFORM": {
        "tax-system": rf"{_NAMED} {_SYSTEMS}\b(?: for (?:the )?{_LIST})?",
        "phoenix-(system)": rf"(?:“{_CAP}”|\b{_CAP}) (?={_SYSTEM_WORDS}\b)",
    },
    "INDEX": {
        "skills-index-2020": (
            rf"(?!{_FIRST})\b(?:{_YEARS} )?{_RUN}(?: and {_RUN})? {_SCALES}\b(?: {_YEARS})?"
        ),
    },
    "LAW": {
        "audit-act": rf"{_NAMED} {_LAWS}\b(?: of {_YEARS}| {_YEARS})?",
        "act-on-audit": rf"\b(?:{_RUN} )?{_LAWS} on (?:the )?{_LIST}",
        "law-18/2015": (
            rf"\b(?:[Ll]egislative |[Rr]oyal |[Oo]rganic )?(?i:{_LAW_WORDS})(?i:{_LAW_NUMBER})"
        ),
    },
}
_PATTERNS = [
    (label, name, re.compile(pattern))
    for label, patterns in _GRAMMAR.items()
    for name, pattern in patterns.items()
]
_LONGEST = 20  # words


def grammar(sentence: Sentence) -> list[tuple[int, int, Label, str]]:
    """Where a pattern holds: word bounds, its label, its name."""
    found, text = [], sentence.text
    for label, name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            while end > start and text[end - 1] in " ,.’'“”":
                end -= 1
            while start < end and text[start] in " “":
                start += 1
            bounds = sentence.at(start, end)
            if bounds is not None and bounds[1] - bounds[0] <= _LONGEST:
                found.append((*bounds, label, name))
    return found


def appositions(sentence: Sentence) -> list[tuple[int, Bounds]]:
    """What stands in brackets after a name and renames it: '… Drafts (Eelnõude infosüsteem, EIS)'.

    Returns:
        Pairs: the bracket's word, the bounds of a part inside.
    """
    words, found = sentence.words, []
    for i, word in enumerate(words):
        if word.text != "(" or i == 0:
            continue
        within = range(i + 1, min(i + 18, len(words)))
        end = next((k for k in within if words[k].text in "()"), None)
        if end is None or words[end].text != ")":
            continue
        start = i + 1
        for k in range(i + 1, end + 1):
            if k == end or words[k].text in (",", ";"):
                if any(w.capital for w in words[start:k]):
                    found.append((i, (start, k)))
                start = k + 1
    return found
