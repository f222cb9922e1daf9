"""Whose placement it is: the country or countries of a rank, and those ranked around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evidence import Hit
from pipeline.rankings.places import Place
from pipeline.rankings.sentence import Sentence

_GAP = r"(?:\s*(?:,|&|(?:and|or|as well as|together with|along with|both|the|then|by)\b))+\s*"
_LISTED = re.compile(rf"^{_GAP}$", re.IGNORECASE)
# "first place went to Denmark", "the top spot is held by …"
_WENT_TO = re.compile(
    r"^[^.;]{0,90}?\b(?:went|goes|go|belongs|belonged|fell|falls|awarded|is held|was held|was taken"
    r"|is taken|is occupied|was occupied|held|taken|occupied|shared)\s+(?:to|by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_A_TABLE = re.compile(r"(?:■|\b(?:table|list|ranking|index|field|league)),?\s+(?:(?:is|was)\s+)?$")
_HEADED_BY = re.compile(r"\s+by\s+(?:the\s+)?")  # "the table is headed by Sweden and Finland"
_LABELLED = re.compile(r"^\s*(?:place|position|rank|spot)?\s*[:–—-]\s*(?:the\s+)?$", re.IGNORECASE)
_FRONTED = re.compile(r",\s*(?:the\s+)?(?:Republic of\s+)?$", re.IGNORECASE)
_OF_COUNTRY = re.compile(
    r"^\s*(?:of|for|by)\s+(?:the\s+)?$|\bbetter than\s+(?:the\s+)?$|\boutranks?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_HOST_WORD = re.compile(
    r"\b(?:the|this|our|that)\s+(?:\w+\s+){0,2}(?:country|kingdom|republic|grand duchy"
    r"|nation|state|island"
    r"|federation|confederation|monarchy|principality|administration|government|land"
    r"|member state)\b"
    r"|\b(?:it|its|they|their|we|our)\b",
    re.IGNORECASE,
)
_TIE = re.compile(
    r"\b(?:tied?|ties|tying|joint(?:ly)?|both|each|shar(?:e|es|ed|ing)|all\s+(?:three"
    r"|four|two|of them)|equal|level|ex aequo|together"
    r"|alongside|side by side)\b",
    re.IGNORECASE,
)
_TIED = re.compile(r"\b(?:tie[sd]?|tying|level|equal|joint(?:ly)?|together)\s+with\s+(?:the\s+)?$")
_OWN = 25  # characters between a country and a rank of its own
_EACH = re.compile(r"\b(?:each|apiece|both)\b")
_TIED_WITH = re.compile(
    r"\b(?:with|alongside|by|together with|level with|ahead of none but|between)\s+"
    r"(?:the\s+)?$|:\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_BEHIND_LIST = re.compile(
    r"\b(?P<near>immediately|directly|just|right|closely|only|one(?: (?:place|rank"
    r"|position|spot|step|rung|notch))?|narrowly|hard on the heels of)?\s*"
    r"\b(?P<what>behind|after|ahead of|above|below|before|followed"
    r"(?:,?[^.;\d]{0,60}?)? by|trailed by|preceded by|(?:second |third |next )?only to"
    r"|outdone (?:only )?by|topped (?:only )?by|hard on the heels of|outranked "
    r"(?:only )?by|surpassed (?:only )?by|beaten (?:only )?by|in front of)\s+"
    r"(?:only\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_FOLLOW_AFTER = re.compile(
    r"^\s*(?:,\s*in that order,?\s*)?(?:all\s+)?(?:follow(?:s|ed|ing)?\b|come next"
    r"|come after|in its wake|came next|are next|is next)",
    re.IGNORECASE,
)
_FOLLOWING_WITH = re.compile(
    r"^\s*,?\s*(?:respectively\s*)?(?:(?:hot |hard |close )?on (?:its|their) heels"
    r"|right behind|just behind|trailing|behind it|following|next|close behind"
    r"|behind it|coming next|in pursuit)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\bonly\s+(?:the\s+)?$")
_FARES = re.compile(
    r"\s+(?:far(?:ing|ed|es|e)|being|is|was|doing|did|does|performing|performed|ranked|ranking|scored"
    r"|scoring|came|coming|placed|placing)\s+(?P<how>worse|lower|last|better|higher)\b"
)
_WORSE = ("worse", "lower", "last")
_BELOW = re.compile(
    r"^\s*(?:the\s+\w+\s+\w+\s+)?(?:immediately|right|directly|just)\s+(?P<side>below"
    r"|behind|after|above|ahead|before)\b"
)
_GOING_ON = re.compile(
    r"(?:In (?:19|20)\d\d,?\s+)?"
    r"(?:Next (?:come|comes|are|is)|Then (?:come|comes)|(?:It|They|The country) (?:is"
    r"|are|was|were)(?: closely| immediately)? followed(?:,?[^.;\d]{0,40}?)? by"
    r"|Behind (?:it|them) (?:come|comes|are|is)|(?:Close |Right )?behind (?:it"
    r"|them) follow)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_TAKE_NEXT = re.compile(
    r"^\s*(?:took|take|takes|fill(?:ed|s)?|occup(?:y|ied|ies)|hold|held|share)\s+the"
    r"\s+(?:next|following|remaining)\b|^\s*(?:came|come|comes)\s+next|^\s*complet(?:e"
    r"|ed|ing) the (?:top|podium|leading)",
    re.IGNORECASE,
)
_NEXT_ARE = re.compile(
    r"\b(?:next (?:come|comes|are|is)|then (?:come|comes|came)|(?:and )?then|"
    r"(?:on its heels|behind it|after it|next|followed)\s+(?:come|comes|are|is|by"
    r"|follow|were)?)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_OWN_RANK = re.compile(
    r"(?:'s?)?,?\s*(?:\(|in|at|on|,)?\s*(?:the\s+)?(?:rank|no\.|position|place"
    r"|number)?\s*|\s+(?:receives?|received|has|had|got|gets|scored?|scores|is|was"
    r"|were|came|comes|ranks?|ranked|stands|finished|sits|lies|follows in)\s+(?:only"
    r"\s+|just\s+|a\s+|in\s+|at\s+)*"
)
_RELATIVE = re.compile(r"\b(?:which|who|that|itself)\b[^,;]*$|^\W*\($", re.IGNORECASE)
_SUBNATIONAL = re.compile(
    r"\b(?:cantons?|regions?|regional|municipalit\w+|municipal|cit(?:y|ies)|provinces?"
    r"|provincial|districts?|prefectures?|count(?:y|ies)"
    r"|departments?|communes?|autonomous communit\w+|federal states?|L(?:ä|ae?)nder"
    r"|Bundesl\w+|boroughs?|towns?|villages?|capital city"
    r"|universit\w+|colleges?|facult\w+|hospitals?|compan(?:y|ies)|firms?|banks?"
    r"|airlines?|airports?|ports?|suppliers?|start-ups?|newspapers?|clubs?|teams?"
    r"|employers?|headings?|priorit\w+|senators?|deput(?:y|ies)|member of|part(?:y"
    r"|ies)|ministr\w+|ministers?|court|judges?|candidates?|athletes?|cinemas?)\b",
    re.IGNORECASE,
)
_SCHOOLS = re.compile(r"\bschools?\b|\bcities\b", re.IGNORECASE)
_AMONG_OTHERS = re.compile(
    r"\b(?:among|amongst|of|out of|between|in)\s+(?:the\s+|its\s+|all\s+|[A-Z][\w']+"
    r"\s+)?(?:\d+\s+|[a-z]+\s+)?(?:\w+\s+)?(?:suppliers|cantons|regions|municipalities|cities"
    r"|provinces"
    r"|districts|prefectures|counties|departments|autonomous|federal states|L(?:ä"
    r"|ae?)nder|universities|schools|hospitals|companies|firms"
    r"|banks|headings|priorities|ministries|agencies|authorities|goals|objectives"
    r"|items|political parties|newspapers|capitals|airports|ports)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A country ranked before or after another, without a rank of its own: 'followed by Norway'."""

    country: str
    rank: int


