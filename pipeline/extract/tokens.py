"""What a token is in a name: a name word, a connector, a head word, a year, none of these."""

import re

from spacy.tokens import Doc, Token

from pipeline import knowledge

CONNECTORS = frozenset(
    """of for and & the on in to at with under from by
    de del la las los el y e en da do das dos di della dello dei degli delle du des le les et sur
    aux pour à au d' l' per für der die das und im zur zum am bei des von van het voor en op te
    og i om for av af til och för på ja z w na do ds o pre és a az za v ve ile veya u si și pentru
    în din și ir par ar un no kaj""".split()
)
_LINKS = frozenset("- – ’ ' / : . +".split())
_NUMBER = re.compile(r"\d+(?:[./-]\d+)*")
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:[-–/](?:(?:1[89]|20)\d\d|\d{1,2}))?")
_PREFIX = re.compile(r"[eimg]")


def is_word(token: Token) -> bool:
    """Whether it can be part of a name at all."""
    return any(c.isalnum() for c in token.text)


def is_name(token: Token) -> bool:
    """Whether it looks like part of a name: a capital somewhere, or the 'e' of 'e-Government'."""
    text = token.text
    if any(c.isupper() for c in text):
        return True
    return _is_prefix(token)


def _is_prefix(token: Token) -> bool:
    doc, i = token.doc, token.i
    return (
        _PREFIX.fullmatch(token.text) is not None
        and i + 2 < len(doc)
        and doc[i + 1].text in ("-", "‑")
        and any(c.isupper() for c in doc[i + 2].text)
    )


def is_connector(token: Token) -> bool:
    """Whether it may stand inside a name between name words."""
    return token.lower_ in CONNECTORS or token.text in _LINKS or token.text in (",", "’s", "'s")


def is_number(token: Token) -> bool:
    """Whether it is a number, also with slashes: 16/2002."""
    return _NUMBER.fullmatch(token.text) is not None


def is_year(token: Token) -> bool:
    """Whether it is a year or a span of years in one token."""
    return _YEAR.fullmatch(token.text) is not None


def head(token: Token) -> str | None:
    """The label that the word heads, as 'ministry' heads an AGENCY."""
    return knowledge.heads().get(token.lower_)


def shape(token: Token | None) -> str:
    """A coarse class: 'Aa', 'AA', 'aA', '9', 'a', punctuation itself, '' outside the text."""
    if token is None:
        return ""
    text = token.text
    if not any(c.isalnum() for c in text):
        return text[:1]
    if is_year(token):
        return "YYYY"
    if text[0].isdigit():
        return "9"
    if text.isupper():
        return "AA" if len(text) > 1 else "A"
    if text[0].isupper():
        return "AaA" if any(c.isupper() for c in text[1:]) else "Aa"
    return "aA" if any(c.isupper() for c in text) else "a"


def at(doc: Doc, i: int) -> Token | None:
    """The token at a position, None outside the text."""
    return doc[i] if 0 <= i < len(doc) else None
