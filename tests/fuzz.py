"""Reads damaged copies of the samples and shows what became of them.

`python -m tests.fuzz [N] [--seed S] [--folder RAW] [--keep FOLDER] [--whole SHARE] [--only NUMBER]`
makes N inputs (default 10,000) from cut-outs of the reports in RAW (default `raw`) as text,
Markdown, MHTML, HTML, PDF and DOCX, each damaged in a way that S and its number decide. Each is
read and laid out, a share goes through the whole journey, and of every 1,000 inputs 30 go through
a real run. Each must come out with a full ledger, or be quarantined with a sentence for a reason.

Exit status 1 if one does not; those are kept under FOLDER with their numbers. `--only NUMBER`
makes one of them again. Inputs that are quarantined, but in words that hide an error of a reader
or a lack of time or memory, are kept too; they are no failures.
"""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from tests.fuzzing.batch import batch_problem
from tests.fuzzing.inputs import MOST, Input, make
from tests.fuzzing.judge import Verdict, judge
from tests.fuzzing.seeds import FORMATS, Seeds, load

ROOT = Path(__file__).parents[1]
_EVERY = 31  # inputs of which one goes into a run; prime, so that all formats come
_IN_BATCH = 30  # files of a run
_SLOWEST = 5
_VARIABLE = re.compile(r"0x[0-9a-fA-F]+|\d[\d,.]*\d|\d|'[^']*'|\"[^\"]*\"")


@dataclass
class Tally:
    """What became of the inputs so far."""

    keep: Path
    formats: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    suspects: dict[str, list[int]] = field(default_factory=dict)
    failures: dict[str, list[int]] = field(default_factory=dict)
    seconds: list[tuple[float, str]] = field(default_factory=list)
    batches: int = 0

    def add(self, one: Input, verdict: Verdict) -> None:
        """Count an input; keep it if something is wrong."""
        self.formats[one.kind, verdict.status] += 1
        self.seconds.append((verdict.seconds, _title(one)))
        masked = mask(verdict.words)
        if verdict.status == "quarantined":
            self.reasons[masked] += 1
        if verdict.status == "failed":
            self.failures.setdefault(masked, []).append(one.number)
            print(f"FAILED {_title(one)}\n{verdict.words}", flush=True)
            self._save("failed", one, verdict.words)
        elif verdict.suspect:
            self.suspects.setdefault(masked, []).append(one.number)
            self._save("suspect", one, verdict.words)

    def add_batch(self, some: Sequence[Input], problem: str) -> None:
        """Count a run; keep its files if something is wrong."""
        self.batches += 1
        if not problem:
            return
        self.failures.setdefault(mask(problem), []).append(some[0].number)
        print(f"FAILED a run of {len(some)} files from {some[0].number} on\n{problem}", flush=True)
        for each in some:
            self._save(f"run-{some[0].number}", each, problem)

    def _save(self, folder: str, one: Input, words: str) -> None:
        place = self.keep / folder
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{one.number}.{one.kind}").write_bytes(one.data)
        (place / f"{one.number}.why").write_text(f"{_title(one)}\n{words}\n", "utf-8", "replace")


def mask(words: str) -> str:
    """The last line without numbers and quotes, so that like goes to like."""
    last = words.strip().rpartition("\n")[2]
    return _VARIABLE.sub("#", last)[:160]


def _title(one: Input) -> str:
    return f"{one.number} {one.kind} {len(one.data):,} bytes: {', '.join(one.harms) or 'sound'}"


def fuzz(
    seeds: Seeds, numbers: range, seed: int, share: float, keep: Path, *, most: int = MOST
) -> Tally:
    """Make and judge the inputs of these numbers, of at most `most` bytes each."""
    tally = Tally(keep)
    waiting: list[Input] = []

    for number in numbers:
        one = make(seeds, seed, number, most)
        tally.add(one, judge(one.data, "a.bin", whole=one.whole < share))
        if number % _EVERY == 0:
            waiting.append(one)
        if len(waiting) == _IN_BATCH:
            tally.add_batch(waiting, batch_problem(waiting))
            waiting = []
    return tally


def show(tally: Tally, seconds: float) -> None:
    """Print the summary."""
    total = tally.formats.total()
    print(f"{total:,} inputs in {seconds:,.0f} s, {total / seconds:.1f} a second")
    print(f"{tally.batches} runs of {_IN_BATCH} files\n")
    print(f"{'':10}{'inputs':>8}{'ok':>8}{'quarantined':>13}{'failed':>8}")
    for kind in FORMATS:
        ok, bad, failed = (tally.formats[kind, s] for s in ("ok", "quarantined", "failed"))
        print(f"{kind:10}{ok + bad + failed:8,}{ok:8,}{bad:13,}{failed:8,}")
    print("\nquarantined because")
    for reason, count in tally.reasons.most_common():
        print(f"{count:8,}  {reason}")
    print("\nslowest")
    for took, title in sorted(tally.seconds, reverse=True)[:_SLOWEST]:
        print(f"{took:8.2f}  {title}")
    _listed("quarantined, but worth a look", tally.suspects)
    _listed("FAILURES", tally.failures)
    if tally.suspects or tally.failures:
        print(f"\nkept in {tally.keep}")


def _listed(head: str, found: dict[str, list[int]]) -> None:
    if found:
        print(f"\n{head}")
    for words, numbers in sorted(found.items(), key=lambda item: -len(item[1])):
        shown = ", ".join(map(str, numbers[:8]))
        print(f"{len(numbers):8,}  {words} ({shown}{' …' if len(numbers) > 8 else ''})")


def again(seeds: Seeds, seed: int, number: int, keep: Path) -> int:
    """Make one input again and judge it both ways; 1 if it fails."""
    one = make(seeds, seed, number)
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{number}.{one.kind}"
    path.write_bytes(one.data)
    print(f"{_title(one)}\n{path}")
    verdicts = [judge(one.data, "a.bin", whole=whole) for whole in (False, True)]
    for way, verdict in zip(("read and laid out", "whole journey"), verdicts, strict=True):
        print(f"{way}: {verdict.status} in {verdict.seconds:.2f} s {verdict.words}")
    return int(any(verdict.status == "failed" for verdict in verdicts))


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("n", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--first", type=int, default=0, help="the first number, to go on from")
    parser.add_argument("--folder", type=Path, default=ROOT / "raw")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--whole", type=float, default=0.1, metavar="SHARE")
    parser.add_argument("--only", type=int, metavar="NUMBER")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Run the command."""
    said = _arguments(arguments)
    keep = said.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    seeds = load(said.folder)
    if said.only is not None:
        return again(seeds, said.seed, said.only, keep)
    begin = perf_counter()
    numbers = range(said.first, said.first + said.n)
    tally = fuzz(seeds, numbers, said.seed, said.whole, keep)
    show(tally, perf_counter() - begin)
    return int(bool(tally.failures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
