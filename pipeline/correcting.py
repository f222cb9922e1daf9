"""Applies a researcher's corrections to what the stages found in one report.

Each correction is looked up by its quote. Sections are corrected before names are read in them,
names before they are linked, so that what follows from a correction follows by itself.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline import normalise, visible
from pipeline.corrections import ALL, NONE
from pipeline.link import known
from pipeline.rankings.checks import checked
from pipeline.rankings.names import index_name
from pipeline.records import (
    BANDS,
    FORMULA,
    LABELS,
    Action,
    Block,
    Corrected,
    Correction,
    CorrectionStatus,
    Mention,
    Ranking,
    Section,
    Segment,
    Span,
    harmless,
    section_of,
)
from pipeline.years import find_years

METHOD = "correction"
Status = CorrectionStatus
_SECTIONS: tuple[Action, ...] = ("country", "tier", "score")
_NAMES: tuple[Action, ...] = ("not_a_mention", "mention")
_SAME: tuple[Action, ...] = ("same_entity",)
_ENTITIES: tuple[Action, ...] = ("entity", "belongs_to", *_SAME)


class Correcting:
    """The corrections of one report, applied stage by stage."""

    def __init__(self, text: str, corrections: Sequence[Correction]) -> None:
        """Begin with a report.

        Args:
            text: What is seen of the canonical text (`pipeline.visible`).
        """
        self._text = text
        self._corrections = corrections
        self._found: dict[str, list[Span]] = {}
        self._status: dict[str, Status] = {}
        self._added: list[Mention] = []

    def outcome(self) -> tuple[Corrected, ...]:
        """What became of each correction, in their order."""
        return tuple(
            Corrected(
                correction=c,
                status=self._status.get(c.correction_id, "quote_missing"),
                place=next(iter(self._places(c)), None),
            )
            for c in self._corrections
            if c.document != ALL or c.correction_id in self._status
        )

    def _places(self, c: Correction) -> list[Span]:
        """Where the quote of a correction stands; looked up once."""
        if c.correction_id not in self._found:
            found = places(c.quote, self._text)
            chosen = found if c.nth is None else found[c.nth - 1 : c.nth]
            if c.action in (*_NAMES, *_ENTITIES):
                chosen = [self._bare(place) for place in chosen]
            self._found[c.correction_id] = chosen
        return self._found[c.correction_id]

    def _bare(self, place: Span) -> Span:
        """Without what a name must not begin with (`pipeline.records.harmless`)."""
        words = place.of(self._text)
        kept = words.lstrip(FORMULA + " ")
        return replace(place, start=place.end - len(kept)) if kept else place

    def _of(self, actions: Iterable[Action]) -> Iterable[tuple[Correction, list[Span]]]:
        """The corrections of some actions whose quote is there."""
        for c in self._corrections:
            if c.action in actions and (places := self._places(c)):
                yield c, places

    # Sections

    def segments(self, segments: Sequence[Segment]) -> tuple[Segment, ...]:
        """The sections with the right country, tier and score."""
        found = list(segments)
        for c, places in self._of(_SECTIONS):
            holding = {i for i, s in enumerate(found) for place in places if s.holds(place)}
            if len(holding) != 1:
                self._status[c.correction_id] = "ambiguous" if holding else "nothing_there"
                continue
            (i,) = holding
            now = _said(found[i], c.action)
            self._status[c.correction_id] = status = _status(c, now)
            if status == "applied":
                right = _SEGMENT[c.action](found[i], c.value or "")
                found[i] = replace(right, corrected=True)
        return tuple(found)

    # Names

    def mentions(self, mentions: Sequence[Mention], blocks: Sequence[Block]) -> list[Mention]:
        """The names without those that are none, and with those that were missed."""
        found = list(mentions)
        for c, places in self._of(_NAMES):
            before = found
            for place in places:
                if c.action == "mention":
                    found = self._with(found, c, place, blocks)
                else:
                    found = self._without(found, c, place)
            if before is not found:
                self._status[c.correction_id] = "applied"
            else:
                self._status.setdefault(c.correction_id, "nothing_there")
        return sorted(found, key=lambda m: (m.start, -m.end))

    def _without(self, found: list[Mention], c: Correction, place: Span) -> list[Mention]:
        wrong = [m for m in found if _same(m, place)]
        meant = [m for m in wrong if c.was in (None, m.label)]
        if wrong and not meant:
            self._status[c.correction_id] = "was_differs"
        return [m for m in found if m not in meant] if meant else found

    def _with(
        self, found: list[Mention], c: Correction, place: Span, blocks: Sequence[Block]
    ) -> list[Mention]:
        there = {m.label: m for m in found if _same(m, place)}
        if c.value in there:
            self._status[c.correction_id] = "no_change"
            return found
        if c.was is not None and c.was not in (there or (NONE,)):
            self._status[c.correction_id] = "was_differs"
            return found
        new = self._mention(c, place, blocks)
        if new is None:
            return found
        years = new.label == "YEAR"
        in_its_way = [
            m
            for m in found
            if ((m.label == "YEAR") == years and _overlap(m, new))
            or (_same(m, place) and m.label == c.was)
        ]
        if any(m in self._added for m in in_its_way):
            self._status[c.correction_id] = "ambiguous"  # an earlier row says another thing
            return found
        self._added.append(new)
        return [*(m for m in found if m not in in_its_way), new]

    def _mention(self, c: Correction, place: Span, blocks: Sequence[Block]) -> Mention | None:
        """The mention that a person says is there."""
        text = place.of(self._text)
        label = next(label for label in LABELS if label == c.value)
        years = find_years(text) if label == "YEAR" else []
        if label == "YEAR" and not years:
            return None
        return harmless(
            Mention(
                start=place.start,
                end=place.end,
                text=text,
                label=label,
                section=_section(blocks, place),
                confidence=1.0,
                method=METHOD,
                canonical=normalise.spaces(text),
                year_start=years[0].first if years else None,
                year_end=years[-1].last if years else None,
            )
        )

    def entities(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions with the right entity and country."""
        found = list(mentions)
        for c, places in self._of(("entity", "belongs_to")):
            self._status[c.correction_id] = "nothing_there"
            for i, m in enumerate(found):
                if m.label != "YEAR" and any(_same(m, place) for place in places):
                    found[i] = self._renamed(m, c, found)
        return self._merged(found)

    def _renamed(self, m: Mention, c: Correction, others: Sequence[Mention]) -> Mention:
        status = _status(c, m.country if c.action == "belongs_to" else m.canonical)
        if self._status.get(c.correction_id) != "applied":
            self._status[c.correction_id] = status
        return _renamed(m, c, others) if status == "applied" else m

    def _merged(self, mentions: list[Mention]) -> list[Mention]:
        """The mentions of entities that are one, under its last name: A is B, and B is C."""
        same = {normalise.key(_seen(c.quote)): c for c in self._corrections if c.action in _SAME}
        if not same:
            return mentions
        found = list(mentions)
        for i, m in enumerate(mentions):
            names = () if m.label == "YEAR" else (m.canonical, m.text)
            key = next((key for name in names if (key := normalise.key(name)) in same), None)
            seen: set[str] = set()
            while key in same and key not in seen:
                seen.add(key)
                found[i] = self._renamed(found[i], same[key], mentions)
                key = normalise.key(same[key].value or "")
        for c in same.values():
            if c.document != ALL and self._places(c):
                self._status.setdefault(c.correction_id, "nothing_there")
        return found

    # Placements

    def rankings(self, rankings: Sequence[Ranking]) -> tuple[Ranking, ...]:
        """The placements with the right values, checked again."""
        found: list[Ranking | None] = list(rankings)
        for c, places in self._of([*_RANKING, "not_a_ranking"]):
            inside = [
                i for i, r in enumerate(found) if r and any(_overlap(r, place) for place in places)
            ]
            status = self._one(c, inside, found)
            self._status[c.correction_id] = status
            if status != "applied":
                continue
            for i in inside:
                ranking = found[i]
                if ranking and (c.was is None or _word(_said(ranking, c.action)) == c.was):
                    change = _RANKING.get(c.action)
                    found[i] = change(ranking, c.value or "") if change else None
        kept = [r for r in found if r is not None]
        if tuple(kept) == tuple(rankings):
            return tuple(kept)
        return tuple(checked([replace(r, check="ok") for r in kept]))

    def _one(self, c: Correction, inside: list[int], found: Sequence[Ranking | None]) -> Status:
        """Whether a correction says which of the placements of its sentence it means."""
        if not inside:
            return "nothing_there"
        now = {_word(_said(found[i], c.action)) for i in inside}
        meant = now if c.was is None else now & {c.was}
        if not meant:
            return "no_change" if c.value in now else "was_differs"
        if c.action == "not_a_ranking":
            return "applied"
        if len(meant) > 1 or (c.was is None and len(inside) > 1):
            return "ambiguous"
        return "no_change" if meant == {c.value} else "applied"


