"""Markdown -> HTML: told by its content, since the same characters occur in plain text."""

import re
from html import escape
from statistics import median

from markdown_it import MarkdownIt

_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]* *$|\Z)", re.MULTILINE | re.DOTALL)
_ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+(?=.*[^\W\d_]).*$", re.MULTILINE)
_RANK = re.compile(r"^ {0,3}#[ \t]+\d+(?![\d.)])")  # `# 17 Key Findings` is a place in an index
_LINK = re.compile(
    r"\[(?=[^\[\]\n]*[^\W\d_])[^\[\]\n]+\]"  # a text with a letter in it
    r"\((?=[^()\s]*[/#.])[^()\s]+\)"  # and an address
)
_BOLD = re.compile(r"(?<![*\w])\*\*(?=[^\s*])(?=[^*\n]*[^\W\d_])[^*\n]+(?<=[^\s*])\*\*(?!\*)")
_UNDERLINED = re.compile(
    r"(?:\A|\n[ \t]*\n) {0,3}[^\W\d_][^\n|]*(?<!\.)\n {0,3}(?:={3,}|-{3,}) *(?:\n|\Z)"
)
# Below the head of a table; a single dash is a missing value.
_RULE = r"[ \t]*(?::?-{2,}:?|:-:?|-:)[ \t]*"
_TABLE = re.compile(rf"^ {{0,3}}\|?{_RULE}(?:\|{_RULE})+\|?[ \t]*$", re.MULTILINE)
_SIGNS = (_LINK, _BOLD, _UNDERLINED, _TABLE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_YAML = re.compile(r"(?:[\w.-]+:(?:\s.*)?|\s+\S.*|- .*|-|#.*|)$")
_FOOTNOTE = re.compile(r"^( {0,3})\[(?=\^[^\]\n]+\]:)", re.MULTILINE)
_UNWRAPPED = 100  # characters; no one breaks lines by hand as late as that
_MAX_NESTING = 40  # lists and quotes in each other; deeper ones would be dropped


def is_markdown(text: str) -> bool:
    """Whether a text is Markdown: two headings, or two other signs that plain text does not have.

    Dashes, asterisks and numbers before a line are no sign: plain text has them as well.
    """
    front, body = _front_matter(text)
    body = _FENCED.sub("", body)
    headings = sum(1 for line in _ATX.findall(body) if not _RANK.match(line))
    signs = sum(1 for sign in _SIGNS if sign.search(body)) + bool(front)
    return headings >= 2 or (headings >= 1) + signs >= 2


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
    html: str = parser.render(_FOOTNOTE.sub(r"\n\1\\[", body))
    return _footer(front) + html


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
