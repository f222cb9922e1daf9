"""The page as a file, or as a file and a folder of pieces where one file would be too large."""

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pipeline import __version__
from pipeline.explorer.chunks import Chunks
from pipeline.explorer.pages import templates

_OURS = b"govtable("  # how each file in the folder begins


@dataclass(frozen=True, slots=True)
class Written:
    """What was written; `folder` is None where the page holds everything."""

    page: Path
    folder: Path | None
    size: int


def save(chunks: Chunks, to: Path, *, title: str, limit: int) -> Written:
    """Write the page.

    Args:
        limit: Bytes above which the pieces go into the folder `<name>-data` beside the page.

    Raises:
        OSError: If something cannot be written.
    """
    folder = to.with_name(f"{to.stem}-data")
    _clear(folder)
    split = chunks.size > limit
    page = render(chunks, title=title, folder=folder.name if split else None)
    to.write_text(page, encoding="utf-8", newline="\n")
    if not split:
        return Written(to, None, len(page.encode()))
    folder.mkdir(exist_ok=True)
    for name, content in chunks.encoded.items():
        script = f'govtable("{name}","{content}")\n'
        (folder / f"{name}.js").write_text(script, encoding="ascii", newline="\n")
    return Written(to, folder, len(page.encode()) + chunks.size)


def render(chunks: Chunks, *, title: str, folder: str | None) -> str:
    """The page, with the pieces in it where there is no folder for them."""
    style, script = _source("page.css"), _source("page.js") + _source("views.js")
    # Scripts of the folder: the page may be opened from a disk or from a web server.
    more = " 'self' file:" if folder else ""
    policy = (
        f"default-src 'none'; script-src {_digest(script)}{more}; style-src {_digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        templates()
        .get_template("page.html.jinja")
        .render(
            title=title,
            version=__version__,
            policy=policy,
            style=style,
            script=script,
            chunks={} if folder else chunks.encoded,
            folder=folder or "",
        )
    )


def _source(name: str) -> str:
    return (files("pipeline.explorer") / "templates" / name).read_text(encoding="utf-8")


def _digest(source: str) -> str:
    """The hash by which the content security policy lets exactly this source run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _clear(folder: Path) -> None:
    """Remove the pieces of an earlier page, and nothing else."""
    if not folder.is_dir():
        return
    for path in folder.glob("*.js"):
        with path.open("rb") as file:
            ours = file.read(len(_OURS)) == _OURS
        if ours:
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()
