"""Every stretch of tokens that might be a name; the classifier decides which are.

Four kinds: sub-spans of runs of name words ('Ministry of Education, Science and Sport'), lower
case phrases held together by a year or number ('2015 ICT strategy', 'decree-law 16/2002'), words
whose initials are the acronym that follows ('chief digital officer (CDO)'), and names known from
`reference/`.
"""

from functools import cache

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token

from pipeline import knowledge
from pipeline.extract.acronyms import spelled_out
from pipeline.extract.rules import Bounds, grammar
from pipeline.extract.tokens import head, is_connector, is_name, is_number, is_word, is_year

_LONGEST = 18  # tokens
_MOST = 400  # sub-spans of one run
_BRIDGE = 3  # connectors in a row
_NUMBERED = frozenset(
    "law act decree decree-law law-decree regulation directive decision resolution ordinance order"
    " circular ley decreto loi legge wet lei zakon gesetz".split()
)
_DATED = frozenset(
    "strategy strategies plan programme program agenda agreement roadmap framework guidelines"
    " policy project report act law".split()
)
_OPENING = {"“": "q", '"': "q", "‘": "s", "„": "q", "«": "q", "(": "b"}
_CLOSING = {"”": "q", '"': "q", "’": "s", "“": "q", "»": "q", ")": "b"}
_FIELD_ENDS = frozenset(["(", ",", ":", "“", '"', "."])
_MARKERS = frozenset("no no. nr nr. n. n° № number num".split())


def candidates(doc: Doc) -> list[Bounds]:
    """Token bounds of all candidates, sorted, without duplicates."""
    found: set[Bounds] = set()
    for run in _runs(doc):
        found.update(_within(doc, *run))
    found.update(_numbered(doc))
    found.update(_dated(doc))
    found.update(spelled_out(doc))
    found.update(_enclosed(doc))
    found.update((s, e) for s, e, _ in known(doc))
    found.update((s, e) for s, e, _, _ in grammar(doc))
    return sorted(found)


def _runs(doc: Doc) -> list[Bounds]:
    """Maximal runs of name words, with connectors, numbers and lower-case head words inside."""
    runs: list[Bounds] = []
    i = 0
    while i < len(doc):
        if not (is_name(doc[i]) or is_year(doc[i])):
            i += 1
            continue
        end = _extend(doc, i)
        runs.append((i, end))
        i = end
    return runs


def _extend(doc: Doc, start: int) -> int:
    end, i = start + 1, start + 1
    while i < len(doc) and i - end <= _BRIDGE:
        token = doc[i]
        if _belongs(doc, start, i):
            end = i + 1
        elif not (is_connector(token) or (_joins(token) and i - end < 2)):
            break
        i += 1
    return end


def _belongs(doc: Doc, start: int, i: int) -> bool:
    """Whether a token can end a name that began at `start`."""
    token, before = doc[i], doc[i - 1]
    if is_name(token) or is_year(token) or _foreign(doc, start, i):
        return True
    if is_number(token):
        return not before.is_punct
    return head(token) is not None and not (before.is_stop or before.is_punct)


def _joins(token: Token) -> bool:
    """Lower-case words that stand inside names: 'Open data strategy', '“…”'."""
    return (
        token.is_lower
        and token.is_alpha
        and token.i + 1 < len(token.doc)
        and (head(token.nbor()) is not None or is_name(token.nbor()))
        and not token.is_stop
    )


def _foreign(doc: Doc, start: int, i: int) -> bool:
    """A lower-case word of a native name: 'Najvyšší kontrolný úrad', 'Corte dei conti'."""
    token = doc[i]
    return (
        token.is_alpha
        and len(token) > 2
        and not token.is_stop
        and any(_is_native(doc[k]) for k in range(max(start, i - 4), i + 1))
    )


def _is_native(token: Token) -> bool:
    return not token.is_ascii and token.is_alpha or token.lower_ in _native_heads()


@cache
def _native_heads() -> frozenset[str]:
    """Head words of other languages than English."""
    return frozenset(row["word"] for row in knowledge.rows("heads.csv") if row["language"] != "en")


