"""Datasets that cannot be compared, or only in part."""

import shutil

import pandas as pd
import pytest

from pipeline.commit import unfinished
from pipeline.diff import compare
from pipeline.schema import TABLE, TABLES


def test_what_is_no_dataset_is_told(dataset, copied, tmp_path):
    with pytest.raises(ValueError, match="nowhere is not a folder"):
        compare(dataset, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="empty is not a dataset: it has no documents.parquet"):
        compare(tmp_path / "empty", dataset)
    path = copied / "documents.parquet"
    pd.read_parquet(path).drop(columns="sha256").to_parquet(path)
    with pytest.raises(ValueError, match="documents has no column sha256"):
        compare(dataset, copied)
    path.write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"documents\.parquet cannot be read"):
        compare(dataset, copied)


def test_a_table_that_is_cut_off_is_told(dataset, copied):
    path = copied / "mentions.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ValueError, match=r"mentions\.parquet cannot be read"):
        compare(dataset, copied)


def test_a_release_without_texts_is_noted_once_and_has_no_changed_rows(dataset, copied):
    shutil.rmtree(copied / "text")
    for table in TABLES:
        path = copied / f"{table.name}.parquet"
        data = pd.read_parquet(path)
        for column in table.columns:
            if column.quoted:
                data[column.name] = pd.array([pd.NA] * len(data), dtype="string")
        data.to_parquet(path)
    for old, new in ((dataset, copied), (copied, dataset)):
        found = compare(old, new)
        assert found.equal
        (note,) = found.notes
        assert "holds no texts" in note
        assert "citations.text" in note
        assert "mentions.text" not in note


def test_tables_and_columns_of_one_side_are_noted_and_left_out(dataset, copied):
    (copied / "year_roles.parquet").unlink()
    path = copied / "panel.parquet"
    pd.read_parquet(path).drop(columns="n_words").assign(mood="fine").to_parquet(path)
    pd.DataFrame({"a": [1]}).to_parquet(copied / "strange.parquet")
    found = compare(dataset, copied)
    assert found.equal
    assert "year_roles" not in found.tables
    text = "\n".join(found.notes)
    for word in ("year_roles is only in", "panel.n_words: only in", "panel.mood", "strange: not"):
        assert word in text


def test_keys_alone_can_be_compared(dataset, copied):
    counts = {}
    for table in TABLES:
        path = copied / f"{table.name}.parquet"
        kept = [table.key, *(("source", "sha256") if table.name == "documents" else ())]
        data = pd.read_parquet(path)[kept].iloc[1:]
        data.to_parquet(path, index=False)
        counts[table.name] = len(data)
    found = compare(dataset, copied)
    for name in ("countries", "entities", "panel", "provenance"):
        table = found.tables[name]
        assert table.counts == {"added": 0, "removed": 1, "changed": 0, "moved": 0}
    assert {name: table.n_new for name, table in found.tables.items()} == counts


def test_older_datasets_tell_causes_by_their_runs(dataset, copied):
    for folder in (dataset, copied):
        assert not unfinished(folder)
    (copied / "provenance.parquet").unlink()
    path = copied / "runs.parquet"
    runs = pd.read_parquet(path)
    models = runs["model_versions"].str.replace('"tiers.npz": "', '"tiers.npz": "0')
    runs.assign(model_versions=models, configuration_hash="other").to_parquet(path)
    path = copied / "mentions.parquet"
    pd.read_parquet(path).iloc[1:].to_parquet(path)
    found = compare(dataset, copied)
    causes = {str(cause) for cause in found.tables["mentions"].cause_counts()}
    assert causes == {"model tiers.npz", "setting some setting"}
    assert any("provenance" in note for note in found.notes)


def test_every_table_has_an_identity():
    from pipeline.diff.identity import IDENTITIES

    assert set(IDENTITIES) == set(TABLE)
    for name, identity in IDENTITIES.items():
        columns = {*TABLE[name].names}
        levels = [c for level in (*identity.place, *identity.content) for c in level.columns]
        named = {c for c in levels if not c.startswith("(")}
        assert named | {*identity.words} <= columns, name


def test_a_key_that_is_there_twice_is_told(dataset, copied):
    path = copied / "segments.parquet"
    data = pd.read_parquet(path)
    pd.concat([data, data.head(1)]).to_parquet(path)
    with pytest.raises(ValueError, match=r"segments\.parquet is damaged: segment_id is not unique"):
        compare(dataset, copied)
