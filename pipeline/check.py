"""Whether tables keep the contract: types, keys, values, offsets, the conservation ledger."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from types import MappingProxyType

import pandas as pd
import pandera.pandas as pa
import pyarrow
import pyarrow.compute as pc

from pipeline import spans
from pipeline.columns import Column, Table
from pipeline.records import BANDS, FORMULA
from pipeline.schema import TABLE, TABLES

PANDAS_TYPES = {"string": "string", "integer": "Int64", "number": "Float64"}
_SPANNED = (
    "blocks",
    "segments",
    "tier_statements",
    "mentions",
    "rankings",
    "year_roles",
    "citations",
)
_INTERVALS = (
    ("score_min", "score_max"),
    ("year_start", "year_end"),
    ("first_year", "last_year"),
)
_COUNTED = ("segments", "mentions", "entities", "rankings")  # in the table of runs
_MAX_SHOWN = 20
_NONE: Mapping[str, pd.Index] = MappingProxyType({})


class Broken(Exception):
    """A dataset that breaks the contract; one line a problem."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        more = len(problems) - _MAX_SHOWN
        shown = problems[:_MAX_SHOWN] + ([f"… and {more} more"] if more > 0 else [])
        super().__init__("\n".join(shown))


def check(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]) -> None:
    """Check tables and canonical texts against the contract.

    Args:
        frames: Every table, by name; what only a run fills in (`provenance`, `runs`) may be empty.
        texts: Canonical texts, by document_id.

    Raises:
        Broken: With every problem that was found.
    """
    problems = [p for table in TABLES for p in type_problems(table, frames)]
    if not problems:
        problems += _keys(frames)
        problems += _intervals(frames)
        for name in _SPANNED:
            problems += spans.offsets(TABLE[name], frames[name], texts)
        problems += spans.ledger(frames["blocks"], texts)
        problems += spans.corrected(frames["corrections"], texts)
        problems += _apart(frames)
        problems += _bands(frames)
        problems += _lengths(frames["documents"], texts)
        problems += _formulas(frames)
        problems += _origins(frames)
        problems += _counts(frames)
    if problems:
        raise Broken(problems)


def check_shared(
    frames: Mapping[str, pd.DataFrame], documents: pd.DataFrame, segment_ids: Collection[str]
) -> None:
    """Check the tables that several documents decide; of the others the rows were checked before.

    Args:
        frames: Those tables; of those that documents have a part in only the other rows.
        documents: The table of documents.
        segment_ids: The keys of the segments.

    Raises:
        Broken: With every problem that was found.
    """
    whole = {**frames, "documents": documents}
    problems = [p for name in whole for p in type_problems(TABLE[name], whole)]
    if not problems:
        problems += _keys(whole, {"segments": pd.Index(segment_ids)})
        problems += _intervals(whole)
        problems += spans.corrected(whole["corrections"], {})
        problems += _banded(["panel"], whole)
        problems += _formulas(whole)
        problems += _origins(whole)
    if problems:
        raise Broken(problems)


