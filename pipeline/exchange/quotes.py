"""From a place in the canonical text to the words that a correction quotes.

Corrections are looked up in the text as a reader sees it (`pipeline.visible`), where runs of white
space are alike; `nth` counts the occurrences of the quote there.
"""

import re
from bisect import bisect_left, bisect_right

from pipeline import visible
from pipeline.correcting import places
from pipeline.records import FORMULA, Span

_ENOUGH = 80  # characters that tell a section or a sentence


class Shown:
    """A text as it is seen, in which corrections are looked up."""

    def __init__(self, text: str) -> None:
        """View the text."""
        self._view = visible.view(text)
        self.text = self._view.text if self._view else text

    def span(self, place: Span) -> Span | None:
        """A stretch of the canonical text as it is seen; None if nothing is seen of it.

        White space around it, and what a mention may not begin with (`records.harmless`), are left
        out; a letter of which only the accent lies inside counts as a whole.
        """
        start, end = place.start, place.end
        if self._view:
            start = bisect_right(self._view.ends, start)
            end = bisect_left(self._view.starts, end)
        words = self.text[start:end].rstrip()
        while (bare := words.lstrip().lstrip(FORMULA + " ")) != words:
            start, words = start + len(words) - len(bare), bare
        return Span(start=start, end=start + len(words)) if words else None

    def quoted(self, place: Span) -> tuple[str, int | None]:
        """The words at a place of what is seen; which occurrence they are, if not the only one."""
        words = " ".join(place.of(self.text).split())
        found = places(words, self.text)
        return words, found.index(place) + 1 if len(found) > 1 else None

    def opening(self, place: Span) -> tuple[str, int | None]:
        """The first words of a section or a sentence, as `quoted`."""
        words = place.of(self.text)
        cut = words[:_ENOUGH]
        if len(words) > _ENOUGH and not words[_ENOUGH].isspace():
            cut = re.sub(r"\s\S*$", "", cut)
        return self.quoted(Span(start=place.start, end=place.start + len(cut.rstrip())))
