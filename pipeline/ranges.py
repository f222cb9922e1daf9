"""How many agencies a section names, given how many were found: looked up, nothing is computed.

`pipeline.accuracy.agencies` fits the ranges.
"""

import json
from functools import cache

from pipeline.settings import MODELS

FILE = "accuracy.json"
Range = tuple[int, int]


def plausible(n: int) -> Range:
    """The 95 % range of what a careful reader would count in a section with `n` found.

    Beyond the last number that is listed the range grows in proportion.

    Raises:
        FileNotFoundError: If the figures are missing.
    """
    listed = _listed()
    last = len(listed) - 1
    if n <= last:
        return listed[n]
    low, high = listed[last]
    return n * low // last, -(-n * high // last)


@cache
def _listed() -> tuple[Range, ...]:
    path = MODELS / FILE
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; `govtable accuracy --save` makes it")
    pairs = json.loads(path.read_text(encoding="utf-8"))["ranges"]
    return tuple((int(low), int(high)) for low, high in pairs)
