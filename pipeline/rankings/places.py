"""The ranks, values and qualities that a sentence states, each with where it stands.

An ordinal is a rank where a verb of placing, a country or another rank governs it and no noun of
its own follows: "third" in "came third in the DESI", not in "the third edition of the DESI".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.rankings.numbers import CARDINAL, ORDINAL, count, folded, value
from pipeline.rankings.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A placement without its country and index.

    Attributes:
        start: Where its words begin in the sentence.
        end: … and end, the number of ranked countries included.
        rank: The rank; None for values and qualities.
        out_of: Number of ranked countries, where it is said beside the rank.
        words: The words of a placement without a rank.
        value: The score.
        last: Countries behind this one, where the rank is counted from the end.
        upto: The last rank of 'places two to four', which several countries share out.
    """

    start: int
    end: int
    rank: int | None = None
    out_of: int | None = None
    words: str | None = None
    value: float | None = None
    last: int | None = None
    upto: int | None = None


_NOUN = r"(?:places?|positions?|ranks?|spots?|slots?|rung|ranking)"
UNITS = (
    r"(?:countries|states|donors|signatories|entries|societies|cases|places|schemes"
    r"|nations|members|economies|nations|jurisdictions|systems|territories|EU|OECD"
    r"|participants|democracies)"
)
_THINGS = (
    r"(?:planned |existing )?(?:measures|e-services|services|points|pillars|indicators"
    r"|goals|targets|components|factors|categories|dimensions|criteria|areas|functions)"
)
_MANY = r"(?:the |all |a total of |some |then |its |a field of |as many as |altogether |in all )*"
_COUNT = (
    rf"(?:\s*{_NOUN})?(?:\s+(?:overall|worldwide|globally))?"
    rf",?\s*(?:(?:out of|of|among|amongst|from among)\s*{_MANY}|/\s*)(?P<out>{CARDINAL})\b"
    rf"(?!\s*(?:%|percent|per cent|{_THINGS}))"
)
COUNT = re.compile(_COUNT, re.IGNORECASE)
# "among the 132 economies covered", "of 193 UN member states", "which compares 40 countries"
TOTAL = re.compile(
    rf"\b(?:out of|of|among|amongst|in|with|for|the|its|ranks|has|had|embrac\w+"
    rf"|includ\w+|compar\w+|cover\w*|look\w* at|assess\w*|rank\w*|evaluat\w+"
    rf"|examin\w+|survey\w*|measur\w+|rate\w*|scor\w+|review\w*|contain\w*|count\w*)\s+"
    rf"{_MANY}(?P<out>{CARDINAL})\s+(?!most|best|top|leading|largest|worst|poorest"
    rf"|first)(?:[\w.'■-]+\s+){{0,3}}?{UNITS}\b"
    rf"|\b(?P<front>{CARDINAL})\s+(?:[\w.'■-]+\s+){{0,2}}{UNITS}\s+(?:\w+\s+)?(?:is|are"
    rf"|was|were|take|took)\s+(?:\w+\s+)?(?:part|measured|examined|covered|surveyed"
    rf"|assessed|ranked|compared|included|scored|evaluated|reviewed|tested|rated)\b"
    rf"|\b(?:a\s+)?(?:field|list|table|group|sample|league|total) of "
    rf"(?P<field>{CARDINAL})\b(?!\s*(?:%|percent|per cent|pillars|points|indicators"
    rf"|measures))",
    re.IGNORECASE,
)

