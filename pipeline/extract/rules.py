"""The grammar of names: patterns that a name of a kind usually has, as features for the classifier.

Each pattern is named after an example. None decides alone: the classifier learns from the corpus
how far each can be trusted.
"""

import re

from spacy.tokens import Doc


Bounds = tuple[int, int]

_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŔŖŘŚŞŠŢȚŤŪŮŰŲŹŻŽ"
_FIRST = (
    r"(?:The|A|An|In|On|At|As|By|For|From|To|With|This|That|These|Those|Its|Their|His|Her|Our|While"
    r"|When|Since|After|Before|However|Although|Moreover|Furthermore|According|If|But|And|Under"
    r"|Prime|President|Minister|Both|Each|Every|Such)\b"
)
_CAP = rf"(?:(?:[eimg]-)?[{_UPPER}][\w’'&@+/-]*\.?(?:[{_UPPER}]\.)*)"
_RUN = rf"{_CAP}(?: (?:of |of the |for |for the |on |& )?{_CAP})*"
_LIST = rf"{_RUN}(?:(?:, {_RUN})+,? (?:and|&) (?!Ministr|Department|Office){_RUN}| (?:and|&) (?!Ministr|Department|Office|the ){_RUN})?"
_BODIES = (
    r"Ministr(?:y|ies)|Departments?|Offices?|Agency|Authority|Directorate(?:-General)?|Secretariat"
    r"|Commission(?:er)?|Committee|Council|Bureau|Institute|Division|Cent(?:re|er)|Unit|Board|Court"
    r"|Inspectorate|Chancellery|Service|Administration|Cabinet|Chamber|House|General Secretary"
)
_PLANS = (
    r"Strateg(?:y|ies)|Plans?|Agenda|Programme|Program|Road ?map|Framework|Guidelines|Initiative"
    r"|Agreement|Pact|Vision|Manifesto|Goals|Project|Reform|Package|Fund"
)
_PLAN_WORDS = r"(?:strategy|plan|programme|program|agenda|road ?map|framework|guidelines|agreement|manifesto|policy)"
_YEARS = r"(?:(?:19|20)\d\d(?:\s?[–—/-]\s?(?:(?:19|20)\d\d|\d{2}))?)"
_SYSTEMS = (
    r"Systems?|Platform|Portal|Register|Registry|Network|Database|Gateway|Cloud|App|Wallet|Card|ID"
)
_SCALES = r"Index|Survey|Benchmark|Barometer|Scoreboard|Ranking|Indicators|Monitor"
_LAWS = r"Act|Law|Code|Decree|Ordinance|Regulation|Directive|Constitution|Charter|Treaty|Convention|Statute|Bill|Circular|Manual"
_LAW_NUMBER = r"(?:\s?(?:no\.?|nr\.?|n\.?|n°|№|\((?:EU|EC)\)))*\s?\d+(?:[./-]\d+)*(?:/[A-Z]{2,3})?"

_PATTERNS: dict[str, tuple[str, re.Pattern[str]]] = {
    name: (label, re.compile(pattern))
    for name, label, pattern in (
        ("ministry-of", "AGENCY", rf"\b(?:{_BODIES}) (?:of|for) (?:the )?{_LIST}"),
        ("x-ministry", "AGENCY", rf"(?!{_FIRST})\b{_RUN}(?: and {_RUN})? (?:{_BODIES})\b"),
        ("x-office", "AGENCY", rf"(?!{_FIRST})\b{_RUN}[’']s? (?:{_BODIES}|[Oo]ffice)\b"),
        (
            "strategy-for",
            "STRATEGY",
            rf"(?!{_FIRST})\b(?:{_RUN} )?(?:{_PLANS}) (?:of|for|on) (?:the )?{_LIST}",
        ),
        (
            "x-strategy",
            "STRATEGY",
            rf"(?!{_FIRST})\b{_RUN}(?: and {_RUN})? (?:{_PLANS})\b(?:,? (?:for )?{_YEARS})?",
        ),
        ("dated-strategy", "STRATEGY", rf"\b{_YEARS} (?:[\w-]+ ){{0,3}}?{_PLAN_WORDS}\b"),
        ("dated-plan", "STRATEGY", rf"\b{_YEARS} {_RUN}(?: and {_RUN})?"),
        (
            "strategy-years",
            "STRATEGY",
            rf"\b(?:{_RUN} )?(?:[\w-]+ )?(?i:{_PLAN_WORDS})(?: (?:for|from|until|to))?:? {_YEARS}",
        ),
        ("name-2020", "STRATEGY", rf"(?!{_FIRST})\b{_RUN} 20[1-5]0\b"),
        (
            "government-program",
            "STRATEGY",
            rf"\b{_CAP}(?:[’']s)? (?:government|coalition) (?:programme|program|manifesto|agreement|platform)\b",
        ),
        (
            "x-system",
            "PLATFORM",
            rf"(?!{_FIRST})\b{_RUN}(?: and {_RUN})? (?:{_SYSTEMS})\b(?: for (?:the )?{_LIST})?",
        ),
        (
            "called-system",
            "PLATFORM",
            rf"(?:“{_CAP}”|\b{_CAP}) (?=(?:platform|system|portal|network|payroll|app|register|software|website)\b)",
        ),
        (
            "x-index",
            "INDEX",
            rf"(?!{_FIRST})\b(?:{_YEARS} )?{_RUN}(?: and {_RUN})? (?:{_SCALES})\b(?: {_YEARS})?",
        ),
        (
            "x-act",
            "LAW",
            rf"(?!{_FIRST})\b{_RUN}(?: and {_RUN})? (?:{_LAWS})\b(?: of {_YEARS}| {_YEARS})?",
        ),
        ("act-on", "LAW", rf"\b(?:{_RUN} )?(?:{_LAWS}) on (?:the )?{_LIST}"),
        (
            "law-number",
            "LAW",
            rf"\b(?:[Ll]egislative |[Rr]oyal |[Oo]rganic )?(?i:law|act|decree|decree-law|law decree|regulation|directive|ordinance|resolution|decision|circular|royal decree)(?i:{_LAW_NUMBER})",
        ),
    )
}


def grammar(doc: Doc) -> list[tuple[int, int, str, str]]:
    """Where a pattern holds: token bounds, its label, its name."""
    found = []
    for name, (label, pattern) in _PATTERNS.items():
        for match in pattern.finditer(doc.text):
            start, end = match.start(), match.end()
            while end > start and doc.text[end - 1] in " ,.’'“”":
                end -= 1
            while start < end and doc.text[start] in " “":
                start += 1
            span = doc.char_span(start, end)
            if span is not None and len(span) <= _LONGEST:
                found.append((span.start, span.end, label, name))
    return found


_LONGEST = 20


def appositions(doc: Doc) -> list[tuple[Bounds, Bounds]]:
    """What stands in brackets after a name and renames it: '… Drafts (Eelnõude infosüsteem, EIS)'.

    Returns:
        Pairs of token bounds: the name before the bracket (its last token's run), a part inside.
    """
    found = []
    for i, token in enumerate(doc):
        if token.text != "(" or i == 0:
            continue
        end = next(
            (k for k in range(i + 1, min(i + 18, len(doc))) if doc[k].text in ("(", ")")), None
        )
        if end is None or doc[end].text != ")":
            continue
        start = i + 1
        for k in range(i + 1, end + 1):
            if k == end or doc[k].text in (",", ";"):
                if start < k and any(c.isupper() for c in doc[start:k].text):
                    found.append(((i, i), (start, k)))
                start = k + 1
    return found