def _enclosed(doc: Doc) -> list[Bounds]:
    """What stands between quotation marks or brackets, and the first field of a line."""
    found = []
    opened: dict[str, int] = {}
    for token in doc:
        kind = _CLOSING.get(token.text)
        if kind and kind in opened:
            start = opened.pop(kind)
            end = token.i - 1 if doc[token.i - 1].text in ",." else token.i
            found += [(start, e) for e in {end, token.i} if 0 < e - start <= _LONGEST]
        elif token.text in _OPENING:
            opened[_OPENING[token.text]] = token.i + 1
    first = next((t.i for t in doc if t.text in _FIELD_ENDS), None)
    if first and 0 < first <= 8:
        found.append((0, first))
    return [(s, e) for s, e in found if is_word(doc[s])]


def _within(doc: Doc, start: int, end: int) -> list[Bounds]:
    starts = [i for i in range(start, end) if is_name(doc[i]) or is_year(doc[i])]
    stops = [
        i + 1
        for i in range(start, end)
        if is_name(doc[i])
        or is_year(doc[i])
        or is_number(doc[i])
        or head(doc[i])
        or _foreign(doc, start, i)
    ]
    spans = [
        (s, e)
        for s in starts
        for e in stops
        if s < e <= s + _LONGEST and any(is_name(doc[k]) for k in range(s, e))
    ]
    return spans[:_MOST] if len(spans) > _MOST else spans


def _numbered(doc: Doc) -> list[Bounds]:
    """'Law 18/2015', 'Decision No. 1046', 'law decree n. 77'."""
    found = []
    for token in doc:
        if token.lower_ not in _NUMBERED:
            continue
        i = token.i + 1
        while i < len(doc) and (
            doc[i].lower_ in _MARKERS or doc[i].text in (".", "(", ")", "EU", "EC")
        ):
            i += 1
        if i < len(doc) and is_number(doc[i]) and i - token.i <= 5:
            end = i + 1
            while end + 1 < len(doc) and doc[end].text in "/-" and is_number(doc[end + 1]):
                end += 2
            found += [(s, end) for s in range(max(0, token.i - 2), token.i + 1) if is_word(doc[s])]
    return found


def _dated(doc: Doc) -> list[Bounds]:
    """'2014 – 2020 e-government strategy', 'digital strategy from 2016-2020'."""
    found = []
    for token in doc:
        if token.lower_ not in _DATED:
            continue
        i = token.i
        for s in range(max(0, i - 7), i):
            if is_year(doc[s]) or is_word(doc[s]):
                found.append((s, i + 1)) if is_year(doc[s]) else None
        end = _years_after(doc, i + 1)
        if end:
            found += [(s, end) for s in range(max(0, i - 5), i + 1) if is_word(doc[s])]
    return found


def _years_after(doc: Doc, i: int) -> int | None:
    """Position after the years that follow, over 'for', 'from', 'until', a colon or bracket."""
    while i < len(doc) and doc[i].lower_ in (
        "for",
        "from",
        "until",
        "of",
        "the",
        "years",
        ":",
        ",",
    ):
        i += 1
    if i < len(doc) and is_year(doc[i]):
        if i + 2 < len(doc) and doc[i + 1].text in "-–—/" and is_year(doc[i + 2]):
            return i + 3
        return i + 1
    return None


@cache
def _matcher(vocab: spacy.vocab.Vocab) -> PhraseMatcher:
    matcher = PhraseMatcher(vocab)
    nlp = spacy.blank("en", vocab=vocab)
    for name in knowledge.names():
        for form in name.forms:
            for variant in {form, form.replace("'", "’")}:
                matcher.add(name.label, [nlp.make_doc(variant)])
    return matcher


def known(doc: Doc) -> list[tuple[int, int, str]]:
    """Names of `reference/` in the text, as token bounds and label."""
    matcher = _matcher(doc.vocab)
    return sorted({(s, e, doc.vocab.strings[label]) for label, s, e in matcher(doc)})
