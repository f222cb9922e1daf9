"""Copies of annotated passages in which other names of the same label stand."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from pipeline import knowledge
from pipeline.corpus import Passage

_ENOUGH = 5  # names of a country and label from which on only they are used


def swapped(
    passages: list[Passage], copies: int, kept: float, seed: int
) -> Iterator[list[Passage]]:
    """Copies of the passages, each name replaced by another of its label.

    The other names come from `reference/`, of the passage's country where there are enough.

    Args:
        kept: Share of names that stay.
    """
    random = Random(seed)
    pool: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for name in knowledge.names():
        for country in (name.country_iso3, None):
            pool[name.label, country].append(name.name)
            if name.native_name:
                pool[name.label, country].append(name.native_name)
    for _ in range(copies):
        yield [_swap(p, pool, kept, random) for p in passages]


def _swap(
    passage: Passage,
    pool: dict[tuple[str, str | None], list[str]],
    kept: float,
    random: Random,
) -> Passage:
    text, spans, at = "", [], 0
    for start, end, label in passage.spans:
        old = passage.text[start:end]
        own = pool.get((label, passage.country), [])
        names = own if len(own) >= _ENOUGH else pool[label, None]
        new = old if old.isupper() or random.random() < kept else random.choice(names)
        text += passage.text[at:start]
        spans.append((len(text), len(text) + len(new), label))
        text += new
        at = end
    return replace(passage, text=text + passage.text[at:], spans=tuple(spans))
