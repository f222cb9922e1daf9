"""Values and quotes as they are written in a file of corrections."""

from decimal import Decimal

NONE = "none"  # for "there is none"
_ALIKE = ("'\u2018\u2019\u02bc", '"\u201c\u201d\u201e', "-\u2010\u2011\u2012\u2013\u2014\u2212")
_TYPED = str.maketrans({sign: signs[0] for signs in _ALIKE for sign in signs})


def word(value: object) -> str:
    """A value as a word: no exponent, no zeros at the end, `none` for None.

    Example:
        >>> [word(value) for value in (None, 3, 0.00001, 7.0)]
        ['none', '3', '0.00001', '7']
    """
    if value is None:
        return NONE
    if not isinstance(value, float):
        return str(value)
    digits = f"{Decimal(repr(value)):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def typed(text: str) -> str:
    """A text with quotation marks and dashes as keyboards have them, and as long as it was.

    Example:
        >>> typed("the “Digital” plan, 2014–20")
        'the "Digital" plan, 2014-20'
    """
    return text.translate(_TYPED)