_ORDINAL = re.compile(ORDINAL, re.IGNORECASE)
# What may follow an ordinal that is a rank.
_AFTER = re.compile(
    rf"\s*(?:$|[.,;:)!?/]|-?{_NOUN}\b|■|[-–—]\s"
    r"|(?:and|or|but|to|in|on|of|out|among|amongst|for|with|at|as|by|from|while|whilst|whereas|when"
    r"|overall|worldwide|globally|internationally|behind|ahead|after|alongside|just|only|again"
    r"|last|according|regarding|concerning|within|across|under|there|then|respectively|compared|up"
    r"|down|because|thanks|despite|although|though|is|was|it|jointly|equal|together|where|both|if"
    r"|between|since|over|this|that|which|one|so|not|yet|also|now|lowest|highest|best|worst"
    r"|strongest|weakest|most|least)\b)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(r"[\s-]+(?:best|highest|strongest|most \w+|least \w+)\b", re.IGNORECASE)
_WORST = re.compile(r"[\s-]+(?:lowest|worst|weakest|poorest)\b", re.IGNORECASE)
_VERBS = (
    r"(?:rank(?:s|ed|ing|ings)?|place[sd]?|placing|placement|put|puts|came|comes?|coming|stood"
    r"|stands?|standing|position(?:s|ed)?|finish(?:ed|es)?|score[sd]?|rose|rises?|rising|fell"
    r"|falls?|falling|fallen|mov(?:ed|es|ing)|climb(?:s|ed|ing)?|dropp?(?:ed|s|ing)?|slip(?:s|ped"
    r"|ping)?|slid|slides?|end(?:ed|s)? up|ended|held|holds?|took|takes?|reach(?:ed|es)?|sits?|sat"
    r"|find(?:s)?|found|land(?:ed|s)?|occup(?:y|ies|ied)|lists?|listed|rated?|advanc(?:ed|es)|leapt"
    r"|leaps?|jump(?:ed|s)?|improv(?:ed|es)|went|goes|lies?|lay|lags?|trail(?:s|ed)?|appears?"
    r"|appeared|emerg(?:ed|es)|remain(?:s|ed)?|stay(?:s|ed)?|kept|keeps?|is|was|are|were|be|been"
    r"|being|becam?e|becomes|has|had|sees?|saw|shar(?:e|es|ed|ing)|tied?|ties|accord(?:s|ed)?|given"
    r"|gives?|gave|earn(?:s|ed)?|secur(?:ed|es)|claim(?:s|ed)?|retain(?:s|ed)?|achiev(?:ed|es)"
    r"|obtain(?:s|ed)?|gain(?:s|ed)?|regain(?:s|ed)?|tumbl(?:ed|es)|plung(?:ed|es)|sank|sinks?"
    r"|plummet(?:s|ed)|surg(?:ed|es)|return(?:s|ed)?|recover(?:s|ed)?|relegat(?:es|ed)"
    r"|declin(?:es|ed)"
    r"|deteriorat(?:es|ed)|ascent|rise|fall|drop|jump|clim|decline|assign(?:s|ed)?|award(?:s|ed)?)"
)
_GOVERNED = re.compile(rf"\b{_VERBS}\b(?:(?![.;]|\d{{4}}:).){{0,60}}$", re.IGNORECASE)
_NEAR_VERB = re.compile(
    rf"\b{_VERBS}\b(?:,?\s+[\w'■.-]+){{0,6}}?,?\s*(?:,\s*[\w\s■'-]{{0,40}},)?\s*$", re.IGNORECASE
)
_COMMON = re.compile(
    r"\s*of\s+(?:which|whom|its|their|these|those|all|several|many|the (?:kind"
    r"|sort))\b|\s+(?:to|and foremost)\b(?!\s+last)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:\b(?:as well as|compared (?:to|with)|and|but|to|from|or|yet|then|while"
    r"|whereas|whilst|versus|than)|,|\()\s*"
    r"(?:[\w'■-]+\s+){0,4}$",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Article|section|paragraph|Chapter|on the)\s*$",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(
    r"\s*(?:of\s+)?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|century|time|year|edition)",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\b(?:upper|lower|top|bottom|middle|one|two|a)[\s-]+$", re.IGNORECASE)
_DISCOURSE = re.compile(r"^\W*$|[.;:]\s*$")
_CARDINAL = re.compile(
    rf"(?:\b(?:rank(?:s|ed|ing)?|position|place|spot|number|no\.?|nr\.?)|[#№])\s*"
    r"(?:(?:at|as|of|is|was|number|no\.?|nr\.?|position|rank|only|just|[:#№])\s*){0,3}"
    rf"(?P<n>\d{{1,3}})\b(?!\s?(?:%|percent|per cent|st\b|nd\b|rd\b|th\b)|[.,]\d|-|\s+"
    rf"(?:\w+\s+)?{UNITS})",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(ORDINAL + r"\s+", re.IGNORECASE)
_PERCENTILE = re.compile(r"percentile\s*$", re.IGNORECASE)
# "ranked Belgium 19 out of 193", "has Thailand at 21 of 190 economies", "had been at 77"
_PLAIN = re.compile(
    rf"\b(?:{_VERBS})\b[^.;\d]{{0,40}}?(?<![-.])\b(?P<n>\d{{1,3}})"
    rf"(?=\s*(?:out of|of|among|amongst)\s+{_MANY}\d{{1,3}}\b\s*(?:[,.;)]|$"
    rf"|(?:[\w.■'-]+\s+){{0,2}}{UNITS}|(?:in|on|for|and|but|with|at|overall|worldwide)\b))"
    r"|\b(?:is|was|been|be|stands|stood|sits|sat|puts?|has|had|has it|came in|comes in"
    r"|trails|trailed|ranks|ranked|lies|finished)\b\s+(?:[A-Z]\w+\s+){0,3}"
    r"(?:only\s+|still\s+)?at\s+(?:number\s+)?(?P<m>\d{1,3})\b(?!\s?(?:%|percent"
    r"|per cent|points|st|nd|rd|th|years|million|billion|euros?)|[.,]\d)",
)
_MOVED_TO = re.compile(
    r"\b(?:rose|risen|fell|fallen|climbed|dropped|slipped|slid|moved|recovered"
    r"|improved|declined|jumped|tumbled|up|down|advanced|sank|plunged|went)\b"
    r"(?:(?![.;]|\bfrom\b)[^\d]){0,40}?,?\s*\bto\s+(?:number\s+|rank\s+)?"
    r"(?P<n>\d{1,3})(?=\s*(?:[,.;)]|$|in\b|on\b|for\b|the year|out of|of \d))",
    re.IGNORECASE,
)
_GLOSSED = re.compile(r"(?<=[\s(])(?P<n>\d{1,3})(?=\s+\([a-z][a-z\s-]+\))")
_LISTED_AT = re.compile(
    r"(?<=[a-z]),?\s+(?:still\s+|only\s+)?at\s+(?P<n>\d{1,3})(?=\s*(?:[,.;)]|$|and\b|in\b))"
)
_OF_RANKS = re.compile(r"■|\b(?:place|position|rank|ranking|standing|spot)\b")
_IN_BRACKETS = re.compile(r"\((?P<n>\d{1,3})\)")
_FROM_TO = re.compile(
    r"\b(?:went|moved|rose|fell|climbed|dropped|slipped|advanced|improved|declined"
    r"|jumped|rising|falling|place|position|rank|ranking)\b[^.;\d]{0,40}"
    r"\bfrom\s+(?P<n>\d{1,3})(?![\d.%]|st|nd|rd|th|\s?(?:percent|per cent|points))"
    r"(?:\s+in\s+(?:19|20)\d\d)?"
    r"(?:,?\s+via\s+(?P<v>\d{1,3})(?:\s+in\s+(?:19|20)\d\d)?)?,?\s+to\s+(?P<m>\d{1,3})"
    r"(?![\d.%]|st|nd|rd|th|\s?(?:percent|per cent|points))",
    re.IGNORECASE,
)
_EITHER = rf"(?:{ORDINAL.replace('(?P<n>', '(?:').replace('(?P<w>', '(?:')}|{CARDINAL})"
_RANGE = re.compile(
    rf"\b(?:{_NOUN}\s+(?P<a>{_EITHER})\s+(?:to|through)\s+(?P<b>{_EITHER})"
    rf"|(?P<c>{_EITHER})\s+to\s+(?P<d>{_EITHER})\s+{_NOUN}|(?:make up|form|complete"
    rf"|made up|formed)\s+the\s+(?P<podium>podium|top three)\b)",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"\((?P<n>\d{1,3})\s*/\s*(?P<out>\d{2,3})\)")

_LAST = re.compile(
    r"\b(?:(?P<k>second|third|fourth|fifth)(?:[\s-]+(?:to|from))[\s-]+(?:the\s+)?"
    r"(?P<what>last|bottom|lowest|worst)\b"
    r"|(?P<pen>penultimate|next to last|last but one)\b"
    r"|(?<!at )(?<!the )\b(?P<one>last)\b(?!\s+(?:year|years|decade|time|edition|month"
    r"|week|report|one"
    r"|few|three|two|five|ten|election|round|survey|ranking|\w+ed\b(?! of)|to\b|but\b"
    r"|from\b|century|parliament|resort|govern\w+))"
    r"|(?:(?<=the )|(?<=in )|(?<=in the ))(?P<place>last|bottom)\s+(?:place|position|rank|spot)\b"
    r"|(?:at|from|to|near)\s+the\s+(?:very\s+)?(?P<bottom>bottom)\b(?!\s+(?:ten|five"
    r"|third|half|quarter|group))"
    r"|\b(?P<low>lowest-ranked|worst-placed|br(?:ings?|ought|inging) up the rear"
    r"|at the (?:very )?end of|closes? the (?:table|list|ranking|field)|closes? "
    r"(?:the )?■))",
    re.IGNORECASE,
)
_SET_VERB = re.compile(
    rf"\b{_VERBS}\b[^.;]{{0,40}}$|[,(]\s*$|\b(?:and|but|dead|in)\s+$", re.IGNORECASE
)
_TOP = re.compile(
    r"\b(?:tops|topped|topping|leads|led|leading(?=\s+(?:the|with|in|■))|heads|headed"
    r"|(?:best|top)[- ](?:performer|performing|placed|ranked|scoring|rated)\b(?!\s+[A-Z])"
    r"|front[- ]?runner|at the head of|(?:world|global|european)\s+leader|in the lead"
    r"|(?:the|at the|to the|in|at|very|joint|overall|its|take[sn]?|took|comes?|came"
    r"|hold[s]?|held|claims?|occup\w+)\s+"
    r"(?:very\s+)?(?:top|pole|leading|number[- ]one|uppermost)\s+(?:place|spot|position|rank|slot)"
    r"|(?:at|to|from) the (?:very )?top(?=\s+of\b|\s+for\b|[,.;)]|\s+in\b)"
    r"|(?:comes?|came|ranks?|ranked|finish(?:es|ed)|placed|scores?|scored)\s+(?:out"
    r"\s+)?(?:on\s+)?(?:top|highest|best)\b"
    r"|(?:the\s+(?:very\s+)?(?:highest|best|top)|its\s+highest)\s+(?:score|rank|value"
    r"|mark|rating|result)s?\b(?! being)"
    r"|(?:was|is|were|are|as|ranked|named|rated)\s+(?:the\s+)(?:very\s+)?best\b(?=\s*"
    r"(?:of|in|among|worldwide|[.,;]|$))"
    r"|no (?:other )?(?:country|state|member state|nation|economy) (?:does|did|scores?"
    r"|scored|ranks?|ranked|fares?|fared|performs?|performed) better"
    r"|number[- ]one|second to none|unrivall?ed|unsurpassed|in pole position"
    r"|out in front|(?:on|at) (?:the )?(?:top|summit|apex|pinnacle)(?= of\b|[,.;]"
    r"| in\b)|outperforms? (?:all|every)|ahead of (?:all|every) (?:other|the other)"
    r"|better than any other|the highest of (?:all|any)|(?:was|is) crowned"
    r"|the pace-?setter|the champion\b|the leader\b(?= in| of| among|[,.;])"
    r"|first among equals|the winner\b|sets the pace|(?<='s )lead\b(?= in)"
    r"|the best result (?:of|among)|(?:holds?|held|shares?|shared) the crown)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\s*(?:and\b|[.,;]|$|ahead of\b|before\b)")
_RUNNER_UP = re.compile(r"\brunner[- ]up\b", re.IGNORECASE)
_NOT_TOP = re.compile(
    r"\b(?:that|which|project|ministry|agency|council|team|committee|reforms?|has|have|had)\s+$"
    r"|\bis$|\bis\s+$",
    re.IGNORECASE,
)

_NUMBER = r"(?<![\w.,-])(?P<{0}>-?\d{{1,4}}(?:[.,]\d+)?|0?\.\d+)"
_VALUES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        _NUMBER.format("a")
        + r"(?:\s+(?:points?|marks)\b(?!\s+(?:more|fewer|less|higher|lower|above|below"
        r"|up|down|ahead|behind|clear))"
        r"(?:\s+(?:out of|of)\s+(?:a (?:possible|maximum of) )?\d+)?|\s+(?:out )?of "
        r"(?:a possible )?\d+ points?\b|\s*(?:/|out of a possible)\s*\d{1,4}\b(?=\s*"
        r"(?:points|[),.]))"
        r"|\s+out of\s+(?:5|7|10|100|1,?000)\b)",
        r"\b(?:finish(?:ed|es)? (?:with|on)|had sunk to|rose to|fell to|estimate of"
        r"|figure (?:was|is)|scor(?:es?|ed|ing)|score\s+(?:of|was|is|at|stood at"
        r"|came to)|scores?\s*[:(=]|value\s+(?:of|was|is)"
        r"|rating\s+of|mark\s+of|attain(?:s|ed)|grade\s+of|index value of|points"
        r"\s*:)\s*(?:only|just|a|an|at|about)?\s*"
        + _NUMBER.format("a")
        + r"(?!\s?(?:%|percent|per cent)|\w|(?:\.\d)|\s+(?:places|positions|countries"
        r"|out of \d\d\b(?!0)|of \d))",
        r"\b(?:received|receives|awarded|gets|got|achieved|obtained|reached|reaches"
        r"|assigned|gave|gives|earned)\s+(?:it\s+)?(?:a\s+|only\s+)?"
        + r"(?P<a>\d{1,2}\.\d{1,4})(?!\s?(?:%|percent|per cent|million|billion|points"
        r"|times|euros?)|\w)",
        r"\b(?:stood|stands|stand|was|is|were)\s+at\s+"
        + _NUMBER.format("a").replace(r"(?:[.,]\d+)?", r"[.,]\d+")
        + r"(?!\s?(?:%|percent|per cent))",
        r"\bpercentile(?:\s+rank)?\s+(?:for\s+[\w\s]{3,30}?\s)?(?:of\s+|was\s+|is\s+)?"
        + _NUMBER.format("a"),
        r"(?<=[\w)] at )"
        + _NUMBER.format("a").replace(r"(?:[.,]\d+)?", r"[.,]\d+")
        + r"(?!\s?(?:%|percent|per cent|million|billion))",
        r"(?<=, )"
        + r"(?P<a>-?[0-9]\.\d{2,4})(?=[,;.)\s])(?!\s?(?:%|percent|per cent|million|billion))",
    )
)
# "…, Norway 0.736 and Italy 0.729", "Sweden's 7.9", "43 for Egypt": scores beside a score
_LISTED = re.compile(
    r"(?:(?<=[a-zé] )|(?<='s )|(?<=, )|(?<=with ))(?P<a>\d{1,3}(?:\.\d+)?)(?=\s*"
    r"(?:[,.;)]|$|and\b|for\s+[A-Z]|for\s+[a-z]))"
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:by|further|another|up|down|gained|lost|of which|improvement of|increase of"
    r"|drop of|more than|scale from|from 0 to|to|averages?(?: of)?)\s+$",
    re.IGNORECASE,
)

