"""The same page of 41 countries with its scores printed in other ways."""

from pathlib import Path

import pytest

from pipeline import layout, segment, tiers
from pipeline.layout import headed, split_lines

TEXT = (Path(__file__).parents[2] / "raw" / "open-data.txt").read_text(encoding="utf-8-sig")


def segments(text: str) -> list[tuple[str | None, int | None, int | None]]:
    outline = layout.outline(text, "page.txt")
    statements = tiers.find(outline, text)
    outline = layout.with_statements(outline, text, statements)
    found = segment.segments(outline, text, statements, "page.txt")
    return [(s.country, s.score_min, s.score_max) for s in found]


def printed(form: str) -> str:
    """The page with each country's name and score in the form."""
    score, lines = "", []
    for block in headed.outline(split_lines(TEXT)).blocks:
        if block.role == "score":
            score = block.of(TEXT)
        elif block.role == "country_heading":
            lines.append(form.format(name=block.of(TEXT), score=score))
        else:
            lines.append(block.of(TEXT))
    return "\n".join(lines)


@pytest.fixture(scope="module")
def expected() -> list[tuple[str | None, int | None, int | None]]:
    return segments(TEXT)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{score}\n{name}", id="score above the name, for each country"),
        pytest.param("{name}\n{score}", id="below the name"),
        pytest.param("{name}\n{score}/10", id="below the name, of ten"),
        pytest.param("{name}\nScore: {score}", id="below the name, with a label"),
        pytest.param("{name} {score}", id="behind the name"),
        pytest.param("{name} ({score})", id="in brackets"),
        pytest.param("{name} – {score}/10", id="behind a dash"),
        pytest.param("{name}: {score}", id="behind a colon"),
        pytest.param("{name} {score} points", id="with points"),
        pytest.param("{score} {name}", id="before the name"),
        pytest.param("{score} | {name}", id="in a cell before the name"),
        pytest.param("🇪🇺 {name} ▼\n{score}.0", id="with a flag and an arrow, a decimal"),
    ],
)
def test_segments_are_the_same(form, expected):
    assert segments(printed(form)) == expected


def test_countries_that_are_numbered_have_no_other_scores(expected):
    outline = headed.outline(split_lines(TEXT))
    names = [b.of(TEXT) for b in outline.blocks if b.role == "country_heading"]
    text = TEXT
    for i, name in enumerate(names, start=1):
        text = text.replace(f"\n{name}\n", f"\n{i}. {name}\n", 1)
    assert segments(text) == expected
