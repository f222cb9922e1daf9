"""The examples of docs/using.md work on a dataset."""

import csv
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.check import PANDAS_TYPES
from pipeline.columns import Table
from pipeline.schema import TABLE, TABLES
from tests.small import ROOT, build, copy_samples

PAGE = (ROOT / "docs" / "using.md").read_text(encoding="utf-8")
# Words that Stata keeps for itself.
STATA = set(
    "_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip strL using"
    " with".split()
)
R_WORDS = set("if else repeat while function for next break TRUE FALSE NULL Inf NaN NA".split())
R_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._]*")


def blocks(section: str, language: str) -> list[str]:
    """The code of a language under a heading, in order."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with tiers and with ranks in the index of the example."""
    raw = copy_samples(tmp_path_factory.mktemp("raw"), ("open-data.txt", "ministry-estonia.txt"))
    out = tmp_path_factory.mktemp("used")
    build(raw, out)
    return out


@pytest.fixture
def here(used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the dataset as the working folder."""
    folder = shutil.copytree(used, tmp_path / "dataset")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def found(here: Path) -> dict[str, Any]:
    """What the Python examples leave behind."""
    names: dict[str, Any] = {}
    for block in blocks("Python", "python"):
        exec(block, names)
    return names


def test_python_finds_tiers(found):
    assert set(found["by_tier"].index) <= {1, 2, 3, 4}
    assert len(found["by_tier"]) > 1


def test_python_joins_mentions_to_names_sections_and_panel(found):
    mentions, named = found["mentions"], found["named"]
    linked = mentions["entity_id"].notna() & (mentions["section"] != "boilerplate")
    inside = mentions["segment_id"].notna()
    assert len(named) == int((linked & inside).sum()) > 50
    assert named["tier"].notna().any()
    per_row, panel = found["per_row"], found["panel"].set_index("panel_id")
    assert len(per_row) > 5
    # The panel counts the same, but leaves boilerplate out.
    counted = panel.loc[per_row.index, "n_laws"]
    assert (per_row["LAW"] >= counted).all()
    assert (per_row["LAW"] == counted).mean() > 0.8


def test_python_finds_the_ranks_that_the_text_states(found):
    ranks = found["ranks"]
    assert ranks.loc["FIN", 2019] == 1
    assert ranks.loc["SWE", 2019] == 2
    assert len(ranks) > 10


def test_python_finds_the_words_in_their_sentence(found):
    assert found["words"] in found["around"]
    assert len(found["around"]) > len(found["words"])


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no R here")
def test_r_runs(here):
    (code,) = blocks("R", "r")
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", f"options(warn = 2)\n{code}\nstopifnot(nrow(panel) > 5)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_r_finds_the_columns_that_it_is_told_of():
    (code,) = blocks("R", "r")
    calls = re.findall(r'read\.csv\(\s*"(\w+)\.csv"(.*?)\n\)', code, flags=re.DOTALL)
    kinds = {"string": "character", "integer": "integer", "number": "numeric"}
    assert {name for name, _ in calls} == {"panel", "mentions"}
    for name, rest in calls:
        assert 'na.strings = ""' in rest  # Namibia
        types = {column.name: kinds[column.type] for column in TABLE[name].columns}
        stated = dict(re.findall(r'(\w+) = "(character|integer|numeric)"', rest))
        assert stated
        assert stated.items() <= types.items()
        for column in re.findall(rf"{name}\$(\w+)", code):
            assert column in types


def r_cells(path: Path) -> list[list[str]]:
    """The cells as R has them: a quote inside quotes is doubled, a backslash is no escape."""
    data = path.read_bytes()
    assert b"\0" not in data  # R stops at it
    assert b"\r" not in data
    text = data.decode("utf-8")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, doublequote=True, escapechar=None, strict=True))
    assert text.endswith("\n")  # else R warns of an incomplete last line
    return rows


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_a_csv_file_keeps_the_rules_of_r(table: Table, used: Path):
    head, *rows = r_cells(used / f"{table.name}.csv")
    assert head == table.names
    assert all(R_NAME.fullmatch(name) and name not in R_WORDS for name in head)
    assert all(len(row) == len(head) for row in rows)  # R would fill up or shift
    data = pd.read_parquet(used / f"{table.name}.parquet")
    for i, column in enumerate(table.columns):
        cells = [row[i] for row in rows]
        assert [cell == "" for cell in cells] == data[column.name].isna().tolist()
        if column.type == "integer":  # whole numbers of R have 32 bits
            assert all(re.fullmatch(r"-?\d+", c) and abs(int(c)) < 2**31 for c in cells if c)
        elif column.type == "number":
            assert [float(c) for c in cells if c] == data[column.name].dropna().tolist()


def test_namibia_has_a_code(used):
    """The case for `na.strings`: a reader's default takes it for a missing value."""
    kept = pd.read_csv(used / "countries.csv", keep_default_na=False, na_values=[""])
    assert kept.set_index("country_iso3")["iso2"]["NAM"] == "NA"


def test_stata_imports_what_the_example_says():
    code, *_ = blocks("Stata", "stata")
    names = TABLE["panel"].names
    told = [int(number) for number in re.search(r"stringcols\(([\d ]+)\)", code)[1].split()]
    assert [names[number - 1] for number in told] == ["iso_numeric"]
    for wanted in ("varnames(1)", 'encoding("UTF-8")', "bindquote(strict)"):
        assert wanted in code
    used_names = {"tier", "country_iso3"}
    assert used_names <= set(names)


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_stata_takes_the_names_of_the_columns(table):
    for name in table.names:
        assert re.fullmatch(r"[A-Za-z_]\w{0,31}", name)
        assert name not in STATA
        assert not re.fullmatch(r"str\d+", name)
    assert len({name.lower() for name in table.names}) == len(table.names)


@pytest.mark.filterwarnings("error")
def test_a_stata_file_of_the_panel_says_what_the_panel_says(here):
    (code,) = blocks("Stata", "python")
    exec(code, {})
    before = pd.read_parquet("panel.parquet")
    with pd.io.stata.StataReader("panel.dta") as reader:
        after, labels = reader.read(), reader.variable_labels()
    assert labels["tier"] == "Grade: 1 best, 4 worst"
    assert after.columns.tolist() == before.columns.tolist()
    for column in TABLE["panel"].columns:
        kind = PANDAS_TYPES[column.type]
        read = after[column.name]
        if column.type == "string":
            read = read.replace("", None)
            assert read.dropna().str.len().max() <= 2045 or column.name == "indicator"
        pd.testing.assert_series_equal(read.astype(kind), before[column.name].astype(kind))
