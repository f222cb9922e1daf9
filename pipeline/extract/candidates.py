"""Every stretch of words that might be a name; the classifier decides which are.

Sub-spans of runs of name words ('Ministry of Education, Science and Sport'), lower
case phrases held together by a year or number ('2015 ICT strategy', 'decree 16/2002'), words
whose initials are the acronym that follows ('chief digital officer (CDO)'), what stands between
quotation marks or brackets, and names known from `reference/`.
"""

from collections.abc import Iterable, Iterator

from pipeline.extract.words import Bounds, Sentence

_LONGEST = 18  # words
_BRIDGE = 3  # connectors in a row
_NUMBERED = frozenset(
    "law act decree regulation directive decision resolution ordinance order"
    " circular ley decreto loi legge wet lei zakon gesetz".split()
)
_DATED = frozenset(
    "strategy strategies plan programme program agenda agreement roadmap framework guidelines"
    " policy project report act law manifesto concept".split()
)
_OPENING = {"“": "q", '"': "q", "‘": "s", "„": "q", "«": "q", "(": "b"}
_CLOSING = {"”": "q", '"': "q", "’": "s", "“": "q", "»": "q", ")": "b"}
_FIELD_ENDS = frozenset(["(", ",", ":", "“", '"', "."])
_FIELD_MARKS = frozenset('. , : ; ( ) “ ” " « » – - —'.split())
_MARKERS = frozenset("no no. nr nr. n. n° № number num . ( ) eu ec".split())
_AIMS = frozenset("for of on to".split())
_OVER = frozenset("for from until of the years : , (".split())


def candidates(sentence: Sentence, given: Iterable[Bounds]) -> list[Bounds]:
    """Word bounds of all candidates, sorted, without duplicates.

    Args:
        given: Bounds found by other means: known names, the grammar of names.
    """
    found: set[Bounds] = set(given)
    dated = any(w.year or w.number for w in sentence.words)
    if not found and not dated and not any(sentence.named):
        return []
    for run in _runs(sentence):
        found.update(_within(sentence, *run))
    found.update(_numbered(sentence))
    found.update(_dated(sentence))
    found.update((start, end) for start, end, _ in sentence.definitions)
    found.update(_enclosed(sentence))
    found.update(_described(sentence))
    if sentence.register == "citation":
        found.update(_titles(sentence))
    return sorted((s, e) for s, e in found if _is_whole(sentence, s, e))


def _is_whole(sentence: Sentence, start: int, end: int) -> bool:
    """Whether it neither begins nor ends with a connector or possessive nor cuts a bracket."""
    words = sentence.words[start:end]
    if words[0].text in _TAILS or words[-1].text in _TAILS:
        return False
    depth = 0
    for word in words:
        depth += (word.text == "(") - (word.text == ")")
        if depth < 0:
            return False
    return depth == 0


_TAILS = frozenset("’s 's ’ ' , . : ; - – — / & and of for the".split())


def _runs(sentence: Sentence) -> Iterator[Bounds]:
    """Maximal runs of name words, with connectors, numbers and lower-case head words inside."""
    i = 0
    while i < len(sentence):
        if not (sentence.named[i] or sentence.words[i].year):
            i += 1
            continue
        end = _extend(sentence, i)
        yield i, end
        i = end


def _extend(sentence: Sentence, start: int) -> int:
    end, i = start + 1, start + 1
    while i < len(sentence) and i - end <= _BRIDGE:
        if _belongs(sentence, start, i):
            end = i + 1
        elif not (
            sentence.words[i].connector
            or (_joins(sentence, i) and i - end < 2)
            or (sentence.words[i].text == "(" and _dated_bracket(sentence, i))
        ):
            break
        i += 1
    return end


def _belongs(sentence: Sentence, start: int, i: int) -> bool:
    """Whether a word can end a name that began at `start`."""
    word, before = sentence.words[i], sentence.words[i - 1]
    if sentence.named[i] or word.year or _foreign(sentence, start, i):
        return True
    if word.number:
        return before.alnum or before.connector
    if word.text == ")":
        return before.year and any(w.text == "(" for w in sentence.words[max(start, i - 4) : i])
    return word.head is not None and before.alnum and not before.stop


def _dated_bracket(sentence: Sentence, i: int) -> bool:
    """'(2019–2023)' at the end of a title."""
    after = sentence.words[i + 1 : i + 5]
    close = next((k for k, w in enumerate(after) if w.text == ")"), None)
    return close is not None and close > 0 and after[0].year and after[close - 1].year


def _joins(sentence: Sentence, i: int) -> bool:
    """Lower-case words that stand inside names: 'Open data strategy'."""
    word = sentence.words[i]
    if not (word.alpha and not word.capital and not word.stop and i + 1 < len(sentence)):
        return False
    return sentence.words[i + 1].head is not None or sentence.named[i + 1]


def _foreign(sentence: Sentence, start: int, i: int) -> bool:
    """A lower-case word of a native name: 'Najvyšší kontrolný úrad', 'Corte dei conti'."""
    word = sentence.words[i]
    return (
        word.alpha
        and len(word.text) > 2
        and not word.stop
        and any(w.native for w in sentence.words[max(start, i - 4) : i + 3])
    )


