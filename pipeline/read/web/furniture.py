"""What belongs to the site and not to the report: navigation, cookie notices, footers."""

import re

from selectolax.lexbor import LexborNode

from pipeline.read.web.elements import Attributes

_SITE = frozenset(("nav", "noscript", "select", "option", "optgroup", "textarea", "dialog"))
_OUTER = frozenset(("header", "footer", "aside"))
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar complementary".split()
)
_STRONG = re.compile(
    r"(?:^|[-_\s])(?:cookie\w*|gdpr|onetrust|didomi|usercentrics|breadcrumbs?|(?:main|top|side)?-?nav"
    r"(?:bar|igation)?|site-?(?:header|footer)|skip-?(?:link|to|nav)\w*|pagination|pager"
    r"|language-?(?:switch\w*|selector)|newsletter|toolbar|masthead|back-?to-?top|wm-?ipp\w*)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
# Words that sites also give to sections of content ("share of women", "page-header").
_WEAK = re.compile(
    r"(?:^|[-_\s])(?:menu|sidebar|search|social|share|sharing|consent|footer|page-?(?:header|footer)"
    r"|cat-?links|comments|widget)(?:$|[-_\s])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSEEN = re.compile(
    r"(?:^|[\s-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|headerlink|anchor(?:-link)?"
    r"|mw-editsection|material-icons|skip-?(?:link|to)\w*|\w*icon)(?:$|[\s-])",
    re.IGNORECASE,
)
_CONTENT = "main, article, h1, [role=main]"
_HEADINGS = "h2, h3, h4, h5, h6"
_SECTIONS = frozenset(("main", "article", "section"))
_NEVER = frozenset(("html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6"))
_MOST = 0.4  # share of a page's words that furniture may hold
_MAIN = 0.5  # share of a page's words that its content holds at least
_LINKED = 0.5  # share of the words of what is named weakly that are links
_MENU = 0.9  # … of a list that no name calls a menu
_FEW_LINKS, _LONG_LINK = 3, 5  # links, words


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
        return not (_inside_content(node) or _holds_content(node, n_page) or _heads(node))
    names = names_of(attributes)
    if attributes.get("role") in _ROLES or _STRONG.search(names):
        return not _holds_content(node, n_page)
    if not _WEAK.search(names) or _holds_content(node, n_page) or node.css_first(_HEADINGS):
        return False
    top = node.parent is not None and node.parent.tag == "body" and tag != "p"
    return top or _linked(node) >= _LINKED


def is_menu(node: LexborNode, tag: str) -> bool:
    """Whether a list above the page's own heading is nothing but links."""
    if tag not in ("ul", "ol", "div", "td", "p") or _inside_content(node):
        return False
    links = node.css("a")
    if len(links) < _FEW_LINKS or _linked(node) < _MENU:
        return False
    return sum(len(link.text(deep=True).split()) for link in links) <= _LONG_LINK * len(links)


def is_unseen(tag: str, attributes: Attributes) -> bool:
    """Whether the words are not for the eye, amid a sentence or heading that does not need them."""
    return tag in ("a", "span", "i", "em") and bool(_UNSEEN.search(attributes.get("class") or ""))


def is_named_furniture(attributes: Attributes) -> bool:
    """Whether the names of an element leave no doubt."""
    return bool(_STRONG.search(names_of(attributes)))


def names_of(attributes: Attributes) -> str:
    """Class, id and label, with the parts of camelCase apart."""
    return _CAMEL.sub("-", " ".join(attributes.get(n) or "" for n in ("class", "id", "aria-label")))


def content_of(page: LexborNode, n_page: int) -> LexborNode | None:
    """The element that says to hold the page's own content, if it holds much of the text."""
    found = page.css("main, [role=main]") or page.css("article")
    holds = len(found) == 1 and len(found[0].text(deep=True)) >= _MAIN * n_page
    return found[0] if holds else None


def _linked(node: LexborNode) -> float:
    """The share of an element's characters that are links or buttons."""
    whole = len("".join(node.text(deep=True).split()))
    links = node.css("a, button")
    return sum(len("".join(link.text(deep=True).split())) for link in links) / max(1, whole)


def _heads(node: LexborNode) -> bool:
    """Whether a header heads a section: a heading below the first level, and no links."""
    return node.css_first(_HEADINGS) is not None and node.css_first("a") is None


def _inside_content(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _SECTIONS:
            return True
        above = above.parent
    return False


def _holds_content(node: LexborNode, n_page: int) -> bool:
    if node.css_first(_CONTENT) is not None:
        return True
    return len(node.text(deep=True)) > _MOST * n_page
