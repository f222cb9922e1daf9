"""The answer to "how far can these rows be trusted?", as text and as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.accuracy.counts import COUNTRY, Cell, Counts
from pipeline.accuracy.estimate import FEW, WIDE, Basis, Estimate, Rate, estimated, unfound
from pipeline.accuracy.subset import Subset, finders, subset
from pipeline.evaluate.intervals import Share
from pipeline.records import LABELS

_LEAST_NAMED = 0.05  # of the rows; what fewer rest on is not listed
_PARTS = {"body": "running text", "citation": "citations", "boilerplate": "boilerplate"}
_LAYOUTS = {
    "indicator": "indicator pages",
    "chapter": "chapters",
    "webpage": "web pages",
    "deck": "decks",
    "strategy": "strategies",
    "report": "other reports",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Figures of a subset.

    Attributes:
        estimate: None where there is no gold, the table is `rankings`, or there are no rows; for
            mentions that sections could have and that were not found, its recall.
        placements: Right ones, among those found and those of gold (rankings only).
        same: Whether the dataset's names were found as those that the figures are of.
    """

    subset: Subset
    counts: Counts
    estimate: Estimate | None = None
    placements: tuple[Share, Share] | None = None
    same: bool = True

    @property
    def lines(self) -> list[str]:
        """The answer for people."""
        return list(_lines(self))

    @property
    def enough(self) -> bool:
        """Whether there is enough gold to tell."""
        if self.placements:
            return self.placements[1].n >= FEW
        return bool(self.estimate and self.estimate.enough)

    def as_dict(self) -> dict[str, Any]:
        """The answer for machines."""
        found = self.estimate
        shares = self.placements or (None, None)
        precision, recall, count = (
            (found.precision, found.recall, found.count) if found else (*map(_of, shares), None)
        )
        return {
            "table": self.subset.table,
            "where": self.subset.where or None,
            "rows": self.subset.rows,
            "rows_of_table": self.subset.total,
            "precision": _plain(precision),
            "recall": _plain(recall),
            "right_count": _plain(count, digits=1),
            "same_models": self.same,
            "enough_gold": self.enough,
            "too_little_gold": [_basis(b) for b in found.lacking] if found else [],
            "rests_on": [_basis(b) for b in found.basis] if found else [],
            "gold": gold(self.counts),
            "checks": self.counts.checks,
        }


def answer(out: Path, counts: Counts, table: str, where: str = "") -> Answer:
    """The figures of the rows for which a condition holds.

    Raises:
        ValueError: If there is no dataset there, or the condition does not work.
    """
    chosen = subset(out, table, where)
    own = finders(out)
    bare = Answer(chosen, counts, same=not own or not counts.models or own == counts.models)
    if not chosen.rows:
        could = chosen.could if counts.mentions else None
        return replace(bare, estimate=unfound(counts, could)) if could else bare
    if table == "rankings":
        return replace(bare, placements=_placements(counts))
    if not (counts.mentions if table == "mentions" else counts.segments):
        return bare
    found = estimated(counts, table, chosen.cells, sections=chosen.sections, whole=chosen.whole)
    return replace(bare, estimate=found)


def answers(out: Path, counts: Counts) -> dict[str, Answer]:
    """The figures of each label, of the countries of sections, and of placements.

    Raises:
        ValueError: If there is no dataset there.
    """
    found = {label: answer(out, counts, "mentions", f"label = '{label}'") for label in LABELS}
    return found | {
        "countries of sections": answer(out, counts, "segments"),
        "placements": answer(out, counts, "rankings"),
    }


def _placements(counts: Counts) -> tuple[Share, Share] | None:
    right = sum(p.right for p in counts.rankings)
    found, there = sum(p.found for p in counts.rankings), sum(p.gold for p in counts.rankings)
    return (Share(right, found), Share(right, there)) if found and there else None


def gold(counts: Counts) -> dict[str, int]:
    """How much gold the figures rest on."""
    real = [t for t in counts.mentions if not counts.sample(t)]
    return {
        "reports": sum(not d.sample for d in counts.documents),
        "mentions": sum(t.right + t.missed for t in real),
        "samples": sum(d.sample for d in counts.documents),
        "sample_mentions": sum(t.right + t.missed for t in counts.mentions if counts.sample(t)),
        "countries": len({t.cell.country for t in real if t.cell.country}),
        "placements": sum(p.gold for p in counts.rankings),
    }


def _lines(answer: Answer) -> Iterator[str]:
    chosen, found = answer.subset, answer.estimate
    condition = f" where {chosen.where}" if chosen.where else ""
    yield f"{chosen.rows:,} of {chosen.total:,} rows of {chosen.table}{condition}"
    if not chosen.rows and found is None:
        yield "  nothing is known of what is not there"
        return
    if answer.placements:
        yield from _placed(*answer.placements)
    elif found is None:
        yield f"no gold: nothing is known of the accuracy of {chosen.table}"
    else:
        yield from _told(found, chosen)
        yield from _rests(found, chosen.rows or chosen.could.total())
    if not answer.same:
        yield "careful: these rows were found by other models or thresholds than the figures are of"
    yield _golden(gold(answer.counts))
    yield from checked(answer.counts)