_NO_SCORE = re.compile(r"\b(?:average|mean|median)\b[^,;]*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCORE_BEFORE = re.compile(
    r"(?:\b[A-Z]\w+(?:'s)?|,|\b(?:and|against|with|than|to|it had|had|receives?"
    r"|received|has|gets|got|was|were))\s+(?:just\s+|only\s+)?$"
)
_LEVEL = (
    r"(?:(?:very|rather|fairly|relatively|comparatively|only|particularly|extremely"
    r"|exceptionally)\s+)?"
    r"(?:middling|low|high|good|poor|medium|average|mediocre|top|excellent|weak|strong|modest|bad"
    r"|above-average|below-average|outstanding|disappointing|solid|decent|respectable|moderate"
    r"|favou?rable|unfavou?rable|dismal|fair)"
)
_QUALITY = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\bamong\s+the\s+(?:[\w-]+\s+){0,3}?(?:performers?|innovators|leaders"
        r"|laggards|best|worst|top|bottom|lowest|highest|leading|weakest|strongest"
        r"|first|last|poorest)\b(?:[\s-]+(?:[\w-]+\s+){0,2}?(?:countries|performers"
        r"|ten|five|twenty|third|quarter|group|innovators|states|placed|scoring|ranked"
        r"|economies|\d+))?",
        r"\b(?:in|into|within|to|belongs to)\s+(?:the\s+)?(?:top|bottom|upper|lower"
        r"|leading|middle|first|last|second|third)\s+(?:half|third|quarter|quartile"
        r"|quintile|tercile|decile|group|ten|five|twenty|fifteen|\d{1,3})\b",
        r"\b(?:top|bottom)\s+(?:ten|five|twenty|three|fifteen|thirty|\d{1,3}|third"
        r"|half|quarter|quartile|tercile|quintile)\b",
        r"\b(?:middle of the (?:table|field|pack|ranking)|midfield|mid-table)\b",
        rf"\b(?:receiv(?:ed|es)|achiev(?:ed|es)|obtain(?:ed|s)|got|gets|earn(?:ed|s)"
        rf"|record(?:ed|s)|attain(?:ed|s))\s+(?:a\s+|an\s+)?{_LEVEL}\s+(?:scores?"
        rf"|marks?|ratings?|grades?|results?|rank)\b",
        r"\b(?:fare[sd]?|perform(?:s|ed)?|score[sd]?|d(?:oes|id)|rank(?:s|ed)?)\s+(?:"
        r"(?:very|rather|fairly|comparatively|relatively|particularly|only|quite"
        r"|consistently|exceptionally)\s+)?(?:well|poorly|badly|better|worse|high|low"
        r"|moderately)\b(?:\s+than\s+the\s+(?:EU|OECD|European|regional|global"
        r"|world)\s+average)?",
        r"\b(?:(?:well|far|clearly|slightly|just|somewhat|markedly|significantly)\s+)?"
        r"(?:above|below|under|over|close to|near|around|at)\s+(?:the\s+)?(?:(?:EU"
        r"|OECD|European|regional|global|world|international|union|European Union"
        r"|African|Latin American)\s+)?(?:average|mean|median)\b",
        rf"\b{_LEVEL}\s+(?:scores|marks|ratings|rating|score|mark|result|results)\b",
        r"\b(?:partly free|not free|flawed democracy|full democracy|hybrid regime"
        r"|authoritarian regime|(?:strong|moderate|modest|emerging) innovators?"
        r"|innovation leaders?|tier [123])\b",
        r"\b(?:rated|classified|classed|categori[sz]ed|labelled|described|regarded"
        r"|graded|considered)\s+(?:as\s+)?(?:a\s+|an\s+)?[\"']?(?:(?:very\s+)?(?:free"
        r"|high|low|poor|satisfactory|problematic|insufficient|sufficient|good"
        r"|excellent|weak|strong|moderate|medium|compliant|very \w+)|[\w-]+ "
        r"(?:performer|democracy|regime|country|group|innovator))\b",
        r"\b(?:best|top|high|low|good|poor|weak|strong|average|mediocre|leading)[- ]performers?\b",
        r"\b(?:lags?|lagging|lagged|falls?|trails?|trailed)\s+(?:far\s+|well\s+"
        r"|somewhat\s+)?behind\b(?:\s+(?:its|most|the)\s+(?:[\w-]+\s+){0,2}(?:peers"
        r"|average|neighbou?rs|countries|states))?",
        r"\bis\s+(?:excellent|poor|mediocre|outstanding|weak)\b",
        r"\bdismal\b",
    )
)


