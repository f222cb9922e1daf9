"""Words that a line break parts: whether their hyphen is the writer's or the printer's."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HYPHENS = ("-", "\u2010", "\ufffe", "\u00ad")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_LAST = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*$")
_ADDRESS = re.compile(r"://|www\.|@")
# "and/" "or", "word—" "word", "2018–" "19"
_SEAMLESS = re.compile(r"[^\W\d_]—\w|[^\s/]/\w|\d–\d")
# Second parts of compounds that English writes with a hyphen.
_SECOND = frozenset(
    "based wide making makers term level scale oriented driven related led sector".split()
)
# First parts of words that English writes without one, though both parts are words.
_CLOSED = frozenset(
    "over under with some inter super any every fore back down work through there where".split()
)
_LINKS = frozenset("to of in and by on the for".split())  # "government-to-business"
_MANY = 5  # times as often
_MIN_PART = 4  # letters; shorter pieces of words are words by chance ("in", "out")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that stand within a document's lines, in lower case, with their number.

    Attributes:
        first: First parts of its compounds.
        typeset: Whether U+2010 stands at the ends of lines only: then it is the printer's, and
            any other hyphen is the writer's.
    """

    words: Counter[str]
    first: frozenset[str]
    typeset: bool

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Vocabulary":
        """Count the words but for those at the lines' ends, which may be halves."""
        words: Counter[str] = Counter()
        at_end = within = 0
        for line in lines:
            at_end += line.endswith("\u2010")
            within += "\u2010" in line[:-1]
            found = _WORD.findall(_plain(line.lower()))
            words.update(found[1:-1])
            words.update(part for word in found if "-" in word for part in word.split("-"))
        first = frozenset(word.split("-")[0] for word in words if "-" in word)
        return cls(words, first, at_end > _MANY * within)


def joined(lines: Sequence[str], vocabulary: Vocabulary) -> str:
    """The lines of a paragraph as one text."""
    text = ""
    for line in lines:
        line = line.strip()
        text = _join(text, line, vocabulary) if text else line
    return text[:-1] + "-" if text.endswith(("\ufffe", "\u00ad")) else text


def _plain(text: str) -> str:
    return text.replace("\u2010", "-").replace("\u2011", "-")


def _join(text: str, line: str, vocabulary: Vocabulary) -> str:
    token = text[text.rfind(" ") + 1 : -1]
    if _SEAMLESS.search(text[-2:] + line[:1]) and not _ADDRESS.search(token):
        return text + line
    left, right = _LAST.search(token), _WORD.match(line)
    if not text.endswith(_HYPHENS) or not left or not right:
        return f"{text} {line}"
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if vocabulary.typeset:
        genuine = not text.endswith("\u2010")
    else:
        genuine = bool(_ADDRESS.search(token)) or _is_compound(
            left.group(), right.group(), vocabulary
        )
    return f"{text[:-1]}-{line}" if genuine else text[:-1] + line


def _is_compound(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether the hyphen is the writer's."""
    tail = _plain(left).split("-")[-1]
    head = _plain(right).split("-")[0]
    if not (head[0].isalpha() and tail[-1].isalpha()):
        return True  # "2019-2025", "G20-led"
    whole = vocabulary.words[(tail + head).lower()]
    compound = vocabulary.words[f"{tail}-{head}".lower()]
    if whole or compound:
        return compound > whole
    if not head[0].islower() or not tail[-1].islower() or len(tail) == 1:
        return True  # "Paris-Based", "EU-wide", "e-government"
    chain = "-" in _plain(left) or ("-" in _plain(right) and head in _LINKS)
    return chain or _looks_compound(tail.lower(), head, vocabulary)


def _looks_compound(tail: str, head: str, vocabulary: Vocabulary) -> bool:
    """For words the document has nowhere else."""
    first = vocabulary.words[tail] > 0 or tail in vocabulary.first
    if head in _SECOND:
        return (first or len(tail) >= _MIN_PART) and tail not in _CLOSED
    if not first:
        return False
    long = min(len(tail), len(head)) >= _MIN_PART
    return long and vocabulary.words[head] > 0 and tail not in _CLOSED
