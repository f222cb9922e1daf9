"""Out of a dataset, through a person's hands in a tool, and back by a run with the corrections."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.cli import main
from pipeline.exchange.changes import changed
from pipeline.exchange.dataset import Dataset
from pipeline.exchange.keeping import keep
from pipeline.validate import check_place
from tests.small import build, contents

ESTONIA, PORTUGAL = "ministry-estonia.txt", "chapter-portugal.txt"
Names = list[tuple[int, int, str]]
FORMATS = ("label-studio", "cas")


def table(out: Path, name: str, source: str) -> pd.DataFrame:
    documents = pd.read_parquet(out / "documents.parquet").set_index("source")
    data = pd.read_parquet(out / f"{name}.parquet")
    return data[data["document_id"] == documents.loc[source, "document_id"]]


def names(out: Path, source: str) -> Names:
    found = table(out, "mentions", source)
    return sorted(zip(found["start"], found["end"], found["label"], strict=True))


def text_of(out: Path, source: str) -> str:
    (document_id,) = set(table(out, "segments", source)["document_id"])
    return (out / "text" / f"{document_id}.txt").read_text(encoding="utf-8")


def exported(out: Path, folder: Path, form: str) -> Path:
    if form == "cas":
        pytest.importorskip("cassis")
    assert main(["export", str(out), "--to", str(folder), "--format", form]) == 0
    return folder


def edit(folder: Path, form: str, change: Callable[[Names, str], Names], source: str) -> None:
    """Do in the exported files what a person does in the tool to the names of one report."""
    if form == "cas":
        _edit_cas(folder, change, source)
    else:
        _edit_tasks(folder, change, source)


def _edit_tasks(folder: Path, change: Callable[[Names, str], Names], source: str) -> None:
    path = folder / "tasks-0001.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for number, task in enumerate(tasks, start=1):
        results = task.pop("predictions")[0]["result"]
        text = task["data"]["text"]
        if task["data"]["source"] == source:
            kept = [r for r in results if r["from_name"] != "name"]
            values = (r["value"] for r in results if r["from_name"] == "name")
            old = [(v["start"], v["end"], v["labels"][0]) for v in values]
            results = kept + [_region(name, text) for name in change(old, text)]
        task |= {"id": number, "annotations": [{"result": results}], "predictions": []}
    path.write_text(json.dumps(tasks), encoding="utf-8")


def _region(name: tuple[int, int, str], text: str) -> dict[str, Any]:
    start, end, label = name
    value = {"start": start, "end": end, "text": text[start:end], "labels": [label]}
    common = {"id": f"x{start}{label}", "from_name": "name", "to_name": "text", "type": "labels"}
    return common | {"value": value}


def _edit_cas(folder: Path, change: Callable[[Names, str], Names], source: str) -> None:
    import cassis

    (folder / "typesystem.xml").unlink()
    for path in folder.glob("*.json"):
        loaded = cassis.load_cas_from_json(path.read_text(encoding="utf-8"))
        (about,) = loaded.select("govtable.Document")
        if about.source == source:
            old = list(loaded.select("govtable.Mention"))
            for fs in old:
                loaded.remove(fs)
            kind = loaded.typesystem.get_type("govtable.Mention")
            by_place = {(fs.begin, fs.end, fs.label): fs for fs in old}
            for start, end, label in change(list(by_place), loaded.sofa_string):
                same = by_place.get((start, end, label))
                loaded.add(same or kind(begin=start, end=end, label=label))
            loaded.to_json(path)


def imported(folder: Path, out: Path, to: Path, *more: str) -> int:
    return main(["import", str(folder), "--dataset", str(out), "--to", str(to), *more])


@pytest.fixture
def raw(samples, tmp_path) -> Path:
    """The reports of the dataset, with room for corrections beside them."""
    return shutil.copytree(samples, tmp_path / "raw")


def as_a_person(old: Names, text: str) -> Names:
    """Delete one, call another something else, cut a third, and mark one that was missed."""
    apart = [n for n in old if n[2] != "YEAR"]
    gone, relabelled, cut = apart[0], apart[3], next(n for n in apart[4:] if n[1] - n[0] > 12)
    kept = [n for n in old if n not in (gone, relabelled, cut)]
    start, end, label = cut
    shorter = (start, start + text[start:end].rindex(" "), label)
    new = (*relabelled[:2], "PLATFORM" if relabelled[2] != "PLATFORM" else "LAW")
    taken = [n for n in old if n[2] != "YEAR"]
    at = next(
        i
        for i in range(len(text) - 20)
        if text[i].isalpha()
        and text[i - 1] == " "
        and text[i + 12] == " "
        and not any(i < b and a < i + 12 for a, b, _ in taken)
        and "\n" not in text[i : i + 12]
    )
    return [*kept, new, shorter, (at, at + 12, "STRATEGY")]


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_nobody_changed_has_nothing_to_correct(dataset, tmp_path, form, capsys):
    folder = exported(dataset, tmp_path / "there", form)
    edit(folder, form, lambda old, text: old, ESTONIA)
    assert imported(folder, dataset, tmp_path / "corrections.csv") == 0
    assert "nothing to correct in 3 documents" in capsys.readouterr().out
    assert not (tmp_path / "corrections.csv").exists()


@pytest.mark.parametrize("form", FORMATS)
def test_a_run_gives_exactly_the_names_that_the_person_left(raw, copied, tmp_path, form):
    folder = exported(copied, tmp_path / "there", form)
    wanted = sorted(as_a_person(names(copied, ESTONIA), text_of(copied, ESTONIA)))
    others = names(copied, PORTUGAL)
    edit(folder, form, as_a_person, ESTONIA)
    assert imported(folder, copied, tmp_path / "corrections.csv") == 0
    build(raw, copied)
    assert names(copied, ESTONIA) == wanted
    assert names(copied, PORTUGAL) == others
    assert set(pd.read_parquet(copied / "corrections.parquet")["status"]) == {"applied"}
    check_place(copied)
    if form == "cas":  # one format is enough for what follows
        return
    # … and once more, from the corrected dataset: one of the changes is taken back
    again = exported(copied, tmp_path / "again", form)
    edit(again, form, lambda old, text: old[1:], ESTONIA)
    assert imported(again, copied, tmp_path / "corrections.csv", "--append") == 0
    build(raw, copied)
    assert len(names(copied, ESTONIA)) == len(wanted) - 1
    check_place(copied)


def test_a_section_gets_the_country_and_tier_that_were_chosen(raw, copied, tmp_path):
    folder = exported(copied, tmp_path / "there", "label-studio")
    path = folder / "tasks-0001.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    before = table(copied, "segments", PORTUGAL).iloc[0]
    for task in tasks:
        results = task.pop("predictions")[0]["result"]
        if task["data"]["source"] == PORTUGAL:
            mine = next(r for r in results if r["from_name"] == "part")
            results = [r for r in results if r["id"] != mine["id"]] + [mine]
            chosen = {"country": ["Latvia"], "tier": ["3"]}  # the name counts as the code
            for name, choices in chosen.items():
                value = {k: mine["value"][k] for k in ("start", "end")} | {"choices": choices}
                told = {"from_name": name, "to_name": "text", "type": "choices"}
                results.append(told | {"id": mine["id"], "value": value})
        task["annotations"] = [{"result": results}]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert imported(folder, copied, tmp_path / "corrections.csv") == 0
    build(raw, copied)
    after = table(copied, "segments", PORTUGAL).iloc[0]
    assert (before["country_iso3"], after["country_iso3"]) == ("PRT", "LVA")
    assert (after["tier"], after["corrected"]) == (3, 1)
    check_place(copied)


def test_a_run_says_of_names_and_placements_what_the_person_wrote(raw, copied, tmp_path):
    dataset = Dataset(copied)
    (key,) = dataset.chosen([PORTUGAL])
    before = dataset.annotated(key)
    name = next(a for a in before.of_kind("mention") if a.told)
    there = before.of_kind("ranking")
    ranking = next(r for r in there if [o.start for o in there].count(r.start) == 1)
    said = [
        (name, {"entity": "Office of Nowhere", "country": "none"}),
        (
            ranking,
            {
                "rank": "12",
                "out_of": "40",
                "edition": "2011",
                "country": "LVA",
                "value": "123456.7",
            },
        ),
    ]
    new = [replace(a, told={**a.told, **told}) for a, told in said]
    left = (*(a for a in before.annotations if a not in (name, ranking)), *new)
    keep(changed([replace(before, annotations=left)], dataset), tmp_path / "corrections.csv")
    assert build(raw, copied).not_corrected == ()
    after = Dataset(copied).annotated(key)
    for a, told in said:
        (same,) = [
            b
            for b in after.of_kind(a.kind)
            if (b.start, b.end, b.label) == (a.start, a.end, a.label)
        ]
        assert {field: same.told[field] for field in told} == told
    check_place(copied)


@pytest.mark.parametrize("form", FORMATS)
def test_one_document_by_its_id_or_source_and_the_same_bytes_each_time(
    dataset, tmp_path, form, capsys
):
    if form == "cas":
        pytest.importorskip("cassis")
    (document_id,) = set(table(dataset, "segments", ESTONIA)["document_id"])
    for folder, chosen in (("a", ESTONIA), ("b", document_id)):
        told = ["export", str(dataset), "--to", str(tmp_path / folder), "--format", form]
        assert main([*told, "--document", chosen]) == 0
        assert "1 document in" in capsys.readouterr().out
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    everything = b"".join(contents(tmp_path / "a").values())
    assert ESTONIA.encode() in everything
    assert PORTUGAL.encode() not in everything


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda data: data | {"sha256": "cd" * 32}, "has changed, its sha256 differs"),
        (lambda data: data | {"text": data["text"] + " more"}, "its text is not that of"),
        (
            lambda data: {"text": data["text"] + " more"},
            "no document of the dataset has its text",
        ),
    ],
)
def test_another_text_is_an_error_that_names_the_task(dataset, tmp_path, change, problem, capsys):
    folder = exported(dataset, tmp_path / "there", "label-studio")
    path = folder / "tasks-0001.json"
    task = json.loads(path.read_text(encoding="utf-8"))[0]
    told = {"id": 7, "data": change(task["data"]), "annotations": task["predictions"]}
    path.write_text(json.dumps([told]), encoding="utf-8")
    capsys.readouterr()
    assert imported(path, dataset, tmp_path / "corrections.csv") == 1
    said = capsys.readouterr().err
    assert said.startswith("govtable: tasks-0001.json, task 7")
    assert problem in said
    assert len(said.splitlines()) == 1


def test_a_text_alone_tells_the_document(dataset, tmp_path, capsys):
    folder = exported(dataset, tmp_path / "there", "label-studio")
    path = folder / "tasks-0001.json"
    task = json.loads(path.read_text(encoding="utf-8"))[0]
    told = {"data": {"text": task["data"]["text"]}, "annotations": task["predictions"]}
    path.write_text(json.dumps(told), encoding="utf-8")
    assert imported(path, dataset, tmp_path / "corrections.csv") == 0
    assert "nothing to correct in 1 document" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("told", "status", "problem"),
    [
        (["export", "{out}", "--to", "{new}", "--format", "cas", "--document", "x"], 1, "'x'"),
        (["export", "{nowhere}", "--to", "{new}", "--format", "label-studio"], 2, "no folder|not"),
        (["export", "{new}", "--to", "{out}", "--format", "label-studio"], 1, "is no dataset"),
        (["import", "{nowhere}", "--dataset", "{out}"], 2, "there is no"),
        (["import", "{out}/datapackage.json", "--dataset", "{out}"], 1, "neither"),
        (["import", "{there}", "--dataset", "{out}"], 1, "nobody annotated the 3 tasks"),
    ],
)
def test_what_cannot_be_done_is_one_line(dataset, tmp_path, told, status, problem, capsys):
    there = exported(dataset, tmp_path / "there", "label-studio")
    (tmp_path / "new").mkdir()
    capsys.readouterr()
    names = {"out": dataset, "new": tmp_path / "new", "nowhere": tmp_path / "no", "there": there}
    assert main([part.format(**names) for part in told]) == status
    said = capsys.readouterr().err
    assert any(word in said for word in problem.split("|"))
    assert len(said.splitlines()) == 1
