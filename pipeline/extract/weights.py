"""What the two classifiers of names learned, as plain arrays: no pickle, no code in the file."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from pipeline.records import LABELS, Label

NAMES: tuple[Label, ...] = tuple(label for label in LABELS if label != "YEAR")
_SUREST = 8.0


class Weights:
    """Coefficients of the two logistic regressions that choose names.

    Attributes:
        features: Row of each feature of the first.
        table: Log-odds that a feature adds to each label against 'no name' (features x labels).
        bias: Log-odds of each label without any feature.
        agreement: Coefficients of the second (`pipeline.extract.agreement`), its intercept last.
    """

    def __init__(
        self,
        features: Sequence[str],
        table: NDArray[np.float32],
        bias: NDArray[np.float32],
        agreement: NDArray[np.float32],
    ) -> None:
        self.features = {feature: i for i, feature in enumerate(features)}
        self.table = table
        self.bias = bias
        self.agreement = agreement

    def odds(self, rows: list[list[str]]) -> NDArray[np.float32]:
        """Log-odds of each label against 'no name', within ±8 (candidates x labels)."""
        found = np.empty((len(rows), len(NAMES)), np.float32)
        known = self.features
        for i, row in enumerate(rows):
            places = [known[f] for f in row if f in known]
            found[i] = self.table[places].sum(0) + self.bias
        return found.clip(-_SUREST, _SUREST)

    def save(self, path: Path | BinaryIO) -> None:
        """Write to a `.npz` file."""
        np.savez_compressed(
            path,
            features=np.array("\n".join(self.features)),
            labels=np.array(NAMES),
            table=self.table.astype(np.float16),
            bias=self.bias.astype(np.float32),
            agreement=self.agreement.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path | BinaryIO) -> "Weights":
        """Read from a `.npz` file.

        Raises:
            FileNotFoundError: If it has not been trained.
            ValueError: If it was trained for other labels.
        """
        if isinstance(path, Path) and not path.exists():
            raise FileNotFoundError(f"{path} is missing; `govtable train` makes it")
        with np.load(path, allow_pickle=False) as stored:
            if tuple(stored["labels"]) != NAMES:
                raise ValueError(f"{path} is of other labels; `govtable train` makes it anew")
            return cls(
                str(stored["features"]).split("\n"),
                stored["table"].astype(np.float32),
                stored["bias"],
                stored["agreement"],
            )
