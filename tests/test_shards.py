"""Results kept between runs: what is loaded is what was saved, or nothing."""

import pytest

from pipeline import arrow
from pipeline.files import Source, discover
from pipeline.journey import travel
from pipeline.records import Failure, Result
from pipeline.rows import OWN, SHARED, rows_of
from pipeline.settings import DEFAULT, Settings
from pipeline.shards import Shards, opened, shard
from pipeline.steps import Steps

FAILURE = Failure(
    document_id="doc-1",
    source="scan “1”.pdf",
    sha256="0" * 64,
    media_type="application/pdf",
    reason="It is a scan; save it as text.",
)


@pytest.fixture(scope="module")
def sources(samples) -> list[Source]:
    return discover(samples)


@pytest.fixture(scope="module")
def result(sources) -> Result:
    found = travel(sources[0])
    assert isinstance(found, Result)
    return found


@pytest.mark.parametrize("kind", ["result", "failure"])
def test_the_rows_come_back_equal(result, kind):
    outcome = result if kind == "result" else FAILURE
    data = opened(shard(outcome, 1.5))
    assert data is not None
    assert data.column("seconds").to_pylist() == [1.5]
    assert data.column("text")[0].as_py() == (result.report.text if kind == "result" else None)
    rows = rows_of(outcome)
    for name in (*OWN, *SHARED):
        assert arrow.dicts(arrow.flat(data.column(name))) == rows[name]


def test_what_was_saved_is_found_by_its_document(sources, tmp_path):
    kept = Shards.of(tmp_path, DEFAULT)
    kept.save(sources[0], shard(FAILURE), None)
    assert kept.load(sources[0]) is not None
    assert kept.load(sources[1]) is None
    assert Shards.of(tmp_path, Settings(seed=1)).load(sources[0]) is not None  # no stage obeys it
    assert Shards.of(tmp_path, Settings(max_pages=1)).load(sources[0]) is None
    assert list(kept.load_many(sources)) == [sources[0].document_id]


@pytest.mark.parametrize("data", [b"", b"ARROW1", b"x" * 300, shard(FAILURE)[:-20]])
def test_damaged_rows_are_none(data):
    assert opened(data) is None


def test_rows_of_another_shape_are_none():
    import pyarrow as pa

    assert opened(arrow.written(pa.table({"text": ["a"]}))) is None


def test_what_the_stages_came_to_is_kept_for_the_content(sources, tmp_path):
    kept = Shards.of(tmp_path, DEFAULT)
    steps = Steps(DEFAULT)
    travel(sources[0], DEFAULT, steps)
    kept.save(sources[0], shard(FAILURE), steps)
    again = kept.steps(sources[0])
    travel(sources[0], DEFAULT, again)
    assert steps.passed == ["read", "tiers", "segments", "names"]
    assert again.passed == []
