"""How placements are worded; each pattern with an example."""

import re

_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINALS = {word: i for i, word in enumerate(_WORDS, start=1)}

_AMONG = r"(?:out of|of|among|from)\s+(?:the\s+)?(?:all\s+)?"
_COUNT = rf"(?:\s*(?:place|rank|position|spot)?\s*(?:overall\s*)?{_AMONG}(?P<out>\d{{1,3}})\b)?"
# not "the first ten countries"
_ORDINAL = (
    rf"(?:(?P<n>\d{{1,3}})(?:st|nd|rd|th)|(?P<w>{'|'.join(_WORDS)}))"
    r"(?!\s+(?:two|three|four|five|six|ten|twenty|half|third|quarter|few|\d))"
)
_VERB = (
    r"(?:rank(?:s|ed|ing)?|place[sd]?|plac(?:es|ing)|put|came|comes|stood|stands|position(?:ed)?"
    r"|finish(?:ed|es)|score[sd]?|rose|fell|moved|climbed|dropped|slipped|ended|held|holds|took"
    r"|takes|reached)"
)


def _compiled(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


# "ranks 11th out of the 28", "was ranked third"
RANKED = _compiled(rf"\b{_VERB}\b[^.;]{{0,40}}?\b{_ORDINAL}\b{_COUNT}")
# "at third place", "9th position of 35"
PLACE = _compiled(rf"\b{_ORDINAL}\s+(?:place|rank|position|spot)\b{_COUNT}")
# "is the fourth most advanced"
MOST = _compiled(
    rf"\b(?:is|was|are|were|as|being)\s+(?:the\s+)?{_ORDINAL}\s+(?:most|best|highest|least)\b{_COUNT}"
)
# "ranked Norway 19 out of 193"; "held rank 8 of 28"
PLAIN = _compiled(
    r"\brank(?:s|ed|ing)?\b[^.;\d]{0,40}?(?:no\.?\s*|number\s*|#)?(?P<n>\d{1,3})\s+",
    r"(?:out of|of|among)\s+(?:the\s+)?(?P<out>\d{1,3})\b",
)
# "tops the ranking", "holds the first place", "has the highest score"
TOP = _compiled(
    r"\b(?:tops|topped|leads|led",
    r"|(?:holds|held|takes|took|in|has|at|occupies|occupied) (?:the )?(?:top|first)",
    r" (?:place|spot|position|rank)",
    r"|the highest (?:score|rank|value)|ranks? highest|ranked highest)\b",
)
# "last among 28", "second to last of 35"
LAST = _compiled(
    r"\b(?P<second>second[- ]to[- ])?last\b(?:\s+(?:place|rank))?",
    r"\s+(?:out of|of|among|in)\s+(?:the\s+)?(?:all\s+)?(?P<out>\d{1,3})\b",
)
# "followed by Norway, Sweden and Italy"
FOLLOWED = _compiled(r"\bfollowed by\s+(?P<list>[^.;]+)")
# "… of the 28 member states"
OUT_OF = _compiled(
    r"\b(?:out of|of|among)\s+(?:the\s+)?(?:all\s+)?(?P<out>\d{1,3})\s+(?:[\w.]+\s+){0,2}",
    r"(?:countries|states|members|economies|nations)\b",
)
# "scored 0.91", "with 62 points"
VALUE = _compiled(
    r"\b(?:scor(?:ed|es|ing)|score of|value of)\s+(?P<v>\d{1,3}(?:\.\d+)?)(?![\w/]|\.\d)",
    r"|\bwith\s+(?P<w>\d{1,3}(?:\.\d+)?)\s*(?:points|out of 100)\b",
)
# "fared poorly", "achieved good marks", "above the OECD average"
QUALIFIER = _compiled(
    r"\b(?:fare[sd] (?:very )?(?:well|poorly|badly)",
    r"|(?:received|receives|achieved|achieves|obtained|got)\s+(?:very\s+)?",
    r"(?:middling|low|high|good|poor|medium|average|mediocre|top|excellent)",
    r"\s+(?:scores?|marks?|ratings?)",
    r"|(?:low|high|middling|poor|good) (?:scores|marks|ratings)",
    r"|performs? (?:very )?(?:well|poorly|badly)|(?:above|below) (?:the )?(?:EU |OECD )?average)\b",
)
# "aims to be among the top ten by 2030" is no placement
TARGET = _compiled(
    r"\b(?:aims?|target|goal|ambition|intends?|plans?|hopes?|want(?:s|ed)? to|by 20[2-5]\d|will",
    r"|should|would)\b[^.;]*\b(?:top|rank|place|among)\b",
)
# "is not ranked 5th", "never placed"
NEGATED = _compiled(r"\b(?:not|never|nor|without being)\s+(?:\w+\s+)?(?:rank|place|position)")
# … nor is that of a canton or a school
SUBNATIONAL = _compiled(
    r"\b(?:cantons?|regions?|municipalit\w+|cities|city|provinces?|districts?|schools?",
    r"|universit\w+|companies)\b",
)
# "with regard to digital skills", "in the area of open data"
DIMENSION = _compiled(
    r"\b(?:with regard to|in terms of|with respect to|regarding|on|for|in the",
    r"|in the (?:area|field|dimension|category|domain|sub-index) of)\s+(?:the\s+)?",
    r"(?P<d>[A-Za-z][\w\s-]{3,50}?)",
    r"(?:\s+(?:dimension|category|pillar|sub-index|component|area|indicator))?",
    r"(?=[,.;)]|\s+and\b|\s+where\b|$)",
)
AREA = _compiled(r"in the (?:area|field) of (?P<d>[\w\s-]{4,40}?)(?=,)")
NO_DIMENSION = _compiled(
    r"(?:european union|eu|oecd|world|implementation|survey|index|report|ranking|list"
    r"|(?:\w+ )?(?:years?|time|times|months?)|first|second)\b"
)
# the index named before: "in the same survey"
SAME = _compiled(
    r"\b(?:same|this|that|the) (?:index|survey|ranking|report|benchmark|study)\b",
    r"|^It (?:received|ranked|was ranked|scored|came)|\brank",
)
# an index that has no name: "a 2018 report on skills ranked …"
GENERIC = _compiled(
    r"\b(?P<y>(?:19|20)\d\d) (?P<name>report on [a-z ]{4,40}?)\s+(?=ranked|placed|put|rated)"
)