def owners(sentence: Sentence, place: Place, listed: Sequence[Place]) -> tuple[str | None, ...]:
    """The countries a placement belongs to: none if it is no country's.

    Args:
        listed: All placements of the sentence.
    """
    if not _of_a_country(sentence, place) or _is_led(sentence, place):
        return ()
    if after := _named_after(sentence, place):
        return after
    subject = _subject(sentence, place)
    if subject is None:
        return (sentence.host, *_with(sentence, place, listed))
    group = _conjoined(sentence, subject)
    if place.rank and place.upto:
        return ()
    if len(group) > 1:
        run = _run(sentence, place, listed)
        if len(run) == len(group) and place in run:
            return (group[run.index(place)].countries[0],)
        if _shared(sentence, group[-1], place):
            return tuple(h.countries[0] for h in group) + _with(sentence, place, listed)
    return (subject.countries[0], *_with(sentence, place, listed))


def _of_a_country(sentence: Sentence, place: Place) -> bool:
    """Whether the subject is no part of a country, school, firm or person."""
    text = sentence.masked
    start, end = sentence.clause(place.start)
    if _AMONG_OTHERS.search(text[place.start : min(end, place.end + 45)]) or _AMONG_OTHERS.search(
        text[start : place.start]
    ):
        return False
    subject = [h for h in sentence.countries if h.end <= place.start]
    since = max(start, subject[-1].end if subject and not subject[-1].compared else start)
    words = text[since : place.start]
    own = _HOST_WORD.search(words)
    if any(since <= r.start < place.start for r in sentence.regions) and not own:
        return False
    bad = [m for m in _SUBNATIONAL.finditer(words) if not _SCHOOLS.search(m.group())]
    return not bad or own is not None


