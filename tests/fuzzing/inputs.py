"""The inputs of a run, each made from the seed and its number alone."""

import random
from dataclasses import dataclass

from tests.fuzzing.damage import BYTES, Harm, pieces
from tests.fuzzing.formats import SPECIAL
from tests.fuzzing.seeds import FORMATS, SUFFIXES, Seeds

_SOUND = 0.02  # share of files without any damage
_SPLICED = 0.06
_ON_BYTES = 0.2  # share of damage that knows nothing of the format
MOST = 2_000_000  # bytes: damage upon damage may grow without limit
# Names that a file system knows, and that something else may stumble over.
_NAMES = (
    "{n}.{suffix}", "{n}.{suffix}", "{n}.{suffix}", "{n}", "=1+{n}.{suffix}", "{n} ü\u202e.PDF",
    "{n}-EST-2019.txt", "@{n}\n.{suffix}", "{n}',\".{suffix}", "{n}" + "x" * 200 + ".{suffix}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """A file to be read.

    Attributes:
        kind: The format of the sound file it was made of.
        harms: What was done to it, in order.
        whole: A number between 0 and 1 that decides whether it makes the whole journey.
    """

    number: int
    kind: str
    name: str
    data: bytes
    harms: tuple[str, ...]
    whole: float


def make(seeds: Seeds, seed: int, number: int, most: int = MOST) -> Input:
    """Input `number`, of at most `most` bytes; equal arguments give equal bytes."""
    rng = random.Random(f"{seed}-{number}")
    whole = rng.random()
    kind = FORMATS[number % len(FORMATS)]
    data = seeds.draw(rng, kind)
    done: list[str] = []
    for _ in range(0 if rng.random() < _SOUND else rng.choice((1, 1, 1, 2, 3))):
        if rng.random() < _SPLICED:
            data, name = _spliced(data, seeds.draw(rng, rng.choice(FORMATS)), rng), "spliced"
        else:
            harm = _harm(kind, rng)
            data, name = harm(data, rng), harm.__name__.strip("_")
        data = data[:most]
        done.append(name)
    name = rng.choice(_NAMES).format(n=number, suffix=SUFFIXES[kind])
    return Input(number, kind, name, data, tuple(done), whole)


def _harm(kind: str, rng: random.Random) -> Harm:
    return rng.choice(BYTES if rng.random() < _ON_BYTES else SPECIAL[kind])


def _spliced(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Two files in one: end to end, or piece by piece."""
    if rng.random() < 0.5:
        return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]
    mixed = [
        piece for pair in zip(pieces(data, rng), pieces(other, rng), strict=False) for piece in pair
    ]
    return b"".join(mixed)
