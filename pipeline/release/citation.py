"""CITATION.cff of a release: Citation File Format 1.2.0."""

import json
from pathlib import Path
from typing import Any

from pipeline.release.about import About, Author
from pipeline.release.package import DESCRIPTION, KEYWORDS

NAME = "CITATION.cff"
REQUIRED = ("authors", "cff-version", "message", "title")


def citation(about: About) -> str:
    """The file; every value is quoted as JSON, which is YAML, too."""
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this dataset, please cite it as below."',
        "type: dataset",
        f"title: {_quoted(about.title)}",
        f"version: {_quoted(about.version)}",
        "authors:",
        *(line for author in about.authors for line in _author(author)),
        f"abstract: {_quoted(DESCRIPTION)}",
        f"keywords: {_quoted(list(KEYWORDS))}",
        f"license: {about.license.id}",
    ]
    if about.released:
        lines.append(f"date-released: {_quoted(about.released.isoformat())}")
    if about.doi:
        lines.append(f"doi: {_quoted(about.doi)}")
    else:  # a made-up one would be no valid CITATION.cff, or worse, someone else's
        lines.append('# doi: "10.xxxx/…", to be filled in once the release has one')
    return "\n".join(lines) + "\n"


def _author(author: Author) -> list[str]:
    if not author.given:
        return [f"  - name: {_quoted(author.family)}"]
    given = f"    given-names: {_quoted(author.given)}"
    return [f"  - family-names: {_quoted(author.family)}", given]


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def problems(folder: Path) -> list[str]:
    """What is wrong with a release's CITATION.cff."""
    import yaml  # type: ignore[import-untyped]  # comes with frictionless

    try:
        found: Any = yaml.safe_load((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        return [f"{NAME}: {error}".splitlines()[0]]
    if not isinstance(found, dict):
        return [f"{NAME} holds no mapping"]
    wrong = [f"{NAME}: {key} is missing" for key in REQUIRED if not found.get(key)]
    if found.get("cff-version") != "1.2.0":
        wrong.append(f"{NAME}: cff-version is not 1.2.0")
    authors = found.get("authors")
    if not isinstance(authors, list) or not all(_is_author(author) for author in authors):
        wrong.append(f"{NAME}: an author has no name")
    return wrong


def _is_author(author: object) -> bool:
    return isinstance(author, dict) and bool(author.get("name") or author.get("family-names"))
