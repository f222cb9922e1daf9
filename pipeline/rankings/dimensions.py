"""The part of an index that a placement is about: 'human capital', None for the whole."""

import re
from collections.abc import Iterable

from pipeline.rankings.names import known
from pipeline.rankings.places import Place
from pipeline.rankings.sentence import Sentence

_ABOUT = (
    r"(?:for|in|on|in terms of|with regard to|with respect to|as regards|as for"
    r"|when it comes to|regarding|concerning|under"
    r"|under the heading of|in relation to|as to|with a view to|on the count of"
    r"|in respect of|both for)"
)
_PART = (
    r"(?:dimension|category|pillar|sub-?index|sub-?indices|sub-?dimension|component|area"
    r"|indicator|field|domain|criterion|sub-?ranking|heading|test|aspect)"
)
_THE = r"(?:the\s+|its\s+|their\s+|that of\s+|what it calls\s+)?"
_BEHIND = re.compile(
    rf"^\s*(?:place|position|rank|spot|worldwide|overall|globally)?\s*,?\s*{_ABOUT}"
    rf"\s+{_THE}(?:{_PART}s?\s+(?:of|for|on|called)\s+(?:the\s+)?)?[\"']?"
    rf"(?P<d>[a-zA-Z][\w\s'&-]{{1,60}}?)[\"']?(?:\s+{_PART}\b)?"
    r"(?=\s*(?:[,.;:()]|$)|\s+(?:and|but|while|whereas|whilst|or|with|where|which|that"
    r"|according|out of|among|in|of the|as well|at|on|by the|from|is|was|are|were|came"
    r"|has|had|it|they|this|than|to)\b)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"(?:^|[,;:(]|\b(?:and|but|while|whereas|yet|though|although))\s*(?:only\s+|even"
    rf"\s+|also\s+)?{_ABOUT}\s+{_THE}(?:{_PART}s?\s+(?:of|for|on|called)\s+(?:the"
    rf"\s+)?)?[\"']?"
    rf"(?P<d>[a-zA-Z][\w\s'&-]{{1,50}}?)[\"']?(?:\s+{_PART}\b)?(?=\s*,|\s+(?:only\s+"
    rf"|at\s+|rank\s+|in\s+)?\d|\s+(?:it|the country|■|(?-i:[A-Z])\w+)\b)",
    re.IGNORECASE,
)
_NAMED_PART = re.compile(
    rf"\b{_THE}(?P<d>[a-z][\w'-]*(?:\s+(?:and\s+)?[a-z][\w'-]*){{0,4}}?)\s+{_PART}\b"
)
_PART_OF = re.compile(
    rf"\b{_PART}s?\s+(?:of|on|for)\s+(?:the\s+)?[\"']?(?P<d>[a-z][\w\s"
    rf"'-]{{2,45}}?)[\"']?(?=\s*[,.;:()]|\s+(?:it|and|where|in|the|is|was)\b|$)"
)
_ALSO = re.compile(
    r"\s*(?:,|and|,\s*and)\s+(?P<d>[a-z][\w\s'-]{2,60}?)(?=\s*(?:[,.;:()]|$)|\s+and\b)"
)
_SCORED = re.compile(
    r"\b(?:scores?|rank|ranking|position|results?|marks?|rating)\s+(?:for|in|on)\s+"
    r"(?:the\s+)?(?P<d>[a-z][\w\s'-]{2,40}?)(?=\s*,|\s+(?:is|was|are|were|stood|of"
    r"|at)\b)"
)
_BRACKETED = re.compile(
    r"(?:^\s*|[,;:]\s*|\b(?:and|but|while|whereas|though|although)\s+)(?:its\s+|the\s+)?"
    rf"(?P<d>[a-z][\w'-]*(?:\s+[a-z][\w'-]*){{0,4}}?)(?:\s+{_PART})?"
    r"(?:\s+(?:is|was|are|were|remain(?:s|ed))\s+(?:its|the|a|an|another|one of its)"
    r"\s+[a-z][\w\s-]{2,30}?)?"
    r"\s*\($",
    re.IGNORECASE,
)
# "timeliness was sixteenth", "its infrastructure, in 28th place", "customs came in at 111th"
_SUBJECT = re.compile(
    r"(?:^\s*|[,;:]\s*|\b(?:and|but|while|whereas|though|although|as)\s+)"
    r"(?:(?:by|in) contrast,\s+|however,\s+|meanwhile,\s+)?(?:its\s+|the\s+)?"
    rf"(?P<d>(?-i:[a-z])[\w'-]*(?:\s+(?-i:[a-z])[\w'-]*){{0,5}}?)"
    rf"(?:\s+{_PART}|\s+(?:rank|ranking|score))?"
    r"(?:\s*\(\s*$|(?:,\s*(?:in|at|only|ranked|placed)?"
    r"|\s+(?:is|was|comes?|came|ranks?|ranked|stands?|stood|placed"
    r"|lag(?:s|ged)|fare[sd]|finish(?:es|ed)|at|in|being)\b)(?:\s+(?:in|at|only|just|even|out|a"
    r"|the|much|better|weaker|stronger|to|it|by|comparison|rank|place|number|no better than)"
    r"\b){0,4}"
    r"\s*$)",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"^\w+ing\b|\w(?:ly|ed)\b|\b(?:off|economy)\b"
    r"|^(?:for|with|in|on|at|by|from|of|to|since|after|among|under|it|they|we|he|she|who|which"
    r"|what|there|here|this|that|these|those|both|each|all|one|also"
    r"|only|now|still|again|then|therefore|thus|than|even|just|not|no|up|down|where|when|ranked"
    r"|placed|ranking|having|being)\b"
    r"|\b(?:it|they|which|nobody|country|state|nation|republic|kingdom|government|neighbou?r"
    r"|island|ranks?|rankings?"
    r"|position|place|placement|placing|standing|spot|score|scores|scoring|result|results"
    r"|performance|value|rating|mark|grade|figure|number|total|list|table|edition|year|study"
    r"|survey|index|report|ministry|minister|leader|winner|administration|authorities|members?"
    r"|others?|rest|is|was|are|were|has|had|have|been|ranked|placed|came|comes|stood|according)\b",
    re.IGNORECASE,
)
_WHOLES = r"(?:overall|in total|as a whole|all in all|in sum)"
_WHOLE = re.compile(rf"\s*(?:place|position|rank)?\s*\(?{_WHOLES}\b", re.IGNORECASE)
_WHOLLY = re.compile(
    rf"\b(?:{_WHOLES}|general ranking|total score|overall ranking),?\s+"
    r"(?:(?:it|the country|[A-Z]\w+)\s+)?(?:\w+\s+){0,2}$"
)
_NO_DIMENSION = re.compile(
    r"■|\d|\bhand\b|\b(?:this|that|edition|round)$|^(?:on|in|an?|by|with|to|at|of|this|these|those|eight|under|that)\b|^"
    r"(?:the\s+)?(?:overall\b|european union|eu|oecd|world|implementation|survey|index|report"
    r"|rankings?|list|table|region\b|continent|class|group|comparison|edition|round"
    r"|same|this|that|it|its|which|whom|terms|all|each|both|most|many|some|one|two"
    r"|three|first|second|third|fact|spite|view|line|part|hand|contrary|whole|addition"
    r"|a|which|europe|africa|asia|latin america|global|international"
    r"|(?:\w+\s+){0,2}(?:years?|time|times|months?|decade|countries|states|members?"
    r"|economies|nations|peers|ranking|index|survey|average|neighbou?rs|comparison|run"
    r"|row|succession|order)\b)",
    re.IGNORECASE,
)


# What makes the words before it another thing than a part of an index: "a new customs code".
_THING = (
    r"(?!\s+(?:code|law|act|bill|draft|decree|strateg\w+|plan|programme|program|project|reform|office"
    r"|authorit\w+|agenc\w+|commission\w*|council|ministr\w+|system|portal|platform|fund|union"
    r"|officials?|officers?|experts?|initiative|campaign|unit|department|court)s?\b)"
)
_CONCERNS = re.compile(
    r"^\s*,?\s*(?:concern(?:s|ed)|relate[sd] to|pertain(?:s|ed) to|(?:is|was) for|refers? to)\s+"
    r"(?:the\s+|its\s+)?"
    r"(?P<d>[a-z][\w\s'-]{2,40}?)(?=\s*(?:[.,;:()]|$)|\s+(?:and|but|while)\b)"
)
_OF = re.compile(r"\s+(?:of|for|in|and)\b")
_LABELLED = 8  # characters between a bracket and its rank
_THIS_PART = re.compile(rf"^\s*(?:in|on|for)\s+(?:this|that)\s+(?:{_PART}|regard|respect)\b")
_IS_WHERE = re.compile(r"(?P<d>[A-Z][\w\s'-]{2,60}?)\s+(?:is|was)\s+where\b")
_ABOUT_PART = re.compile(
    rf"\b{_ABOUT}\s+{_THE}(?P<d>[a-z][\w\s'&-]{{1,50}}?)(?=\s*[,;:.]|\s+(?:it|the|■|(?-i:[A-Z])\w+)\b)",
    re.IGNORECASE,
)


def of(
    sentence: Sentence, place: Place, others: Iterable[Place], index: str
) -> tuple[str | None, ...]:
    """The parts of the index that a placement is about; (None,) for the whole.

    'User-centricity and key enablers' are two parts where the index is known to have them.
    """
    whole = _dimension(sentence, place, others, index)
    listed = known(index)
    if whole is None or listed is None or whole in listed.dimensions:
        return (whole,)
    _, end = sentence.clause(place.start)
    text = sentence.masked[place.end : end]
    at = text.lower().find(whole)
    parts = [whole]
    rest = text[at + len(whole) :] if at >= 0 else ""
    while match := _ALSO.match(rest):
        parts.append(match["d"].strip().lower())
        rest = rest[match.end() :]
    parts = [p for part in parts for p in part.split(" and ")]
    known_parts = all(any(p.startswith(d) for d in listed.dimensions) for p in parts)
    return tuple(parts) if known_parts else (whole,)


def _dimension(sentence: Sentence, place: Place, others: Iterable[Place], index: str) -> str | None:
    """The part of the index that a placement is about, lower case; None for the whole."""
    text = sentence.masked
    if beside := _beside(sentence, place, index):
        return beside
    start, end = sentence.clause(place.start)
    before = max([start, *(p.end for p in others if p.end <= place.start)])
    after = min([end, *(p.start for p in others if p.start >= place.end)])
    around = text[before : place.start]
    tail = text[place.end : after]
    own = _WHOLE.match(text, before)  # what the rank before it is about
    if _WHOLE.match(text, place.end) or _WHOLLY.search(
        text[own.end() if own else before : place.start]
    ):
        return None
    skipped = re.sub(
        r"^\s*(?:\(?(?:in|of|for|on)\s+)?(?:the\s+)?■+\)?(?:\s+(?:of|for|in)\s+\d{4})?"
        r"|^\s*(?:in|for|of)\s+\d{4}",
        "",
        tail,
    )
    fronted = [m for m in _AHEAD.finditer(around) if _accepted(m["d"], sentence)]
    apart = re.match(r"\s*,", tail)
    if fronted and apart:
        return _accepted(fronted[-1]["d"], sentence)
    for words in (tail, skipped):
        if (match := _BEHIND.match(words)) and (d := _accepted(match["d"], sentence)):
            return _completed(d, words, match, index)
    near = re.split(r"[,;]|\band\b", tail)[0]
    for words in (near, around):
        if d := _last_known(words.lower(), index):
            return d
    for pattern, words in (
        (_AHEAD, around),
        (_PART_OF, around),
        (_SCORED, around),
        (_CONCERNS, tail),
        (_NAMED_PART, near),
        (_NAMED_PART, around),
    ):
        matches = [m for m in pattern.finditer(words) if _accepted(m["d"], sentence)]
        if matches:
            return _accepted(matches[-1]["d"], sentence)
    if _THIS_PART.search(near):
        return _spoken_of(sentence, before)
    named = any(before <= h.start < place.start for h in sentence.countries)
    return None if named else _subject(_SUBJECT, sentence, text[before : place.start])


def _vocabulary(index: str) -> list[str]:
    """The parts that an index is known to have, the longest first."""
    listed = known(index)
    return sorted(listed.dimensions, key=len, reverse=True) if listed else []


def _last_known(words: str, index: str) -> str | None:
    """The known part of an index that some words, in lower case, name last."""
    spots = [
        (words.rfind(d), d)
        for d in _vocabulary(index)
        if re.search(rf"\b{re.escape(d)}\b{_THING}", words)
    ]
    return max(spots, key=lambda s: (s[0] + len(s[1]), len(s[1])))[1] if spots else None


def _spoken_of(sentence: Sentence, end: int) -> str | None:
    """The part that 'on this dimension' points back to."""
    if where := _IS_WHERE.match(sentence.masked):
        return _accepted(where["d"], sentence)
    about = _ABOUT_PART.finditer(sentence.masked[:end])
    earlier = [d for m in about if (d := _accepted(m["d"], sentence))]
    return earlier[-1] if earlier else None


def _beside(sentence: Sentence, place: Place, index: str) -> str | None:
    """'Connectivity (26th), human capital 25th', '16 (health)'."""
    text = sentence.masked
    after = re.match(r"\s*\((?P<d>[a-z][a-z\s-]{2,40})\)", text[place.end :])
    if after and (d := _accepted(after["d"], sentence)):
        return d
    before = text[: place.start].lower()
    for d in _vocabulary(index):
        if re.search(
            rf"\b{re.escape(d)}\s*(?:\(|:|\bat\b|\bin\b|\bwas\b|\bis\b)?\s*(?:rank\s+)?$", before
        ):
            return d
    bracket = sentence.bracket(place.start)
    named = (
        re.search(
            r"\b(?:for|in|on|of|and)\s+(?:the\s+)?(?P<d>[a-z][a-z\s-]{2,40}?)\s*$",
            text[: bracket[0]],
        )
        if bracket
        else None
    )
    if (
        named
        and bracket
        and place.start - bracket[0] <= _LABELLED
        and "■" not in sentence.masked[slice(*bracket)]
        and (d := _accepted(named["d"], sentence))
    ):
        return d
    return _bracketed(sentence, place, bracket) if bracket else None


def _bracketed(sentence: Sentence, place: Place, bracket: tuple[int, int]) -> str | None:
    """'Timeliness was its strong suit (rank 41)', 'natural resources (10th)'."""
    start, _ = sentence.clause(bracket[0])
    if place.start - bracket[0] > _LABELLED or "■" in sentence.masked[slice(*bracket)]:
        return None
    if any(start <= h.start < bracket[1] for h in sentence.countries):
        return None
    return _subject(_BRACKETED, sentence, sentence.masked[start : bracket[0] + 1])


def _subject(pattern: re.Pattern[str], sentence: Sentence, words: str) -> str | None:
    """The last part that a pattern finds as a subject."""
    matches = [m for m in pattern.finditer(words) if not _NO_SUBJECT.search(m["d"])]
    return _accepted(matches[-1]["d"], sentence) if matches else None


def _completed(found: str, words: str, match: re.Match[str], index: str) -> str:
    """'rule' and 'voice and accountability': the dimension whole where the index has it so."""
    rest = words[match.start("d") :].lower()
    for d in _vocabulary(index):
        if rest.startswith(d) and (len(d) > len(found) or _OF.match(found, len(d))):
            return d
    return found


def _accepted(words: str, sentence: Sentence) -> str | None:
    plain = re.sub(
        r"^(?:s\s+)?(?:(?:the|its|their|a|an)\s+)?", "", words.strip().strip("\"'")
    ).strip()
    if (
        not plain
        or _NO_DIMENSION.search(plain)
        or len(plain) < 3
        or plain.lower() in ("the", "its", "overall")
    ):
        return None
    if plain.lower().startswith("overall "):
        return None
    if any(sentence.text[h.start : h.end] in plain for h in sentence.countries):
        return None
    return plain.lower()
