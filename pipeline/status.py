"""What a run would do, and why; nothing is changed or locked."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from pipeline.corrections import digest
from pipeline.files import Source
from pipeline.place import Place
from pipeline.plan import CACHE, broken, plan
from pipeline.provenance import Parts, parts
from pipeline.settings import Settings
from pipeline.stages import STAGES
from pipeline.state import State, recall
from pipeline.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What has changed since the dataset was made.

    Attributes:
        n_documents: Reports under RAW.
        to_process: Reports that a run would process, by path.
        new: … because they were not there before.
        changed: … because their content is another.
        renamed: Earlier and present path; their text, names and years are not read again.
        removed: Reports that leave the dataset.
        again: Reports that could not be read last time and may be this time (their number).
        stages: Stages whose results are out of date, with what changed.
        corrections: Whether the file of corrections says something else.
        broken: Files of the dataset that are missing or not as they were written.
        unpublished: Whether the dataset is not yet what the kept results would make.
        first: Whether there is no dataset yet, or none that this version knows.
    """

    n_documents: int
    to_process: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    again: int
    stages: dict[str, tuple[str, ...]]
    corrections: bool
    broken: tuple[str, ...]
    unpublished: bool
    first: bool

    @property
    def up_to_date(self) -> bool:
        """Whether a run would do nothing."""
        differs = (self.to_process, self.stages, self.broken, self.again, self.unpublished)
        return not self.first and not any(differs)


def status(raw: Place, out: Place, settings: Settings, corrected: Place | None = None) -> Status:
    """Compare RAW, code, models, reference data and settings with what the dataset was made from.

    Args:
        corrected: The file of corrections, if it is not beside `raw`.

    Raises:
        NotADirectoryError: If `raw` is not a folder.
        ValueError: If the file of corrections cannot be understood.
    """
    todo = plan(raw, out, settings, corrected)
    state = recall(Store(out / CACHE))
    new, changed, renamed, removed = _files(todo.sources, state)
    return Status(
        n_documents=len(todo.sources),
        to_process=tuple(source.name for source in chain.from_iterable(todo.batches)),
        new=new,
        changed=changed,
        renamed=renamed,
        removed=removed,
        again=state.n_passing if state else 0,
        stages=_stages(state, settings),
        corrections=state is not None and state.corrections != digest(todo.corrections),
        broken=tuple(broken(state, out)) if state else (),
        unpublished=state is not None and state.key != todo.key,
        first=state is None,
    )


def _files(
    sources: list[Source], state: State | None
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """New, changed, renamed and removed reports."""
    before = {name: sha256 for name, (_, sha256) in state.seen.items()} if state else {}
    now = {source.written: source for source in sources}
    gone = {name: sha256 for name, sha256 in before.items() if name not in now}
    by_content = {sha256: name for name, sha256 in reversed(gone.items())}
    new, renamed = [], []
    for name, source in now.items():
        if name in before:
            continue
        earlier = by_content.pop(source.sha256, None)
        if earlier is None:
            new.append(source.name)
        else:
            gone.pop(earlier)
            renamed.append((_shown(earlier), source.name))
    changed = [s.name for name, s in now.items() if name in before and before[name] != s.sha256]
    return tuple(new), tuple(changed), tuple(renamed), tuple(_shown(name) for name in gone)


def _shown(written: str) -> str:
    return written.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _stages(state: State | None, settings: Settings) -> dict[str, tuple[str, ...]]:
    """The stages that depend on something that changed, with its name."""
    if state is None:
        return {}
    found = {}
    for stage in STAGES:
        before: Parts = dict(state.stages.get(stage.name, {}))
        now = parts(stage, settings)
        differing = [name for name in sorted(before | now) if before.get(name) != now.get(name)]
        if differing:
            found[stage.name] = tuple(differing)
    return found


def why(found: Status) -> list[str]:
    """The reasons as sentences, for people; empty if a run would do nothing."""
    if found.first:
        return ["There is no dataset yet, or none that this version of govtable made."]
    lines = [
        _files_line(found.new, "new"),
        _files_line(found.changed, "changed"),
        _files_line([f"{old} → {new}" for old, new in found.renamed], "renamed"),
        _files_line(found.removed, "removed"),
        "the corrections changed" if found.corrections else "",
        f"{found.again} could not be read last time and may be now" if found.again else "",
        _files_line(found.broken, "of the dataset missing or damaged"),
    ]
    abouts = {stage.name: stage.about for stage in STAGES}
    causes: Counter[str] = Counter(chain.from_iterable(found.stages.values()))
    for stage, differing in found.stages.items():
        own = sorted(differing, key=lambda name: (causes[name], name))
        lines.append(f"stage {stage} ({abouts[stage]}): {_some(own)} changed")
    found_lines = [line for line in lines if line]
    if found.unpublished and not found_lines:
        found_lines = ["what the last run came to, or the configuration, is not in the dataset yet"]
    return found_lines


_SHOWN = 5


def _files_line(names: list[str] | tuple[str, ...], what: str) -> str:
    return f"{len(names)} {what}: {_some(names)}" if names else ""


def _some(names: list[str] | tuple[str, ...]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
