"""Whether tables keep the contract: types, keys, values, offsets, the conservation ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

import pandas as pd
import pandera.pandas as pa

from pipeline.columns import Column, Table
from pipeline.records import BANDS, FORMULA
from pipeline.schema import TABLE, TABLES

PANDAS_TYPES = {"string": "string", "integer": "Int64", "number": "Float64"}
_QUOTED = ("mentions", "tier_statements", "citations")
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
        frames: Every table, by name.
        texts: Canonical texts, by document_id.

    Raises:
        Broken: With every problem that was found.
    """
    problems = [p for table in TABLES for p in _types(table, frames)]
    if not problems:
        problems += _keys(frames)
        problems += _intervals(frames)
        problems += _offsets(frames, texts)
        problems += _ledger(frames["blocks"], texts)
        problems += _overlaps(frames["mentions"])
        problems += _apart(frames["segments"])
        problems += _bands(frames)
        problems += _lengths(frames["documents"], texts)
        problems += _formulas(frames)
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
    problems = [p for name in whole for p in _types(TABLE[name], whole)]
    if not problems:
        problems += _keys(whole, {"segments": pd.Index(segment_ids)})
        problems += _intervals(whole)
        problems += _banded(["panel"], whole)
        problems += _formulas(whole)
    if problems:
        raise Broken(problems)


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
        found.append(pa.Check.str_matches(f"^(?:{column.pattern})$"))
    return found


def _types(table: Table, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    if table.name not in frames:
        yield f"{table.name}: the table is missing"
        return
    try:
        pandera_schema(table).validate(frames[table.name], lazy=True)
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
            if column.references:
                name = column.references
                target = keys[name] if name in keys else frames[name][TABLE[name].key]
                values = pd.Series(data[column.name].dropna().unique())
                for stray in values[~values.isin(target)].head(1):
                    yield f"{table.name}.{column.name}: {stray!r} is not in {column.references}"


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


def _offsets(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]) -> Iterator[str]:
    for name in _SPANNED:
        data = frames[name]
        quotes = data["text"].tolist() if name in _QUOTED else [None] * len(data)
        columns = (TABLE[name].key, "document_id", "start", "end")
        rows = zip(*(data[column].tolist() for column in columns), quotes, strict=True)
        for key, document_id, start, end, quote in rows:
            text = texts.get(document_id)
            if text is None:
                yield f"{name}: the text of {document_id} is missing"
                return
            if not start < end <= len(text):
                yield f"{name}: {key} has impossible offsets {start}:{end}"
            elif quote is not None and text[start:end] != quote:
                yield f"{name}: {key} does not quote its text"


def _ledger(blocks: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    """Between the blocks of a document, and around them, there is only white space."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    ordered = blocks.sort_values(["document_id", "ordinal"])
    columns = ("document_id", "start", "end")
    for key, start, end in zip(*(ordered[name].tolist() for name in columns), strict=True):
        spans[key].append((start, end))
    for document_id, text in texts.items():
        at = 0
        for start, end in spans[document_id]:
            if start < at or text[at:start].strip():
                yield f"blocks: {document_id} loses or repeats characters at {at}:{start}"
            at = end
        if text[at:].strip():
            yield f"blocks: {document_id} loses the characters from {at} on"


def _apart(segments: pd.DataFrame) -> Iterator[str]:
    """Segments of a document do not overlap."""
    rows = segments.sort_values(["document_id", "start"])
    before = rows.shift(1)
    wrong = (rows["document_id"] == before["document_id"]) & (rows["start"] < before["end"])
    for segment_id in rows.loc[wrong.fillna(False), "segment_id"].head(3):
        yield f"segments: {segment_id} overlaps the one before"


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
                wrong = data[column.name].str.startswith(tuple(FORMULA)).fillna(False)
                for key in data.loc[wrong.astype(bool), table.key].head(1):
                    yield f"{table.name}: {column.name} of {key} begins like a formula"


def _lengths(documents: pd.DataFrame, texts: Mapping[str, str]) -> Iterator[str]:
    for document_id, n in zip(documents["document_id"], documents["n_chars"], strict=True):
        if not pd.isna(n) and document_id in texts and len(texts[document_id]) != n:
            yield f"documents: n_chars of {document_id} is not the length of its text"


def _overlaps(mentions: pd.DataFrame) -> Iterator[str]:
    names = mentions[mentions["label"] != "YEAR"].sort_values(["document_id", "start"])
    before = names.shift(1)
    same = names["document_id"] == before["document_id"]
    wrong = same & (names["start"] < before["end"])
    for mention_id in names.loc[wrong.fillna(False), "mention_id"].head(3):
        yield f"mentions: {mention_id} overlaps the one before"
