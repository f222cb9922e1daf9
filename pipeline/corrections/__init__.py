"""The corrections that a researcher keeps beside RAW, in `corrections.csv`.

kinds  what a row may say
sheet  the cells of the file, as spreadsheets write it
file  the file -> corrections, and back
given  which report each is meant for

`pipeline.correcting` applies them at every run.
"""

from pipeline.corrections.file import NAME, beside, load, write
from pipeline.corrections.given import Given, digest
from pipeline.corrections.kinds import ALL, COLUMNS, KINDS, Kind, correction
from pipeline.words import NONE

__all__ = [
    "ALL",
    "COLUMNS",
    "KINDS",
    "NAME",
    "NONE",
    "Given",
    "Kind",
    "beside",
    "correction",
    "digest",
    "load",
    "write",
]