def places(sentence: Sentence) -> list[Place]:
    """Everything stated, in the order of the text, without overlaps."""
    found: list[Place] = []
    for place in _candidates(sentence, found):
        if all(place.end <= f.start or f.end <= place.start for f in found):
            found.append(place)
    return sorted(found, key=lambda p: p.start)


def _candidates(sentence: Sentence, found: list[Place]) -> Iterator[Place]:
    """Each kind in turn, the most telling first; `found` is read while it grows."""
    text = sentence.masked
    yield from _ranges(text)
    yield from _from_the_end(text)
    yield from _numbered(text)
    yield from _ordinals(sentence, found)
    yield from _first(text)
    if any(p.rank for p in found) or re.search(r"\b(?:ranks|positions|places)\b", text):
        for pattern in (_IN_BRACKETS, _LISTED_AT, _GLOSSED):
            yield from (Place(*m.span("n"), int(m["n"])) for m in pattern.finditer(text))
    yield from _scores(text)
    for place in _qualities(sentence):
        start, end = sentence.clause(place.start)
        if not any(start <= p.start < end and p.words is None for p in found):
            yield place


def _counted(text: str, start: int, end: int, rank: int | None) -> Place | None:
    """A rank with the number of ranked countries that may stand behind it."""
    if rank == 0:
        return None
    counted = COUNT.match(text, end)
    out = count(counted["out"]) if counted else None
    if counted and out:
        return Place(start, counted.end(), rank, out)
    noun = re.compile(rf"\s*{_NOUN}\b", re.IGNORECASE).match(text, end)
    return Place(start, noun.end() if noun else end, rank)


