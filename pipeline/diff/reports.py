"""The reports of two datasets, paired: by path, and where that is gone by content."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

NONE = -1  # the number of no report


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One report, in both datasets or one.

    Attributes:
        source: Its path now, or before if it is gone.
        earlier: Its path before, if it was renamed.
        fate: What became of its content; empty if that is as it was.
        same_text: Whether offsets mean the same in both.
    """

    source: str
    earlier: str | None = None
    fate: Literal["", "added", "removed", "changed"] = ""
    same_text: bool = False


@dataclass(frozen=True, slots=True)
class Reports:
    """All reports.

    Attributes:
        old: Number of the pair, by document_id before.
        new: … by document_id now.
    """

    pairs: list[Pair]
    old: dict[str, int]
    new: dict[str, int]

    def numbers(self, ids: pd.Series, *, new: bool) -> pd.Series:
        """The number of the pair for each document_id; `NONE` for null."""
        found = ids.map(self.new if new else self.old)
        return found.fillna(NONE).astype("int64")

    def fates(self) -> dict[str, tuple[str, ...]]:
        """Paths by what became of the reports, sorted."""
        found: dict[str, list[str]] = {"added": [], "removed": [], "changed": [], "renamed": []}
        for pair in self.pairs:
            if pair.fate:
                found[pair.fate].append(pair.source)
            if pair.earlier is not None:
                found["renamed"].append(f"{pair.earlier} → {pair.source}")
        return {name: tuple(sorted(paths)) for name, paths in found.items()}


@dataclass(frozen=True, slots=True)
class _Document:
    document_id: str
    source: str
    sha256: str
    n_chars: int | None


def paired(old: pd.DataFrame, new: pd.DataFrame) -> Reports:
    """Pair the rows of `documents`."""
    before = {document.source: document for document in _documents(old)}
    reports = Reports([], {}, {})
    alone = []
    for document in _documents(new):
        earlier = before.pop(document.source, None)
        if earlier is None:
            alone.append(document)
        else:
            _add(reports, earlier, document)
    gone: dict[str, list[_Document]] = {}
    for document in before.values():
        gone.setdefault(document.sha256, []).append(document)
    for document in alone:
        same = gone.get(document.sha256)
        _add(reports, same.pop(0) if same else None, document)
    for rest in gone.values():
        for document in rest:
            _add(reports, document, None)
    return reports


def _documents(frame: pd.DataFrame) -> list[_Document]:
    """The documents, by path."""
    lengths = frame["n_chars"] if "n_chars" in frame else pd.Series(pd.NA, index=frame.index)
    rows = zip(frame["document_id"], frame["source"], frame["sha256"], lengths, strict=True)
    found = [
        _Document(key, source, sha256, None if pd.isna(n) else int(n))
        for key, source, sha256, n in rows
    ]
    return sorted(found, key=lambda document: document.source)


def _add(reports: Reports, old: _Document | None, new: _Document | None) -> None:
    """Add a pair, of which one may be missing."""
    number = len(reports.pairs)
    if old is not None:
        reports.old[old.document_id] = number
    if new is not None:
        reports.new[new.document_id] = number
    if old is None or new is None:
        one = new or old
        assert one is not None
        fate: Literal["added", "removed"] = "added" if new else "removed"
        reports.pairs.append(Pair(source=one.source, fate=fate))
        return
    same = old.sha256 == new.sha256
    reports.pairs.append(
        Pair(
            source=new.source,
            earlier=old.source if old.source != new.source else None,
            fate="" if same else "changed",
            # A new reader may come to another text from the same bytes.
            same_text=same and old.n_chars == new.n_chars,
        )
    )
