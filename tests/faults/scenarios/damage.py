"""Files under OUT that are not what was written: by a failing disk, or by somebody."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.faults import children
from tests.faults.scenarios import complaint, finished, older, some, titled
from tests.faults.trials import AFTER, BEFORE, Lab
from tests.faults.world import World, put

Harm = Callable[[Path, Random], None]
_SAMPLE = 8  # files of a dataset of which one bit is turned


def flip(path: Path, rng: Random) -> None:
    """Turn one bit; size and time stay."""
    times = path.stat()
    data = bytearray(path.read_bytes())
    if data:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def edit(path: Path, rng: Random) -> None:
    """Turn one bit, as somebody who writes to the file."""
    data = bytearray(path.read_bytes() or b" ")
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def scramble(path: Path, rng: Random) -> None:
    """Other bytes, as many."""
    path.write_bytes(rng.randbytes(path.stat().st_size))


def truncate(path: Path, rng: Random) -> None:
    """Only a beginning is left."""
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path, rng: Random) -> None:
    """Nothing is left."""
    os.truncate(path, 0)


def remove(path: Path, rng: Random) -> None:
    """Not even the file is left."""
    path.unlink()


def replace(path: Path, rng: Random) -> None:
    """A folder stands in its place, with something in it."""
    path.unlink()
    path.mkdir()
    (path / "inside").write_bytes(b"x")


HARMS: tuple[Harm, ...] = (flip, scramble, truncate, empty, remove, replace)


def hidden_files(world: World) -> list[Path]:
    """What is kept for later runs; a lock holds nothing."""
    paths = sorted(world.out.rglob("*"))
    found = (path for path in paths if path.is_file() and path.stat().st_size)
    return [p for p in found if p.relative_to(world.out).as_posix().startswith(".")]


def stored(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """All that is kept between runs is damaged; some reports have changed."""
    for harm in some(lab, rng, HARMS):
        world = older(lab, folder)
        for path in hidden_files(world):
            harm(path, rng)
        yield from titled(harm.__name__, _mended(lab, world, AFTER))


def stored_in_part(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """Single files of what is kept between runs are damaged, each in its own way."""
    for turn in some(lab, rng, range(4)):
        world = older(lab, folder)
        files = hidden_files(world)
        chosen = rng.sample(files, min(len(files), rng.randint(1, 3)))
        harms = [rng.choice(HARMS) for _ in chosen]
        for path, harm in zip(chosen, harms, strict=True):
            harm(path, rng)
        about = ", ".join(
            f"{harm.__name__} {path.relative_to(world.out)}"
            for path, harm in zip(chosen, harms, strict=True)
        )
        yield from titled(f"turn {turn} ({about})", _mended(lab, world, AFTER))


def stored_nothing_new(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """All that is kept between runs is damaged, and no report has changed."""
    for harm in some(lab, rng, HARMS):
        world = lab.place(folder, BEFORE)
        for path in hidden_files(world):
            harm(path, rng)
        yield from titled(harm.__name__, _mended(lab, world, BEFORE))


def _mended(lab: Lab, world: World, target: str) -> Iterator[str]:
    """The next run repairs what is kept, unless folders stand there: one line may name one."""
    folders = [path for path in world.out.rglob("inside") if path.is_file()]
    if folders:
        yield from complaint(children.run(world))
    for path in folders:
        if path.exists():
            shutil.rmtree(path.parent)
    yield from finished(lab, world, target)


def dataset(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A file of the dataset is changed, cut, emptied or gone: noticed, and made good."""
    for harm in some(lab, rng, (edit, truncate, empty, remove)):
        world = lab.place(folder, BEFORE)
        name = rng.choice(sorted(lab.datasets[BEFORE]))
        harm(world.out / name, rng)
        title = f"{harm.__name__} {name}"
        if not children.validate(world).code:
            yield f"{title}: validate does not notice"
        yield from titled(title, finished(lab, world, BEFORE))


def folder_in_place(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """A folder stands in the place of a file: it is replaced, or one line names it."""
    name = rng.choice(sorted(lab.datasets[BEFORE]))
    for target in some(lab, rng, (BEFORE, AFTER)):
        world = lab.place(folder, BEFORE)
        put(world.raw, lab.reports[target])
        replace(world.out / name, rng)
        ended = children.run(world)
        if ended.code and not (ended.one_line and name in ended.said):
            yield f"{name}: it ended with {ended.code} and said {ended.said.strip()!r}"
        if ended.code:
            shutil.rmtree(world.out / name)
        yield from titled(name, finished(lab, world, target))


def bits(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """One bit of a file of the dataset is turned: validate names it; deleted, it comes again."""
    names = [n for n, data in sorted(lab.datasets[BEFORE].items()) if data]
    for name in some(lab, rng, rng.sample(names, _SAMPLE)):
        world = lab.place(folder, BEFORE)
        flip(world.out / name, rng)
        checked = children.validate(world)
        if checked.code == 0:
            yield f"bit of {name}: validate does not notice"
        elif Path(name).stem not in checked.said or "Traceback" in checked.said:
            yield f"bit of {name}: validate says {checked.said.strip()[-300:]!r}"
        (world.out / name).unlink()
        yield from titled(f"{name} deleted", finished(lab, world, BEFORE))


def repaired_bits(lab: Lab, folder: Path, rng: Random) -> Iterator[str]:
    """One bit of a file of the dataset is turned: what the next run makes of it."""
    for name in some(lab, rng, rng.sample(sorted(lab.datasets[BEFORE]), _SAMPLE)):
        for target in (BEFORE, AFTER):
            world = lab.place(folder, BEFORE)
            flip(world.out / name, rng)
            yield from titled(f"bit of {name}, run to {target}", finished(lab, world, target))


SCENARIOS = (
    stored,
    stored_in_part,
    stored_nothing_new,
    dataset,
    folder_in_place,
    bits,
    repaired_bits,
)
