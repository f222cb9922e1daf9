"""What a person reads first in a release: README.md, LICENSE.md and the head of CODEBOOK.md."""

from collections.abc import Mapping, Sequence
from textwrap import dedent

from pipeline import __version__, codebook
from pipeline.columns import Table
from pipeline.release.about import About
from pipeline.release.accuracy import Accuracy
from pipeline.release.gate import N_SAMPLED


def readme(about: About, n_rows: Mapping[str, int], accuracy: Accuracy) -> str:
    """One page: what it is, how to load it, how to cite it."""
    parts = [
        f"# {about.title}",
        f"Version {about.version}, made with govtable {__version__} from "
        f"{n_rows['documents']:,} governance reports: {n_rows['mentions']:,} mentions of "
        f"{n_rows['entities']:,} things, {n_rows['rankings']:,} placements of countries, "
        f"{n_rows['panel']:,} rows of country × indicator × edition.",
        "## What is here",
        _files(about),
        "## Load it",
        _loading(),
        "An empty cell is null, never a code. Offsets count Unicode code points of the document's "
        "text, from 0, half open. `CODEBOOK.md` explains every column, and what it means where a "
        "cell is empty.",
        "## How far to trust it",
        "\n".join(accuracy.lines()),
        _checked(about),
        "## Cite it",
        f"> {about.reference}",
        "`CITATION.cff` has the same for reference managers.",
        f"Licence: {about.license.title} for what was made here; see `LICENSE.md` for the rights "
        "in the reports.",
    ]
    return "\n\n".join(parts) + "\n"


def _files(about: About) -> str:
    texts = (
        "`text/`: the canonical text of each document, which all offsets point into."
        if about.texts
        else "The reports' texts are left out, and so are cells with stretches of them (see "
        "`CODEBOOK.md`); names, titles, questions of indicators and positions are kept. Where "
        "you have the reports, the same program gives back what is missing."
    )
    return "\n".join(
        [
            "- Each table as `<table>.parquet` (typed) and `<table>.csv` (UTF-8, RFC 4180); all of",
            "  them in `dataset.sqlite`. Begin with `panel`, `mentions`, `entities`, `rankings`.",
            f"- {texts}",
            "- `CODEBOOK.md`, `codebook.csv`: every column. `CHANGELOG.md`: what changed.",
            "- `accuracy.json`: figures against gold annotations.",
            "- `datapackage.json` (Frictionless), `croissant.json` (Croissant) for programs.",
            "- `MANIFEST.sha256`: `sha256sum -c MANIFEST.sha256` checks every file.",
        ]
    )


def _loading() -> str:
    return dedent(
        """\
        ```python
        import pandas as pd

        panel = pd.read_parquet("panel.parquet")
        mentions = pd.read_parquet("mentions.parquet")
        ```

        ```r
        panel <- read.csv("panel.csv", na.strings = "", encoding = "UTF-8",
                          colClasses = c(iso_numeric = "character"))
        ```

        ```sh
        sqlite3 dataset.sqlite "SELECT label, count(*) FROM mentions GROUP BY label"
        ```"""
    )


def _checked(about: About) -> str:
    offsets = " and the offsets of every mention against its text" if about.texts else ""
    return (
        "Before it was put here DuckDB checked every row (types, values, primary and foreign keys, "
        f"CSV equal to Parquet){offsets}; frictionless checked the data package and the "
        f"rows of each table up to the {N_SAMPLED:,}th. `corrections` lists what researchers "
        "corrected by hand, `provenance` what each stage depended on."
    )


def license_notes(about: About) -> str:
    """The rights in what is released."""
    rights = (
        "The texts in `text/` and stretches of them in the tables are the publishers' (`publisher` "
        "and `source` in `documents`): the licence above does not cover them. Ask the publishers "
        "before you pass them on; `govtable release --no-text` makes a release without them."
        if about.texts
        else "The reports' texts are not part of this release. Names, titles, questions of "
        "indicators and bibliographic facts taken from them are given as facts; rights in the "
        "reports stay with their publishers."
    )
    return (
        f"# Licence\n\n## What was made here\n\nTables, codebook and metadata: "
        f"[{about.license.title}]({about.license.url}) ({about.license.id}).\n\n"
        f"## The reports\n\n{rights}\n\n"
        "## The program\n\ngovtable, which made this dataset, is under the MIT licence.\n"
    )


def codebook_page(about: About, tables: Sequence[Table]) -> str:
    """CODEBOOK.md."""
    texts = "" if about.texts else " Texts are left out of this release."
    return (
        f"# Codebook\n\n{about.title}, version {about.version}. Every table and column, from the "
        f"schema the program checks.{texts} An empty cell is null; there are no codes for "
        "missing values. Stages are those of `provenance`. `codebook.csv` is the same as a table."
        "\n\n" + codebook.markdown(tables)
    )
