"""Every folder, limit, threshold and seed of the pipeline, in one frozen object."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent
REFERENCE = PACKAGE / "reference"
MODELS = PACKAGE.parent / "models"


@dataclass(frozen=True, slots=True)
class Settings:
    """Configuration of a run; equal settings and inputs give equal bytes.

    Attributes:
        max_bytes: Larger files are quarantined (bytes).
        max_chars: Files with a longer text are quarantined (code points).
        max_pages: Files with more pages are quarantined.
        max_expanded_bytes: Archives and Word files that unpack to more are quarantined (bytes).
        max_read_seconds: Time to read one file that is not plain text (seconds).
        max_read_memory: Memory to read one such file (bytes of address space, where the system
            can limit it).
        max_seconds: Time for one document from bytes to records (seconds).
        max_line_chars: Files with a longer line are quarantined (code points).
        min_letters: Texts with fewer letters are quarantined as empty.
        min_english: Least probability of English; below it a text whose language is told is
            quarantined.
        mention_threshold: Least probability of a mention that the classifier proposes.
        seed: Seed of everything random, in training and in bootstraps.
    """

    max_bytes: int = field(default=50_000_000)
    max_chars: int = field(default=4_000_000)
    max_pages: int = field(default=2_000)
    max_expanded_bytes: int = field(default=200_000_000)
    max_read_seconds: int = field(default=60)
    max_read_memory: int = field(default=2_000_000_000)
    max_seconds: int = field(default=900)
    max_line_chars: int = field(default=200_000)
    min_letters: int = field(default=40)
    min_english: float = field(default=0.25)
    mention_threshold: float = field(default=0.3)
    seed: int = field(default=2026)

    def as_dict(self) -> dict[str, int | float]:
        """The settings as plain values, for the configuration hash."""
        return asdict(self)

    def having(self, assignments: Sequence[str]) -> "Settings":
        """The settings with some values replaced, each written as `name=value`.

        Raises:
            ValueError: If there is no such setting, or the value is no positive number.

        Example:
            >>> Settings().having(["max_pages=300"]).max_pages
            300
        """
        values: dict[str, Any] = {}
        for assignment in assignments:
            name, _, value = assignment.partition("=")
            default = self.as_dict().get(name)
            if default is None:
                known = ", ".join(f.name for f in fields(self))
                raise ValueError(f"there is no setting {name!r}; there are {known}")
            try:
                values[name] = type(default)(value.replace("_", ""))
            except ValueError:
                raise ValueError(f"{name} needs a number, not {value!r}") from None
            if not 0 < values[name] < float("inf"):
                raise ValueError(f"{name} must be above 0, not {value}")
        return replace(self, **values)


DEFAULT = Settings()
