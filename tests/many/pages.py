"""Web pages and strategies about one country, as plain text, Markdown or HTML."""

from html import escape
from itertools import groupby
from random import Random

from tests.many.prose import about, line, paragraph
from tests.many.wordings import ACTIONS, HEADINGS, ITEMS, TITLES

Element = tuple[str, str]  # kind (title, heading, paragraph or item) and text


def page(random: Random, words: int) -> list[Element]:
    """A ministry's or an agency's page."""
    return _made("page", random, words)


def strategy(random: Random, words: int) -> list[Element]:
    """A strategy with numbered chapters and actions."""
    return _made("strategy", random, words)


def _made(kind: str, random: Random, words: int) -> list[Element]:
    home = about(random)
    headings = [line((form,), random, home) for form in HEADINGS[kind]]
    random.shuffle(headings)
    found: list[Element] = [("title", line(TITLES[kind], random, home))]
    number = 0
    while (left := words - _length(found)) > 0:
        heading = headings[number % len(headings)]
        number += 1
        found.append(("heading", f"{number}. {heading}" if kind == "strategy" else heading))
        for _ in range(random.randint(1, 3)):
            text = paragraph(random, home, min(left, random.randint(30, 110)))
            found.append(("paragraph", text))
        if random.random() < 0.4:
            forms = ACTIONS if kind == "strategy" else ITEMS
            found += [("item", line(forms, random, home)) for _ in range(random.randint(2, 5))]
    return found


def _length(elements: list[Element]) -> int:
    return sum(len(text.split()) for _, text in elements)


def plain(elements: list[Element]) -> str:
    """As plain text."""
    return _written(elements, {"item": "- "})


def markdown(elements: list[Element]) -> str:
    """As Markdown."""
    return _written(elements, {"title": "# ", "heading": "## ", "item": "- "})


def _written(elements: list[Element], marks: dict[str, str]) -> str:
    blocks: list[str] = []
    for kind, group in groupby(elements, key=lambda element: element[0]):
        lines = [marks.get(kind, "") + text for _, text in group]
        blocks.append(("\n" if kind == "item" else "\n\n").join(lines))
    return "\n\n".join(blocks) + "\n"


def html(elements: list[Element]) -> str:
    """As a web page with the usual furniture."""
    tags = {"title": "h1", "heading": "h2", "item": "li", "paragraph": "p"}
    body: list[str] = []
    for kind, group in groupby(elements, key=lambda element: element[0]):
        lines = [f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" for _, text in group]
        body += ["<ul>", *lines, "</ul>"] if kind == "item" else lines
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="en"><head><meta charset="utf-8"><title>{escape(elements[0][1])}</title>',
            '</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav><main>',
            *body,
            "</main><footer><p>Imprint</p></footer></body></html>\n",
        ]
    )