def _from_the_end(text: str) -> Iterator[Place]:
    for match in _LAST.finditer(text):
        if match["one"] and not _SET_VERB.search(text, max(0, match.start() - 60), match.start()):
            continue
        behind = _FROM_END[folded(match["k"])] - 1 if match["k"] else int(bool(match["pen"]))
        place = _counted(text, match.start(), match.end(), None)
        assert place is not None
        words = text[match.start() : match.end()]
        yield replace(
            place,
            rank=place.out_of - behind if place.out_of and place.out_of > behind else None,
            words=words,
            last=behind,
        )


_FROM_END = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}


def _ranges(text: str) -> Iterator[Place]:
    """'Ranks one to three', 'in second to fourth place', 'make up the podium'."""
    for match in _RANGE.finditer(text):
        ends = [e for e in (match["a"] or match["c"], match["b"] or match["d"]) if e] or ["1", "3"]
        first, last = (_any_number(e) for e in ends)
        if first < last:
            yield Place(*match.span(), first, upto=last)


def _any_number(words: str) -> int:
    ordinal = _ORDINAL.fullmatch(words)
    return value(ordinal) if ordinal else count(words)


def _numbered(text: str) -> Iterator[Place]:
    for match in _SLASHED.finditer(text):
        yield Place(match.start("n"), match.end("out"), int(match["n"]), int(match["out"]))
    for match in _CARDINAL.finditer(text):
        place = _counted(text, match.start(), match.end("n"), int(match["n"]))
        after_rank = any(m.end() == match.start() for m in _ORDINAL_BEFORE.finditer(text))
        if place and not after_rank and not _PERCENTILE.search(text, 0, match.start()):
            yield place
    for match in _FROM_TO.finditer(text):
        if not _OF_RANKS.search(text[: match.end()]):
            continue
        for group in ("n", "v", "m"):
            if match[group]:
                yield Place(*match.span(group), int(match[group]))
    for match in _MOVED_TO.finditer(text):
        if place := _counted(text, match.start("n"), match.end("n"), int(match["n"])):
            yield place
    for match in _PLAIN.finditer(text):
        group = "n" if match["n"] else "m"
        if place := _counted(text, match.start(group), match.end(group), int(match[group])):
            yield place


