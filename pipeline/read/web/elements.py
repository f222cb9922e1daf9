"""What the elements of HTML are for: which stand on lines of their own, which are never text."""

import re

from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li"
    " main menu nav noscript ol optgroup option p pre section select summary table tbody td"
    " textarea tfoot th thead tr ul".split()
)
# No text is ever taken from these.
SILENT = "script, style, template, svg, iframe, object, embed, canvas, audio, video, map, datalist"
SKIPPED = frozenset(("head", "-comment", "!doctype", "-doctype"))
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
MOST_SURE = 6  # up to this level an element itself says that it is a heading
OPENERS = 7  # level of what opens a part of an accordion
STYLED = 8  # level of what only a class calls a heading
BOLD = 9  # level of a paragraph that is bold throughout and short

MOST_WORDS = 12  # of a heading that no element says to be one
_BLOCK_ROLES = frozenset(
    "article banner cell contentinfo dialog heading list listitem main navigation paragraph"
    " region row search tab tabpanel".split()
)
_HEADING_CLASS = re.compile(
    r"(?:^|[-_\s])(?:h[1-6]|heading|headline|title|mso-?title|accordion-(?:header|button|trigger))"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_LIST_CLASS = re.compile(r"(?:^|\s)(?:MsoListParagraph\w*|list-item)(?:$|\s)")
_OPENER_CLASS = re.compile(r"accordion|collaps|toggle|expand", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CONTROL = re.compile(
    r"(?:(?:show|hide|read|see|view|load|learn|open|close) (?:more|less|all|this)\b.*"
    r"|expand(?: all)?|collapse(?: all)?|toggle\b.*|(?:main |site )?menu|show|hide|close|open|share"
    r"|print|download|search|subscribe|accept(?: all)?|reject(?: all)?|edit|back|next|previous"
    r"|[▼▲▾▴▸▹►◂◄+−–×✕✖›‹»«¶#§⌄⌃…🔗☰\[\]-]+)",
    re.IGNORECASE,
)
_OPENED = 12  # words below a button that opens them

Attributes = dict[str, str | None]


def is_block(tag: str, attributes: Attributes) -> bool:
    """Whether the element stands on a line of its own."""
    return tag in BLOCKS or attributes.get("role") in _BLOCK_ROLES


def heading_level(node: LexborNode, tag: str, attributes: Attributes) -> int:
    """The level of a heading, 0 if the element is none."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    if attributes.get("role") == "heading":
        level = attributes.get("aria-level") or ""
        return int(level) if re.fullmatch("[1-9]", level) else STYLED
    if tag in ("summary", "dt") or _opens(node, tag, attributes):
        return OPENERS
    return STYLED if _HEADING_CLASS.search(attributes.get("class") or "") else 0


def _opens(node: LexborNode, tag: str, attributes: Attributes) -> bool:
    """Whether the element opens a part of an accordion."""
    if tag != "button" and attributes.get("role") not in ("button", "tab"):
        return False
    names = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
    if any(name in attributes for name in names):
        return True
    if _OPENER_CLASS.search(attributes.get("class") or ""):
        return True
    return tag == "button" and (
        node.css_first("h1, h2, h3, h4, h5, h6") is not None or _above(node)
    )


def _above(node: LexborNode) -> bool:
    """Whether a short element stands right above prose."""
    below = node.next
    while below is not None and below.tag in ("-text", "-comment"):
        if (below.text_content or "").strip() and below.tag == "-text":
            return False
        below = below.next
    if below is None or len(node.text(deep=True).split()) > MOST_WORDS:
        return False
    return len(below.text(deep=True).split()) >= _OPENED


def is_list_item(tag: str, attributes: Attributes) -> bool:
    """Whether the element is an item of a list."""
    return tag == "li" or bool(_LIST_CLASS.search(attributes.get("class") or ""))


def is_bold(tag: str, attributes: Attributes) -> bool:
    """Whether the element prints its text in bold."""
    return tag in ("b", "strong") or bool(_BOLD_STYLE.search(attributes.get("style") or ""))


def is_control(words: str) -> bool:
    """Whether the words on a button work the page and say nothing: 'Show more', 'Close', '▼'."""
    return _CONTROL.fullmatch(words.strip(" \t\n\r\f\u00a0,.")) is not None
