"""How sure a section's country is: the decoder's posterior, calibrated on spoilt pages.

The relaxed problem that the posterior comes from doubts more than it should. A logistic curve
fitted by `govtable train` on perturbed pages of the corpus turns it into the share of sections
that are right (Platt 1999, "Probabilistic Outputs for Support Vector Machines").
"""

import json
import math
from functools import cache
from pathlib import Path

from pipeline.settings import MODELS

FILE = "sections.json"
_LEAST = 1e-4
_MOST = 0.999


def logit(p: float) -> float:
    """Log-odds of a probability, kept away from 0 and 1."""
    p = min(max(p, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def calibrated(posterior: float) -> float:
    """The probability that a section's country is right.

    Args:
        posterior: Mean posterior of the country over the section's blocks.

    Raises:
        FileNotFoundError: If the curve has not been fitted.
    """
    slope, intercept = _curve()
    probability = 1 / (1 + math.exp(-(slope * logit(posterior) + intercept)))
    return round(min(_MOST, max(1 - _MOST, probability)), 4)


def save(slope: float, intercept: float) -> Path:
    """Write the curve under `models/`."""
    path = MODELS / FILE
    curve = {"slope": round(slope, 4), "intercept": round(intercept, 4)}
    path.write_text(json.dumps(curve, indent=2) + "\n", encoding="utf-8")
    _curve.cache_clear()
    return path


@cache
def _curve() -> tuple[float, float]:
    path = MODELS / FILE
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing; `govtable train` makes it")
    curve = json.loads(path.read_text(encoding="utf-8"))
    return float(curve["slope"]), float(curve["intercept"])
