"""What a result depends on: code, reference data, models and settings, each as a hash."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipeline.settings import MODELS, PACKAGE, Settings

# What only starts, shows or measures the journey has no say in its results.
_OUTSIDE = (
    "cli.py",
    "console.py",
    "flow.py",
    "server.py",
    "corpus.py",
    "validate.py",
    "generator.py",
)
_LIBRARIES = (
    "spacy", "scikit-learn", "py3langid", "pandas", "numpy",
    "selectolax", "pypdfium2", "lxml", "markdown-it-py",
)  # fmt: skip


@cache
def code_hash() -> str:
    """Hash of the pipeline's code and reference data, and of the libraries' versions."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(PACKAGE)
        if inside.parts[0] in ("evaluate", "train") or inside.name in _OUTSIDE:
            continue
        if path.suffix in (".py", ".csv", ".tsv"):
            digest.update(inside.as_posix().encode())
            digest.update(path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    return digest.hexdigest()[:16]


@cache
def model_hashes() -> dict[str, str]:
    """Hash of each model file."""
    return {path.relative_to(MODELS).as_posix(): _file_hash(path) for path in _models()}


def _models() -> list[Path]:
    return sorted([*MODELS.rglob("*.npz"), *MODELS.glob("*.json"), *MODELS.glob("*.tsv")])


def configuration_hash(settings: Settings) -> str:
    """Hash of the settings."""
    text = json.dumps(settings.as_dict(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprint(settings: Settings) -> str:
    """One hash of everything but the document itself."""
    parts = [code_hash(), json.dumps(model_hashes(), sort_keys=True), configuration_hash(settings)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
