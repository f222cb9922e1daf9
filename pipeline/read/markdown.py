"""Markdown -> HTML: told by its content, since the same characters occur in plain text."""

import re
from html import escape
from itertools import takewhile
from statistics import median

from markdown_it import MarkdownIt

_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]* *$|\Z)", re.MULTILINE | re.DOTALL)
_ATX = re.compile(r" {0,3}#{1,6}[ \t]++(?=.*[^\W\d_])")
_RANK = re.compile(r" {0,3}#[ \t]+\d+(?![\d.)])")  # `# 17 Key Findings` is a place in an index
_LINK = re.compile(
    r"\[(?=[^\[\]\n]*[^\W\d_])[^\[\]\n]+\]"  # a text with a letter in it
    r"\((?=[^()\s]*[/#.])[^()\s]+\)"  # and an address
)
_BOLD = re.compile(r"(?<![*\w])\*\*(?=[^\s*])(?=[^*\n]*[^\W\d_])[^*\n]+(?<=[^\s*])\*\*(?!\*)")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*")
_UNDERLINED = re.compile(r" {0,3}[^\W\d_][^|]*(?<!\.)")
# Below the head of a table; a single dash is a missing value.
_DASHES = re.compile(r":?-{2,}:?|:-:?|-:")
_SAMPLE, _LONGEST = 400_000, 2_000  # characters by which Markdown is told; of a line
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_YAML = re.compile(r"(?:[\w.-]+:(?:\s.*)?|\s+\S.*|- .*|-|#.*|)$")
_FOOTNOTE = re.compile(r"^( {0,3})\[(?=\^[^\]\n]+\]:)", re.MULTILINE)
_UNWRAPPED = 100  # characters; no one breaks lines by hand as late as that
_WIDEST = 200  # columns
_MAX_NESTING = 40  # lists and quotes in each other; deeper ones would be dropped


def is_markdown(text: str) -> bool:
    """Whether a text is Markdown: two headings, or two other signs that plain text does not have.

    Dashes, asterisks and numbers before a line are no sign: plain text has them as well.
    """
    front, body = _front_matter(text[:_SAMPLE])
    lines = [line[:_LONGEST] for line in _FENCED.sub("", body).split("\n")]
    headings = sum(1 for line in lines if _ATX.match(line) and not _RANK.match(line))
    if headings >= 2:
        return True
    signs = (
        any(map(_LINK.search, lines)),
        any(map(_BOLD.search, lines)),
        any(_is_underlined(lines, i) for i in range(len(lines))),
        any(map(_is_rule, lines)),
        bool(front),
        headings == 1,
    )
    return sum(signs) >= 2


def _is_underlined(lines: list[str], i: int) -> bool:
    """Whether a line stands alone above a row of dashes or equals signs."""
    alone = i == 0 or not lines[i - 1].strip()
    ruled = i + 1 < len(lines) and _UNDERLINE.fullmatch(lines[i + 1]) is not None
    return alone and ruled and _UNDERLINED.fullmatch(lines[i]) is not None


def _is_rule(line: str) -> bool:
    """Whether a line parts the head of a table from its rows."""
    if "|" not in line or set(line) - set("|:- \t"):
        return False
    return all(_DASHES.fullmatch(cell.strip()) for cell in _cells(line))


def _cells(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def markdown(text: str) -> str:
    """The HTML of a Markdown text; HTML within it is shown as it stands, never interpreted.

    Front matter becomes a footer: it speaks about the file and is no part of the report.
    """
    front, body = _front_matter(text)
    parser = MarkdownIt(
        "commonmark",
        {"html": False, "breaks": _unwrapped(body), "maxNesting": _MAX_NESTING},
    ).enable("table")
    # CommonMark knows no footnotes: it would take one that is an address for a link's target.
    html: str = parser.render(_FOOTNOTE.sub(r"\n\1\\[", _widened(body)))
    return _footer(front) + html


def _widened(text: str) -> str:
    """Tables with a head as wide as their widest row; else cells beyond it would be dropped."""
    lines = text.split("\n")
    for i in range(1, len(lines)):
        if "|" in lines[i - 1] and _is_rule(lines[i][:_LONGEST]):
            rows = takewhile(str.strip, lines[i + 1 :])
            width = max((len(_cells(row)) for row in rows), default=0)
            missing = width - len(_cells(lines[i]))
            if 0 < missing < _WIDEST:
                lines[i - 1] = "|".join(["", *_cells(lines[i - 1]), *[" "] * missing, ""])
                lines[i] = "|".join(["", *_cells(lines[i]), *["--"] * missing, ""])
    return "\n".join(lines)


def _front_matter(text: str) -> tuple[str, str]:
    """The YAML between two lines of dashes at the very top, and the rest."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return "", text
    lines = found[1].splitlines()
    is_yaml = all(map(_YAML.match, lines)) and any(":" in line for line in lines)
    return (found[1], text[found.end() :]) if is_yaml else ("", text)


def _footer(front: str) -> str:
    lines = "<br />\n".join(map(escape, front.splitlines()))
    return f"<footer>\n{lines}\n</footer>\n" if lines else ""


def _unwrapped(text: str) -> bool:
    """Whether each line is a paragraph of its own, so that a line end was meant."""
    lengths = [
        len(line)
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    return bool(lengths) and median(lengths) > _UNWRAPPED
