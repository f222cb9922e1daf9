"""What a document's stages came to, kept between runs under what each of them depends on.

A stage is passed again only if its own code, models, reference data or settings changed, or what
the stages before it hand over: where a new model comes to the same tiers, names are not read again.
"""

import hashlib
import json
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from pipeline.provenance import fingerprints
from pipeline.settings import Settings

T = TypeVar("T")
_FAST = 1  # level of compression


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class Steps:
    """The kept outcomes of one document.

    Attributes:
        settings: What the stages obey.
        passed: Names of the stages that had to be passed, in order.
    """

    def __init__(self, settings: Settings, kept: bytes | None = None) -> None:
        """Begin with what `dump` gave at an earlier run; damaged outcomes are none."""
        self.settings = settings
        self.passed: list[str] = []
        self._prints = fingerprints(settings)
        self._kept = _loaded(kept)

    def take(self, stage: str, kind: Any, make: Callable[[], T], *inputs: object) -> T:
        """The outcome of a stage: the kept one, or one made now.

        Args:
            kind: Type of the outcome.
            make: Makes it, from nothing but `inputs`.
        """
        key = hashlib.sha256(self._prints[stage].encode() + to_json(inputs)).hexdigest()
        found = self._kept.get(stage, {})
        if found.get("key") == key:
            try:
                outcome: T = _adapter(kind).validate_python(found["outcome"])
                return outcome
            except (ValidationError, KeyError, RecursionError):
                pass
        made = make()
        self._kept[stage] = {"key": key, "outcome": _adapter(kind).dump_python(made, mode="json")}
        self.passed.append(stage)
        return made

    def dump(self) -> bytes:
        """All outcomes, to be kept."""
        return zlib.compress(json.dumps(self._kept, ensure_ascii=False).encode(), _FAST)


def _loaded(kept: bytes | None) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(zlib.decompress(kept)) if kept else {}
    except (zlib.error, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