def _enclosed(sentence: Sentence) -> list[Bounds]:
    """What stands between quotation marks or brackets, and the first field of a line."""
    found: list[Bounds] = []
    opened: dict[str, int] = {}
    words = sentence.words
    for i, word in enumerate(words):
        if word.alnum:
            continue
        kind = _CLOSING.get(word.text)
        if kind and kind in opened:
            start = opened.pop(kind)
            end = i - 1 if words[i - 1].text in ",." else i
            found += [(start, e) for e in {end, i} if 0 < e - start <= _LONGEST]
            if kind == "b":
                found += _fields(sentence, start, i)
        elif word.text in _OPENING:
            opened[_OPENING[word.text]] = i + 1
    if sentence.register == "citation":
        first = next((i for i, w in enumerate(words) if w.text in _FIELD_ENDS), None)
        if first and 0 < first <= 8:
            found.append((0, first))
    return [(s, e) for s, e in found if words[s].alnum and any(sentence.named[s:e])]


def _fields(sentence: Sentence, start: int, end: int) -> Iterator[Bounds]:
    """The parts of a bracket: '(Eelnõude infosüsteem, EIS)'."""
    for i in range(start, end + 1):
        if i == end or sentence.words[i].text in (",", ";", "–"):
            if start < i <= start + _LONGEST:
                yield start, i
            start = i + 1


def _within(sentence: Sentence, start: int, end: int) -> list[Bounds]:
    words, named = sentence.words, sentence.named
    starts = [i for i in range(start, end) if named[i] or words[i].year]
    stops = [
        i + 1
        for i in range(start, end)
        if named[i]
        or words[i].year
        or words[i].number
        or words[i].head
        or _foreign(sentence, start, i)
        or (words[i].text == ")" and i > start + 1 and words[i - 1].year)
    ]
    return [(s, e) for s in starts for e in stops if s < e <= s + _LONGEST and any(named[s:e])]


def _numbered(sentence: Sentence) -> Iterator[Bounds]:
    """'Law 18/2015', 'Decision No. 1046', 'law decree n. 77'."""
    words = sentence.words
    for at, word in enumerate(words):
        if word.lower not in _NUMBERED:
            continue
        i = at + 1
        while i < len(words) and words[i].lower in _MARKERS:
            i += 1
        if i < len(words) and words[i].number and i - at <= 5:
            end = i + 1
            while end + 1 < len(words) and words[end].text in "/-" and words[end + 1].number:
                end += 2
            starts = [s for s in range(max(0, at - 2), at + 1) if words[s].alnum]
            for stop in {end, _date_after(sentence, end)}:
                yield from ((s, stop) for s in starts)


def _date_after(sentence: Sentence, i: int) -> int:
    """Position after a date that follows: 'of 31 May 2021', ', de 29 de julio de 2005'."""
    for k in range(i, min(i + 8, len(sentence))):
        word = sentence.words[k]
        if word.year:
            return k + 1
        if not (word.number or word.connector or word.alpha):
            break
    return i


def _dated(sentence: Sentence) -> Iterator[Bounds]:
    """'2014 – 2020 e-government strategy', 'digital strategy from 2016-2020'."""
    words = sentence.words
    for i, word in enumerate(words):
        if word.lower not in _DATED:
            continue
        years = [s for s in range(max(0, i - 9), i) if words[s].year]
        for s in years:
            yield s, i + 1
        end = _years_after(sentence, i + 1)
        if end:
            yield from ((s, end) for s in range(max(0, i - 5), i + 1) if words[s].alnum)


def _titles(sentence: Sentence) -> Iterator[Bounds]:
    """Fields of a reference, alone and with the one after: 'Digital 2020: Plan for the years'."""
    words = sentence.words
    stops = [-1, *(i for i, w in enumerate(words) if w.text in _FIELD_MARKS), len(words)]
    for n, stop in enumerate(stops[:-1]):
        start = stop + 1
        for end in stops[n + 1 : n + 4]:
            if 1 < end - start <= _LONGEST and (sentence.named[start] or words[start].year):
                yield start, end


def _described(sentence: Sentence) -> Iterator[Bounds]:
    """'Interministerial committee for digital inclusion': lower-case words that say what for."""
    words = sentence.words
    for at, word in enumerate(words):
        if not (word.head and at + 2 < len(words) and words[at + 1].lower in _AIMS):
            continue
        first = next((s for s in range(max(0, at - 4), at + 1) if sentence.named[s]), None)
        if first is None:
            continue
        end = at + 2
        while end < len(words) and end < at + 9 and (words[end].alpha or words[end].text == "-"):
            end += 1
            if not words[end - 1].connector and words[end - 1].alnum and not words[end - 1].stop:
                yield first, end


def _years_after(sentence: Sentence, i: int) -> int | None:
    """Position after the years that follow, over 'for', 'from', 'until', a colon or bracket."""
    words = sentence.words
    while i < len(words) and words[i].lower in _OVER:
        i += 1
    if i < len(words) and words[i].year:
        if i + 2 < len(words) and words[i + 1].text in "-–—/" and words[i + 2].year:
            return i + 3
        return i + 1
    return None
