"""How well mentions are put together into entities: B³ (Bagga and Baldwin, 1998)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from pipeline.entities import entity_id
from pipeline.evaluate.gold import Gold
from pipeline.records import Result


@dataclass(frozen=True, slots=True)
class Linking:
    """B³ over the mentions that were found with the right bounds and label.

    Entities are compared within a country's section, as gold names them there.
    """

    mentions: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float]:
        """Figures for JSON."""
        figures = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        return {"mentions": self.mentions, **figures}


def linking(pairs: Iterable[tuple[Gold, Result]]) -> Linking | None:
    """B³ over all documents whose gold names the entities; None without such gold."""
    wanted: list[Hashable] = []
    found: list[Hashable] = []
    for gold, result in pairs:
        ours = {
            (m.start, m.end, m.label): entity_id(m) for m in result.mentions if m.label != "YEAR"
        }
        for span, (country, canonical) in sorted(gold.entities.items()):
            if span in ours:
                wanted.append((gold.document, country, span[2], canonical))
                found.append((gold.document, country, ours[span]))
    if not wanted:
        return None
    return Linking(len(wanted), b_cubed(found, wanted), b_cubed(wanted, found))


def b_cubed(clusters: list[Hashable], truth: list[Hashable]) -> float:
    """B³ precision: of each item's cluster the share that is truly with it, on average.

    Exchange the arguments for recall.

    Example:
        >>> b_cubed(["a", "a", "b"], ["x", "y", "y"])
        0.6666666666666666
    """
    sizes: dict[Hashable, int] = defaultdict(int)
    both: dict[tuple[Hashable, Hashable], int] = defaultdict(int)
    for cluster, entity in zip(clusters, truth, strict=True):
        sizes[cluster] += 1
        both[cluster, entity] += 1
    return sum(n * n / sizes[cluster] for (cluster, _), n in both.items()) / len(clusters)
