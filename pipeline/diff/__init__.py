"""What differs between two datasets, row by row, and what caused it.

Both are opened side by side (`datasets`), their reports paired (`reports`), the rows of each table
paired by what they say (`identity`, `matching`), and each row that differs gets the causes that the
datasets themselves tell of (`causes`, `shared`).
"""

from pipeline.diff.compare import compare
from pipeline.diff.difference import Cause, Difference, Part, TableDifference

__all__ = ["Cause", "Difference", "Part", "TableDifference", "compare"]
