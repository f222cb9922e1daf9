"""The life of strategies and laws: what each year inside or beside one means.

A year inside a name dates it ("2008 Basic Act"), bounds its period ("ICT Strategy 2015–2020") or
is its aim ("Agenda 2030"). A year beside a name has a role where a word of the same clause says
it: adopted, in force, amended, repealed, begun, running until, aimed at. Every other year has
none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from pipeline.records import Mention, Outline, YearMeaning, YearRole
from pipeline.sentences import cut

_ON = (
    r"(?:\s*,)?\s*(?:only |back |again |finally |already |itself |formally "
    r"|shortly after |as early as |late |early |directly )*"
    r"(?:in|on|of|since|from|as of|as from|by|at the end of|until|till|through|during"
    r"|as late as|for|to|with effect from)?\s*"
    r"(?:the )?(?:the end of |the beginning of |the start of |late |early |mid-?"
    r"|spring |summer |autumn |winter |the (?:first|second) half of |\d{1,2}(?:st|nd"
    r"|rd|th)? (?:of )?)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)?,?\s*(?:\d{1,2},\s*)?$"
)
_VERBS: dict[str, str] = {
    "in_force": r"(?:ent(?:er(?:ed|s|ing)?|ry)|c[ao]me?s?|came|put|coming|went|brought)\s+into\s+"
    r"(?:full\s+)?(?:force|effect|operation|application)|t(?:ook|akes?|aking)\s+"
    r"(?:full\s+)?effect|(?:became|becomes?|become)\s+(?:fully\s+)?(?:effective"
    r"|applicable|operative|binding|enforceable)|in\s+(?:force|effect)|effective|appl"
    r"(?:ies|ied|icable)(?!\s+(?:to|for)\b)|valid|commenced|has\s+applied|on\s+the"
    r"\s+books|in\s+place(?=\s+since)",
    "amended": r"amend(?:ed|ing|ments?|s)?|revis(?:ed|ion|ions|es|ing)|updat(?:ed|es?|ing)"
    r"|overhaul(?:ed)?|moderni[sz]ed|recast|renewed|reformed|tightened|restricted"
    r"|reworked|relaxed|strengthened|supplemented|extend(?:ed|s)?(?=\s+in\b)|extend"
    r"(?:ed|s)?(?=\s+its)|modified|rewritten|reworded|broadened|widened|adjusted"
    r"|changed|altered|reshaped|changes?(?=\s+(?:made|in|of|adopted))|reform(?=\s+"
    r"(?:in|of)\s+(?:19|20))",
    "repealed": r"repeal(?:ed|s|ing)?|abolish(?:ed|es|ing)?|abolition|expir(?:ed|es|y|ing)|replac"
    r"(?:ed|es|ing|ement)|lapsed?|supersed(?:ed|es|ing)|supplanted|annul(?:led|ment)"
    r"|struck down|revoked|rescinded|scrapped|withdrawn|terminated|discontinued"
    r"|abandoned|shelved|dropped|invalidated|quashed|ceased to apply|phased out"
    r"|gave way|succeeded(?=\s+by)",
    "period_end": r"r[ua]n(?:s|ning)?\s+(?:until|till|to|through|out)|running\s+(?:until|to)|wound"
    r"\s+up|c[ao]me\s+to\s+an\s+end|came\s+to\s+(?:an\s+end|a\s+close)|end(?:ed|s|ing)"
    r"(?!\s+with)|end(?=\s+in)|extended\s+(?:until|to|through|by)|concludes?d?|valid"
    r"\s+until|until|through|closes?d?|is\s+due\s+to\s+end|completed|fully\s+spent",
    "period_start": r"(?<!the )(?<!at )start(?:s|ed|ing)?|(?<!the )(?<!at )beg[aiu]n(?:s|ning)?"
    r"|under\s+way|kicked\s+off|phased\s+in|rolled\s+out|got\s+under\s+way",
    "adopted": r"adopt(?:ed|ion|s|ing)?|pass(?:ed|age|es|ing)|approv(?:ed|al|es|ing)|enact(?:ed"
    r"|ment|s|ing)?|launch(?:ed|es|ing)?|publish(?:ed|es|ing)|publication|introduc"
    r"(?:ed|tion|es|ing)|sign(?:ed|ing|s)|unveil(?:ed|ing|s)?|issued|endors(?:ed|ement"
    r"|es|ing)|promulgat(?:ed|ion)|ratif(?:ied|ication|ies)|announced|dat(?:es|ing"
    r"|ed)\s+(?:from|back)(?:\s+to)?|drawn\s+up|agreed|concluded|voted|presented"
    r"|followed|became\s+law|on\s+the\s+statute\s+book|goes\s+back\s+to|decreed"
    r"|proclaimed|released|originat(?:es|ed)|tabled\s+and\s+adopted|laid\s+down"
    r"|inaugurated|made\s+public|initiated|cleared",
}
_TRIGGER = re.compile(
    "|".join(rf"(?P<{role}>\b(?:{words})\b)" for role, words in _VERBS.items()), re.IGNORECASE
)
_ADDING = re.compile(
    r"\s*(?:,|and|,\s*and|as well as|or)\s*(?:again\s+)?(?:in\s+)?(?:mid-|early\s|late\s)?$"
)
_FRONTED = re.compile(
    r"(?:^|not until\s+|[;:]\s*|[,(]\s*|\b(?:and|but|while|whereas|when|that)\s+)(?:"
    r"(?:already|only|back|as early as|late|early|finally|as late as)\s+)*(?:(?:in|on"
    r"|by|since|until)\s+)?(?:the end of |mid-|early |late |the (?:spring|summer"
    r"|autumn|winter) of |\d{1,2} )?"
    r"(?:(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\s+)?(?:\d{1,2},\s*)?$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:never|not|fail(?:ed|s|ure)?|without|rejected|refus\w+|instead of|no longer"
    r"|proposal to|proposed to|plans? to|attempts? to|bill to|threw out|draft|neither"
    r"|yet to|still not|before|after|called for|calls for|demand\w*|recommended"
    r"|promised)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_OTHER_EVENT = re.compile(
    r"\b(?:report|review|audit|evaluation|survey|assessment|opinion|ruling|judg"
    r"(?:e)?ment|election\w*|index|benchmark|ranking|poll|study|figures?|budget"
    r"|guidelines?|complaints?|government|cabinet|ministry|agency|commission|authority"
    r"|council|office|portal|platform|website|case|cases|bill|draft|protests?|crisis"
    r"|pandemic|statement|statistics|data|resolution)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?:\b(?:was|were|is|are|been|be|being|got|itself|had|has|which|that)\s+"
    r"(?:\w+ly\s+|first\s+|last\s+|again\s+|then\s+|finally\s+|also\s+|only\s+|not\s+"
    r"|since\s+|been\s+|later\s+|subsequently\s+)*|[,(]\s*(?:\w+ly\s+|first\s+|last\s+"
    r"|then\s+|later\s+)?|\b(?:and|but|yet|then)\s+(?:\w+ly\s+|then\s+|later\s+)?|^\s*)$",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"\b(?:by|to|until|for|towards?|before|no later than|beyond)\s+(?:the end of "
    r"|the year |mid-|early |late |around )?$",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|target(?:s|ed|ing)?|goals?|objectives?|to\s+(?:be|reach"
    r"|cut|raise|connect|reduce|halve|achieve|have|bring|double|become|increase"
    r"|provide|make|complete|cover|phase|move|train|spend(?:ing)?|close|digiti[sz]e"
    r"|create|build|lift|lower|restore|end|eliminate|eradicate|attain|ensure)|commit"
    r"(?:s|ted|ment)|pledg\w+|promis\w+|foresees?|envisag\w+|envision\w+|sets?\s+out"
    r"|will|shall|plans?|planned|should|must|neutrality|seeks?|require[sd]?|calls?"
    r"\s+for|provides?\s+for|prescrib\w+|stipulat\w+|oblig\w+|intend(?:s|ed)|want(?:s"
    r"|ed))\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:for|cover(?:s|ed|ing)?|during|over|period|years?|spann?(?:s|ing|ed)|running"
    r"|ran|runs|run|from|between|in the|valid|term|cycle|phase)\s+(?:the\s+)?"
    r"(?:years?\s+|period\s+|programming period\s+)?(?:of\s+|from\s+|between\s+)?$|\($"
    r"|,\s*$",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(r"(?:to|until|towards?|by|for|through)\s*$", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|from|in)\s*(?:\w+\s*)?$", re.IGNORECASE)
_BACK = re.compile(
    r"^(?:It|They|The (?:latter|former|\w+\s+)?(?:strategy|plan|programme|program|law"
    r"|act|decree|agenda|statute|framework|regulation|directive|code|constitution"
    r"|initiative|road ?map|document|policy|reform|legislation|text|measure"
    r"|amendments?|revision|first|original)|Its|Their|This|That|These|Both|An? "
    r"(?:\w+ )?(?:amendment|revision|update|successor)|Amended|Adopted|Amendments?"
    r"|Revisions?)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:]|,\s+(?:while|whereas|although|but|yet|though)\b|\b(?:while|whereas|although)\b",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\W*(?:\([A-Z]\w+\)\s*)?(?:(?:which|that|it|the strategy|the plan"
    r"|the programme)\s+)?(?:(?:officially|initially|originally)\s+)?"
    r"(?:(?:covers?|covered|covering|runs?|ran|running|spans?|spanned|spanning|lasts?"
    r"|lasted|is valid|was valid|was designed|is designed|was drawn up|was adopted"
    r"|was approved|was in force|extends|extended|stretche[sd]|adopted|approved"
    r"|drawn up)\b[\w\s]{0,30}?)?"
    r"(?:the\s+)?(?:for|from|between|over|period|years)\b",
    re.IGNORECASE,
)
_INTRANSITIVE = re.compile(
    r"laps|expir|ceas|follow|dat(?:es|ing|ed)|goes|gave way|became|effect|force|end"
    r"|came|run|ran|start|beg|valid|appl|commenced|place|books|until|through|clos"
    r"|under|kick|originat",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which|who|one)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:reports?|reviews?|audits?|evaluations?|assessments?|opinions?|rulings?|studies|study"
    r"|guidelines?|guidance|implementation|handbooks?|surveys?|proposals?|drafts?|criticism)\s+"
    r"(?:of|on|about|for|to|under)\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
_GAP = 4  # words between a verb and its object's name
_PREPOSITION = re.compile(
    r"[,;]|\b(?:in|on|by|with|under|and|that|because|when|before|after|to|towards?|for"
    r"|of|from|into)\b"
)
_SUBJECT = re.compile(
    r"\b(?:it|they|which|this|that|both|latter|former|its|(?:the|this|that|these) "
    r"(?:\w+ )?(?:strategy|plan|programme|program|law|act|decree|agenda|statute"
    r"|framework|regulation|directive|code|constitution|initiative|road ?map|document"
    r"|policy|reform|legislation|text|measure|amendments?|revision|original"
    r"|version))\b|^\W*$|^(?:An?|Its|Their|The) (?:\w+ )?(?:amendment|revision|update"
    r"|successor)|^(?:Amended|Adopted|Amendments?|Revisions?|Approved|Launched"
    r"|Passed)\b|\b(?:last|first|substantially|again|further|fully|partly)\s*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\s+(?:it|them|this|that one|the (?:law|act|strategy|plan|programme|decree|agenda|code))\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+(?:(?!by\b)[\w'-]+\s+){1,7}?(?=(?:in|on|at|since)\b)", re.IGNORECASE)
_THINGS = ("STRATEGY", "LAW")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with the names and years in it; offsets are its own."""

    text: str
    start: int
    things: tuple[Mention, ...]
    years: tuple[Mention, ...]
    topic: Mention | None

    def before(self, mention: Mention) -> str:
        return self.text[: max(0, mention.start - self.start)]


