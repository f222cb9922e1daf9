"""Which report a correction is meant for."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.corrections.kinds import ALL
from pipeline.records import Correction

_DIGITS = 12  # of a hash, at least


class Given:
    """Corrections, to be asked for those of a report."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        """Sort them by the reports that they are meant for."""
        self._by_report: dict[str, list[tuple[int, Correction]]] = defaultdict(list)
        for i, c in enumerate(corrections):
            key = c.document if c.document.startswith("doc-") else c.document[:_DIGITS]
            self._by_report[key].append((i, c))

    def of(self, document_id: str, sha256: str) -> tuple[Correction, ...]:
        """Those that are meant for a report, in their order."""
        keys = (ALL, document_id, sha256[:_DIGITS])
        found = sorted(
            (pair for key in keys for pair in self._by_report.get(key, ())),
            key=lambda pair: pair[0],
        )
        return tuple(
            c for _, c in found if c.document in (ALL, document_id) or sha256.startswith(c.document)
        )


def digest(corrections: Sequence[Correction]) -> str:
    """A hash of some corrections and their order; empty for none."""
    if not corrections:
        return ""
    return hashlib.sha256("|".join(map(repr, corrections)).encode()).hexdigest()[:16]