def _told(found: Estimate, chosen: Subset) -> Iterator[str]:
    what = "right country" if chosen.table == "segments" else "precision"
    if found.precision is not None:
        yield f"  {what:<14}{_shown(found.precision)}"
    else:
        yield "  none was found; of such mentions this share is found as a rule:"
    if found.recall is not None:
        yield f"  {'recall':<14}{_shown(found.recall)}"
    if found.count is not None:
        c = found.count
        yield (
            f"  a careful reader would mark about {c.value:,.0f} such mentions "
            f"({c.low:,.0f} to {c.high:,.0f})"
        )
    for basis in found.lacking:
        of_samples = f" and {basis.samples} in samples" if basis.samples else ""
        yield (
            f"  too little gold: {basis.gold} {_name(basis.kind)}{of_samples}"
            f" ({_percent(basis.rows, chosen.rows or chosen.could.total())} of the rows)"
        )
    if not found.enough and not found.lacking:
        yield f"  too little gold: an interval is wider than {WIDE}"


def _rests(found: Estimate, rows: int) -> Iterator[str]:
    yield f"nearest gold, of at least {FEW} cases each:"
    for basis in found.basis:
        if basis.rows >= _LEAST_NAMED * rows:
            share = _percent(basis.rows, rows)
            yield f"  {share:>5} of the rows: {_name(basis.kind)} ({basis.gold} in reports)"


def _placed(precision: Share, recall: Share) -> Iterator[str]:
    p, r = precision.value or 0.0, recall.value or 0.0
    for name, share in (("precision", precision), ("recall", recall)):
        if rate := _of(share):
            yield f"  {name:<14}{_shown(rate)}"
    yield f"  {'F1':<14}{2 * p * r / (p + r) if p + r else 0.0:.2f}"
    yield "  one figure for all placements: country, index and rank compared"
    if recall.n < FEW:
        yield f"  too little gold: {recall.n} placements"


def checked(counts: Counts) -> Iterator[str]:
    """What came out on countries that were left out."""
    if counts.checks:
        yield "checked on each country of gold, with figures from the other countries:"
    for name in ("precision", "recall"):
        if found := counts.checks.get(name):
            yield (
                f"  {name} of {found['subsets']:.0f} labels there: {found['held']:.0%} within"
                f" their interval; log loss {found['loss']:.3f}, of a plain rate"
                f" {found['loss_plain']:.3f}"
            )
    if found := counts.checks.get("agencies"):
        yield (
            f"  agencies of a section: {found['held']:.0%} of {found['sections']:.0f} within lo and"
            f" hi, {found['mean_width']:.1f} apart; {found['held_plain']:.0%} have what was found"
        )


def _golden(found: dict[str, int]) -> str:
    reports = _plural(found["reports"], "report")
    samples = _plural(found["samples"], "sample")
    more = f", and {found['sample_mentions']:,} in {samples}" if found["samples"] else ""
    countries = _plural(found["countries"], "country", "countries")
    return f"gold: {found['mentions']:,} mentions in {reports} on {countries}{more}"


def _plural(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def _name(kind: Cell) -> str:
    """A kind in words, as in `LAW in running text of chapters on DEU`."""
    if kind.label == COUNTRY:
        words = "sections"
    else:
        words = kind.label + (f" in {_PARTS[kind.part]}" if kind.part else "")
    if kind.layout:
        words += f" {'of' if kind.part else 'in'} {_LAYOUTS.get(kind.layout, kind.layout)}"
    return words + (f" on {kind.country}" if kind.country else "")


def _shown(rate: Rate) -> str:
    return f"{rate.value:.2f}  ({rate.low:.2f} to {rate.high:.2f})"


def _percent(part: int, whole: int) -> str:
    share = part / whole
    return f"{share:.0%}" if share >= 0.01 else "< 1%"


def _of(share: Share | None) -> Rate | None:
    """A share of placements with its own interval."""
    if share is None or share.value is None or share.interval is None:
        return None
    return Rate(share.value, share.interval.low, share.interval.high)


def _plain(rate: Rate | None, digits: int = 4) -> dict[str, float] | None:
    if rate is None:
        return None
    values = {"value": rate.value, "low": rate.low, "high": rate.high}
    return {name: round(value, digits) for name, value in values.items()}


def _basis(basis: Basis) -> dict[str, Any]:
    kind = basis.kind
    names = ("label", "part", "layout", "country")
    return {
        "kind": {name: getattr(kind, name) for name in names if getattr(kind, name)},
        "rows": basis.rows,
        "gold": basis.gold,
        "sample_gold": basis.samples,
    }
