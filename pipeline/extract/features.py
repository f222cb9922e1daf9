"""A candidate name as a set of features, for the span classifier."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.acronyms import is_acronym
from pipeline.extract.candidates import candidates
from pipeline.extract.clusters import cluster
from pipeline.extract.grammar import appositions, grammar
from pipeline.extract.reference import Known, known
from pipeline.extract.words import Bounds, Sentence, Word

_OPEN = frozenset("“\"‘'„«")
_CLOSE = frozenset("”\"’'“»")
_TITLES = frozenset(
    "minister ministers president chancellor premier mr mrs ms dr sir director secretary"
    " commissioner chairman chair professor prof king queen judge senator mayor governor"
    " general".split()
)
_ARTICLES = frozenset("the a an this that these its their his her our".split())
_PREPOSITIONS = frozenset(
    "of for on de del della des du di dei da do dos van voor für der des zur zum til för om".split()
)
_POSSESSIVES = frozenset(("’s", "'s"))
_NEAR = 4  # words on each side whose meaning counts
_SEEN = 12  # words inside that count

Forget = Callable[[str], bool]


@dataclass
class Context:
    """What the features of all candidates of one sentence share.

    Attributes:
        forget: Whether to pretend that `reference/` does not hold a form; for training.
    """

    sentence: Sentence
    forget: Forget | None = None
    _near: dict[int, dict[int, list[Bounds]]] = field(default_factory=dict, repr=False)
    _left: dict[int, str] = field(default_factory=dict, repr=False)
    _right: dict[int, str] = field(default_factory=dict, repr=False)

    @cached_property
    def known(self) -> dict[Bounds, set[str]]:
        """Labels of the known names and whose they are, by bounds."""
        found: dict[Bounds, set[str]] = defaultdict(set)
        for name in self._known():
            found[name.start, name.end].add(f"{name.label}:{name.whose}")
        return found

    def _known(self) -> Iterable[Known]:
        forget, sentence = self.forget, self.sentence
        for name in known(sentence):
            if forget is None or not forget(sentence.form(name.start, name.end)):
                yield name

    @cached_property
    def grammar(self) -> dict[Bounds, set[str]]:
        """Names of the patterns that hold, by bounds."""
        found: dict[Bounds, set[str]] = defaultdict(set)
        for start, end, label, name in grammar(self.sentence):
            found[start, end] |= {f"rule={name}", f"ruled={label}"}
        return found

    @cached_property
    def renamed(self) -> dict[int, int]:
        """For each word after which a bracket renames, the number of its parts."""
        found: dict[int, int] = defaultdict(int)
        for end, _ in appositions(self.sentence):
            found[end] += 1
        return found

    @cached_property
    def renames(self) -> dict[Bounds, int]:
        """Parts of brackets that rename, with the word of the bracket."""
        return {part: end for end, part in appositions(self.sentence)}

    @cached_property
    def defined(self) -> dict[Bounds, int]:
        """Long forms, with the word of their acronym."""
        return {(start, end): i for start, end, i in self.sentence.definitions}

    @cached_property
    def acronyms(self) -> dict[int, Bounds]:
        """Defined acronyms, with their long form."""
        return {i: bounds for bounds, i in self.defined.items()}

    @cached_property
    def marks(self) -> list[list[str]]:
        """Features of each word inside a candidate."""
        return [_marks(w) for w in self.sentence.words]

    @cached_property
    def meanings(self) -> list[list[str]]:
        """What each word means to its neighbours."""
        return [_meaning(w) for w in self.sentence.words]

    def left(self, i: int) -> str:
        """What a candidate that begins at word `i` could be extended by."""
        if i not in self._left:
            self._left[i] = _reaches(self.sentence, i - 1, -1)
        return self._left[i]

    def right(self, i: int) -> str:
        """What a candidate that ends before word `i` could be extended by."""
        if i not in self._right:
            self._right[i] = _reaches(self.sentence, i, 1)
        return self._right[i]

    def near(self, spans: dict[Bounds, set[str]], start: int, end: int) -> list[Bounds]:
        """The bounds that share a word with a candidate, in order."""
        if not spans:
            return []
        if id(spans) not in self._near:
            table: dict[int, list[Bounds]] = defaultdict(list)
            for s, e in spans:
                for i in range(s, e):
                    table[i].append((s, e))
            self._near[id(spans)] = table
        table = self._near[id(spans)]
        if end - start == 1:
            return sorted(table.get(start, ()))
        return sorted({bounds for i in range(start, end) for bounds in table.get(i, ())})


def rows(sentence: Sentence, forget: Forget | None = None) -> tuple[list[Bounds], list[list[str]]]:
    """The candidates of a sentence and their features."""
    context = Context(sentence, forget)
    bounds = candidates(sentence, [*context.known, *context.grammar])
    return bounds, [features(context, start, end) for start, end in bounds]


def features(context: Context, start: int, end: int) -> list[str]:
    """The features of the candidate `words[start:end]`, each once."""
    sentence = context.sentence
    found = _inside(context, start, end)
    found += _around(context, start, end)
    found += _knowledge(context, start, end)
    found += _acronym(context, start, end)
    found += _grammar(context, start, end)
    if sentence.register == "citation":
        found += ["cit:" + f for f in found if f.startswith(_CITED)]
        found.append("cit")
    return list(dict.fromkeys(found))


_CITED = ("L=", "H=", "P1=", "N1=", "shp", "SH=", "known=", "rule=")


def _marks(word: Word) -> list[str]:
    found = [f"w={word.lower}"]
    if code := cluster(word.lower):
        found += [f"wc={code[0]}", f"wk={code[1]}"]
    return found


def _meaning(word: Word) -> list[str]:
    found = [word.lower]
    if code := cluster(word.lower):
        found.append("*" + code[1])
    return found


def _inside(context: Context, start: int, end: int) -> list[str]:
    sentence = context.sentence
    span = sentence.words[start:end]
    named = sentence.named[start:end]
    words = [w for w in span if w.alnum]
    first, last = span[0], span[-1]
    shapes = [w.shape for w in span]
    found = [
        f"L={last.lower}",
        f"F={first.lower}",
        f"n={min(len(words), 8)}",
        f"caps={min(sum(named), 6)}",
        f"shp={'_'.join(shapes)}" if len(span) <= 6 else "shp=long",
        f"shpF={first.shape}",
        f"shpL={last.shape}",
        f"suf={last.lower[-3:]}",
        f"pre={first.lower[:5]}",
    ]
    found += _heads([(i, w.head) for i, w in enumerate(span) if w.head], len(span))
    for marks in context.marks[start : min(end, start + _SEEN)]:
        found += marks
    found += [f"b={a.lower}_{b.lower}" for a, b in zip(words, words[1:], strict=False)]
    top = _top(span)
    found += [f"S={top.lower}", f"SH={top.head}", f"SH={top.head}&n={min(len(words), 4)}"]
    texts = {w.text for w in span}
    flags = {
        "of": any(w.lower in ("of", "for") for w in span),
        "comma": "," in texts,
        "and": "and" in texts or "&" in texts,
        "digit": any(w.number or w.year for w in span),
        "yearF": first.year,
        "yearL": last.year,
        "lowerL": last.alpha and not last.capital,
        "lower": any(w.alpha and not w.capital and not w.connector for w in span),
        "colon": bool(texts & {":", ";", ".", "(", ")"}),
        "quote": bool(texts & (_OPEN | _CLOSE)),
        "foreign": any(not w.text.isascii() and w.alpha for w in span),
        "allcaps": len(words) > 1 and all(w.text.isupper() for w in words),
        "det": first.lower in _ARTICLES,
        "domain": len(span) == 1 and "." in first.text.strip("."),
        "camel": len(span) == 1 and first.shape in ("AaA", "aA"),
    }
    found += [f"is:{name}" for name, on in flags.items() if on]
    owner = next((i for i, w in enumerate(span) if w.text in _POSSESSIVES), None)
    if owner is not None:
        found += ["poss", f"poss&H={last.head}"]
        if (start, start + owner) in context.known:
            found += [
                f"poss&known={label}" for label in sorted(context.known[start, start + owner])
            ]
    if first.country:
        found += [f"country0={first.country}", f"country0={first.country}&H={last.head}"]
    if any(w.given for w in span):
        found += ["given", f"given&H={last.head}"]
        if first.given:
            found.append("given0")
    if last.country:
        found.append(f"country1={last.country}")
    return found


def _top(span: list[Word]) -> Word:
    """The word that the others explain: 'Centre' of 'Centre for Policy', 'Act' of 'Audit Act'."""
    for i, word in enumerate(span):
        if i and word.lower in _PREPOSITIONS:
            return span[i - 1]
    for word in reversed(span):
        if word.alpha:
            return word
    return span[-1]


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


def _around(context: Context, start: int, end: int) -> list[str]:
    sentence = context.sentence
    words, size = sentence.words, len(sentence.words)
    before = words[start - 1] if start else None
    after = words[end] if end < size else None
    before2 = words[start - 2] if start > 1 else None
    after2 = words[end + 1] if end + 1 < size else None
    low = [w.lower if w else "<>" for w in (before2, before, after, after2)]
    shape = [w.shape if w else "" for w in (before, after, after2)]
    found = [
        f"P1={low[1]}",
        f"P2={low[0]}_{low[1]}",
        f"N1={low[2]}",
        f"N2={low[2]}_{low[3]}",
        f"sP={shape[0]}",
        f"sN={shape[1]}_{shape[2]}",
    ]
    one = "one" if end - start == 1 else "many"
    for meaning in context.meanings[max(0, start - _NEAR) : start]:
        found += ["p:" + m for m in meaning]
    for i, meaning in enumerate(context.meanings[end : end + _NEAR]):
        found += ["n:" + m for m in meaning]
        if i < 2:
            found += [f"n{i}{one}:" + m for m in meaning]
    if after and after.head and not after.capital:
        found += [f"then={after.head}", f"then={after.head}&{one}"]
    if after2 and after2.head and after and after.alpha and not after.capital:
        found.append(f"then2={after2.head}&{one}")
    if before and before.given:
        found.append("afterGiven")
    if start == 0:
        found.append("first")
    left, right = context.left(start), context.right(end)
    last_head = words[end - 1].head
    found += [f"left={left}", f"right={right}", f"lr={left}_{right}"]
    found += [f"right={right}&H1={last_head}", f"left={left}&H0={words[start].head}"]
    if before and after and before.text in _OPEN and after.text in _CLOSE | {",", "."}:
        found += ["quoted", f"quoted&P2={low[0]}"]
    if before and before.text == "(" and after and after.text in ("),;"):
        found.append("bracketed")
    if after and after.text == "(":
        found.append("toBracket")
    if low[1] in _TITLES or low[0] in _TITLES:
        found.append("titled")
    return found


def _reaches(sentence: Sentence, i: int, step: int) -> str:
    """What the name could be extended by on one side: a name word, one over a connector, none."""
    words = sentence.words
    if not 0 <= i < len(words):
        return "end"
    word = words[i]
    if sentence.named[i] or word.year:
        return "name"
    if word.connector:
        beyond = i + step
        if 0 <= beyond < len(words):
            if sentence.named[beyond]:
                return f"over_{word.lower}"
            further = beyond + step
            if words[beyond].connector and 0 <= further < len(words) and sentence.named[further]:
                return f"over2_{word.lower}"
    if step > 0 and word.head:
        return f"head_{word.head}"
    return "no"


def _knowledge(context: Context, start: int, end: int) -> list[str]:
    found: list[str] = []
    table = context.known
    for s, e in context.near(table, start, end):
        if (s, e) == (start, end):
            left, right = context.left(start), context.right(end)
            for label in sorted(table[s, e]):
                found += [f"known={label}", f"known={label}&r={right}", f"known={label}&l={left}"]
                if left == right == "no":
                    found.append(f"known={label}&alone")
            if end - start == 1:
                found += ["known1=" + label for label in sorted(table[s, e])]
        elif s <= start and end <= e:
            found += ["inknown=" + label for label in sorted(table[s, e])]
        elif start <= s and e <= end:
            for label in sorted(table[s, e]):
                found.append("hasknown=" + label)
                if s == start:
                    found.append("hasknown0=" + label)
                if e == end:
                    found.append("hasknown1=" + label)
        else:
            found += ["cutsknown=" + label for label in sorted(table[s, e])]
    return found


def _grammar(context: Context, start: int, end: int) -> list[str]:
    table = context.grammar
    found: list[str] = []
    for s, e in context.near(table, start, end):
        if (s, e) == (start, end):
            found += sorted(table[s, e])
            right = context.right(end)
            found += [f"{n}&r={right}" for n in sorted(table[s, e]) if n.startswith("rule=")]
            if not any(
                (x, y) != (s, e) and x <= s and e <= y for x, y in context.near(table, s, e)
            ):
                found += [f"whole:{n}" for n in sorted(table[s, e])]
            continue
        ruled = [n for n in sorted(table[s, e]) if n.startswith("ruled=")]
        if s <= start and end <= e:
            found += ["in_" + n for n in ruled]
            if s == start:
                found += ["in0_" + n for n in ruled]
            if e == end:
                found += ["in1_" + n for n in ruled]
        elif start <= s and e <= end:
            found += ["has_" + n for n in ruled]
            if e == end:
                found += ["has1_" + n for n in ruled]
    if end in context.renamed:
        found.append(f"renamed={min(context.renamed[end], 3)}")
    bracket = context.renames.get((start, end))
    if bracket is not None:
        words = context.sentence.words[max(0, bracket - 8) : bracket]
        labels = [w.head for w in words if w.head]
        found.append(f"renames={labels[-1] if labels else 'none'}")
    return found


def _acronym(context: Context, start: int, end: int) -> list[str]:
    found = []
    if (start, end) in context.defined:
        found.append("longform")
    elif context.defined:
        if any(e == end for _, e in context.defined):
            found.append("longformEnd")
        if any(s == start for s, _ in context.defined):
            found.append("longformStart")
    words = context.sentence.words
    if end - start == 1 and is_acronym(words[start].text):
        found.append("acronym")
        if start in context.acronyms:
            long = words[slice(*context.acronyms[start])]
            labels = {w.head for w in long if w.head}
            found += [f"acronymOf={label}" for label in sorted(labels)] or ["acronymOf=none"]
    return found