def _ordinals(sentence: Sentence, found: list[Place]) -> Iterator[Place]:
    text = sentence.masked
    for match in _ORDINAL.finditer(text):
        if not _stands_alone(text, match) or not _is_governed(sentence, match, found):
            continue
        rank, end = value(match), match.end()
        if worst := _WORST.match(text, end):
            place = _counted(text, match.start(), worst.end(), None)
            if place and place.out_of:
                yield replace(place, rank=place.out_of - rank + 1)
            continue
        if best := _SUPERLATIVE.match(text, end):
            end = best.end()
        if place := _counted(text, match.start(), end, rank):
            yield place


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether no noun of its own follows, and no date surrounds it."""
    if _DATE_BEFORE.search(text[: match.start()]) or _DATE_AFTER.match(text, match.end()):
        return False
    if match["w"] and _DISCOURSE.search(text[: match.start()]) and text[match.end() :][:1] == ",":
        return False  # "First, …"
    word = folded(match["w"] or "")
    common = text[: match.start()].rstrip().endswith(" at") or _COMMON.match(text, match.end())
    if (word in ("first", "second") and common) or _is_fraction(text, match, word):
        return False
    if re.match(r"\s+place\s+(?:being|goes to the|means|is that|for)\b", text[match.end() :]):
        return False
    return _AFTER.match(text, match.end()) is not None


def _is_fraction(text: str, match: re.Match[str], word: str) -> bool:
    """'The upper third', 'a fifth of the schools'."""
    part = _PART_OF.search(text[: match.start()])
    if part is None or not word or re.match(rf"[\s-]+{_NOUN}\b", text[match.end() :]):
        return False
    return part.group().strip().lower() != "a" or word in ("third", "fifth", "tenth")


def _is_governed(sentence: Sentence, match: re.Match[str], found: list[Place]) -> bool:
    """Whether a verb of placing, a country, a bracket or another rank stands before an ordinal."""
    text, at = sentence.masked, match.start()
    before = text[:at]
    if COUNT.match(text, match.end()):
        return True
    if re.search(r"\bin\s+(?:the\s+)?$", before) and re.match(
        r"\s*[.,;)]|\s*$", text[match.end() :]
    ):
        return True
    if re.compile(rf"\s*{_NOUN}\b", re.IGNORECASE).match(text, match.end()):
        return not re.match(
            r"\s*(?:place of|places of|rank of|position of (?!\d))", text[match.end() :]
        )
    if before.rstrip()[-1:] in ("(", ":") or re.search(r"\d{4}[:,]\s*$", before):
        return True
    if match["n"] and re.match(
        r"\s*(?:[,.;)]|$|(?:and|or|for|in|on|to|overall)\b)", text[match.end() :]
    ):
        return True
    near = [h for h in sentence.countries if h.end <= at and at - h.end <= 12]
    if near and not re.search(r"[.;]", text[near[-1].end : at]):
        return True
    if _NEAR_VERB.search(before):
        return True
    earlier = [p for p in found if p.rank and p.end <= at and at - p.end <= 120]
    if earlier and _JOINED.search(before):
        return True
    return bool(
        re.search(r"\bfrom\s+$", before, re.IGNORECASE)
        and re.match(r"[^.;]{0,90}?\bto\b", text[match.end() :])
    )


def _first(text: str) -> Iterator[Place]:
    for match in _RUNNER_UP.finditer(text):
        yield Place(*match.span(), 2)
    for match in _TOP.finditer(text):
        alone = match.group().lower() in ("leads", "led", "heads", "headed")
        if (
            alone
            and not re.match(
                r"\s+(?:its\s+|the\s+(?:\w+\s+){0,2}|[\w']+\s+(?:[\w']+\s+){0,2})?■|"
                r"\s+(?:the\s+(?:\d+|list|ranking|table|way|field|world|index|pack"
                r"|league|■)|■|in\b|worldwide|with\b|on\b|by\b)",
                text[match.end() :],
                re.IGNORECASE,
            )
            and not _LEADS.match(text, match.end())
        ):
            continue
        if place := _counted(text, match.start(), match.end(), 1):
            yield place


def _scores(text: str) -> Iterator[Place]:
    found: list[Place] = []
    for pattern in _VALUES:
        for match in pattern.finditer(text):
            before = text[: match.start("a")]
            if (
                not _CHANGE_BEFORE.search(before)
                and not _NO_SCORE.search(before)
                and not _YEAR.fullmatch(match["a"])
            ):
                found.append(_score(match))
    yield from found
    if found:
        first = min(p.end for p in found)
        for match in _LISTED.finditer(text, first):
            alike = "." in match["a"] or not any("." in text[p.start : p.end] for p in found)
            if _NO_SCORE.search(text[: match.start("a")]):
                continue
            if alike and _SCORE_BEFORE.search(text[: match.start("a")]):
                yield _score(match)


def _score(match: re.Match[str]) -> Place:
    return Place(match.start("a"), match.end(), value=float(match["a"].replace(",", ".")))


def _qualities(sentence: Sentence) -> Iterator[Place]:
    for pattern in _QUALITY:
        for match in pattern.finditer(sentence.masked):
            yield Place(*match.span(), words=sentence.text[match.start() : match.end()])
