"""What has been measured, kept in a JSON file as soon as it is measured."""

import json
import os
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


class Results:
    """Steps by their key, as in `growth/1000/first/1`."""

    def __init__(self, path: Path, code: str) -> None:
        """Begin with what the file holds.

        Args:
            code: Hash of the code that is measured, for steps that do not tell it.
        """
        self.path = path
        self._code = code
        self.data: dict[str, Any] = {"about": {}, "steps": {}}
        if path.exists():
            self.data = json.loads(path.read_text(encoding="utf-8"))

    @property
    def steps(self) -> dict[str, Figures]:
        """All steps that were measured."""
        steps: dict[str, Figures] = self.data["steps"]
        return steps

    def drop(self, kinds: Collection[str]) -> None:
        """Forget all steps of these kinds."""
        kept = {k: v for k, v in self.steps.items() if k.partition("/")[0] not in kinds}
        self.data["steps"] = kept

    def about(self, **facts: object) -> None:
        """Note facts about the measurement."""
        self.data["about"] |= facts
        self._save()

    def step(self, key: str, measure: Callable[[], Figures]) -> Figures:
        """Measure a step, unless it has been measured already."""
        if key not in self.steps:
            load = os.getloadavg()[0]
            figures = measure()
            at = time.strftime("%Y-%m-%d %H:%M")
            noted = {"load": round(load, 2), "code": self._code, "at": at}
            self.steps[key] = noted | figures
            self._save()
            seconds = figures.get("seconds")
            print(f"{key:<32} {'' if seconds is None else f'{seconds:9.3f} s'}", flush=True)
        return self.steps[key]

    def of(self, *parts: str | int) -> list[Figures]:
        """The rounds of a step, as in `of("growth", 1000, "first")`, in order."""
        begin = "/".join(map(str, parts)) + "/"
        rounds = [
            key for key in self.steps if key.startswith(begin) and key[len(begin) :].isdigit()
        ]
        return [self.steps[key] for key in sorted(rounds, key=lambda key: int(key[len(begin) :]))]

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".tmp")
        draft.write_text(json.dumps(self.data, indent=1, ensure_ascii=False), encoding="utf-8")
        draft.replace(self.path)
