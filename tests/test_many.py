"""The reports of the benchmarks: new sentences, the same by number, read without complaint."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from statistics import mean

import pytest

from pipeline import journey
from pipeline.files import discover
from pipeline.records import Result
from tests import many
from tests.many import names, slots
from tests.many.sentences import pool


@pytest.fixture(scope="module")
def thousand() -> list[many.Written]:
    return [many.report(i) for i in range(1_000)]


def test_nearly_every_sentence_is_new(thousand: list[many.Written]) -> None:
    assert many.distinct(report.text for report in thousand) >= 0.95


def test_a_sentence_that_comes_again_is_not_counted_as_new() -> None:
    text = "The agency has published its report.\nThe law was passed in 2019."
    assert many.distinct([text]) == 1
    assert many.distinct([text, text]) == 0.5
    assert many.distinct([f"<p>{text}</p>", text]) == 0.5


def test_reports_have_the_length_of_reports(thousand: list[many.Written]) -> None:
    lengths = sorted(len(report.text.split()) for report in thousand)
    assert 450 <= mean(lengths) <= 550
    assert lengths[0] >= 120
    assert lengths[-1] <= 3_600
    assert lengths[50] < 220 and lengths[-50] > 1_000  # a wide spread, not one length


def test_the_mean_length_can_be_chosen() -> None:
    lengths = [len(many.report(i, words=1_000).text.split()) for i in range(300)]
    assert 850 <= mean(lengths) <= 1_150


def test_all_kinds_come_about_as_often_as_they_should(thousand: list[many.Written]) -> None:
    kinds = Counter(report.name.split("-", 2)[2] for report in thousand)
    for kind, share, ending, _ in many.KINDS:
        assert abs(kinds[f"{kind}.{ending}"] - 1_000 * share) < 40


def test_a_report_depends_on_its_number_and_seed_only(tmp_path: Path) -> None:
    few = many.write(range(4), tmp_path / "few")
    more = many.write([9, 3, 2, 0, 1], tmp_path / "more")
    texts = {path.name: path.read_bytes() for path in more}
    assert all(path.read_bytes() == texts[path.name] for path in few)
    assert many.report(0, seed=1) != many.report(0)


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.many", "3", str(tmp_path / "there")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.search(r"3 reports .* of the sentences are new", done.stdout)
    for path in many.write(range(3), tmp_path / "here"):
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes()


def test_every_report_is_read(tmp_path: Path) -> None:
    many.write(range(24), tmp_path)
    layouts = Counter[tuple[str, str]]()
    for source in discover(tmp_path):
        outcome = journey.travel(source)
        assert isinstance(outcome, Result), outcome
        assert outcome.mentions
        layouts[source.name.split("-")[2].split(".")[0], outcome.outline.layout] += 1
    assert {layout for kind, layout in layouts if kind == "chapter"} == {"chapter"}
    assert {"webpage", "indicator"} <= {layout for _, layout in layouts}


@pytest.mark.parametrize(
    ("sentence", "pattern"),
    [
        ("It opened in 2010–14.", r"It opened in (20\d\d|19\d\d)–\d\d\."),
        ("It cost 4,500 crowns.", r"It cost \d,\d{3} crowns\."),
        ("On 3 May 2019 it closed.", r"On [12]?\d \w+ 20\d\d it closed\."),
        (
            "Three of them often wait.",
            r"Three of them (often|frequently|.* and again|regularly) wait\.",
        ),
        ("See www.example.org/2019-01 for it.", r"See www\.example\.org/2019-01 for it\."),
        ("A costly choice.", r"A (costly|dear) choice\."),  # not 'A expensive'
        ("It makes up 2.5 percent.", r"It makes up 2\.5 percent\."),
    ],
)
def test_what_varies_keeps_its_form(sentence: str, pattern: str) -> None:
    home = names.homes()[0]
    parts = tuple(slots.parts(sentence, []))
    for seed in range(40):
        text = slots.joined(parts, Random(seed), home)
        assert re.fullmatch(pattern, text), text


def test_sentences_of_any_country_can_be_told_of_all() -> None:
    random = Random(7)
    for home in names.homes():
        for template in random.sample(pool().common, 5):
            text = template.filled(random, home)
            assert text[0].isupper() and text.endswith("."), text
            assert not re.search("[\ue000-\uf8ff{}]", text), text