def year_roles(outline: Outline, text: str, mentions: Sequence[Mention]) -> list[YearRole]:
    """The roles of years, in the order of the text; a span has two.

    References are not read: the year there is that of the publication.
    """
    found: list[YearRole] = []
    for block in outline.blocks:
        if block.role not in ("prose", "list_item", "heading"):
            continue
        inside = [m for m in mentions if block.start <= m.start and m.end <= block.end]
        if any(m.label in _THINGS for m in inside):
            found += _block(block.of(text), block.start, inside)
    return found


def _block(text: str, offset: int, mentions: Sequence[Mention]) -> Iterator[YearRole]:
    topic: Mention | None = None
    for at, words in cut(text):
        start, end = offset + at, offset + at + len(words)
        here = [m for m in mentions if start <= m.start and m.end <= end]
        things = tuple(m for m in here if m.label in _THINGS)
        years = [m for m in here if m.label == "YEAR"]
        named = topic if _BACK.match(words) or not things else None
        for year in years:
            if host := next((t for t in things if t.holds(year)), None):
                yield from _inside(year, host, [y for y in years if host.holds(y)])
        rest = tuple(y for y in years if not any(t.holds(y) for t in things))
        yield from _beside(_Clause(words, start, things, rest, named))
        topic = things[-1] if things else topic