@cache
def pandera_schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table."""
    columns = {
        c.name: pa.Column(PANDAS_TYPES[c.type], _checks(c), nullable=c.null) for c in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=[table.key])


def _checks(column: Column) -> list[pa.Check]:
    found = []
    if column.values:
        found.append(pa.Check.isin(list(column.values)))
    if column.low is not None:
        found.append(pa.Check.ge(column.low))
    if column.high is not None:
        found.append(pa.Check.le(column.high))
    if column.pattern:
        # `str_matches` would let a line end pass at the end.
        found.append(pa.Check(partial(_fullmatch, column.pattern), name="pattern"))
    return found


def _fullmatch(pattern: str, cells: "pd.Series[str]") -> "pd.Series[bool]":
    return cells.str.fullmatch(pattern)


def type_problems(table: Table, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Whether a table has its columns in order, with their types, values and a key for each row."""
    if table.name not in frames:
        yield f"{table.name}: the table is missing"
        return
    try:
        pandera_schema(table).validate(frames[table.name], lazy=True, inplace=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.drop_duplicates(["column", "check"])
        for case in cases.itertuples():
            example = repr(case.failure_case)
            yield f"{table.name}.{case.column}: {case.check} fails, for example {example}"


def _keys(
    frames: Mapping[str, pd.DataFrame], keys: Mapping[str, pd.Index] = _NONE
) -> Iterator[str]:
    """Keys are unique and known; `keys` are those of tables that are not in `frames`."""
    for table in _present(frames):
        data = frames[table.name]
        if table.unique and data.duplicated(list(table.unique)).any():
            yield f"{table.name}: {' × '.join(table.unique)} is not unique"
        for column in table.columns:
            if name := column.references:
                known = keys[name] if name in keys else frames[name][TABLE[name].key]
                for stray in _strays(data[column.name], known):
                    yield f"{table.name}.{column.name}: {stray!r} is not in {name}"


def _strays(found: "pd.Series[str]", known: "pd.Series[str] | pd.Index[str]") -> list[str]:
    """One of the values that are not known, if there is any; null is none."""
    values = pyarrow.array(found).unique().drop_null()
    among = pyarrow.array(known, type=values.type)
    strays = values.filter(pc.invert(pc.is_in(values, value_set=among)))
    stray: list[str] = strays[:1].to_pylist()
    return stray


def _present(frames: Mapping[str, pd.DataFrame]) -> list[Table]:
    return [table for table in TABLES if table.name in frames]


def _intervals(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for table in _present(frames):
        for low, high in _INTERVALS:
            if low in table.names:
                data = frames[table.name]
                wrong = (data[low] > data[high]).fillna(False)
                for key in data.loc[wrong, table.key].head(1):
                    yield f"{table.name}: {low} is above {high} in {key}"


def _apart(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Segments of a document do not overlap, nor do mentions but for years."""
    mentions = frames["mentions"]
    found = {"mentions": mentions[mentions["label"] != "YEAR"], "segments": frames["segments"]}
    for name, data in found.items():
        for key in data[TABLE[name].key].iloc[spans.overlapping(data)[:3]]:
            yield f"{name}: {key} overlaps the one before"


def _bands(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A tier and its scores fit; a tier is absent for a reason."""
    yield from _banded(["segments", "tier_statements", "panel"], frames)
    segments = frames["segments"]
    graded = segments["tier"].notna()
    odd = (segments["tier_status"] == "absent") == graded
    odd |= segments["tier_reason"].isna() != graded
    for key in segments.loc[odd.astype(bool), "segment_id"].head(1):
        yield f"segments: tier, tier_status and tier_reason of {key} do not fit"


def _banded(names: Iterable[str], frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    for name in names:
        data = frames[name]
        low, high = (data["tier"].map({t: b[i] for t, b in BANDS.items()}) for i in (0, 1))
        wrong = ((data["score_max"] < low) | (data["score_min"] > high)).fillna(False)
        for key in data.loc[wrong.astype(bool), TABLE[name].key].head(1):
            yield f"{name}: the scores of {key} are outside the band of its tier"


def _formulas(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """No cell makes a spreadsheet run something."""
    for table in _present(frames):
        data = frames[table.name]
        for column in table.columns:
            if column.type == "string":
                wrong = data[column.name].str[:1].isin(list(FORMULA))
                for key in data.loc[wrong, table.key].head(1):
                    yield f"{table.name}: {column.name} of {key} begins like a formula"


def _lengths(documents: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    for document_id, n in zip(documents["document_id"], documents["n_chars"], strict=True):
        if not pd.isna(n) and document_id in texts and len(texts[document_id]) != n:
            yield f"documents: n_chars of {document_id} is not the length of its text"


def _origins(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """What the stages depended on has one version in all of them, the same as in `runs`."""
    provenance, runs = frames["provenance"], frames["runs"]
    columns = (spans.strings(provenance[c]) for c in ("part_id", "stage", "kind", "name"))
    for part_id, stage, kind, name in zip(*columns, strict=True):
        if part_id != " ".join((stage, kind) if name == kind else (stage, kind, name)):
            yield f"provenance: {part_id} is not the id of its stage, kind and name"
    parts = provenance[["kind", "name", "version"]].drop_duplicates()
    for row in parts[parts.duplicated(["kind", "name"])].itertuples():
        yield f"provenance: {row.kind} {row.name} has several versions"
    models = parts[parts["kind"] == "model"].set_index("name")["version"].to_dict()
    for row in runs.itertuples():
        if _listed(str(row.model_versions)) != models:
            yield f"runs: the models of {row.run_id} are not those of provenance"


def _listed(versions: str) -> object:
    """Versions that were written as JSON, None if they were not."""
    try:
        return json.loads(versions)
    except ValueError:
        return None


def _counts(frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """The run's own counts are right."""
    status = frames["documents"]["status"]
    found = {f"n_{name}": len(frames[name]) for name in _COUNTED}
    found["n_documents"] = int((status == "ok").sum())
    found["n_quarantined"] = int((status == "quarantined").sum())
    for name, n in sorted(found.items()):
        if not (frames["runs"][name] == n).all():
            yield f"runs: {name} is not {n}"