def _is_led(sentence: Sentence, place: Place) -> bool:
    """Whether something other than a table is led by somebody: 'a group led by Denmark'."""
    text = sentence.masked
    by = place.rank == 1 and re.match(r"\s+by\b", text[place.end :])
    return bool(by) and not _A_TABLE.search(text[: place.start])


def _subject(sentence: Sentence, place: Place) -> Hit | None:
    """The country before a placement that it speaks of; None for the section's own."""
    text = sentence.masked
    bracket = sentence.bracket(place.start)
    limit = bracket[0] if bracket else place.start
    inside = [h for h in sentence.countries if bracket and bracket[0] < h.start < place.start]
    if inside:
        return inside[-1]
    before = [h for h in sentence.countries if h.end <= limit]
    if bracket and before and limit - before[-1].end <= 3:
        return before[-1]
    plain = [
        h
        for h in before
        if not _is_neighbour(text, h)
        or (_RELATIVE.search(text[h.end : limit]) and not re.search(r"\bit\b", text[h.end : limit]))
        or _OWN_RANK.fullmatch(text[h.end : limit])
    ]
    if not plain:
        return None
    nearest = plain[-1]
    start, _ = sentence.clause(place.start)
    if nearest.start < start:
        words = text[start:limit]
        strong = _HOST_WORD.search(words)
        if strong and strong.group().lower().split()[0] in ("the", "this", "our", "we", "that"):
            return None
    return nearest


def _is_neighbour(text: str, hit: Hit) -> bool:
    """Whether a country stands only for comparison: 'behind Sweden', 'unlike Spain'."""
    before = text[: hit.start]
    return bool(hit.compared or _BEHIND_LIST.search(before) or _TIED.search(before))


def _named_after(sentence: Sentence, place: Place) -> tuple[str, ...]:
    """'First place went to Denmark', 'Ranked 5th, Norway …', 'no one is better than Spain'."""
    text = sentence.masked
    after = [h for h in sentence.countries if h.start >= place.end]
    if not after:
        return ()
    between = text[place.end : after[0].start]
    group = tuple(h.countries[0] for h in _conjoined(sentence, after[0]))
    if place.value is not None and re.fullmatch(r"\s+(?:points?\s+)?for\s+(?:the\s+)?", between):
        return group
    if place.rank == 1 and _HEADED_BY.fullmatch(between):
        return group[:1]
    if _WENT_TO.search(between) or _LABELLED.search(between):
        return group
    if sentence.bracket(place.start):
        return ()
    if ":" in between and _TIE.search(text[: place.start + 1]) and len(between) < 60:
        return group
    start, _ = sentence.clause(place.start)
    earlier = [h for h in sentence.countries if start <= h.start < place.start]
    fronted = _FRONTED.search(between) and between.count(",") == 1 and len(between) < 60
    if fronted and not earlier and not _HOST_WORD.search(text[start : place.start]):
        behind = re.search(r"\b(?:after|behind|with|and)\b", between)
        if behind:
            return ()
        return group if _EACH.search(text[place.start : after[0].start]) else group[:1]
    if not earlier and _OF_COUNTRY.search(between):
        return (after[0].countries[0],)
    return ()


def _conjoined(sentence: Sentence, hit: Hit) -> list[Hit]:
    """The list 'A, B and C' that a country is part of."""
    countries = list(sentence.countries)
    at = countries.index(hit)
    first = last = at
    while first and _LISTED.match(
        sentence.masked[countries[first - 1].end : countries[first].start]
    ):
        first -= 1
    while last + 1 < len(countries) and _LISTED.match(
        sentence.masked[countries[last].end : countries[last + 1].start]
    ):
        last += 1
    return countries[first : last + 1]


def _run(sentence: Sentence, place: Place, listed: Sequence[Place]) -> list[Place]:
    """The placements '2nd, 3rd and 4th' that one is part of."""
    ranks = [p for p in listed if (p.rank is None) == (place.rank is None)]
    runs: list[list[Place]] = []
    for p in ranks:
        if runs and _LISTED.match(sentence.masked[runs[-1][-1].end : p.start] or "x"):
            runs[-1].append(p)
        else:
            runs.append([p])
    return next((run for run in runs if place in run), [place])


def _shared(sentence: Sentence, last: Hit, place: Place) -> bool:
    """Whether all countries of a list have the placement."""
    between = sentence.masked[last.end : place.end + 25]
    if _TIE.search(between):
        return True
    return bool(
        re.match(
            r"\s+(?:are|were|rank|score|scored|ranked|came|come|finished|obtained"
            r"|received|share|hold|sit|stand|lead|tie|top)\b",
            sentence.masked[last.end :],
        )
    )