def _role(year: Mention, thing: Mention, *roles: YearMeaning) -> Iterator[YearRole]:
    """One row a role; a span gives its first year to the first and its last to the second."""
    assert year.year_start is not None and year.year_end is not None
    values = (year.year_start, year.year_end)
    for role, value in zip(roles, values, strict=False):
        yield YearRole(start=year.start, end=year.end, role=role, year=value, thing=thing)


def _inside(year: Mention, thing: Mention, years: list[Mention]) -> Iterator[YearRole]:
    """The years of a name: the period or the aim of a strategy, the date of a law."""
    if year.year_start != year.year_end:
        yield from _role(year, thing, "period_start", "period_end")
        return
    before = thing.text[: year.start - thing.start]
    if len(years) == 2:
        a, b = years
        if re.fullmatch(
            r"\s+(?:to|and|until|through)\s+",
            thing.text[a.end - thing.start : b.start - thing.start],
        ):
            yield from _role(year, thing, "period_start" if year is a else "period_end")
            return
    leads, dated = not before.strip(), _OF.search(before)
    aim = leads and re.match(
        r"\s*(?:Agenda|Vision|Goals|Targets?|Objectives)\b", thing.text[year.end - thing.start :]
    )
    if (
        thing.label == "STRATEGY"
        and aim
        or thing.label == "STRATEGY"
        and not leads
        and not (dated and not _NAME_ENDS.search(before))
    ):
        yield from _role(year, thing, "target")
    else:
        yield from _role(year, thing, "adopted")


