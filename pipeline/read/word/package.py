"""The zip file around a Word document: its limits, its parts and how they refer to each other.

`docx.Document()` opens no strict and no macro-enabled files, gives up when a picture is missing,
and unpacks what a header only claims to be small; so the few parts needed are opened here.
"""

import posixpath
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml.etree import _Element

from pipeline.read.word.xml import parse, tag
from pipeline.records import Unreadable

_MAX_MEMBERS = 10_000
_ENCRYPTED = 0x1
_MAIN = "word/document.xml"


class Package:
    """An opened Word file."""

    def __init__(self, data: bytes, *, max_expanded_bytes: int) -> None:
        """Look at the table of contents only; nothing is unpacked yet.

        Raises:
            Unreadable: If it would expand beyond the limits.
            zipfile.BadZipFile: If it is no zip file.
        """
        self._zip = ZipFile(BytesIO(data))
        members = self._zip.infolist()
        _check(members, max_expanded_bytes)
        self._members = {_key(member.filename): member for member in members}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}

    def main(self) -> tuple[str, _Element]:
        """Name and root of the main document.

        Raises:
            Unreadable: If there is none.
        """
        name = next(iter(self.targets("", "officeDocument")), _MAIN)
        root = self.part(name)
        if root is None:
            name, root = _MAIN, self.part(_MAIN)
        if root is None or tag(root) != "w:document":
            raise Unreadable(
                "The file is a zip file without a Word document (word/document.xml) in it;"
                " unpack it, or save it as .docx."
            )
        return name, root

    def part(self, name: str) -> _Element | None:
        """The root of a part, None if the file does not have it."""
        member = self._members.get(_key(name))
        return None if member is None else parse(self._read(member))

    def targets(self, source: str, kind: str) -> list[str]:
        """The names of all parts to which a part refers in a way, as `styles`."""
        return [target for found, target in self._related(source).values() if found == kind]

    def target(self, source: str, relation: str | None) -> str | None:
        """The name of the part behind the id of a relation, None if there is none."""
        found = self._related(source).get(relation or "")
        return found[1] if found else None

    def _related(self, source: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relation of a part, by its id."""
        if source not in self._relations:
            folder, file = posixpath.split(source)
            root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
            self._relations[source] = {
                each.get("Id", ""): (
                    each.get("Type", "").rpartition("/")[2],
                    posixpath.join("/", folder, each.get("Target", "")),
                )
                for each in (() if root is None else root)
                if each.get("TargetMode") != "External"
            }
        return self._relations[source]

    def _read(self, member: ZipInfo) -> bytes:
        """Unpack a member, never more of it than it claims to hold."""
        if member.flag_bits & _ENCRYPTED:
            raise Unreadable("The Word file is protected by a password; save it without one.")
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unreadable("The Word file is packed in an odd way; open it and save it again.")
        with self._zip.open(member) as file:
            return file.read(member.file_size)


def _check(members: list[ZipInfo], max_expanded_bytes: int) -> None:
    if len(members) > _MAX_MEMBERS:
        raise Unreadable(
            f"The Word file holds {len(members):,} files, the limit is {_MAX_MEMBERS:,};"
            " open it and save it again."
        )
    size = sum(member.file_size for member in members)
    if size > max_expanded_bytes:
        raise Unreadable(
            f"The Word file expands to {size / 1e6:,.1f} MB, the limit is"
            f" {max_expanded_bytes / 1e6:,.1f} MB; save it without its pictures"
            " or raise the limit (--set max_expanded_bytes=…)."
        )


def _key(name: str) -> str:
    """Names of parts ignore case; some writers take the backslash for the slash."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lower().lstrip("/")
