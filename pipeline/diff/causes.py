"""What can have caused a difference, as the two datasets tell it themselves."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipeline.diff.datasets import Both
from pipeline.diff.difference import Cause, Causes, Kind, Part, merged
from pipeline.diff.reports import NONE, Reports
from pipeline.schema import TABLE
from pipeline.stages import STAGES

UNKNOWN = Cause("unknown")
LAST = STAGES[-1].name  # passed by all documents together
# Columns that a later stage than the rest of the row can have changed.
_COLUMN_STAGE = {
    ("documents", "status"): LAST,
    ("documents", "reason"): LAST,
    ("documents", "country_iso3"): "segments",
    ("blocks", "segment_id"): "segments",
}
_ORDER = [stage.name for stage in STAGES]
_KINDS: dict[str, Kind] = {
    "model": "model",
    "reference": "reference data",
    "setting": "setting",
    "library": "library",
    "python": "library",
    "sqlite": "library",
}


def stage_of(table: str, columns: tuple[str, ...] = ()) -> str:
    """The last stage that can have changed columns of a row, or the row."""
    own = TABLE[table].stage.split(", ")[-1]
    stages = [own, *(_COLUMN_STAGE.get((table, column), own) for column in columns)]
    return max(stages, key=_ORDER.index)


def changed_parts(both: Both) -> tuple[Part, ...]:
    """Models, reference data, settings, libraries and code that differ, sorted."""
    if {"stage", "kind", "name", "version"} <= set(both.columns.get("provenance", ())):
        old, new = (_provenance(frame) for frame in both.read("provenance"))
        found = _differing(old, new)
    else:
        found = _from_runs(both)
    return tuple(sorted(found, key=lambda p: (p.stage, p.kind, p.name)))


Named = dict[tuple[str, str, str], str]


def _provenance(frame: pd.DataFrame) -> Named:
    columns = (frame[name] for name in ("stage", "kind", "name", "version"))
    return {
        (stage, kind, name): version for stage, kind, name, version in zip(*columns, strict=True)
    }


def _differing(old: Named, new: Named) -> list[Part]:
    return [
        Part(stage, _KINDS.get(kind, "code"), name, old.get(key), new.get(key))
        for key in old | new
        if old.get(key) != new.get(key)
        for stage, kind, name in [key]
    ]


def _from_runs(both: Both) -> list[Part]:
    """What older datasets tell: hashes over all stages."""
    if "runs" not in both.columns:
        return []
    old, new = (_run(frame) for frame in both.read("runs"))
    return _differing(old, new)


def _run(frame: pd.DataFrame) -> Named:
    if frame.empty:
        return {}
    row = frame.iloc[0].to_dict()
    found: Named = {}
    for column, kind, name in (
        ("code_hash", "code", "code, reference data or libraries"),
        ("configuration_hash", "setting", "some setting"),
    ):
        if isinstance(row.get(column), str):
            found["", kind, name] = row[column]
    try:
        models = json.loads(row.get("model_versions") or "{}")
    except ValueError:
        models = {}
    return found | {("", "model", str(name)): str(text) for name, text in models.items()}


def changed_corrections(both: Both, reports: Reports) -> dict[int, tuple[str, ...]]:
    """Corrections that only one dataset has, by the number of the report; `NONE` for no report."""
    if not {"correction_id", "document_id"} <= set(both.columns.get("corrections", ())):
        return {}
    old, new = both.read("corrections")
    found: dict[int, set[str]] = {}
    for frame, other, is_new in ((old, new, False), (new, old, True)):
        only = frame[~frame["correction_id"].isin(other["correction_id"])]
        numbers = reports.numbers(only["document_id"], new=is_new)
        for number, name in zip(numbers, only["correction_id"], strict=True):
            found.setdefault(int(number), set()).add(str(name))
    return {number: tuple(sorted(names)) for number, names in found.items()}


@dataclass(slots=True)
class Known:
    """All that can have caused something."""

    reports: Reports
    parts: tuple[Part, ...]
    corrections: Mapping[int, tuple[str, ...]]
    _by_stage: dict[str, Causes] = field(default_factory=dict)
    _by_pair: dict[tuple[int, str], Causes] = field(default_factory=dict)

    def of_parts(self, stage: str) -> Causes:
        """What differs of that which stages depend on, up to and with a stage."""
        if stage not in self._by_stage:
            passed = _ORDER[: _ORDER.index(stage) + 1]
            self._by_stage[stage] = merged(
                Cause(part.kind, (part.name,), (part.stage,) if part.stage else ())
                for part in self.parts
                if part.stage in ("", *passed)
            )
        return self._by_stage[stage]

    def own(self, pair: int) -> Causes:
        """What a report itself can have caused."""
        return tuple(self._own(pair))

    def _own(self, pair: int) -> Iterator[Cause]:
        if pair in self.corrections:
            yield Cause("correction", self.corrections[pair])
        if pair == NONE:
            return
        report = self.reports.pairs[pair]
        if report.fate:
            yield Cause("source text", (report.fate,))
        if report.earlier is not None:
            yield Cause("renamed report", (f"{report.earlier} → {report.source}",))

    def foreign(self, pair: int) -> Causes:
        """What a report can have caused in rows that are not its own."""
        source = () if pair == NONE else (self.reports.pairs[pair].source,)
        return tuple(
            cause if cause.kind == "correction" else Cause("other documents", source)
            for cause in self._own(pair)
        )

    def of(self, pair: int, stage: str) -> Causes:
        """What can have changed a row of a report that passed the stages up to `stage`."""
        key = (pair, stage)
        if key not in self._by_pair:
            self._by_pair[key] = self.or_unknown((*self._own(pair), *self.of_parts(stage)))
        return self._by_pair[key]

    def or_unknown(self, causes: Causes) -> Causes:
        """The causes; if there are none, code that rows pass later, else `UNKNOWN`."""
        later = [cause for cause in self.of_parts(LAST) if cause.kind in ("code", "library")]
        return merged(causes or later or (UNKNOWN,))

    def everything(self) -> Causes:
        """All causes, for rows that count what is in the dataset."""
        pairs = [i for i, pair in enumerate(self.reports.pairs) if pair.fate or pair.earlier]
        found = [cause for i in {*pairs, *self.corrections} for cause in self.foreign(i)]
        return merged([*found, *self.of_parts(LAST)])
