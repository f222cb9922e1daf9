"""Where a section may start: what stands before a block, how it opens, what it takes up again."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline import knowledge, normalise
from pipeline.records import Block, Outline, TierStatement

_BODY = ("prose", "list_item", "citation", "country_heading", "heading")

# Log-odds that a block starts a section, by what stands before it.
_START_BIAS = 1.0
_START_WITHOUT_BLANKS = -1.0  # on a page that has lost its empty lines, too
_BLANKS = 0.1  # share of paragraphs after an empty line on a page that has kept them
_AFTER_CITATION = 4.0
_AFTER_BLANK = -6.0
_SHORT, _LONG = 40, 80  # words of a paragraph
_SHORT_BIAS, _LONG_BIAS = -1.2, 0.5
_SHARED = (0.0, -1.2, -2.5)  # names that a paragraph shares with the one before: none, one, more
_COMMON = 6  # paragraphs of a page that hold a name, from which on sharing it says nothing
_CONTINUES = {"continuation": -4.0, "anaphora": -2.0}
_IN_CITATION = -25.0
_MAYBE_CITATION = -8.0
_HEADING = 25.0
_BELOW_HEADING = -25.0
_UNKNOWN_HEADING = -2.0
INSEPARABLE = -20.0  # from here down a block never starts a section

_DATED = re.compile(r"(?:1[89]|20)\d\d|https?:|www\.")  # a reference beyond doubt
# 'Although these reports …' speaks of what the paragraph before has named.
_THESE = re.compile(
    r"(?:(?:Although|While|Despite|In|For|With|As|Of|Under|By|Given|Based on|Besides|Through|To|On)"
    r" )?(?:all |both |many |most of )?(?:these|those|such)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?<![\w-])(?=[\w-]*[A-ZÀ-ÖØ-ÞĀ-Ž])[\w-]{3,}")
_PLURAL = re.compile(r"(?<=[A-Z]{2})s$")  # CIOs
_SEVERAL = 2  # capitals of a word that is a name also at the start of a sentence


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the page's body.

    Attributes:
        statement: The tier statement above; None before the first.
        score: The printed score above; None on pages that have lost them.
        opens: Whether it stands first below its statement or score.
        gap: Whether an empty line stands before it.
        start: How much it looks like the start of a section, in log-odds.
    """

    block: Block
    statement: TierStatement | None
    score: int | None
    opens: bool
    gap: bool
    start: float = 0.0


def parts(outline: Outline, text: str, statements: list[TierStatement]) -> list[Part]:
    """The blocks that sections are made of, each with its log-odds to start one."""
    body = list(_body(outline, text, statements))
    printed = any(part.score is not None for part in body)
    bias = _START_BIAS if _keeps_blanks(body) else _START_WITHOUT_BLANKS
    shared = _shared([part.block.of(text) for part in body])
    found: list[Part] = []
    for t, part in enumerate(body):
        if part.block.role == "country_heading":
            start = _HEADING
        elif t and body[t - 1].block.role == "country_heading":
            start = _BELOW_HEADING
        elif printed:
            start = _UNKNOWN_HEADING if part.block.role == "heading" else _BELOW_HEADING
        elif part.block.role == "citation":
            sure = _DATED.search(part.block.of(text))
            start = _IN_CITATION if sure else _MAYBE_CITATION
        else:
            start = bias + _looks(part, body[t - 1] if t else None, text, shared[t])
        found.append(Part(part.block, part.statement, part.score, part.opens, part.gap, start))
    return found


def _body(outline: Outline, text: str, statements: list[TierStatement]) -> Iterator[Part]:
    by_start = {s.start: s for s in statements}
    own = _own_scores(outline)
    statement: TierStatement | None = None
    score: int | None = None
    opens, last = True, 0
    for i, block in enumerate(outline.blocks):
        if own and block.role == "country_heading":
            below = (b for b in outline.blocks[i + 1 :] if not b.aside and b.role != "boilerplate")
            under = next(below, block)
            score = normalise.score(under.of(text)) if under.role == "score" else None
            opens = True
        if block.role == "tier_statement":
            statement, score, opens = by_start.get(block.start, statement), None, True
        elif block.role == "score":
            if not own:
                score, opens = normalise.score(block.of(text)), True
        elif block.role in _BODY and not block.aside and (statement or score or not statements):
            gap = text.count("\n", last, block.start) > 1
            yield Part(block, statement, score, opens, gap)
            opens = False
        last = block.end


def _own_scores(outline: Outline) -> bool:
    """Whether scores stand below their countries' names, each above its text."""
    roles = [b.role for b in outline.blocks if b.role != "boilerplate" and not b.aside]
    trios = list(zip(roles, roles[1:], roles[2:], strict=False))
    below = sum(trio == ("country_heading", "score", "prose") for trio in trios)
    return below > sum(trio[:2] == ("score", "country_heading") for trio in trios)


def _looks(part: Part, before: Part | None, text: str, shared: int) -> float:
    """How much a paragraph looks like the start of a section.

    Args:
        shared: Number of rare names that it shares with the block before.
    """
    words = part.block.of(text)
    length = len(words.split())
    start = _continues(words) + _SHARED[min(shared, len(_SHARED) - 1)]
    start += _SHORT_BIAS if length < _SHORT else _LONG_BIAS if length >= _LONG else 0.0
    start += _AFTER_CITATION if before and before.block.role == "citation" else 0.0
    return start + (_AFTER_BLANK if part.gap else 0.0)


def _keeps_blanks(body: list[Part]) -> bool:
    """Whether the page parts paragraphs by empty lines, so that a single break says something."""
    pairs = [
        part.gap
        for before, part in pairwise(body)
        if before.block.role == part.block.role == "prose" and not part.opens
    ]
    return not pairs or sum(pairs) / len(pairs) >= _BLANKS


def _shared(texts: list[str]) -> list[int]:
    """For each text, how many names that are rare on the page it shares with the one before."""
    names = [_names(normalise.tame(words)) for words in texts]
    spread = Counter(name for found in names for name in found)
    return [0] + [
        sum(spread[name] <= _COMMON for name in found & last) for last, found in pairwise(names)
    ]


def _names(words: str) -> set[str]:
    """Capitalised words within sentences, and words with several capitals wherever they stand."""
    found = set()
    for match in _CAPITALISED.finditer(words):
        name = match.group()
        if _opens_sentence(words, match.start()) and sum(c.isupper() for c in name) < _SEVERAL:
            continue
        found.add(_PLURAL.sub("", name))
    return found


def _opens_sentence(words: str, at: int) -> bool:
    before = words[max(0, at - 4) : at].rstrip(' “"‘(')
    return not before or before[-1] in '.?!”"'


def _continues(words: str) -> float:
    """What the first words say against a new section."""
    openers = knowledge.openers()
    first = words.replace(",", " ").split()[:4]
    for n in range(len(first), 0, -1):
        if kind := openers.get(" ".join(first[:n])):
            return _CONTINUES[kind]
    return _CONTINUES["anaphora"] if _THESE.match(words) else 0.0
