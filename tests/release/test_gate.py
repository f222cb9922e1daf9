"""The gate finds what is wrong with a release, each thing by a tool that is not ours."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.check import Broken
from pipeline.release import check_release, manifest


def rewritten(folder: Path, table: str, change: Callable[[pd.DataFrame], None]) -> None:
    """Change a table in its CSV and Parquet files alike."""
    path = folder / f"{table}.parquet"
    schema = pq.read_schema(path)
    data = pd.read_parquet(path)
    change(data)
    pq.write_table(pa.Table.from_pandas(data, schema=schema, preserve_index=False), path)
    data.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")


def cell(table: str, column: str, value: object, row: int = 0) -> Callable[[Path], None]:
    """Sets a cell in CSV and Parquet."""

    def change(data: pd.DataFrame) -> None:
        data.loc[row, column] = value

    return lambda folder: rewritten(folder, table, change)


def substituted(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replaces a text in a file, once."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    return change


def repeated(table: str, *columns: str) -> Callable[[Path], None]:
    """Makes the second row like the first, in some columns."""

    def change(data: pd.DataFrame) -> None:
        for column in columns:
            data.loc[1, column] = data.loc[0, column]

    return lambda folder: rewritten(folder, table, change)


def emptied(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as base:
        base.execute("DELETE FROM rankings")
        base.commit()


def changed_cell(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as base:
        base.execute("UPDATE mentions SET confidence = confidence / 2")
        base.commit()


def unlinked(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as base:
        base.execute("DELETE FROM countries WHERE country_iso3 = 'EST'")
        base.commit()


def described(
    change: Callable[[dict[str, Any]], object], name: str = "croissant.json"
) -> Callable[[Path], None]:
    """Changes a JSON file."""

    def edit(folder: Path) -> None:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
        change(found)
        (folder / name).write_text(json.dumps(found), encoding="utf-8")

    return edit


# Defects that do not hide each other, together: a check takes a while.
CELLS = (
    (cell("mentions", "text", None), "mentions.text: required fails in 1 rows"),
    (cell("mentions", "label", "AGENT", row=1), "mentions.label: enum fails in 1 rows"),
    (cell("rankings", "rank", -1), "rankings.rank: minimum fails in 1 rows"),
    (cell("mentions", "confidence", 1.5), "mentions.confidence: maximum fails in 1 rows"),
    (cell("countries", "iso2", "x"), "countries.iso2: pattern fails in 1 rows"),
    (cell("mentions", "segment_id", "doc-0"), "mentions.segment_id: 1 rows point to no row of seg"),
    (cell("mentions", "start", 0, row=5), "mentions: 1 do not stand in the text"),
    (cell("documents", "n_chars", 1), "documents: n_chars of 1 is not the length"),
    (repeated("blocks", "block_id"), "blocks: 1 rows repeat block_id"),
    (
        repeated("panel", "country_iso3", "indicator", "edition"),
        "panel: 1 rows repeat country_iso3 × indicator × edition",
    ),
    (substituted("countries.csv", "Aruba", "Arubba"), "countries: 1 rows stand in the CSV file"),
    (substituted("CITATION.cff", "title:", "titel:"), "CITATION.cff: title is missing"),
    (substituted("CITATION.cff", "family-names", "family"), "CITATION.cff: an author has no name"),
    (
        described(lambda found: found["recordSet"][0]["field"].pop()),
        "croissant.json: countries is not described as it is",
    ),
    (
        described(lambda found: found["distribution"][0].update(sha256="0" * 64)),
        "croissant.json: countries.parquet is not the file described",
    ),
)
FILES = (
    (emptied, "dataset.sqlite: rankings differs"),
    (changed_cell, "dataset.sqlite: mentions differs"),
    (unlinked, "dataset.sqlite: a foreign key of"),
    (substituted("CITATION.cff", "authors:", "authors: ["), "CITATION.cff: "),
    (
        described(lambda found: found.update(licenses="CC-BY-4.0"), "datapackage.json"),
        "licenses",
    ),
    (lambda folder: next((folder / "text").iterdir()).unlink(), "the text of 1 is missing"),
    (lambda folder: (folder / "CODEBOOK.md").unlink(), "CODEBOOK.md is missing"),
)


def test_a_release_is_sound(released, textless):
    counts = check_release(released)
    assert counts == check_release(textless)
    assert counts["documents"] == 3
    assert counts["countries"] == 250


@pytest.mark.parametrize("defects", [CELLS, FILES], ids=["cells", "files"])
def test_every_defect_is_told(defects, broken):
    for change, _ in defects:
        change(broken)
    manifest.write(broken)  # so that more than the checksums has to tell
    with pytest.raises(Broken) as caught:
        check_release(broken)
    for _, message in defects:
        assert any(message in problem for problem in caught.value.problems), message


WORDS = {
    "no number": (
        substituted("segments.csv", ",1,", ",one,"),  # the ordinal of the first
        "segments: DuckDB cannot load it",
    ),
    "no JSON": (substituted("datapackage.json", "{", ""), r"datapackage\.json: "),
    "no tables": (described(lambda d: d.update(resources=[]), "datapackage.json"), "no tables"),
    "no rows": (described(lambda d: d["resources"][0].pop("rows"), "datapackage.json"), "'rows'"),
    "another file": (
        described(lambda d: d["resources"][0].update(path="../countries.csv"), "datapackage.json"),
        "countries is not described as a table of a release",
    ),
    "no fields": (
        described(lambda d: d["resources"][0].update(schema=[]), "datapackage.json"),
        "describes no tables of a release",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_description_that_is_none_is_told(name, broken):
    change, message = WORDS[name]
    change(broken)
    manifest.write(broken)
    with pytest.raises(Broken, match=message):
        check_release(broken)


def test_frictionless_finds_defects_itself(broken):
    """Also without DuckDB: a wrong value and a dead link."""
    from pipeline.release import gate

    cell("mentions", "label", "AGENT")(broken)
    cell("mentions", "entity_id", "ent-0")(broken)
    descriptor = json.loads((broken / "datapackage.json").read_text(encoding="utf-8"))
    tables = [r for r in descriptor["resources"] if r.get("type") == "table"]
    told = "\n".join(gate._frictionless(broken, descriptor, tables))
    assert "label" in told
    assert "ForeignKey" in told


def test_what_is_left_out_has_to_be_empty(textless, tmp_path):
    folder = shutil.copytree(textless, tmp_path / "textless")
    cell("citations", "text", "A sentence.")(folder)
    manifest.write(folder)
    with pytest.raises(Broken, match=r"citations.text: left out fails in 1 rows"):
        check_release(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda folder: (folder / "README.md").write_text("mine"), "README.md is not as"),
        (lambda folder: (folder / "README.md").unlink(), "README.md is missing"),
        (lambda folder: (folder / "more.txt").write_text("more"), "more.txt is not in"),
        (lambda folder: (folder / manifest.NAME).write_text("mine\n"), "line 1 is no checksum"),
    ],
)
def test_a_file_that_was_touched_is_told(change, message, broken):
    change(broken)
    with pytest.raises(Broken, match=message):
        check_release(broken)


@pytest.mark.parametrize("lost", [manifest.NAME, "datapackage.json", "croissant.json"])
def test_a_release_that_lost_a_file_is_a_release_still(lost, broken, capsys):
    from pipeline import cli

    (broken / lost).unlink()
    assert cli.main(["validate", str(broken)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert lost in line


@pytest.mark.parametrize("name", ["a [draft] 'b'?*", "version=2026"])
def test_a_release_may_lie_in_a_folder_of_any_name(name, released, tmp_path):
    # DuckDB takes [, ? and * for patterns, and folders with = for columns.
    folder = shutil.copytree(released, tmp_path / name / "release")
    assert check_release(folder)["documents"] == 3
