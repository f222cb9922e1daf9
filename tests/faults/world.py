"""The folders of one trial: reports, dataset, and the surroundings that a run must leave alone."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

_AROUND = ("cwd", "home", "tmp")


@dataclass(frozen=True)
class World:
    """A folder with all that a run may touch or should not.

    Attributes:
        root: Holds `raw`, `out`, and empty folders for the rest.
    """

    root: Path

    @classmethod
    def make(cls, root: Path) -> "World":
        """Make the folders."""
        world = cls(root)
        for folder in (world.raw, world.out, world.notes, *(root / name for name in _AROUND)):
            folder.mkdir(parents=True, exist_ok=True)
        return world

    @property
    def raw(self) -> Path:
        """The reports."""
        return self.root / "raw"

    @property
    def out(self) -> Path:
        """The dataset."""
        return self.root / "out"

    @property
    def notes(self) -> Path:
        """What the harness itself writes down."""
        return self.root / "notes"

    @property
    def environment(self) -> dict[str, str]:
        """Keeps what a run writes elsewhere within the trial."""
        return {
            "HOME": str(self.root / "home"),
            "XDG_CACHE_HOME": str(self.root / "home" / ".cache"),
            "XDG_DATA_HOME": str(self.root / "home" / ".local"),
            "XDG_STATE_HOME": str(self.root / "home" / ".state"),
            "TMPDIR": str(self.root / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def litter(self) -> list[str]:
        """What lies where nothing should."""
        return [
            path.relative_to(self.root).as_posix()
            for name in _AROUND
            for path in sorted((self.root / name).rglob("*"))
        ]


def put(folder: Path, reports: dict[str, bytes]) -> None:
    """Let a folder hold just these reports; those that are there already are not written again.

    A report that only has another name by now is renamed.
    """
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    gone = {n: p for n, p in there.items() if n not in reports}
    for name, data in reports.items():
        path = folder / name
        if name in there and there[name].read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        twin = next((n for n, p in gone.items() if p.read_bytes() == data), None)
        if twin is not None and name not in there:
            gone.pop(twin).rename(path)
        else:
            path.write_bytes(data)
    for path in gone.values():
        path.unlink()


def listing(folder: Path) -> set[str]:
    """Every file and folder under a folder, hidden ones, too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def prints(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Hash, time of change and mode of everything under a folder."""
    found = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        status = path.lstat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        name = path.relative_to(folder).as_posix()
        found[name] = (digest, status.st_mtime_ns, status.st_mode)
    return found


def copy(source: Path, target: Path) -> Path:
    """Copy a folder over another, times included."""
    clear(target)
    return Path(shutil.copytree(source, target, symlinks=True))


def clear(folder: Path) -> None:
    """Remove a folder, also one that may not be written to."""
    if folder.is_dir() and not folder.is_symlink():
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                os.chmod(path, 0o755)
    shutil.rmtree(folder, ignore_errors=True)
