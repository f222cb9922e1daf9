"""Values as they are written in a file of corrections."""

from decimal import Decimal

NONE = "none"  # for "there is none"


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
