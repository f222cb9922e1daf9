"""The dataset in parts: one document at fault harms no other, and what is kept is what is made."""

import shutil
from pathlib import Path

import pytest

from pipeline import parts
from pipeline.check import Broken
from pipeline.files import Source, discover
from pipeline.rows import OWN
from pipeline.schema import TABLE
from pipeline.settings import DEFAULT
from pipeline.shards import Shards
from pipeline.validate import check_dataset, read_tables
from tests.small import build, contents


def test_a_document_that_breaks_the_contract_is_quarantined_alone(samples, tmp_path, monkeypatch):
    real = parts.check

    def check(frames, texts):
        if (frames["segments"]["country_iso3"] == "PRT").any():
            raise Broken(["segments: one is odd"])
        real(frames, texts)

    monkeypatch.setattr(parts, "check", check)
    summary = build(samples, tmp_path)
    assert [source for source, _ in summary.quarantined] == ["chapter-portugal.txt"]
    assert "break the contract (segments: one is odd)" in summary.quarantined[0][1]
    assert summary.n_documents == 2
    counts = check_dataset(tmp_path)
    assert counts["documents"] == 3
    assert len(list((tmp_path / "text").iterdir())) == 2


def sources(n: int) -> list[Source]:
    return [Source(Path(f"{i}.txt"), f"{i}.txt", f"{i:064x}", 1) for i in range(n)]


def test_shares_hold_every_document_once_in_the_order_of_the_ids():
    found = parts.shares(sources(1000), DEFAULT)
    ids = [source.document_id for share in found for source in share.sources]
    assert ids == sorted(s.document_id for s in sources(1000))
    assert [share.prefix for share in found] == sorted({key[4:6] for key in ids})


def test_another_document_is_another_key_for_its_part_only():
    before = {s.prefix: s.key for s in parts.shares(sources(1000), DEFAULT)}
    after = {s.prefix: s.key for s in parts.shares(sources(1001), DEFAULT)}
    assert [p for p in after if after[p] != before.get(p)] == [sources(1001)[-1].document_id[4:6]]


def test_parts_are_made_in_groups_of_bounded_size():
    found = parts.shares(sources(2000), DEFAULT)
    groups = list(parts.together(found))
    assert [share for group in groups for share in group] == found
    assert max(sum(len(share.sources) for share in group) for group in groups) < 350


def test_a_part_holds_the_rows_of_the_dataset(samples, dataset):
    frames, _ = read_tables(dataset)
    kept = Shards.of(dataset, DEFAULT)
    n_rows = dict.fromkeys(OWN, 0)
    for share in parts.shares(discover(samples), DEFAULT):
        part = parts.opened(share.prefix, kept.store.get(share.key))
        assert part is not None
        for name in OWN:
            n_rows[name] += len(part.rows(name))
            assert bytes(part.csv(name)) in (dataset / f"{name}.csv").read_bytes()
    for name in OWN:
        missing = frames[name][TABLE[name].key].str.startswith("missing-").sum()
        assert n_rows[name] == len(frames[name]) - missing


@pytest.mark.parametrize("data", [None, b"", b"\0" * 40, b"\xff" * 40])
def test_a_damaged_part_is_none(data):
    assert parts.opened("00", data) is None


def test_documents_that_decide_together_are_compared_across_parts(samples, tmp_path):
    raw = shutil.copytree(samples, tmp_path / "raw")
    text = (
        "Registers in Estonia\n\nThe ministry keeps the public registers of the country and says so"
        " every year. Estonia ranked {} in the E-Government Development Index 2018.\n"
    )
    for name, rank in (("a", "33rd"), ("b", "35th")):
        (raw / f"{name}.txt").write_text(text.format(rank), encoding="utf-8")
    build(raw, tmp_path / "both")
    frames, _ = read_tables(tmp_path / "both")
    found = frames["rankings"].query("edition == 2018 and country_iso3 == 'EST'")
    assert set(found.query("rank in (33, 35)")["check"]) == {"contradicted"}
    (raw / "b.txt").unlink()
    build(raw, tmp_path / "both")
    build(raw, tmp_path / "one")
    assert contents(tmp_path / "both") == contents(tmp_path / "one")
    frames, _ = read_tables(tmp_path / "one")
    assert set(frames["rankings"].query("rank == 33")["check"]) == {"ok"}
