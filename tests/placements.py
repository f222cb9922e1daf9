"""Index placements on passages written for it: `python -m tests.placements [--errors] [SET]`.

Each passage is read as a section about its host; names are extracted as in a run. The figures of
`development` flatter: its errors were read. `test` was written and annotated by others, checked
by a second reader, and not read while the patterns were written; fourteen of its passages were
seen after the figures were taken. `fresh` is by one more writer, and was never read.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import extract, link
from pipeline.evaluate.scores import Counts, matched, placement_core, placement_full
from pipeline.rankings import finder
from pipeline.records import Block, Outline, Ranking, Segment

FOLDER = Path(__file__).parent / "passages"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in the section of a country, with its placements."""

    name: str
    form: str
    host: str
    text: str
    gold: tuple[Ranking, ...]


def passages(kind: str) -> Iterator[Passage]:
    """The passages of `development`, `test` or `fresh`."""
    path = FOLDER / f"rankings-{kind}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = tuple(_gold(r, row["text"]) for r in row["rankings"])
        yield Passage(row["id"], row["form"], row["host"], row["text"], gold)


def _gold(row: dict[str, Any], text: str) -> Ranking:
    more = {k: v for k, v in row.items() if k != "index"}
    return Ranking(start=0, end=len(text), index_name=row["index"], **more)


def found(passage: Passage) -> list[Ranking]:
    """What the journey finds in a passage."""
    span = {"start": 0, "end": len(passage.text)}
    outline = Outline(layout="webpage", blocks=(Block(**span, role="prose"),))
    segment = Segment(
        **span, country=passage.host, country_method="heading", country_confidence=1.0
    )
    mentions = extract.mentions(outline, passage.text, [segment])
    mentions = link.resolve(mentions, passage.text, [segment], passage.host)
    return finder.find(outline, passage.text, [segment], mentions)


def _value(r: Ranking) -> Hashable:
    return placement_core(r)[:2], r.value


def _other(r: Ranking) -> Hashable:
    return placement_core(r)[:2]


def measure(kind: str, *, errors: bool = False) -> dict[str, dict[str, Counts]]:
    """Counts by form and in sum: ranks, full tuples, values, qualities."""
    table: dict[str, dict[str, Counts]] = defaultdict(lambda: defaultdict(Counts))
    for passage in passages(kind):
        got = found(passage)
        for form in (passage.form, "all"):
            ranks = [[r for r in rows if r.rank is not None] for rows in (got, passage.gold)]
            scored = [[r for r in rows if r.value is not None] for rows in (got, passage.gold)]
            words = [
                [r for r in rows if r.rank is None and r.value is None]
                for rows in (got, passage.gold)
            ]
            table[form]["rank"] += matched(*([placement_core(r) for r in rows] for rows in ranks))
            table[form]["full"] += matched(*([placement_full(r) for r in rows] for rows in ranks))
            table[form]["value"] += matched(*([_value(r) for r in rows] for rows in scored))
            table[form]["quality"] += matched(*([_other(r) for r in rows] for rows in words))
        if errors:
            _show(passage, got)
    return table


def _show(passage: Passage, got: list[Ranking]) -> None:
    wanted = [placement_full(r) + (r.value,) for r in passage.gold]
    have = [placement_full(r) + (r.value,) for r in got]
    missed = [w for w in wanted if w not in have]
    wrong = [h for h in have if h not in wanted]
    if missed or wrong:
        print(f"{passage.name} {passage.form} {passage.host}: {passage.text}")
        for row in missed:
            print("    missed", *row)
        for row in wrong:
            print("    wrong ", *row)


def main() -> None:
    """Print the figures of the sets asked for."""
    kinds = [a for a in sys.argv[1:] if not a.startswith("-")] or ["development", "test"]
    for kind in kinds:
        table = measure(kind, errors="--errors" in sys.argv)
        print(f"{kind}: F1 (gold rows)")
        print(f"{'form':<14}{'rank':>14}{'full tuple':>14}{'value':>14}{'quality':>14}")
        for form in sorted(table, key=lambda f: (f == "all", f)):
            cells = "".join(
                f"{table[form][k].f1:>8.3f} {table[form][k].gold:>5}"
                for k in ("rank", "full", "value", "quality")
            )
            print(f"{form:<14}{cells}")


if __name__ == "__main__":
    main()
