"""To annotation tools and back: Label Studio JSON and UIMA CAS (INCEpTION).

dataset  OUT -> documents with what is marked in them
label_studio, cas  those documents <-> a tool's files
reading  which of the formats a file has
changes  what a person changed -> corrections
standoff  what a person annotated <-> gold

Nothing here looks for names: text and offsets are the dataset's own.
"""

from pipeline.exchange.reading import read
from pipeline.exchange.standoff import as_standoff, from_standoff
from pipeline.exchange.writing import FORMATS, write

__all__ = ["FORMATS", "as_standoff", "from_standoff", "read", "write"]
