"""A release through DuckDB: every row, by what the release's own data package says of it.

Nothing here reads `pipeline.schema`: the release has to hold by its own word.
"""

from collections.abc import Iterator, Mapping, Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.release.data import TEXTS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Base

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
Resource = Mapping[str, Any]


def problems(folder: Path, resources: Sequence[Resource], *, texts: bool) -> Iterator[str]:
    """Wrong types, values, keys and links; CSV unlike Parquet; offsets that do not quote."""
    import duckdb

    with duckdb.connect() as base:
        loaded = []
        for resource in resources:
            try:
                _load(base, folder, resource)
                loaded.append(resource)
            except duckdb.Error as error:
                yield f"{resource['name']}: DuckDB cannot load it: {_line(error)}"
        for resource in loaded:
            yield from _parquet(base, resource)
            yield from _values(base, resource)
            yield from _key(base, resource)
        if len(loaded) == len(resources):
            for resource in loaded:
                yield from _links(base, resource)
            if texts:
                yield from _texts(base, folder)


def _line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _load(base: "Base", folder: Path, resource: Resource) -> None:
    """Load a CSV file by its declared types, and look at the Parquet file beside it."""
    name, fields = resource["name"], resource["schema"]["fields"]
    types = ", ".join(f"{_text(f['name'])}: {_text(TYPES[f['type']])}" for f in fields)
    path = _path(folder, resource["path"])
    base.execute(
        f"CREATE TABLE {_name(name)} AS SELECT * FROM read_csv({path},"
        f" columns = {{{types}}}, header = true, auto_detect = false, delim = ',', quote = '\"',"
        " escape = '\"', nullstr = '', strict_mode = true, max_line_size = 16777216,"
        " hive_partitioning = false)"
    )
    path = _path(folder, f"{name}.parquet")
    base.execute(
        f"CREATE VIEW {_name(f'{name}.parquet')} AS SELECT * FROM"
        f" read_parquet({path}, hive_partitioning = false)"
    )


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _path(folder: Path, pattern: str) -> str:
    """Files of a folder, in whose own name no character is one of a pattern."""
    return _text(Path(escape(str(folder)), pattern))


def _number(base: "Base", sql: str) -> int:
    row = base.execute(sql).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _parquet(base: "Base", resource: Resource) -> Iterator[str]:
    """The Parquet file has the columns, types and rows of the CSV file."""
    ours, theirs = _name(resource["name"]), _name(f"{resource['name']}.parquet")
    shape = [tuple(row[:2]) for row in base.execute(f"DESCRIBE {theirs}").fetchall()]
    wanted = [(f["name"], TYPES[f["type"]]) for f in resource["schema"]["fields"]]
    if shape != wanted:
        yield f"{resource['name']}.parquet: columns or types are not those of the data package"
        return
    for one, other, where in ((ours, theirs, "CSV"), (theirs, ours, "Parquet")):
        sql = f"SELECT count(*) FROM (SELECT * FROM {one} EXCEPT ALL SELECT * FROM {other})"
        if n := _number(base, sql):
            yield f"{resource['name']}: {n} rows stand in the {where} file only"


def _values(base: "Base", resource: Resource) -> Iterator[str]:
    """Cells keep the constraints of their fields."""
    tests = {
        f"{field['name']}: {kind}": test
        for field in resource["schema"]["fields"]
        for kind, test in _tests(field)
    }
    if (
        "rows" in resource
        and _number(base, f"SELECT count(*) FROM {_name(resource['name'])}") != (resource["rows"])
    ):
        yield f"{resource['name']}: it does not have {resource['rows']} rows"
    if not tests:
        return
    counts = ", ".join(f"count(*) FILTER (WHERE {test})" for test in tests.values())
    row = base.execute(f"SELECT {counts} FROM {_name(resource['name'])}").fetchone() or ()
    for what, n in zip(tests, row, strict=True):
        if n:
            yield f"{resource['name']}.{what} fails in {n} rows"


def _tests(field: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong, and the SQL that finds it."""
    name, limits = _name(field["name"]), field.get("constraints", {})
    if field.get("leftOut"):
        yield "left out", f"{name} IS NOT NULL"
    if limits.get("required"):
        yield "required", f"{name} IS NULL"
    if "enum" in limits:
        yield "enum", f"{name} NOT IN ({', '.join(_text(v) for v in limits['enum'])})"
    if "minimum" in limits:
        yield "minimum", f"{name} < {float(limits['minimum'])}"
    if "maximum" in limits:
        yield "maximum", f"{name} > {float(limits['maximum'])}"
    if "pattern" in limits:
        yield "pattern", f"NOT regexp_full_match({name}, {_text(limits['pattern'])})"


def _key(base: "Base", resource: Resource) -> Iterator[str]:
    schema, table = resource["schema"], _name(resource["name"])
    for columns in (schema["primaryKey"], *schema.get("uniqueKeys", [])):
        names = ", ".join(map(_name, columns))
        distinct = f"SELECT count(*) FROM (SELECT DISTINCT {names} FROM {table})"
        if n := _number(base, f"SELECT count(*) - ({distinct}) FROM {table}"):
            yield f"{resource['name']}: {n} rows repeat {' × '.join(columns)}"


def _links(base: "Base", resource: Resource) -> Iterator[str]:
    for link in resource["schema"].get("foreignKeys", ()):
        ours, other = link["fields"][0], link["reference"]
        sql = (
            f"SELECT count(*) FROM {_name(resource['name'])} AS one"
            f" WHERE one.{_name(ours)} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
            f" {_name(other['resource'])} AS two"
            f" WHERE two.{_name(other['fields'][0])} = one.{_name(ours)})"
        )
        if n := _number(base, sql):
            yield f"{resource['name']}.{ours}: {n} rows point to no row of {other['resource']}"


def _texts(base: "Base", folder: Path) -> Iterator[str]:
    """Every read document has its text, and mentions quote it at their offsets."""
    base.execute('CREATE TEMP TABLE "text.files" (document_id VARCHAR, content VARCHAR)')
    files = _path(folder, f"{TEXTS}/*.txt")
    if next((folder / TEXTS).glob("*.txt"), None) is not None:  # DuckDB wants one at least
        name = "replace(parse_filename(filename), '.txt', '')"
        base.execute(f'INSERT INTO "text.files" SELECT {name}, content FROM read_text({files})')
    missing = (
        "SELECT count(*) FROM documents WHERE status = 'ok' AND document_id NOT IN"
        ' (SELECT document_id FROM "text.files")'
    )
    if n := _number(base, missing):
        yield f"documents: the text of {n} is missing"
    lengths = (
        'SELECT count(*) FROM documents JOIN "text.files" USING (document_id)'
        " WHERE length(content) <> n_chars"
    )
    if n := _number(base, lengths):
        yield f"documents: n_chars of {n} is not the length of the text"
    quotes = (
        'SELECT count(*) FROM mentions JOIN "text.files" USING (document_id)'
        ' WHERE substring(content, "start" + 1, "end" - "start") <> "text"'
    )
    if n := _number(base, quotes):
        yield f"mentions: {n} do not stand in the text at their offsets"