def _beside(clause: _Clause) -> Iterator[YearRole]:
    """Roles of the years outside names, each at most one."""
    triggers = [
        m for m in _TRIGGER.finditer(clause.text) if not _in_name(clause, m.start(), m.end())
    ]
    last: tuple[YearMeaning, Mention] | None = None
    for i, year in enumerate(clause.years):
        if year.year_start != year.year_end:
            if thing := _spanned(clause, year):
                yield from _role(year, thing, "period_start", "period_end")
            last = None
            continue
        at = year.start - clause.start
        if (
            i
            and last
            and _ADDING.fullmatch(clause.text[clause.years[i - 1].end - clause.start : at])
        ):
            yield from _role(year, last[1], last[0])
            continue
        last = (
            _bracketed(clause, year)
            or _bounded(clause, i)
            or _after(clause, year, triggers)
            or _fronted(clause, year, triggers)
            or _aimed(clause, year)
        )
        if last:
            yield from _role(year, last[1], last[0])


def _in_name(clause: _Clause, start: int, end: int) -> bool:
    return any(t.start - clause.start < end and start < t.end - clause.start for t in clause.things)


def _spanned(clause: _Clause, year: Mention) -> Mention | None:
    """The strategy or law whose period a span is: right behind its name, or after 'covers'."""
    before = clause.before(year)
    thing = _nearest(clause, len(before))
    if thing is None or thing.start > year.start or not _PERIOD.search(before):
        return None
    gap = before[thing.end - clause.start :] if thing in clause.things else before
    return thing if len(gap) < 60 and not _OTHER_EVENT.search(gap) else None


def _bounded(clause: _Clause, i: int) -> tuple[YearMeaning, Mention] | None:
    """'covers the period from 2019 to 2025'."""
    year = clause.years[i]
    before = clause.before(year)
    thing = _nearest(clause, len(before))
    if thing is None:
        return None
    gap = before[thing.end - clause.start :] if thing in clause.things else before
    first = i and re.fullmatch(
        r".*?(?:19|20)\d\d\s+(?:to|and|until|through)\s+(?:the end of\s+)?", gap
    )
    if not _RUNS.match(gap) or _OTHER_EVENT.search(gap) or len(gap) > (90 if first else 70):
        return None
    after = clause.text[year.end - clause.start :]
    opens = re.search(r"\b(?:from|between|for|years|period)\s+$", before)
    if opens and re.match(
        r"\s+(?:to|and|until|through)\s+(?:the end of\s+)?(?:19|20)\d\d\b", after
    ):
        return "period_start", thing
    earlier = clause.years[i - 1] if i else None
    if earlier and re.fullmatch(
        r"\s+(?:to|and|until|through)\s+(?:the end of\s+)?",
        clause.text[earlier.end - clause.start : year.start - clause.start],
    ):
        front = clause.before(earlier)
        if re.search(r"\b(?:from|between|for|years|period)\s+$", front):
            return "period_end", thing
    return None


