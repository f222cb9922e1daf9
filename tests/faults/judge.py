"""What a run that was cut off may leave: the earlier dataset or the new one, whole; no rubbish."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults import children
from tests.faults.world import World, copy, listing
from tests.small import contents

Files = dict[str, bytes]
_HASHED = re.compile(r"^\..*/[0-9a-f]{2}$")


@dataclass(frozen=True)
class State:
    """The dataset that was found.

    Attributes:
        files: Its files, after recovery.
        which: `earlier`, `new` or `mixed`.
        recovered: Whether it was whole only after `govtable validate`.
    """

    files: Files
    which: str
    recovered: bool
    problems: tuple[str, ...]


def found(world: World, earlier: Sequence[Files], new: Files, *, always: bool = False) -> State:
    """Look at a dataset after a run was cut off; the folder itself is left as it is.

    Args:
        earlier: The datasets that may have been there before.
        always: Validate also what is whole at once.
    """
    at_once = contents(world.out)
    which = _which(at_once, earlier, new)
    if which and not always:
        return State(at_once, which, False, ())
    twin = copy(world.out, world.notes / "twin")
    ended = children.validate(world, twin)
    after = contents(twin)
    if not (then := _which(after, earlier, new)):
        return State(after, "mixed", True, (f"mixed: {mixture(after, earlier[-1], new)}",))
    sound = ended.code == 0 or not after
    problems = () if sound else (f"validate says {ended.code}: {ended.said.strip()[:300]}",)
    if which:
        return State(at_once, which, False, problems)
    return State(after, then, True, problems)


def _which(files: Files, earlier: Sequence[Files], new: Files) -> str:
    if files == new:
        return "new"
    return "earlier" if files in earlier else ""


def mixture(files: Files, earlier: Files, new: Files) -> str:
    """What is from where in a dataset that is neither."""
    of_new = [n for n in files if files[n] == new.get(n) != earlier.get(n)]
    of_old = [n for n in files if files[n] == earlier.get(n) != new.get(n)]
    neither = [n for n in files if files[n] not in (earlier.get(n), new.get(n))]
    empty = [n for n in neither if not files[n]]
    missing = [n for n in new if n not in files and n in earlier]
    parts = {
        "new": of_new,
        "earlier": of_old,
        "neither": neither,
        "of these empty": empty,
        "missing": missing,
    }
    return "; ".join(f"{len(v)} {k} ({', '.join(sorted(v)[:4])})" for k, v in parts.items() if v)


def completed(world: World, ended: children.Ended, new: Files, expected: set[str]) -> list[str]:
    """What is wrong after the next run, which nothing has disturbed.

    Args:
        expected: Every name that may lie under OUT.
    """
    problems = []
    if ended.code != 0:
        problems.append(f"the next run ends with {ended.code}: {ended.said.strip()[-300:]}")
    files = contents(world.out)
    if files != new:
        problems.append(f"after the next run: {differences(files, new)}")
    problems += left_behind(world.out, expected)
    if litter := world.litter():
        problems.append(f"written elsewhere: {', '.join(litter[:6])}")
    return problems


def left_behind(out: Path, expected: set[str]) -> list[str]:
    """What lies under OUT and should not; the empty folders of a store that go by hashes may."""
    left = [
        n for n in sorted(listing(out) - expected) if not (_HASHED.search(n) and _bare(out / n))
    ]
    return [f"left behind: {', '.join(left[:6])} ({len(left)})"] if left else []


def _bare(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def differences(files: Files, expected: Files) -> str:
    """How two datasets differ."""
    wrong = sorted(n for n in files.keys() & expected.keys() if files[n] != expected[n])
    missing, extra = sorted(expected.keys() - files.keys()), sorted(files.keys() - expected.keys())
    parts = {"differ": wrong, "are missing": missing, "are too many": extra}
    return "; ".join(f"{len(v)} {k} ({', '.join(v[:4])})" for k, v in parts.items() if v)


def touched(before: dict[str, tuple[str, int, int]], after: dict[str, tuple[str, int, int]]) -> str:
    """What has changed of a folder that is none of a run's business."""
    return ", ".join(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
