"""What belongs to the site and not to the report: navigation, cookie notices, footers."""

import re

from selectolax.lexbor import LexborNode

from pipeline.read.web.elements import Attributes

_SITE = frozenset(("nav", "noscript", "select", "option", "optgroup", "textarea", "dialog"))
_OUTER = frozenset(("header", "footer", "aside"))
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar complementary".split()
)
_NAMED = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|breadcrumbs?|navbar|navigation|nav|menu|sidebar"
    r"|(?:site|page)-?(?:header|footer)|footer|skip-?(?:link|to|nav)\w*|social|share|sharing"
    r"|pagination|pager|search|language-?(?:switch\w*|selector)|newsletter|toolbar|masthead"
    r"|back-?to-?top)(?:$|[-_\s])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?)(?:$|\s)", re.IGNORECASE
)
_CONTENT = "main, article, h1, [role=main]"
_NEVER = frozenset(("html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6"))
_MOST = 0.4  # share of a page's words that furniture may hold


def is_furniture(node: LexborNode, tag: str, attributes: Attributes, n_page: int) -> bool:
    """Whether an element is furniture.

    Args:
        n_page: Characters of the whole page; what holds much of it is no furniture, whatever
            its class says.
    """
    if tag in _SITE or tag == "button":
        return True
    if tag in _NEVER:
        return False
    if tag in _OUTER:
        return not _inside_content(node) and not _holds_content(node, n_page)
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    named = attributes.get("role") in _ROLES or _NAMED.search(names)
    return bool(named) and not _holds_content(node, n_page)


def is_unseen(attributes: Attributes) -> bool:
    """Whether the words are for screen readers only, amid a sentence that does not need them."""
    return bool(_UNSEEN.search(attributes.get("class") or ""))


def _inside_content(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in ("main", "article"):
            return True
        above = above.parent
    return False


def _holds_content(node: LexborNode, n_page: int) -> bool:
    if node.css_first(_CONTENT) is not None:
        return True
    return len(node.text(deep=True)) > _MOST * n_page
