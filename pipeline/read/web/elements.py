"""What the elements of HTML are for: which stand on lines of their own, which are never text."""

import re

BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li"
    " main menu nav noscript ol optgroup option p pre section select summary table tbody td"
    " textarea tfoot th thead tr ul".split()
)
SKIPPED = frozenset(
    "head script style template svg iframe object embed canvas audio video map datalist"
    " -comment !doctype -doctype".split()
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
OPENERS = 7  # level of what opens a part of an accordion
STYLED = 8  # level of what only a class calls a heading
BOLD = 9  # level of a paragraph that is bold throughout and short

MOST_WORDS = 12  # of a heading that no element says to be one
_HEADING_CLASS = re.compile(
    r"(?:^|[-_\s])(?:h[1-6]|heading|headline|title|mso-?title|accordion-(?:header|button|trigger))"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_LIST_CLASS = re.compile(r"(?:^|\s)(?:MsoListParagraph\w*|list-item)(?:$|\s)")
_OPENER_CLASS = re.compile(r"accordion|collaps|toggle|expand", re.IGNORECASE)
_CONTROL = re.compile(
    r"(?:(?:show|read|see|view|load|learn) (?:more|less|all)|expand(?: all)?|collapse(?: all)?"
    r"|menu|close|open|share|print|download|search|subscribe|accept(?: all)?|reject(?: all)?"
    r"|back|next|previous|×|☰|\+|-)",
    re.IGNORECASE,
)

Attributes = dict[str, str | None]


def heading_level(tag: str, attributes: Attributes) -> int:
    """The level of a heading, 0 if the element is none."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    if attributes.get("role") == "heading":
        level = attributes.get("aria-level") or ""
        return int(level) if re.fullmatch("[1-9]", level) else STYLED
    if tag in ("summary", "dt") or _opens(tag, attributes):
        return OPENERS
    return STYLED if _HEADING_CLASS.search(attributes.get("class") or "") else 0


def _opens(tag: str, attributes: Attributes) -> bool:
    """Whether the element opens a part of an accordion."""
    if tag != "button" and attributes.get("role") not in ("button", "tab"):
        return False
    names = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
    return any(name in attributes for name in names) or bool(
        _OPENER_CLASS.search(attributes.get("class") or "")
    )


def is_list_item(tag: str, attributes: Attributes) -> bool:
    """Whether the element is an item of a list."""
    return tag == "li" or bool(_LIST_CLASS.search(attributes.get("class") or ""))


def is_control(words: str) -> bool:
    """Whether the words on a button work the page and say nothing: 'Show more', 'Close'."""
    return _CONTROL.fullmatch(words.strip()) is not None
