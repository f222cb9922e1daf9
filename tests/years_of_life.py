"""Roles of years on passages written for it: `python -m tests.years_of_life [--errors] [SET]`.

With the names as annotated, and with the names that the model finds. The figures of `development`
flatter: its errors were read.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import extract
from pipeline.evaluate.scores import Counts, matched
from pipeline.lifecycle import year_roles
from pipeline.records import Block, Mention, Outline, Segment
from pipeline.years import find_years
from tests.placements import FOLDER

Row = tuple[int, str, int, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its strategies and laws, its years, and what the years mean."""

    name: str
    text: str
    things: tuple[tuple[int, int, str], ...]
    years: tuple[tuple[int, int], ...]
    roles: tuple[Row, ...]


def passages(kind: str) -> Iterator[Passage]:
    """The passages of `development` or `test`."""
    for line in (FOLDER / f"years-{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        things = tuple((*_at(text, t), t["label"]) for t in row["things"])
        years = tuple(_at(text, y) for y in row["years"])
        roles = tuple(
            (start, role, year, things[y["thing"]][:2] if y["thing"] is not None else None)
            for (start, _), y in zip(years, row["years"], strict=True)
            for role, year in y["roles"]
        )
        yield Passage(row["id"], text, things, years, roles)


def _at(text: str, quote: dict[str, object]) -> tuple[int, int]:
    words, at = str(quote["text"]), -1
    for _ in range(int(str(quote["occ"]))):
        at = text.index(words, at + 1)
    return at, at + len(words)


def found(passage: Passage, *, names: bool) -> list[Row]:
    """What the stage finds, from the annotated names or from the model's."""
    text = passage.text
    span = {"start": 0, "end": len(text)}
    outline = Outline(layout="webpage", blocks=(Block(**span, role="prose"),))
    if names:
        mentions = [_mention(text, *thing) for thing in passage.things]
        mentions += [
            _mention(text, y.start, y.end, "YEAR", y.first, y.last) for y in find_years(text)
        ]
    else:
        segment = Segment(**span, country=None, country_method="heading", country_confidence=1.0)
        mentions = extract.mentions(outline, text, [segment])
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    return [
        (r.start, r.role, r.year, (r.thing.start, r.thing.end))
        for r in year_roles(outline, text, ordered)
    ]


def _mention(
    text: str, start: int, end: int, label: str, first: int | None = None, last: int | None = None
) -> Mention:
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        label=label,  # type: ignore[arg-type]
        section="body",
        confidence=1.0,
        method="rule",
        canonical=text[start:end],
        year_start=first,
        year_end=last,
    )


def measure(kind: str, *, names: bool, errors: bool = False) -> dict[str, Counts]:
    """Counts by role and in sum; with annotated names the thing must be right, too."""
    table: dict[str, Counts] = defaultdict(Counts)
    for passage in passages(kind):
        got, wanted = found(passage, names=names), list(passage.roles)
        if not names:
            got, wanted = ([(a, b, c, None) for a, b, c, _ in rows] for rows in (got, wanted))
        for role in {r[1] for r in [*got, *wanted]}:
            table[role] += matched(
                [g for g in got if g[1] == role], [w for w in wanted if w[1] == role]
            )
        table["all"] += matched(got, wanted)
        if errors and sorted(map(str, got)) != sorted(map(str, wanted)):
            print(passage.name, passage.text)
            for name, rows in (
                ("missed", [w for w in wanted if w not in got]),
                ("wrong ", [g for g in got if g not in wanted]),
            ):
                for start, role, year, thing in rows:
                    print(
                        "   ", name, start, role, year, passage.text[slice(*thing)] if thing else ""
                    )
    return table


def main() -> None:
    """Print the figures of the sets asked for."""
    kinds = [a for a in sys.argv[1:] if not a.startswith("-")] or ["development", "test"]
    for kind in kinds:
        gold = list(passages(kind))
        right = wrong = 0
        for p in gold:
            have = {(y.start, y.end) for y in find_years(p.text)}
            right += len(have & set(p.years))
            wrong += len(have ^ set(p.years))
        print(f"{kind}: years found right {right}, missed or wrong {wrong}")
        for names in (True, False):
            table = measure(kind, names=names, errors=names and "--errors" in sys.argv)
            print("with names as annotated" if names else "with names as found")
            for role in sorted(table, key=lambda r: (r == "all", r)):
                c = table[role]
                print(
                    f"  {role:<14} P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}  ({c.gold})"
                )


if __name__ == "__main__":
    main()
