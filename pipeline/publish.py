"""Kept rows -> parts -> the dataset: assembled, checked, and put in the earlier one's place.

What did not change is not made again: parts of unchanged documents, their rows in the database,
texts and files that come out as they are.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

import pandas as pd

from pipeline import arrow, commit, corrections, making, missing, parts, provenance, sqlite
from pipeline.check import check_shared
from pipeline.making import Made
from pipeline.parts import Part, Share
from pipeline.place import Place, is_remote
from pipeline.plan import CACHE, Plan, intact, rows_key, sha256, work_key
from pipeline.rows import Row
from pipeline.settings import Settings
from pipeline.shards import Shards
from pipeline.stages import STAGES
from pipeline.state import File, State, Summary, begin, recall, remember, tidy
from pipeline.store import Store
from pipeline.write import DATABASE, Gathered, Writer, provenance_frame, runs

_T = TypeVar("_T")
_U = TypeVar("_U")
_AT_ONCE = 16  # parts that are fetched together
_ENOUGH = 5.0  # seconds of computing that tell the pace
_MAKE = "pipeline.making:make"


class Hands(Protocol):
    """Other processes that can make parts."""

    def submit(self, function: str, *args: object) -> "Future[Made]":
        """Have a function called, as in `pipeline.making:make`."""

    def rest(self) -> None:
        """Nothing more is asked for at present."""


class _Own:
    """This process."""

    def submit(self, _function: str, *args: object) -> "Future[Made]":
        done: Future[Made] = Future()
        done.set_result(making.make(*args))  # type: ignore[arg-type]
        return done

    def rest(self) -> None:
        pass


def publish(
    todo: Plan,
    out: Place,
    settings: Settings,
    ready: Callable[[], object] = lambda: None,
    hands: Hands | None = None,
) -> Summary:
    """Bring the dataset in `out` up to date with the kept rows of all documents of a plan.

    Args:
        ready: Returns when the documents of the plan are processed. What stands before the first
            of them is put together until then.
        hands: Who makes parts, if not this process.

    Raises:
        OSError: If it cannot be written; the earlier dataset is untouched.
        Broken: If it would not keep the contract.
    """
    if is_remote(out):
        with commit.locked(_workspace(out)):
            return _Publishing(todo, out, settings, ready, hands or _Own()).run()
    return _Publishing(todo, out, settings, ready, hands or _Own()).run()


class _Publishing:
    """One edition of the dataset on its way."""

    def __init__(
        self,
        todo: Plan,
        out: Place,
        settings: Settings,
        ready: Callable[[], object],
        hands: Hands,
    ) -> None:
        self._todo = todo
        self._out = out
        self._settings = settings
        self._ready = ready
        self._hands = hands
        self._shards = Shards.of(out, settings)
        self._coming: dict[str, Future[Made]] = {}  # what makes a part, by its key
        self._loose: dict[str, bytes] = {}  # parts with documents to be read another time
        self._passing: set[str] = set()  # these documents
        self._here = _workspace(out)
        commit.recover(self._here)
        self._own = Store(self._here / CACHE)
        self._earlier = recall(self._own)
        for store in self._stores():
            begin(store)

    def run(self) -> Summary:
        shares = parts.shares(self._todo.sources, self._settings)
        self._staging = commit.stage(self._here)
        gathered, counts, frames = self._write(shares)
        files = self._files(gathered.texts)
        summary = _summary(gathered, counts, frames, self._out, self._todo.n_new)
        state = self._state(files, shares, summary)
        remember(Store(self._staging / CACHE), state)
        commit.commit(self._here, {name for name in files if name.startswith("text/")})
        self._upload(state)
        self._sweep(shares)
        for store in self._stores():
            tidy(store, state)
        return summary

    def _stores(self) -> Collection[Store]:
        """Where something is kept: in `out`, and here if that is elsewhere."""
        some = self._own, self._shards.store
        return {store.root: store for store in some}.values()

    # Parts

    def _lacking(self, shares: Sequence[Share]) -> list[Share]:
        """The parts that have to be made."""
        kept = self._shards.store.names("parts")
        new = {source.document_id for batch in self._todo.batches for source in batch}
        return [
            share
            for share in shares
            if share.key not in kept or any(s.document_id in new for s in share.sources)
        ]

    def _make(self, lacking: Sequence[Share]) -> None:
        """Have parts made, as soon as their documents are processed."""
        self._ready()
        groups = list(parts.together(lacking))
        if len(groups) < 2:  # not worth the way
            self._hands.rest()
            self._hands = _Own()
        for group in groups:
            self._hand_out(group, self._hands)

    def _hand_out(self, group: Sequence[Share], hands: Hands) -> None:
        texts = self._staging / "text"
        making = hands.submit(_MAKE, group, self._out, self._settings, texts)
        self._coming |= dict.fromkeys((share.key for share in group), making)

    def _take(self, share: Share) -> None:
        """Wait until a part is made, if it has to be."""
        if coming := self._coming.pop(share.key, None):
            made = coming.result()
            self._passing |= made.passing
            self._loose |= made.loose

    def _parts(self, shares: Sequence[Share], lacking: Sequence[Share]) -> Iterator[Part]:
        """All parts in order, those that are lacking made before the first of them."""
        first = shares.index(lacking[0]) if lacking else len(shares)
        yield from self._opened(shares[:first])
        self._make(lacking)
        yield from self._opened(shares[first:])
        self._hands.rest()

    def _opened(self, shares: Sequence[Share]) -> Iterator[Part]:
        """Kept parts; a damaged one is made again."""
        groups = [shares[i : i + _AT_ONCE] for i in range(0, len(shares), _AT_ONCE)]
        for group, kept in zip(groups, _ahead(self._kept, groups), strict=True):
            for share, part in zip(group, kept, strict=True):
                yield part or self._again(share)

    def _kept(self, shares: Sequence[Share]) -> list[Part | None]:
        """Parts as they are kept, None in place of those that are damaged."""
        for share in shares:
            self._take(share)
        kept = self._shards.store.get_many(s.key for s in shares if s.key not in self._loose)
        return [parts.opened(s.prefix, self._loose.get(s.key) or kept.get(s.key)) for s in shares]

    def _again(self, share: Share) -> Part:
        self._hand_out([share], _Own())
        [part] = self._kept([share])
        if part is None:
            raise OSError(f"{self._out} does not keep what is written to it")
        return part

    # Files

    def _write(
        self, shares: Sequence[Share]
    ) -> tuple[Gathered, dict[str, int], dict[str, pd.DataFrame]]:
        earlier = self._database()
        lacking = self._lacking(shares)
        changed = self._changed(shares, lacking) if earlier else {s.prefix for s in shares}
        with sqlite.draft(self._staging / ".draft", earlier) as base:
            writer = Writer(self._staging, base)
            try:
                found = self._parts(shares, lacking)
                gathered = writer.parts(found, changed, self._todo.corrections)
                frames, absent = gathered.shared(), gathered.missing()
                frames["provenance"] = provenance_frame(self._settings)
                frames["runs"] = runs(gathered, writer.counts(), frames, self._settings)
                with writer.shared(frames, absent):
                    checked = frames | {"coverage": arrow.frame(missing.sample(absent))}
                    check_shared(checked, gathered.documents_frame(), gathered.segments)
                    counts = writer.finish()
                    self._texts(gathered.texts)
                return gathered, counts, frames
            finally:
                writer.close()

    def _database(self) -> Path | None:
        """The earlier dataset's database, if it can be built upon."""
        path = self._here / DATABASE
        state = self._earlier
        if state is None or state.stages.get("tables") != _stages(self._settings)["tables"]:
            return None
        file = state.files.get(DATABASE)
        return path if file is not None and intact(path, file) else None

    def _changed(self, shares: Sequence[Share], lacking: Sequence[Share]) -> set[str]:
        """The prefixes of the parts that the earlier database may not have as they are now."""
        now = {share.prefix: share.key for share in shares if share not in lacking}
        before = self._earlier.parts if self._earlier else {}
        same = {prefix for prefix, key in now.items() if before.get(prefix) == key}
        return {share.prefix for share in shares}.union(before) - same

    def _texts(self, wanted: Mapping[str, str]) -> None:
        """Stage the texts that are neither in place nor staged."""
        staged = self._staged_texts()
        new = {
            document_id
            for document_id, digest in wanted.items()
            if document_id not in staged and not self._in_place(_text_name(document_id), digest)
        }
        sources = [source for source in self._todo.sources if source.document_id in new]
        for i in range(0, len(sources), _AT_ONCE):
            rows, _ = making.load(sources[i : i + _AT_ONCE], self._out, self._settings)
            making.stage(rows.values(), self._staging / "text")
        for document_id in self._staged_texts() - set(wanted):
            (self._staging / _text_name(document_id)).unlink()  # its rows broke the contract

    def _staged_texts(self) -> set[str]:
        return {name.removesuffix(".txt") for name in os.listdir(self._staging / "text")}

    def _in_place(self, name: str, hashed: str) -> bool:
        file = self._earlier.files.get(name) if self._earlier else None
        return file is not None and file.sha256 == hashed and intact(self._here / name, file)

    def _files(self, texts: Mapping[str, str]) -> dict[str, File]:
        """All files of the dataset; those that are in place already are not staged."""
        found: dict[str, File] = {}
        earlier = self._earlier.files if self._earlier else {}
        staged = self._staged_texts()
        for document_id in texts:
            if document_id not in staged:
                name = _text_name(document_id)
                found[name] = earlier[name]
        paths = [path for path in sorted(self._staging.rglob("*")) if path.is_file()]
        with ThreadPoolExecutor() as threads:
            hashes = list(threads.map(sha256, paths))
        for path, hashed in zip(paths, hashes, strict=True):
            name = path.relative_to(self._staging).as_posix()
            if self._in_place(name, hashed):
                path.unlink()
                found[name] = earlier[name]
            else:
                stat = path.stat()
                found[name] = File(stat.st_size, stat.st_mtime_ns, hashed)
        return dict(sorted(found.items()))

    # Afterwards

    def _state(self, files: Mapping[str, File], shares: Sequence[Share], summary: Summary) -> State:
        return State(
            key=self._todo.key,
            seen={s.written: (s.stamp, s.sha256) for s in self._todo.sources},
            stages=_stages(self._settings),
            files=files,
            parts={s.prefix: "" if s.key in self._loose else s.key for s in shares},
            summary=summary,
            n_passing=len(self._passing),
            pace=self._pace(),
            corrections=corrections.digest(self._todo.corrections),
        )

    def _upload(self, state: State) -> None:
        """Put the dataset where it belongs, if that is not here."""
        if is_remote(self._out):
            from pipeline import remote

            hashes = {name: file.sha256 for name, file in state.files.items()}
            remote.upload(self._here, self._out, hashes, commit.holder(self._out))
            remember(self._shards.store, state)

    def _pace(self) -> float | None:
        """Bytes a second of the documents of this run, or what was known before."""
        new = [source for batch in self._todo.batches for source in batch]
        found = self._shards.load_many(new[:: len(new) // 200 + 1])
        seconds: float = sum(rows.column("seconds")[0].as_py() for rows in found.values())
        size = sum(source.size for source in new if source.document_id in found)
        if seconds >= _ENOUGH and size:
            return size / seconds
        return self._earlier.pace if self._earlier else None

    def _sweep(self, shares: Sequence[Share]) -> None:
        """Drop what is kept and not used any more."""
        store, sources = self._shards.store, self._todo.sources
        store.sweep("rows", {rows_key(source, self._settings) for source in sources})
        store.sweep("work", {work_key(source) for source in sources})
        store.sweep("passing", ())
        store.sweep("parts", {share.key for share in shares if share.key not in self._loose})


def _ahead(function: Callable[[_T], _U], items: Iterable[_T]) -> Iterator[_U]:
    """What a function gives for each item, while the one before is made use of."""
    with ThreadPoolExecutor(1) as thread:
        coming: Future[_U] | None = None
        for item in items:
            ready, coming = coming, thread.submit(function, item)
            if ready:
                yield ready.result()
        if coming:
            yield coming.result()


def _workspace(out: Place) -> Path:
    if isinstance(out, Path):
        return out
    from pipeline import remote

    return remote.workspace(out)


def _text_name(document_id: str) -> str:
    return f"text/{document_id}.txt"


def _stages(settings: Settings) -> dict[str, provenance.Parts]:
    return {stage.name: provenance.parts(stage, settings) for stage in STAGES}


def _summary(
    gathered: Gathered,
    counts: Mapping[str, int],
    frames: Mapping[str, pd.DataFrame],
    out: Place,
    n_new: int,
) -> Summary:
    """The counts a person wants to see after a run."""
    documents = gathered.documents_frame()
    bad = documents[documents["status"] == "quarantined"]
    checks = frames["rankings"]["check"]
    return Summary(
        out=str(out),
        n_documents=len(documents) - len(bad),
        n_quarantined=len(bad),
        n_new=n_new,
        n_countries=len(gathered.countries),
        n_segments=counts["segments"],
        n_mentions=counts["mentions"],
        n_entities=counts["entities"],
        n_rankings=counts["rankings"],
        n_impossible=int((checks == "impossible").sum()),
        n_contradicted=int((checks == "contradicted").sum()),
        quarantined=tuple(zip(bad["source"], bad["reason"], strict=True)),
        n_corrected=sum(row["status"] == "applied" for row in gathered.corrected),
        not_corrected=tuple(_not_corrected(gathered, frames["corrections"])),
        n_beside=len(gathered.rows["candidates"]) - counts["panel"],
    )


_REASONS = {
    "was_differs": "the value is not the one that it says was there",
    "nothing_there": "its quote stands where there is nothing of the kind",
    "ambiguous": "its quote stands in several; lengthen it, or fill in nth or was",
    "quote_missing": "its quote is not in the text",
    "document_missing": "no report that was read (a quarantined one is not) has that sha256 or"
    " document_id",
    "overridden": "a later row says another thing",
}


def _not_corrected(gathered: Gathered, unmet: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """The corrections that were not applied, and why."""
    rows: list[Row] = [*gathered.corrected, *unmet.to_dict("records")]  # type: ignore[list-item]
    for row in rows:
        if row["status"] in _REASONS:
            yield f"{row['action']} {row['quote']!r}", _REASONS[row["status"]]