def places(quote: str, text: str) -> list[Span]:
    """Where a quote stands in what is seen of a text, also where it overlaps itself.

    Runs of white space are alike; what is not seen of the quote does not count.
    """
    words = r"\s+".join(map(re.escape, _seen(quote).split()))
    found = re.finditer(f"(?=({words}))", text) if words else ()
    return [Span(start=m.start(1), end=m.end(1)) for m in found]


def _seen(words: str) -> str:
    view = visible.view(words)
    return view.text if view else words


def _same(m: Span, place: Span) -> bool:
    return (m.start, m.end) == (place.start, place.end)


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _section(blocks: Sequence[Block], place: Span) -> Section:
    return section_of(next((b.role for b in blocks if b.start <= place.start < b.end), "prose"))


def _word(value: object) -> str:
    """A value as it is written in the file of corrections."""
    if value is None:
        return NONE
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _status(c: Correction, now: object) -> Status:
    """What becomes of a correction where the value is `now`."""
    word = _word(now)
    if word == c.value:
        return "no_change"
    return "applied" if c.was in (None, word) else "was_differs"


def _said(record: object, action: Action) -> object:
    """What a record says now of that which an action corrects."""
    if action == "score":
        low, high = getattr(record, "score_min", None), getattr(record, "score_max", None)
        return low if low == high else f"{low}-{high}"
    return getattr(record, _FIELDS.get(action, action), None)