def _with(sentence: Sentence, place: Place, listed: Sequence[Place]) -> tuple[str, ...]:
    """'tied with Japan for 22nd', 'shares 17th place with Ireland'."""
    text = sentence.masked
    start, end = sentence.clause(place.start)
    if not _TIE.search(text[start : min(len(text), place.end + 40)]):
        return ()
    found: list[str] = []
    for hit in sentence.countries:
        if start <= hit.start < end and _TIED_WITH.search(text[start : hit.start]):
            near = abs(hit.start - place.end) < 60 or abs(place.start - hit.end) < 40
            group = _conjoined(sentence, hit)
            last = group[-1].end
            ranked = any(
                last <= p.start < last + _OWN
                and (p.rank and p is not place)
                and not re.search("[;:]", text[last : p.start])
                and not any(last <= h.start < p.start for h in sentence.countries)
                for p in listed
            )
            if near and not found:  # the last of a list may have a rank of its own
                found = [h.countries[0] for h in group[: -1 if ranked else None]]
    return tuple(found)


def neighbours(sentence: Sentence, place: Place, listed: Sequence[Place]) -> list[Neighbour]:
    """The countries named before and after a rank: 'followed by A and B', 'just behind C'."""
    text = sentence.masked
    if place.rank is None:
        return []
    if place.upto:
        return _shared_out(sentence, place)
    ranked_after = [p.start for p in listed if p.rank and p.start > place.end]
    stop = min(ranked_after, default=len(text))
    found: list[Neighbour] = []
    seen: set[int] = set()
    for hit in sentence.countries:
        if hit.start < place.end or hit.start > stop or hit.start in seen:
            continue
        group = _conjoined(sentence, hit)
        if hit != group[0]:
            continue
        seen.update(h.start for h in group)
        countries = [h.countries[0] for h in group]
        before, after = text[place.end : hit.start], text[group[-1].end :]
        follows = [p for p in listed if group[-1].end <= p.start <= group[-1].end + 25 and p.rank]
        if any(not re.search("[;:]", text[group[-1].end : p.start]) for p in follows):
            continue  # they have ranks of their own
        found += _neighbours(place.rank, countries, before, after)
    return found


def _shared_out(sentence: Sentence, place: Place) -> list[Neighbour]:
    """The countries of the list that fills 'places two to four'."""
    assert place.rank is not None and place.upto is not None
    wanted = place.upto - place.rank + 1
    for hit in sorted(sentence.countries, key=lambda h: abs(h.start - place.start)):
        group = _conjoined(sentence, hit)
        if len(group) == wanted:
            return [Neighbour(h.countries[0], place.rank + i) for i, h in enumerate(group)]
    return []


def going_on(sentence: Sentence, rank: int) -> list[Neighbour]:
    """'Next come Norway and Sweden': countries behind the one that the sentence before placed."""
    match = _GOING_ON.match(sentence.masked)
    first = next((h for h in sentence.countries if match and h.start >= match.end() - 1), None)
    if match is None or first is None:
        return []
    group = _conjoined(sentence, first)
    return [Neighbour(h.countries[0], rank + i) for i, h in enumerate(group, start=1)]


def _neighbours(rank: int, countries: list[str], before: str, after: str) -> list[Neighbour]:
    if rank == 1 and _HEADED_BY.fullmatch(before):
        return [Neighbour(c, i) for i, c in enumerate(countries, start=1)][1:]
    down = [Neighbour(c, rank + i) for i, c in enumerate(countries, start=1)]
    up = [Neighbour(c, rank - len(countries) + i) for i, c in enumerate(countries)]
    stands = _BEHIND_LIST.search(before)
    if stands:
        what, near = stands["what"].lower(), stands["near"]
        if what.startswith(("followed", "trailed")):
            return down
        if what in ("ahead of", "above", "before", "in front of"):
            return down[:1] if near else (down if rank == 1 else [])
        if len(countries) == rank - 1:
            return up
        return up[-1:] if near and len(countries) == 1 and rank > 1 else []
    if rank > 1 and (fares := _FARES.match(after)) and _ONLY.search(before):
        return down if fares["how"] in _WORSE else up if len(countries) == rank - 1 else []
    if side := _BELOW.match(after):
        return down if side["side"] in ("below", "behind", "after") else up
    if _TAKE_NEXT.match(after):
        return down
    if _FOLLOW_AFTER.match(after) or _NEXT_ARE.search(before):
        return down
    if re.search(r"\bwith\s+(?:the\s+)?$", before) and _FOLLOWING_WITH.match(after):
        return down
    return []
