"""Where files lie: a local folder, or a URL of an object store such as `s3://bucket/folder`."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    from upath import UPath

    Place = Path | UPath
else:
    Place = Path  # so that a run on local folders does not import fsspec

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # one letter is a drive
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}
# A listing that is kept would hide what other machines have written since.
_FRESH: dict[str, Any] = {"use_listings_cache": False}
_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {
        "config_kwargs": {"max_pool_connections": 50},  # requests at once; ten unless told
        "max_concurrency": 1,  # parts of one object at once; more ask for its size before reading
    },
}


def place(text: str | Path) -> Place:
    """The place that a path or URL names.

    Raises:
        ValueError: If the driver of the URL is not installed, or there is none.

    Example:
        >>> place("file:///data/raw")
        PosixPath('/data/raw')
    """
    if not isinstance(text, str):
        return text
    url = _URL.match(text)
    if url is None:
        return Path(text)
    protocol = url[1].lower()
    return _local(text) if protocol in ("file", "local") else _remote(text, protocol)


def is_remote(p: Place) -> bool:
    """Whether a place is reached over fsspec."""
    return not isinstance(p, Path)


def listing(p: Place, *, deep: bool = True) -> dict[str, dict[str, Any]]:
    """What a remote store tells of each object under a place, by path relative to it.

    Args:
        deep: Whether those in its folders are listed too.

    Raises:
        OSError: If the store does not answer; nothing there is an empty listing.
    """
    files, root = p.fs, p.path.rstrip("/") + "/"  # type: ignore[union-attr]
    files.invalidate_cache()
    try:
        with answering():
            found = _find(files, root[:-1]) if deep else _children(files, root[:-1])
    except FileNotFoundError:
        return {}
    return {
        path.removeprefix(root): told
        for path, told in found.items()
        if path.startswith(root) and not path.endswith("/")  # a console's mark for a folder
    }


@contextmanager
def answering() -> Iterator[None]:
    """Have the errors that are a driver's own be an OSError, as those of a disk are."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"the store does not answer: {error}") from error


def _find(files: Any, root: str) -> dict[str, dict[str, Any]]:
    try:  # drivers that walk from folder to folder leave out, unless told, what they cannot open
        found = files.find(root, detail=True, on_error="raise")
    except TypeError:  # the others list all at once
        found = files.find(root, detail=True)
    return dict(found)


def _children(files: Any, root: str) -> dict[str, dict[str, Any]]:
    return {told["name"]: told for told in files.ls(root, detail=True) if told["type"] == "file"}


def _local(url: str) -> Path:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise ValueError(f"{url} names another machine; a local folder has three slashes, file:///")
    return Path(url2pathname(parts.path))


def _remote(url: str, protocol: str) -> Place:
    from fsspec import get_filesystem_class  # late: see Place
    from upath import UPath

    try:
        get_filesystem_class(protocol)
    except ImportError as error:
        extra = _EXTRAS.get(protocol)
        advice = f"pip install -e '.[{extra}]' in the folder of govtable" if extra else str(error)
        raise ValueError(f"{url} needs a driver that is not installed: {advice}") from None
    except ValueError:
        raise ValueError(f"{url}: there is no driver for {protocol}://") from None
    url = re.sub(r"(?<!:)/{2,}", "/", url).rstrip("/")  # drivers take an empty name in two ways
    remote: Place = UPath(url, **_FRESH, **_OPTIONS.get(protocol, {}))
    return remote


def sync_folder(folder: Path) -> None:
    """Have the names in a local folder on disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
