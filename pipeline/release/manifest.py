"""The checksums of a release, as `sha256sum` writes and checks them."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.plan import sha256

NAME = "MANIFEST.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def files(folder: Path) -> list[str]:
    """Every file of a release but the manifest, relative to it, sorted."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name != NAME)


def hashes(folder: Path, names: list[str]) -> dict[str, str]:
    """SHA-256 of each file."""
    with ThreadPoolExecutor(2) as threads:  # hashing lets go of the interpreter's lock
        found = threads.map(lambda name: sha256(folder / name), names)
        return dict(zip(names, found, strict=True))


def write(folder: Path) -> None:
    """Write the manifest."""
    found = hashes(folder, files(folder))
    text = "".join(f"{digest}  {name}\n" for name, digest in found.items())
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def read(folder: Path) -> dict[str, str]:
    """The hashes that the manifest states, by file.

    Raises:
        ValueError: If a line is none of `sha256sum`.
        OSError: If it cannot be read.
    """
    found = {}
    for i, line in enumerate((folder / NAME).read_text(encoding="utf-8").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"{NAME}: line {i} is no checksum")
        found[match[2]] = match[1]
    return found


def problems(folder: Path) -> Iterator[str]:
    """Files that are missing, too many or not as the manifest says."""
    try:
        stated = read(folder)
    except FileNotFoundError:
        yield f"{NAME} is missing"
        return
    except (OSError, ValueError) as error:
        yield str(error)
        return
    there = files(folder)
    yield from (f"{name} is not in {NAME}" for name in there if name not in stated)
    yield from (f"{name} is missing" for name in stated if name not in set(there))
    for name, digest in hashes(folder, [name for name in there if name in stated]).items():
        if digest != stated[name]:
            yield f"{name} is not as {NAME} says"
