"""The canonical text as HTML, its blocks as elements and its mentions marked.

Without the markup it is the same text again, character by character. Offsets count code points and
a browser counts UTF-16, so everything is cut here and nothing in the browser.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from pipeline.explorer.dataset import Row

UNSURE = 0.8  # a mention below this confidence is drawn with a broken line
_HEADINGS = frozenset({"heading", "country_heading"})
Tile = tuple[Row | None, int, int]


def safe(text: str) -> str:
    """The text as HTML content or attribute value, one character for each.

    A parser would drop U+0000 and turn a carriage return into a line feed.
    """
    return escape(text).replace("\0", "\ufffd").replace("\r", "&#13;")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its mentions, to be cut into stretches.

    Attributes:
        mentions: Sorted; of two that begin together the longer one first, a YEAR last.
        names: The name of each entity.
        meanings: What a YEAR mention says, by its id.
    """

    text: str
    mentions: Sequence[Row]
    starts: Sequence[int]
    names: Mapping[str, str]
    meanings: Mapping[str, str]

    @classmethod
    def of(
        cls,
        text: str,
        mentions: Sequence[Row],
        names: Mapping[str, str],
        meanings: Mapping[str, str],
    ) -> "Marked":
        """The text with mentions in any order."""
        ordered = sorted(mentions, key=lambda m: (m["start"], -m["end"], m["label"] == "YEAR"))
        return cls(text, ordered, [m["start"] for m in ordered], names, meanings)

    def tiles(self, spans: Sequence[Row], low: int, high: int) -> Iterator[Tile]:
        """Cut `low:high` into the spans and what lies between them; no mention is cut."""
        at = low
        for span in sorted(spans, key=lambda s: (s["start"], s["end"])):
            for row, end in ((None, span["start"]), (span, span["end"])):
                stop = min(self._whole(at, end), high)
                if at < stop:
                    yield row, at, stop
                    at = stop
        if at < high:
            yield None, at, high

    def _whole(self, start: int, end: int) -> int:
        """Where a stretch ends that holds all of each mention beginning in it."""
        inside = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        ends: list[int] = [mention["end"] for mention in inside]
        return max([end, *ends])

    def html(self, blocks: Sequence[Row], low: int, high: int, *, heading: str = "h3") -> str:
        """The stretch with its blocks as elements.

        Args:
            heading: The element of what are headings there.
        """
        parts: list[str] = []
        in_list, page = False, None
        for block, start, end in self.tiles(blocks, low, high):
            inline = self.inline(start, end)
            if block is None:
                parts.append(inline)
                continue
            role = block["role"]
            if in_list != (role == "list_item"):
                parts.append("</ul>" if in_list else "<ul>")
                in_list = not in_list
            new = block["page"] is not None and block["page"] != page
            page = block["page"]
            marker = f' data-page="{page}"' if new else ""
            tag = heading if role in _HEADINGS else "li" if role == "list_item" else "p"
            parts.append(f'<{tag} class="{role}"{marker}>{inline}</{tag}>')
        return "".join(parts) + ("</ul>" if in_list else "")

    def inline(self, start: int, end: int) -> str:
        """The stretch with its mentions marked and nothing else."""
        parts: list[str] = []
        still: list[tuple[int, str]] = []  # ends and closing tags of mentions that are open
        at = start
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        for mention in self.mentions[first:last]:
            at = self._close(parts, still, at, mention["start"])
            parts.append(safe(self.text[at : mention["start"]]))
            at = mention["start"]
            tag = "a" if mention["entity_id"] and not still else "span"
            parts.append(self._opening(mention, tag, nested=bool(still)))
            still.append((min([mention["end"], end, *(e for e, _ in still)]), f"</{tag}>"))
        at = self._close(parts, still, at, end)
        parts.append(safe(self.text[at:end]))
        return "".join(parts)

    def _close(self, parts: list[str], still: list[tuple[int, str]], at: int, before: int) -> int:
        """Close the mentions that end at or before an offset; says how far the text is written."""
        while still and still[-1][0] <= before:
            end, closing = still.pop()
            parts.append(safe(self.text[at:end]) + closing)
            at = end
        return at

    def _opening(self, mention: Row, tag: str, *, nested: bool) -> str:
        sure = mention["confidence"]
        low = " low" if sure < UNSURE else ""
        data = {"c": f"{sure:.2f}", "m": mention["method"], "k": mention["country_iso3"]}
        entity = mention["entity_id"]
        name = self.names.get(entity or "")
        if name is not None and name != mention["text"]:
            data["n"] = name
        data["r"] = self.meanings.get(mention["mention_id"])
        if mention["section"] == "boilerplate":
            data["s"] = "boilerplate"
        given = "".join(f' data-{key}="{safe(value)}"' for key, value in data.items() if value)
        label = mention["label"]
        # Nothing inside a link may be reached on its own; the link tells what is in it.
        reach = f' href="#/entity/{entity}"' if tag == "a" else "" if nested else ' tabindex="0"'
        key = safe(mention["mention_id"])
        return f'<{tag} class="m {label}{low}" id="{key}"{reach} data-l="{label}"{given}>'


def snippet(text: str, start: int, end: int, *, width: int = 70) -> tuple[str, str, str]:
    """What stands before, at and after `start:end` in its line, cut between words.

    Args:
        width: Most characters on either side.
    """
    before = text[max(0, start - width) : start].rpartition("\n")[2]
    after = text[end : end + width].partition("\n")[0]
    if start - len(before) > 0 and len(before) == width:
        before = "…" + before.partition(" ")[2]
    if len(after) == width and end + width < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before.lstrip(), text[start:end], after.rstrip()