def _after(
    clause: _Clause, year: Mention, triggers: Sequence[re.Match[str]]
) -> tuple[YearMeaning, Mention] | None:
    """'adopted in 2017', 'the adoption of X in 2017', 'repealed by parliament in 2010'."""
    at = year.start - clause.start
    earlier = [m for m in triggers if m.end() <= at]
    if not earlier:
        return None
    trigger = earlier[-1]
    between = clause.text[trigger.end() : at]
    if _CLAUSE.search(between) or re.search(
        r"\b(?:19|20)\d\d\b", _without_names(clause, trigger.end(), at)
    ):
        return None
    plain = _BY.sub("", re.sub("#+", "#", _without_names(clause, trigger.end(), at)))
    close = re.fullmatch(_ON, between, re.IGNORECASE)
    if not close and (
        not re.search(_ON, plain) or len(plain.strip()) > 55 or _OTHER_EVENT.search(plain)
    ):
        return None
    if not close and not re.search(
        r"(?:\bsince\s*)?\($|\b(?:in|on|since|from|of|until|by|to|as of)\s+(?:\w+"
        r"\s+){0,2}(?:\d{1,2},?\s*)?$",
        plain,
    ):
        return None
    if _DENIED.search(clause.text[: trigger.start()][-60:]):
        return None
    role = _named(trigger)
    if role == "in_force" and re.search(r"\buntil\s+(?:\w+\s+){0,3}$", between):
        role = "repealed"
    if (
        role == "adopted"
        and re.search(r"\b(?:to|until|through|by)\s+(?:\w+\s+)?$", between)
        and "back" not in trigger.group()
        and "goes" not in trigger.group()
    ):
        return None
    if (
        role == "period_start"
        and trigger.group().lower().startswith("beg")
        and not re.search(r"\b(?:in|from|on|of)\b", between)
    ):
        return None
    thing = _object(clause, trigger, at)
    return (role, thing) if thing else None


def _fronted(
    clause: _Clause, year: Mention, triggers: Sequence[re.Match[str]]
) -> tuple[YearMeaning, Mention] | None:
    """'In 2017, the government adopted X'."""
    at, end = year.start - clause.start, year.end - clause.start
    if not _FRONTED.search(clause.text[:at]):
        return None
    later = [m for m in triggers if m.start() >= end]
    if not later:
        return None
    trigger = later[0]
    between = clause.text[end : trigger.start()]
    after = clause.text[trigger.end() :]
    if (
        len(between) > 110
        or _CLAUSE.search(between)
        or re.search(r"\b(?:19|20)\d\d\b", _without_names(clause, end, trigger.start()))
    ):
        return None
    if re.match(
        r"\s+(?:only |finally )?(?:in|on|since|from)\s+(?:\w+\s+){0,2}(?:19|20)\d\d", after
    ) or _DENIED.search(between[-60:]):
        return None
    thing = _object(clause, trigger, len(clause.text))
    if thing is None or (
        thing in clause.things
        and abs(thing.start - clause.start - trigger.end()) > 60
        and thing.start - clause.start > trigger.end()
    ):
        return None
    return _named(trigger), thing


def _bracketed(clause: _Clause, year: Mention) -> tuple[YearMeaning, Mention] | None:
    """'General Law on Transparency (2015)', 'the Strategy of 2018', '2015 … Act'."""
    at = year.start - clause.start
    for thing in clause.things:
        gap = clause.text[thing.end - clause.start : at] if thing.end <= year.start else None
        if gap is not None and re.fullmatch(
            r"(?:\s+\([A-Z]\w+\))?\s*(?:\(|of\s+(?:\w+\s+)?|from\s+|,\s*of\s+|dated\s+"
            r"(?:\w+\s+)?|dating from\s+)",
            gap,
        ):
            return "adopted", thing
        lead = clause.text[year.end - clause.start : thing.start - clause.start]
        if year.end <= thing.start and re.fullmatch(r"\s+", lead):
            return "adopted", thing
    return None