_FIELDS: dict[Action, str] = {
    "index": "index_name",
    "ranked_country": "country",
    "not_a_ranking": "rank",
}


def _renamed(m: Mention, c: Correction, others: Sequence[Mention]) -> Mention:
    """A mention with the entity that a correction gives it."""
    value = c.value or ""
    if c.action == "belongs_to":
        country = None if value == NONE else value
        return replace(m, country=country, international=country is None, method=METHOD)
    name = known(value, m.label, m.country)
    if name is not None:
        international = name.country_iso3 is None
        return replace(
            m,
            canonical=name.name,
            country=name.country_iso3,
            international=international,
            method=METHOD,
        )
    same = (o for o in others if o.label == m.label and o.canonical == value)
    other = next(same, m)
    return replace(m, canonical=value, country=other.country, method=METHOD)


def _with_country(s: Segment, value: str) -> Segment:
    country = None if value == NONE else value
    return replace(s, country=country, country_confidence=1.0, runner_up=None)


def _with_tier(s: Segment, value: str) -> Segment:
    if value == NONE:
        return replace(
            s,
            tier=None,
            score_min=None,
            score_max=None,
            tier_status="absent",
            tier_reason="unclear",
        )
    tier = int(value)
    low, high = BANDS[tier]
    inside = s.score_min is not None and s.score_max is not None
    if inside and low <= (s.score_min or 0) and (s.score_max or 0) <= high:
        low, high = s.score_min or low, s.score_max or high
    return replace(
        s, tier=tier, score_min=low, score_max=high, tier_status="stated", tier_reason=None
    )


def _with_score(s: Segment, value: str) -> Segment:
    numbers = [int(n) for n in re.findall(r"\d+", value)]
    low, high = numbers[0], numbers[-1]
    tiers = [tier for tier, (least, most) in BANDS.items() if least <= low and high <= most]
    tier = tiers[0] if tiers else None
    graded = replace(s, score_min=low, score_max=high, tier=tier)
    if tier is None:
        return replace(graded, tier_status="absent", tier_reason="unclear")
    return replace(graded, tier_status="stated", tier_reason=None)


def _number(value: str) -> int | None:
    return None if value == NONE else int(value)


_SEGMENT: dict[Action, Callable[[Segment, str], Segment]] = {
    "country": _with_country,
    "tier": _with_tier,
    "score": _with_score,
}
_RANKING: dict[Action, Callable[[Ranking, str], Ranking]] = {
    "rank": lambda r, value: replace(r, rank=_number(value)),
    "out_of": lambda r, value: replace(r, out_of=_number(value)),
    "edition": lambda r, value: replace(r, edition=_number(value)),
    "dimension": lambda r, value: replace(r, dimension=None if value == NONE else value),
    "value": lambda r, value: replace(r, value=None if value == NONE else float(value)),
    "index": lambda r, value: replace(r, index_name=index_name(value)),
    "ranked_country": lambda r, value: replace(r, country=value),
}
