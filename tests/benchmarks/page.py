"""The Markdown page of the results."""

from collections.abc import Iterable
from statistics import median

from tests.benchmarks.figures import (
    Bar,
    Exponents,
    Orchestration,
    bars,
    beside_own,
    exponents,
    middle,
    orchestration,
    single,
)
from tests.benchmarks.results import Figures, Results

_RUNS = {
    "first": "first run",
    "nothing": "nothing new",
    "new": "one report new",
    "own": "… that report alone, into an empty folder",
    "changed": "one report changed",
    "removed": "one report removed",
}
_RUNNERS = {
    "workers-1": "`--direct --workers 1`",
    "workers-2": "`--direct --workers 2`",
    "direct": "`--direct`",
    "prefect": "Prefect, a server of its own",
    "served": "Prefect, a server that runs already",
    "dask": "Prefect and Dask, two worker processes",
}


def written(results: Results, sizes: tuple[int, ...], at: int) -> str:
    """The whole page."""
    about = results.data["about"]
    commands = ", ".join(f"`{command}`" for command in about["commands"])
    parts = [
        "# Benchmarks",
        f"Written by {commands}; the figures of every round are in "
        f"[{about['json']}]({about['json']}). Seconds are medians over the rounds, with the least "
        "and the most in brackets. Every run is a fresh process of the command line. Memory is the "
        f"most that all its processes held together ({about['memory']}; looked at every 0.2 s, or "
        "less often where looking would take more than 2 % of the time).",
        _machine(about),
        _codes(results),
        "## What is asked for",
        _table(("", "measured", "bar", ""), (_bar(bar) for bar in bars(results, sizes))),
        *_section(
            "Growth and changes",
            _reports(results, sizes),
            _runs(results, sizes),
            _others(results, sizes),
            _growth(results, sizes),
        ),
        *_section(f"Runners, {at:,} reports", _runners(results, at), _prefect(results, at)),
        *_section("Words a second", _words(results)),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _section(title: str, *parts: str) -> list[str]:
    """A heading and what stands under it, nothing where that is empty."""
    return [f"## {title}", *parts] if any(parts) else []


def _machine(about: Figures) -> str:
    machine = about["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return (
        f"Machine: {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB; "
        f"{machine['system']}; Python {machine['python']}, {versions}. "
        f"Load before: {', '.join(map(str, machine['load']))}."
    )


def _codes(results: Results) -> str:
    steps = results.steps.values()
    codes = {str(figures["code"]) for figures in steps}
    days = sorted({str(figures["at"])[:10] for figures in steps})
    loads = [float(figures["load"]) for figures in steps]
    if not loads:
        return ""
    text = (
        f"Measured {days[0]}{' to ' + days[-1] if len(days) > 1 else ''}, code "
        f"{', '.join(sorted(code[:12] for code in codes))}; load before a step "
        f"{median(loads):.2f} [{min(loads):.2f}–{max(loads):.2f}]."
    )
    return text + (" **The code changed between steps.**" if len(codes) > 1 else "")


def _bar(bar: Bar) -> tuple[str, ...]:
    verdict = {True: "met", False: "**not met**", None: "not measured"}[bar.met]
    value = "" if bar.value is None else f"{bar.value:.2f}{bar.unit}"
    return bar.name, value, f"{'≤' if bar.at_most else '≥'} {bar.limit:g}{bar.unit}", verdict


def _reports(results: Results, sizes: tuple[int, ...]) -> str:
    names = ("reports", "quarantined", "words", "mentions", "entities", "dataset, MB", "cache, MB")
    rows = []
    for size in sizes:
        for figures in results.of("first", size)[:1]:
            whole = [figures[name] for name in ("documents", "quarantined", "words", "mentions")]
            whole.append(figures["entities"])
            sizes_mb = [figures["dataset_mb"], figures["cache_mb"]]
            rows.append((*(f"{n:,}" for n in whole), *(f"{mb:,.1f}" for mb in sizes_mb)))
    return _table(names, rows)


def _runs(results: Results, sizes: tuple[int, ...]) -> str:
    rows = []
    for size in sizes:
        for kind, name in _RUNS.items():
            if rounds := results.of(kind, size):
                rows.append((f"{size:,}", name, *_figures(rounds)))
    return _table(("reports", "run", "seconds", "CPU s", "memory, MB", "rounds"), rows)


def _figures(rounds: list[Figures]) -> tuple[str, ...]:
    memory = max(float(figures["peak_mb"]) for figures in rounds)
    return _spread(rounds), f"{middle(rounds, 'cpu'):,.2f}", f"{memory:,.0f}", str(len(rounds))


def _spread(rounds: list[Figures]) -> str:
    seconds = [float(figures["seconds"]) for figures in rounds]
    text = f"{median(seconds):,.2f}"
    return text + (f" [{min(seconds):,.2f}–{max(seconds):,.2f}]" if len(seconds) > 1 else "")


def _others(results: Results, sizes: tuple[int, ...]) -> str:
    lines = []
    for size in sizes:
        if costs := beside_own(results, size):
            lines.append(
                f"{size:,}: {median(costs):.2f} s [{min(costs):.2f}–{max(costs):.2f}]",
            )
    if not lines:
        return ""
    return (
        f"What the others cost when one report is new (its own cost taken off): {'; '.join(lines)}."
    )


def _growth(results: Results, sizes: tuple[int, ...]) -> str:
    fixed = single(results) or 0.0
    rows = []
    for name, seconds in (
        ("whole run", 0.0),
        (f"less a run over one report, {fixed:.2f} s", fixed),
    ):
        found: Exponents | None = exponents(results, sizes, seconds)
        if found:
            rows.append((name, f"{found.fit:.3f}", f"{found.ends:.3f}"))
    head = ("seconds against words, exponent", "least squares", "smallest to largest")
    return _table(head, rows)


def _runners(results: Results, at: int) -> str:
    """Runners with their figures, and whether all datasets of one size are the same bytes."""
    rows = []
    for size in (1, at):
        expected = _expected(results, size)
        for kind, name in _RUNNERS.items():
            if rounds := results.of(kind, size):
                same = all(expected[f["code"]] == f["dataset"] for f in rounds)
                equal = "yes" if same else "**no**"
                rows.append((f"{size:,}", name, *_figures(rounds), equal))
    head = ("reports", "runner", "seconds", "CPU s", "memory, MB", "rounds", "same bytes")
    return _table(head, rows)


def _expected(results: Results, size: int) -> dict[str, str]:
    """The dataset that the first runner made with each state of the code."""
    found: dict[str, str] = {}
    for kind in ("first", *_RUNNERS):
        for figures in results.of(kind, size):
            found.setdefault(figures["code"], figures["dataset"])
    return found


def _prefect(results: Results, at: int) -> str:
    lines = []
    for kind in ("prefect", "served"):
        if cost := orchestration(results, at, kind):
            lines.append(f"- {_RUNNERS[kind]}: {_cost(cost, at)}")
    return "\n".join(lines)


def _cost(cost: Orchestration, at: int) -> str:
    return (
        f"adds {cost.whole:.2f} s to a run over {at:,} reports, {cost.share:.1%} of it. Of "
        f"these, {cost.start:.2f} s are its fixed start (what it adds to a run over one report); "
        f"the rest, {cost.whole - cost.start:.2f} s, is {cost.share_after_start:.1%} of the run "
        "without that start."
    )


def _words(results: Results) -> str:
    rows, notes = [], []
    for what, name in (("journey", "govtable, whole journey"), ("spacy", "spaCy, en_core_web_md")):
        figures = results.steps.get(f"words/{what}", {})
        if rounds := figures.get("rounds"):
            speeds = sorted(figures["words"] / seconds for seconds in rounds)
            spread = f"{median(speeds):,.0f} [{speeds[0]:,.0f}–{speeds[-1]:,.0f}]"
            rows.append((name, f"{figures['words']:,}", spread))
        elif figures:
            notes.append(f"{name}: {figures['missing']}.")
    note = "One process each, models loaded, nothing remembered from round to round."
    table = _table(("", "words", "words a second"), rows)
    return "\n\n".join(filter(None, [table and note, table, *notes]))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table, '' without rows."""
    head, rows = tuple(head), [tuple(row) for row in rows]
    if not rows:
        return ""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
