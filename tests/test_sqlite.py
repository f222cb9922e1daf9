"""The database: brought up to date or made anew, the bytes are the same."""

import random

import pytest

from pipeline import sqlite
from pipeline.schema import TABLE

TABLES = (TABLE["documents"], TABLE["entities"])


def row(table, key, **values):
    made = {c.name: None for c in table.columns} | values
    for column in table.columns:
        if not column.null and made[column.name] is None:
            made[column.name] = column.values[0] if column.values else "x"
            if column.type == "integer":
                made[column.name] = 1
    return (key, *list(made.values())[1:])


def rows(table, n, seed=0):
    return [row(table, f"doc-{(i * 7919 + seed) % 65536:04x}00000000") for i in range(n)]


def fresh(tmp_path, content):
    path = tmp_path / "fresh.sqlite"
    with sqlite.draft(tmp_path / "draft") as base:
        for table, found in content.items():
            base.add(TABLE[table], found)
        base.save(path)
    return path


@pytest.mark.parametrize("seed", range(3))
def test_an_update_gives_the_bytes_of_a_new_file(tmp_path, seed):
    chance = random.Random(seed)
    documents, entities = rows(TABLE["documents"], 400), rows(TABLE["entities"], 300)
    kept = [r for r in documents if not r[0].startswith("doc-3")]
    before = kept + rows(TABLE["documents"], 5, 3)[:0]
    before += [row(TABLE["documents"], f"doc-3{i:011x}") for i in range(50)]
    chance.shuffle(before)
    old = fresh(
        tmp_path,
        {"documents": before, "entities": entities[50:150] + rows(TABLE["entities"], 9, 11)},
    )
    earlier = old.rename(tmp_path / "earlier.sqlite")
    with sqlite.draft(tmp_path / "draft", earlier) as base:
        base.clear(TABLE["documents"], "doc-3", "doc-3g")
        base.add(TABLE["documents"], [r for r in documents if r[0].startswith("doc-3")])
        base.replace(TABLE["entities"], entities)
        base.save(tmp_path / "updated.sqlite")
    new = fresh(tmp_path, {"documents": documents, "entities": entities})
    assert (tmp_path / "updated.sqlite").read_bytes() == new.read_bytes()
    assert not (tmp_path / "draft").exists()


def test_the_draft_goes_when_something_fails(tmp_path):
    with pytest.raises(RuntimeError), sqlite.draft(tmp_path / "draft"):
        raise RuntimeError("stop")
    assert not (tmp_path / "draft").exists()
