"""The indicators of a comparative report: a page has one, a report with legends several."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from pipeline.records import Outline, TierStatement


def indicators(
    outline: Outline, text: str, statements: list[TierStatement]
) -> Iterator[tuple[Outline, str, list[TierStatement]]]:
    """What sections are searched in, indicator by indicator.

    Below a legend the outline begins after it, and no statement stands above any section.
    """
    blocks = outline.blocks
    legends = [i for i, block in enumerate(blocks) if block.role == "scale"]
    ends = [i + 2 for i in legends if i + 2 not in legends]
    if not legends:
        yield outline, text, statements
    for end in ends:
        above = blocks[:end]
        asked = max(i for i, block in enumerate(above) if block.role == "question")
        question = " ".join(above[asked].of(text).split())
        names = takewhile(lambda b: b.role in ("boilerplate", "title"), reversed(above[:asked]))
        name = next((b.of(text) for b in names if b.role == "title"), question)
        below = tuple(takewhile(lambda b: b.role not in ("title", "question"), blocks[end:]))
        yield replace(outline, blocks=below, question=question, indicator=name), text, []
