"""Whether a report says the same as text, HTML, PDF and DOCX.

`python -m tests.format_invariance [FOLDER] [--errors]` renders each plain-text report of FOLDER
(default `raw`) in every style, reads the renderings, and prints how far countries, tiers, scores,
mentions and placements agree with the plain text; `lines` is the share of headings, paragraphs
and list items that come out whole.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.formats.readings import Reading, readings

ROOT = Path(__file__).parents[1]


def row(one: Reading) -> str:
    """A line of the table."""
    name = f"{one.sample:24} {one.kind:5}{one.style:12}"
    if one.agreed is None:
        return f"{name} quarantined: {one.reason}"
    sections = "equal" if one.agreed.sections else "DIFFER"
    return (
        f"{name} {sections:>8} {one.n_sections:4}"
        f" {one.agreed.mentions:9.3f} {one.n_mentions:4}"
        f" {one.agreed.rankings:9.3f} {one.n_rankings:4} {one.lines:9.3f}"
    )


def total(name: str, some: Sequence[Reading]) -> str:
    """A line over several renderings: the share with equal sections, mean F1 by report."""
    read = [one.agreed for one in some if one.agreed]
    if not read:
        return f"{name:42} none of {len(some)} was read"
    equal = sum(agreed.sections for agreed in read)
    mentions = sum(agreed.mentions for agreed in read) / len(read)
    rankings = sum(agreed.rankings for agreed in read) / len(read)
    lines = sum(one.lines for one in some if one.agreed) / len(read)
    return (
        f"{name:42} {equal:4}/{len(read):<3}      {mentions:9.3f}      {rankings:9.3f}"
        f"      {lines:9.3f}   {len(read)} of {len(some)} read"
    )


def show(found: Iterable[Reading], *, errors: bool) -> None:
    """Print the table, and a summary by format and style."""
    print(
        f"{'report':24} {'format':17} {'sections':>8}    n  mentions    n  rankings    n     lines"
    )
    done: list[Reading] = []
    for one in found:
        print(row(one), flush=True)
        if errors and one.agreed:
            for line in (*one.agreed.differences, *(f"- line {words}" for words in one.broken)):
                print(f"    {line}")
        done.append(one)
    print()
    for kind, style in dict.fromkeys((one.kind, one.style) for one in done):
        print(total(f"{kind} {style}", [o for o in done if (o.kind, o.style) == (kind, style)]))
    for kind in dict.fromkeys(one.kind for one in done):
        print(total(kind, [one for one in done if one.kind == kind]))
    print(total("all", done))


def main(arguments: Sequence[str]) -> int:
    """Run the command; 2 for wrong usage."""
    folders = [argument for argument in arguments if not argument.startswith("--")]
    if len(folders) > 1 or set(arguments) - set(folders) - {"--errors"}:
        print(__doc__, file=sys.stderr)
        return 2
    raw = Path(folders[0]) if folders else ROOT / "raw"
    with TemporaryDirectory() as place:
        show(readings(raw, Path(place)), errors="--errors" in arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
