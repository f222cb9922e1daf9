"""A candidate name as a set of features, for the span classifier."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property

from spacy.tokens import Doc

from pipeline import knowledge, normalise
from pipeline.extract.acronyms import definitions, is_acronym
from pipeline.extract.candidates import known
from pipeline.extract.rules import Bounds, appositions, grammar
from pipeline.extract.tokens import at, head, is_connector, is_name, is_year, shape

_OPEN = frozenset("“\"‘'„«")
_CLOSE = frozenset("”\"’'“»")
_TITLES = frozenset(
    "minister ministers president chancellor premier mr mrs ms dr sir director secretary"
    " commissioner chairman chair professor prof king queen judge senator mayor governor"
    " general".split()
)
_ARTICLES = frozenset("the a an this that these its their his her our".split())


@dataclass
class Context:
    """What the features of all candidates of one text share.

    Attributes:
        register: 'citation' for references, else 'body'.
    """

    doc: Doc
    register: str
    lowered: frozenset[str] = field(default_factory=frozenset)
    _by_token: dict[int, dict[int, list[Bounds]]] = field(default_factory=dict, repr=False)

    @cached_property
    def known(self) -> dict[Bounds, set[str]]:
        """Labels of the known names, by bounds."""
        found: dict[Bounds, set[str]] = defaultdict(set)
        for start, end, label in known(self.doc):
            found[start, end].add(label)
        return found

    def near(self, spans: dict[Bounds, set[str]], start: int, end: int) -> list[Bounds]:
        """The bounds that share a token with a candidate, in order."""
        if id(spans) not in self._by_token:
            table: dict[int, list[Bounds]] = defaultdict(list)
            for s, e in spans:
                for i in range(s, e):
                    table[i].append((s, e))
            self._by_token[id(spans)] = table
        table = self._by_token[id(spans)]
        found = {bounds for i in range(start, end) for bounds in table.get(i, ())}
        return sorted(found)

    @cached_property
    def grammar(self) -> dict[Bounds, set[str]]:
        """Names of the patterns that hold, by bounds."""
        found: dict[Bounds, set[str]] = defaultdict(set)
        for start, end, label, name in grammar(self.doc):
            found[start, end] |= {f"rule={name}", f"ruled={label}"}
        return found

    @cached_property
    def renamed(self) -> dict[int, int]:
        """For each token after which a bracket renames, the number of its parts."""
        found: dict[int, int] = defaultdict(int)
        for (end, _), _ in appositions(self.doc):
            found[end] += 1
        return found

    @cached_property
    def renames(self) -> dict[Bounds, int]:
        """Parts of brackets that rename, with the token of the bracket."""
        return {part: end for (end, _), part in appositions(self.doc)}

    @cached_property
    def defined(self) -> dict[Bounds, int]:
        """Long forms, with the token of their acronym."""
        return {(start, end): i for start, end, i in definitions(self.doc)}

    @cached_property
    def acronyms(self) -> dict[int, Bounds]:
        """Defined acronyms, with their long form."""
        return {i: bounds for bounds, i in self.defined.items()}


def features(context: Context, start: int, end: int) -> str:
    """The features of the candidate `doc[start:end]`, parted by blanks."""
    doc = context.doc
    found = [*_inside(doc, start, end), *_around(doc, start, end), *_knowledge(context, start, end)]
    found += _acronym(context, start, end)
    found += _grammar(context, start, end)
    if context.register == "citation":
        found += [f"cit:{f}" for f in found if f.startswith(("L=", "H=", "P1=", "N1=", "shp"))] + [
            "cit"
        ]
    first = doc[start]
    if first.lower_ in context.lowered:
        found.append("lowered")
    return " ".join(f.replace(" ", "_") for f in found)


def _inside(doc: Doc, start: int, end: int) -> list[str]:
    span = doc[start:end]
    words = [t for t in span if any(c.isalnum() for c in t.text)]
    names = sum(is_name(t) for t in span)
    first, last = doc[start], doc[end - 1]
    found = [
        f"L={last.lower_}",
        f"F={first.lower_}",
        f"n={min(len(words), 8)}",
        f"caps={min(names, 6)}",
        f"shp={'_'.join(shape(t) for t in span[:6])}" if len(span) <= 6 else "shp=long",
        f"shpF={shape(first)}",
        f"shpL={shape(last)}",
        f"suf={last.lower_[-3:]}",
        f"pre={first.lower_[:5]}",
    ]
    heads = [(i, label) for i, t in enumerate(span) if (label := head(t))]
    found += _heads(heads, len(span))
    found += [f"w={t.lower_}" for t in words[:12]]
    found += [f"b={a.lower_}_{b.lower_}" for a, b in zip(words, words[1:], strict=False)]
    flags = {
        "of": any(t.lower_ in ("of", "for") for t in span),
        "comma": any(t.text == "," for t in span),
        "and": any(t.lower_ in ("and", "&") for t in span),
        "digit": any(t.like_num for t in span),
        "yearF": is_year(first),
        "yearL": is_year(last),
        "lowerL": last.is_lower,
        "colon": any(t.text in ":;.()" for t in span),
        "quote": any(t.text in _OPEN | _CLOSE for t in span),
        "foreign": any(ord(c) > 127 and c.isalpha() for t in span for c in t.text),
        "allcaps": len(words) > 1 and all(t.is_upper for t in words),
        "det": first.lower_ in _ARTICLES,
    }
    return found + [f"is:{name}" for name, on in flags.items() if on]


def _heads(heads: list[tuple[int, str]], size: int) -> list[str]:
    if not heads:
        return ["H=none"]
    first, last = heads[0], heads[-1]
    found = [f"H={label}" for _, label in heads]
    if first[0] == 0:
        found.append(f"H0={first[1]}")
    if last[0] == size - 1:
        found.append(f"H1={last[1]}")
    found.append(f"Hn={min(len(heads), 4)}")
    return found


def _around(doc: Doc, start: int, end: int) -> list[str]:
    before, after = at(doc, start - 1), at(doc, end)
    before2, after2 = at(doc, start - 2), at(doc, end + 1)
    low = [t.lower_ if t else "<>" for t in (before2, before, after, after2)]
    found = [
        f"P1={low[1]}",
        f"P2={low[0]}_{low[1]}",
        f"N1={low[2]}",
        f"N2={low[2]}_{low[3]}",
        f"sP={shape(before)}",
        f"sN={shape(after)}_{shape(after2)}",
    ]
    if start == 0 or doc[start].is_sent_start:
        found.append("first")
    left = _reaches(doc, start - 1, -1)
    right = _reaches(doc, end, 1)
    last_head = head(doc[end - 1])
    found += [f"left={left}", f"right={right}", f"lr={left}_{right}"]
    found.append(f"right={right}&H1={last_head}")
    found.append(f"left={left}&H0={head(doc[start])}")
    if before and after and before.text in _OPEN and after.text in _CLOSE | {",", "."}:
        found.append("quoted")
    if before and after and before.text == "(" and after.text in (")", ",", ";"):
        found.append("bracketed")
    if low[1] in _TITLES or low[0] in _TITLES:
        found.append("titled")
    return found


def _reaches(doc: Doc, i: int, step: int) -> str:
    """What the name could be extended by on one side: a name word, one over a connector, none."""
    token = at(doc, i)
    if token is None:
        return "end"
    if is_name(token) or is_year(token):
        return "name"
    beyond = at(doc, i + step)
    if is_connector(token) and beyond is not None:
        if is_name(beyond):
            return f"over_{token.lower_}"
        further = at(doc, i + 2 * step)
        if is_connector(beyond) and further is not None and is_name(further):
            return f"over2_{token.lower_}"
    if step > 0 and head(token):
        return f"head_{head(token)}"
    return "no"


def _knowledge(context: Context, start: int, end: int) -> list[str]:
    span = context.doc[start:end]
    text = span.text
    found = [f"known={label}" for label in sorted(context.known.get((start, end), ()))]
    for s, e in context.near(context.known, start, end):
        labels = context.known[s, e]
        if s <= start and end <= e and (s, e) != (start, end):
            found += [f"inknown={label}" for label in sorted(labels)]
        elif start <= s and e <= end and (s, e) != (start, end):
            found += [f"hasknown={label}" for label in sorted(labels)]
            found += [f"hasknown0={label}" for label in sorted(labels) if s == start]
            found += [f"hasknown1={label}" for label in sorted(labels) if e == end]
    if normalise.country(text):
        found.append("country")
    elif normalise.country(span[-1].text):
        found.append("endsCountry")
    if normalise.country(span[0].text):
        found.append("startsCountry")
    found += [f"ev={kind}" for kind in _kinds().get(text, ())]
    return found


def _grammar(context: Context, start: int, end: int) -> list[str]:
    found = sorted(context.grammar.get((start, end), ()))
    for s, e in context.near(context.grammar, start, end):
        names = context.grammar[s, e]
        if (s, e) == (start, end):
            continue
        ruled = [n for n in sorted(names) if n.startswith("ruled=")]
        if s <= start and end <= e:
            found += [f"in_{n}" for n in ruled]
            found += [f"in0_{n}" for n in ruled if s == start]
            found += [f"in1_{n}" for n in ruled if e == end]
        elif start <= s and e <= end:
            found += [f"has_{n}" for n in ruled]
            found += [f"has1_{n}" for n in ruled if e == end]
    if end in context.renamed:
        found.append(f"renamed={min(context.renamed[end], 3)}")
    if (start, end) in context.renames:
        before = context.doc[max(0, context.renames[start, end] - 8) : context.renames[start, end]]
        labels = [label for t in before if (label := head(t))]
        found.append(f"renames={labels[-1] if labels else 'none'}")
    return found


def _acronym(context: Context, start: int, end: int) -> list[str]:
    doc = context.doc
    found = []
    if (start, end) in context.defined:
        found.append("longform")
    elif any(e == end for _, e in context.defined):
        found.append("longformEnd")
    elif any(s == start for s, _ in context.defined):
        found.append("longformStart")
    if end - start == 1 and is_acronym(doc[start].text):
        found.append("acronym")
        if start in context.acronyms:
            long = doc[slice(*context.acronyms[start])]
            labels = {label for t in long if (label := head(t))}
            found += [f"acronymOf={label}" for label in sorted(labels)] or ["acronymOf=none"]
    return found


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """Kinds of country evidence, by term."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in knowledge.evidence():
        found[row.term].add(row.kind)
    for country in knowledge.countries():
        for word in (*country.adjectives, *country.demonyms):
            found[word].add("adjective")
        if country.capital:
            found[country.capital].add("capital")
    return {term: tuple(sorted(kinds)) for term, kinds in found.items()}
