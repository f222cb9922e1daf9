"""Counts of an invented world whose error rates are known."""

import numpy as np

from pipeline.accuracy.counts import MIDDLES, Cell, Counts, Document, Section, Tally

COUNTRIES = ("AUT", "BEL", "CHE", "DEU", "EST", "FIN", "GRC", "HUN", "ISL", "JPN")
PRECISION = {"AGENCY": 0.9, "LAW": 0.75}
RECALL = {"AGENCY": 0.85, "LAW": 0.6}


def sure(bin_: int) -> float:
    """What stands for a bin of confidence."""
    return MIDDLES[bin_]


def tally(unit=0, found=0, right=0, missed=0, **cell) -> Tally:
    """One count; a mention of an agency in the running text of an indicator page on Austria."""
    given = {"label": "AGENCY", "part": "body", "layout": "indicator", "country": "AUT", "bin": 5}
    return Tally(unit, Cell(**(given | cell)), found, right, missed)


def world(seed=1, sections=4, size=6, *, sample=False, layout="indicator", calibrated=True):
    """Counts of `sections` sections a country, with about `size` mentions a label in each."""
    random = np.random.default_rng(seed)
    units, mentions = [Section(0, 0, None)], []
    for country in COUNTRIES:
        for _ in range(sections):
            unit = len(units)
            units.append(Section(0, unit, country))
            for label in PRECISION:
                own = {"label": label, "layout": layout, "country": country}
                there = random.poisson(size)
                hits = random.binomial(there, RECALL[label])
                mentions.append(tally(unit, missed=int(there - hits), bin=None, **own))
                found = hits + random.binomial(hits, 1 / PRECISION[label] - 1)
                if found:
                    bin_ = int(np.searchsorted(MIDDLES, PRECISION[label])) if calibrated else 9
                    mentions.append(tally(unit, int(found), int(hits), bin=bin_, **own))
    document = Document(layout, sample, mentions=True)
    return Counts((document,), tuple(units), tuple(mentions), (), ())


def joined(one: Counts, two: Counts) -> Counts:
    """The counts of both."""
    shift, later = len(one.sections), len(one.documents)
    moved = tuple(Section(s.document + later, s.ordinal, s.country) for s in two.sections)
    more = tuple(Tally(t.unit + shift, t.cell, t.found, t.right, t.missed) for t in two.mentions)
    return Counts(one.documents + two.documents, one.sections + moved, one.mentions + more, (), ())
