"""What a result depends on: code, reference data, models and settings, each as a hash."""

import hashlib
import json
from functools import cache
from pathlib import Path

from pipeline.settings import MODELS, PACKAGE, Settings

# What only starts, stores or measures the journey has no say in its results.
_OUTSIDE = (
    "cli.py",
    "console.py",
    "validate.py",
    "flow.py",
    "evaluate.py",
    "train.py",
    "corpus.py",
    "codebook.py",
)


@cache
def code_hash() -> str:
    """Hash of the pipeline's code and reference data."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if "evaluate" in path.parts:
            continue
        inside = path.suffix in (".py", ".csv", ".tsv") and "__pycache__" not in path.parts
        if inside and path.name not in _OUTSIDE:
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def model_hashes() -> dict[str, str]:
    """Hash of each model file."""
    return {path.name: _file_hash(path) for path in sorted(MODELS.glob("*.npz"))}


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
