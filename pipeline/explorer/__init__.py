"""A dataset as one page to explore in a browser, offline, and as a database to query.

`write` is the way in: `dataset` reads the tables, `marked` marks the mentions in a text, `pages`
renders documents and entities, `lists` gathers what the page sorts and filters, `figures` and
`pages` the rest, `chunks` compresses it all and `page` puts it into a file or, where that would be
too large, into a file and a folder. The page's own program is `templates/page.js` with
`views.js`.
`metadata` and `queries` describe the dataset to Datasette.
"""

from pathlib import Path

from pipeline.explorer.chunks import Chunks
from pipeline.explorer.dataset import Dataset, read
from pipeline.explorer.figures import Figures
from pipeline.explorer.lists import lists
from pipeline.explorer.page import Written, save
from pipeline.explorer.pages import about, accuracy, documents, entities

MEGABYTE = 1_000_000


def write(
    out: Path, to: Path, *, figures: Figures | None = None, limit: int = 25 * MEGABYTE
) -> Written:
    """Write the page of the dataset under `out` to `to`.

    Args:
        figures: How accurate the dataset is, where that is known.
        limit: Bytes above which most of the page goes into a folder beside it.

    Raises:
        Broken: If tables or texts are missing.
    """
    dataset = read(out)
    return save(gather(dataset, figures), to, title=title(dataset), limit=limit)


def gather(dataset: Dataset, figures: Figures | None = None) -> Chunks:
    """Everything that the page shows, compressed."""
    chunks = Chunks()
    chunks.spread("d", documents(dataset))
    chunks.spread("e", entities(dataset))
    for name, content in lists(dataset, chunks.where).items():
        chunks.add(name, content)
    chunks.add("pages", {"about": about(dataset), "accuracy": accuracy(figures)})
    return chunks


def title(dataset: Dataset) -> str:
    """A title that tells the page from those of other datasets."""
    n = len(dataset.rows("documents"))
    return f"{n:,} governance report{'' if n == 1 else 's'}"
