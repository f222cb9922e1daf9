"""What a result depends on: code, reference data, models, libraries and settings, as hashes.

Nothing here imports what it looks at, so that a run with nothing to do stays quick.
"""

import ast
import hashlib
import json
import platform
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.settings import MODELS, PACKAGE, REFERENCE, Settings
from pipeline.stages import STAGES, Stage

# Distributions by the names under which they are imported.
_LIBRARIES = {
    "lxml": "lxml",
    "markdown_it": "markdown-it-py",
    "numpy": "numpy",
    "pandas": "pandas",
    "pandera": "pandera",
    "pydantic": "pydantic",
    "pydantic_core": "pydantic-core",
    "py3langid": "py3langid",
    "pyarrow": "pyarrow",
    "pypdfium2": "pypdfium2",
    "scipy": "scipy",
    "selectolax": "selectolax",
    "sklearn": "scikit-learn",
    "spacy": "spacy",
    "thinc": "thinc",
}
# How a document is taken through all stages; its own imports are the stages'.
_ALWAYS = ("pipeline.journey", "pipeline.steps", "pipeline.limits", "pipeline.processing")
# What these libraries themselves compute with.
_WITH = {"spacy": ("thinc",)}
# Of the settings the values count, one by one; the others move bytes and have no say in them.
_NEVER = {
    f"pipeline.{name}"
    for name in (
        "settings",
        "place",
        "store",
        "state",
        "plan",
        "commit",
        "stages",
        "provenance",
        "corrections",
    )
}
_ROOT = PACKAGE.name
Parts = dict[str, str]


def parts(stage: Stage, settings: Settings) -> Parts:
    """Everything that the outcome of a stage depends on besides its input, with its hash.

    Returns:
        `code tiers.py`, `model tiers.npz`, `reference laws.csv`, `library spacy`, `setting
        max_pages` and so on, each with a hash, version or value.
    """
    modules, libraries = _closure(stage.code)
    own = [*modules, *(name for name in _ALWAYS if name in _modules())]
    found = {f"code {_short(_modules()[name])}": _hash(_modules()[name]) for name in own}
    libraries = (*libraries, *(other for name in libraries for other in _WITH.get(name, ())))
    found |= {f"library {name}": _version(name) for name in libraries}
    found["python"] = platform.python_version()
    found |= {f"reference {name}": _hash(REFERENCE / name) for name in stage.reference}
    for name in stage.models:
        path = MODELS / name
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        files = [file for file in inside if not path.is_dir() or file.is_file()]
        found |= {f"model {f.relative_to(MODELS).as_posix()}": _hash(f) for f in files}
    if stage.name == "tables":
        found["sqlite"] = sqlite3.sqlite_version
    values = settings.as_dict()
    return found | {f"setting {name}": repr(values[name]) for name in stage.settings}


def fingerprint(stage: Stage, settings: Settings) -> str:
    """One hash of the parts of a stage."""
    return _digest(json.dumps(parts(stage, settings), sort_keys=True).encode())


@cache
def fingerprints(settings: Settings) -> dict[str, str]:
    """The fingerprint of each stage, by its name."""
    return {stage.name: fingerprint(stage, settings) for stage in STAGES}


def code_hash() -> str:
    """Hash of all code, reference data and libraries that have a say in the dataset."""
    found: Parts = {}
    for stage in STAGES:
        found |= parts(stage, Settings())
    kinds = ("code", "reference", "library", "python", "sqlite")
    said = {name: text for name, text in found.items() if name.startswith(kinds)}
    return _digest(json.dumps(said, sort_keys=True).encode())


def model_hashes() -> dict[str, str]:
    """Hash of each model file, by its path under `models/`."""
    found: Parts = {}
    for stage in STAGES:
        found |= parts(stage, Settings())
    models = {name: text for name, text in found.items() if name.startswith("model ")}
    return {name.removeprefix("model "): models[name] for name in sorted(models)}


def configuration_hash(settings: Settings) -> str:
    """Hash of the settings."""
    return _digest(json.dumps(settings.as_dict(), sort_keys=True).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


@cache
def _hash(path: Path) -> str:
    """Hash of a file; that of nothing where it is missing."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return _digest(b"")


@cache
def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def _short(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def _modules() -> dict[str, Path]:
    """Every module of the package, by its name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        names = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(names[:-1] if names[-1] == "__init__" else names)] = path
    return found


@cache
def _imports(module: str) -> tuple[frozenset[str], frozenset[str]]:
    """The modules of ours and the libraries that a module imports, wherever it does."""
    ours, libraries = set(), set()
    for name in _named(ast.parse(_modules()[module].read_bytes())):
        top = name.partition(".")[0]
        if top == _ROOT:
            ours.add(name if name in _modules() else name.rpartition(".")[0])
        elif top in _LIBRARIES:
            libraries.add(_LIBRARIES[top])
    return frozenset(ours - _NEVER - {_ROOT, ""}), frozenset(libraries)


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _closure(entries: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All modules that some modules reach, whole packages included, and their libraries."""
    known = _modules()
    todo = [name for e in entries for name in known if name == e or name.startswith(f"{e}.")]
    seen: set[str] = set()
    libraries: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        ours, theirs = _imports(name)
        todo += ours
        libraries |= theirs
    return tuple(sorted(seen)), tuple(sorted(libraries))
