"""Results kept between runs: what is loaded is what was saved, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.files import Source, discover
from pipeline.journey import travel
from pipeline.records import Failure, Result
from pipeline.settings import DEFAULT, Settings
from pipeline.shards import Shards


@pytest.fixture(scope="module")
def sources(samples) -> list[Source]:
    return discover(samples)


@pytest.fixture(scope="module")
def result(sources) -> Result:
    found = travel(sources[0])
    assert isinstance(found, Result)
    return found


FAILURE = Failure(
    document_id="doc-1",
    source="scan “1”.pdf",
    sha256="0" * 64,
    media_type="application/pdf",
    reason="It is a scan; save it as text.",
)


def test_a_result_comes_back_equal(sources, result, tmp_path):
    kept = Shards(tmp_path, DEFAULT)
    kept.save(sources[0], result)
    assert kept.load(sources[0]) == result


def test_a_failure_comes_back_equal(sources, tmp_path):
    kept = Shards(tmp_path, DEFAULT)
    kept.save(sources[0], FAILURE)
    assert kept.load(sources[0]) == FAILURE


def test_what_was_not_saved_is_nothing(sources, tmp_path):
    assert Shards(tmp_path, DEFAULT).load(sources[0]) is None


def test_another_source_or_other_settings_are_another_result(sources, tmp_path):
    Shards(tmp_path, DEFAULT).save(sources[0], FAILURE)
    assert Shards(tmp_path, DEFAULT).load(sources[1]) is None
    assert Shards(tmp_path, DEFAULT).load(replace(sources[0], sha256="1" * 64)) is None
    assert Shards(tmp_path, Settings(seed=1)).load(sources[0]) is None


DAMAGE = [
    ("empty", lambda data: b""),
    ("cut short", lambda data: data[: len(data) // 2]),
    ("no UTF-8", lambda data: b"\xff" + data),
    ("another shape", lambda data: b'{"report": 1}'),
    ("a list", lambda data: b"[]"),
    ("impossible offsets", lambda data: data.replace(b'"start":0', b'"start":-1', 1)),
]


@pytest.mark.parametrize(("reason", "damage"), DAMAGE, ids=[d[0] for d in DAMAGE])
def test_a_damaged_result_is_nothing_and_can_be_replaced(sources, result, tmp_path, reason, damage):
    kept = Shards(tmp_path, DEFAULT)
    kept.save(sources[0], result)
    path = kept.path(sources[0])
    path.write_bytes(damage(path.read_bytes()))
    assert kept.load(sources[0]) is None
    kept.save(sources[0], result)
    assert kept.load(sources[0]) == result


def test_a_saving_cut_off_keeps_the_earlier_result(sources, tmp_path, monkeypatch):
    kept = Shards(tmp_path, DEFAULT)
    kept.save(sources[0], FAILURE)

    def broken(self, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(OSError):
            kept.save(sources[0], replace(FAILURE, reason="Another."))
    assert kept.load(sources[0]) == FAILURE


def test_pruning_drops_what_no_source_uses(sources, tmp_path):
    kept = Shards(tmp_path, DEFAULT)
    for source in sources:
        kept.save(source, FAILURE)
    stray = kept.path(sources[0]).with_suffix(".1.tmp")
    stray.write_bytes(b"half")
    kept.prune(sources[:1])
    assert [kept.load(source) is not None for source in sources] == [True, False, False]
    assert not stray.exists()
