"""What a disk may hold after the power went off: less than the programs that wrote to it saw.

A run is recorded while it changes the files of a folder. Then what was never forced to disk is
lost: contents of files that were not synced, and entries of folders that were not synced. Names
may be lost from some moment on in all folders (`ordered`, as file systems with a journal do), from
different moments on in each (`folders`), or not at all, only contents (`contents`).
"""

import json
import os
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.faults.recorder import LOG, Entry, Recorder, entries
from tests.faults.recorder import number as inode
from tests.faults.world import clear

MODES = ("contents", "ordered", "folders")


class Change(NamedTuple):
    """An entry that comes, goes, or both where it moves."""

    old: tuple[int, str] | None
    new: Entry | None


class Disk:
    """A folder whose power will go off."""

    def __init__(self, out: Path, pool: Path) -> None:
        """Take what is in `out` now as safely on disk."""
        clear(pool)
        pool.mkdir(parents=True)
        self.out, self.pool = out, pool
        self._root = inode(os.fspath(out))
        self._start = entries(out)
        self._durable: dict[int, bytes] = {}
        self._pooled(self._start)
        for entry in self._start:
            if not entry.is_folder:
                self._durable[entry.number] = (pool / str(entry.number)).read_bytes()

    def recorder(self, number: int = 0, when: str = "before") -> Recorder:
        """Records the run, and kills it at a call if `number` is not 0."""
        return Recorder(number=number, when=when, pool=self.pool)

    def lose(self, rng: Random, mode: str) -> int:
        """Put in place of the folder what a disk may hold.

        Returns:
            Number of changes and contents that were lost.
        """
        self._pooled(entries(self.out))
        changes, syncs = self._history()
        kept = _kept(changes, syncs, rng, mode)
        tree = self._tree(kept)
        clear(self.out)
        self.out.mkdir()
        lost = self._built(tree, self._root, self.out, rng, mode)
        return lost + len(changes) - len(kept)

    def _pooled(self, some: list[Entry]) -> None:
        """Keep every file under its number, so that it outlives its names."""
        paths = {self._root: self.out}
        for entry in some:
            path = paths[entry.folder] / entry.name
            if entry.is_folder:
                paths[entry.number] = path
            elif not (kept := self.pool / str(entry.number)).exists():
                os.link(path, kept)

    def _history(self) -> tuple[list[Change], list[tuple[int, int]]]:
        """All changes in order, and which folder was synced after how many of them."""
        changes: list[Change] = []
        syncs: list[tuple[int, int]] = []
        live = {(e.folder, e.name): e for e in self._start}

        def change(old: tuple[int, str] | None, new: Entry | None) -> None:
            changes.append(Change(old, new))
            live.pop(old, None) if old else None
            if new:
                live[new.folder, new.name] = new

        def enter(entry: Entry) -> None:
            known = live.get((entry.folder, entry.name))
            if known is None or known.number != entry.number:
                change(None, entry)

        for event in self._events():
            for seen in event.get("seen", ()):
                enter(Entry(*seen))
            if "enter" in event:
                enter(Entry(*event["enter"]))
            if "leave" in event:
                change((event["leave"][0], event["leave"][1]), None)
            if "move" in event:
                folder, name, *new = event["move"]
                if (folder, name) not in live:  # made by a library in C
                    enter(Entry(folder, name, new[2], new[3]))
                change((folder, name), Entry(*new))
            if "sync" in event:
                syncs.append((len(changes), event["sync"]))
            if "contents" in event:
                self._durable[event["contents"]] = (self.pool / event["copy"]).read_bytes()
        now = entries(self.out)
        for entry in now:
            enter(entry)
        there = {(e.folder, e.name) for e in now}
        for key in [k for k in live if k not in there and self._reached(k[0], live)]:
            change(key, None)
        return changes, syncs

    def _reached(self, folder: int, live: dict[tuple[int, str], Entry]) -> bool:
        """Whether a folder still has a name."""
        return folder == self._root or any(e.number == folder for e in live.values())

    def _events(self) -> list[dict[str, Any]]:
        path = self.pool / LOG
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def _tree(self, kept: list[Change]) -> dict[int, dict[str, Entry]]:
        """The folders after some of the changes."""
        tree: dict[int, dict[str, Entry]] = {}
        for entry in self._start:
            tree.setdefault(entry.folder, {})[entry.name] = entry
        for change in kept:
            if change.old:
                tree.setdefault(change.old[0], {}).pop(change.old[1], None)
            if change.new:
                tree.setdefault(change.new.folder, {})[change.new.name] = change.new
        return tree

    def _built(
        self,
        tree: dict[int, dict[str, Entry]],
        number: int,
        folder: Path,
        rng: Random,
        mode: str,
    ) -> int:
        """Make the files of a folder; those that were not synced lose contents."""
        lost = 0
        for entry in tree.get(number, {}).values():
            path = folder / entry.name
            if entry.is_folder:
                path.mkdir()
                lost += self._built(tree, entry.number, path, rng, mode)
                continue
            os.link(self.pool / str(entry.number), path)
            lost += self._spoilt(path, entry.number, rng, mode)
        return lost

    def _spoilt(self, path: Path, number: int, rng: Random, mode: str) -> int:
        data, durable = path.read_bytes(), self._durable.get(number, b"")
        if number in self._durable and data == durable:
            return 0
        if mode == "contents" or rng.random() < 0.5:
            left = durable
        else:
            cut = rng.randint(0, len(data))
            left = rng.choice((data[:cut], data[:cut] + bytes(len(data) - cut), data))
        times = path.stat()
        with path.open("wb") as file:
            file.write(left)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return int(left != data)


def _kept(
    changes: list[Change], syncs: list[tuple[int, int]], rng: Random, mode: str
) -> list[Change]:
    """The changes that reached the disk."""
    if mode == "contents":
        return changes
    if mode == "ordered":
        safe = max((position for position, _ in syncs), default=0)
        return changes[: rng.randint(safe, len(changes))]
    safe_in: dict[int, int] = {}
    for position, folder in syncs:
        safe_in[folder] = position
    cuts: dict[int, int] = {}
    kept = []
    for index, change in enumerate(changes):
        places = [change.new.folder] if change.new else []
        places += [change.old[0]] if change.old else []
        for folder in places:
            if folder not in cuts:
                cuts[folder] = rng.randint(safe_in.get(folder, 0), len(changes))
        if index < cuts[places[0]] or any(index < safe_in.get(f, 0) for f in places):
            kept.append(change)
    return kept