def _aimed(clause: _Clause, year: Mention) -> tuple[YearMeaning, Mention] | None:
    """'aims to connect every household by 2025'."""
    before = clause.before(year)
    if not _GOAL.search(before):
        return None
    thing = _nearest(clause, len(before))
    if thing is None:
        return None
    gap = before[thing.end - clause.start :] if thing in clause.things else before
    by = re.search(r"\bby\s+(?:the end of |the year |mid-|early |late )?$", before)
    if _CLAUSE.search(gap) or (
        not by and not re.search(r"\b(?:to|until|towards|before)\s+(?:\w+\s+)*$", before)
    ):
        return None
    return ("target", thing) if _AIM.search(gap) else None


def _object(clause: _Clause, trigger: re.Match[str], limit: int) -> Mention | None:
    """What a verb or noun speaks of: its subject if passive, else what follows it."""
    before = clause.text[: trigger.start()]
    following = [
        t
        for t in clause.things
        if trigger.end() <= t.start - clause.start < max(limit, trigger.end() + 1)
        and t.start - clause.start - trigger.end() < 60
    ]
    by_another = re.match(r"\s+by\b", clause.text[trigger.end() :])
    passive = _PASSIVE.search(before)
    noun = trigger.group().lower().endswith(("ion", "al", "age", "ment", "ments", "y"))
    if not _has_object(clause, trigger, bool(passive), noun, bool(following)):
        return None
    if (
        following
        and not by_another
        and (noun or not passive)
        and trigger.group().lower() not in ("followed",)
    ):
        gap = clause.text[trigger.end() : following[0].start - clause.start]
        direct = re.sub(r"^\s*(?:of|on|to)\s", "", gap)
        if noun or (len(direct.split()) <= _GAP and not _PREPOSITION.search(direct)):
            return following[0]
    thing = _nearest(clause, trigger.start())
    if thing is clause.topic and thing is not None and not noun and not _SUBJECT.search(before):
        return None
    if thing in clause.things and thing is not None and not _is_subject(clause, thing, trigger):
        return None
    if thing in clause.things and thing is not None and _ABOUT.search(clause.before(thing)):
        return None  # the review of a plan was published
    return thing


def _is_subject(clause: _Clause, thing: Mention, trigger: re.Match[str]) -> bool:
    """Whether no other subject stands between a thing and the verb behind it."""
    if thing.end - clause.start > trigger.start():
        return True
    gap = clause.text[thing.end - clause.start : trigger.start()]
    if relative := _RELATIVE.search(gap):
        return not gap[: relative.start()].strip(" ,()'")
    loose = _named(trigger) in ("period_start", "period_end")
    return not loose or len(gap.split()) <= _GAP


def _has_object(
    clause: _Clause, trigger: re.Match[str], passive: bool, noun: bool, following: bool
) -> bool:
    """Whether a verb speaks of a known thing: not 'the guidelines issued by the Ombudsman'."""
    if passive or noun or following or _INTRANSITIVE.search(trigger.group()):
        return True
    if _PRONOUN.match(clause.text[trigger.end() :]):
        return True
    at = trigger.start() + clause.start
    return any(0 <= at - t.end <= 12 for t in clause.things)


def _nearest(clause: _Clause, at: int) -> Mention | None:
    """The last thing named before a position, else what the sentence before spoke of."""
    before = [t for t in clause.things if t.end - clause.start <= at]
    if not before and not clause.topic:
        first = clause.things[0] if clause.things else None
        led = first and re.search(r",\s+(?:the\s+)?(?:[A-Z]\w+(?:'s)?\s+)?$", clause.before(first))
        return first if first and led and first.start - clause.start - at < 90 else None
    if not before:
        return clause.topic
    if (
        len(before) > 1
        and clause.text[before[-2].end - clause.start : before[-1].start - clause.start] == " ("
    ):
        return before[-2]
    if _BACK.match(clause.text) and clause.topic and at < before[0].start - clause.start:
        return clause.topic
    return before[-1]


def _named(trigger: re.Match[str]) -> YearMeaning:
    return cast(YearMeaning, trigger.lastgroup)


def _without_names(clause: _Clause, start: int, end: int) -> str:
    """A stretch of the clause with the names in it blotted out."""
    text = clause.text
    for t in clause.things:
        a, b = t.start - clause.start, t.end - clause.start
        text = text[:a] + "#" * (b - a) + text[b:]
    return text[start:end]
