"""What `govtable run` shows people: a progress bar, a short summary, what was quarantined."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.plan import Summary

_MAX_SHOWN = 20


class Bar:
    """The progress of a run: say what happens, tell how many documents are done."""

    def __init__(self, bar: Progress) -> None:
        """Use a started Rich progress."""
        self._bar = bar
        self._task = bar.add_task("looking for reports", total=None)

    def total(self, n: int) -> None:
        """Number of documents to process."""
        self._bar.update(self._task, total=n, description="reading")

    def say(self, what: str) -> None:
        """What is going on."""
        self._bar.update(self._task, description=what)

    def advance(self, n: int) -> None:
        """So many more documents are done."""
        self._bar.update(self._task, advance=n, description="reading")


@contextmanager
def progress() -> Iterator[Bar]:
    """A progress bar on stderr, gone when it is done; nothing where stderr is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    off = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=off) as bar:
        yield Bar(bar)


def show(result: Summary) -> None:
    """The summary on stdout, the quarantine list on stderr."""
    table = Table.grid(padding=(0, 2))
    table.add_row("documents", f"{result.n_documents} ({result.n_new} new or changed)")
    table.add_row("countries", str(result.n_countries))
    table.add_row("segments", str(result.n_segments))
    table.add_row("mentions", f"{result.n_mentions} of {result.n_entities} entities")
    table.add_row(
        "rankings",
        f"{result.n_rankings} ({result.n_impossible} impossible,"
        f" {result.n_contradicted} contradicted)",
    )
    if result.n_beside:
        table.add_row(
            "not in panel",
            f"{result.n_beside} (another section has the same country, indicator and edition)",
        )
    table.add_row("quarantined", str(result.n_quarantined))
    if result.n_corrected or result.not_corrected:
        skipped = len(result.not_corrected)
        table.add_row("corrections", f"{result.n_corrected} applied, {skipped} not")
    table.add_row("dataset", escape(str(result.out)))
    Console().print(table)
    errors = Console(stderr=True, soft_wrap=True)
    quarantined = [(ascii(source)[1:-1], reason) for source, reason in result.quarantined]
    _list(errors, "quarantined", quarantined, "documents.csv")
    _list(errors, "not corrected:", result.not_corrected, "corrections.csv")


def _list(console: Console, what: str, rows: Sequence[tuple[str, str]], file: str) -> None:
    """Some lines, and where the others are."""
    for name, reason in rows[:_MAX_SHOWN]:
        console.print(f"{what} {escape(name)}: {escape(reason)}", highlight=False)
    if len(rows) > _MAX_SHOWN:
        console.print(f"… and {len(rows) - _MAX_SHOWN} more, see {file}")
