"""What is marked in a text survives the trip into a tool's format and back."""

import json
import warnings
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from pipeline.exchange import cas, label_studio, labelling, read, write
from pipeline.exchange.annotated import Annotated, Annotation
from pipeline.exchange.changes import corrections
from pipeline.records import LABELS
from tests.exchange.texts import SHA, documents

TEXT = "In 2019 the 😀 Ministry of Justice ran X-Road."


def marks(document: Annotated) -> list[tuple[str, int, int, str | None]]:
    return sorted((a.kind, a.start, a.end, a.label) for a in document.annotations)


def through_label_studio(document: Annotated) -> Annotated:
    told = json.loads(json.dumps(label_studio.tasks([document], finished=True)))
    (found,), left_out = label_studio.read(told, "x.json")
    assert not left_out
    return found


@given(documents())
def test_label_studio_keeps_every_span(document):
    found = through_label_studio(document)
    assert (marks(found), found.text) == (marks(document), document.text)
    assert (found.source, found.sha256) == (document.source, document.sha256)
    assert corrections(document, found, SHA) == []


@settings(max_examples=50)
@given(documents())
def test_cas_keeps_every_span(document):
    pytest.importorskip("cassis")
    found = cas.from_json(cas.to_json(document), "x.json")
    assert (marks(found), found.text) == (marks(document), document.text)
    assert (found.source, found.sha256) == (document.source, document.sha256)
    assert corrections(document, found, SHA) == []


@settings(max_examples=10)  # the types are read for each
@given(documents())
def test_xmi_keeps_every_span(tmp_path_factory, document):
    cassis = pytest.importorskip("cassis")
    folder = tmp_path_factory.mktemp("xmi")
    loaded = cassis.load_cas_from_json(cas.to_json(document))
    loaded.to_xmi(folder / "a.xmi")
    assert marks(cas.from_xmi(folder / "a.xmi", "a.xmi")) == marks(document)
    loaded.typesystem.to_xml(folder / "TypeSystem.xml")
    assert marks(cas.from_xmi(folder / "a.xmi", "a.xmi")) == marks(document)


def test_the_offsets_in_a_cas_are_javas():
    pytest.importorskip("cassis")
    start = TEXT.index("Ministry")
    name = Annotation(kind="mention", start=start, end=start + 8, label="AGENCY")
    told = json.loads(cas.to_json(Annotated(name="a", text=TEXT, annotations=(name,))))
    (found,) = [fs for fs in told["%FEATURE_STRUCTURES"] if fs["%TYPE"] == "govtable.Mention"]
    assert (found["begin"], found["end"]) == (start + 1, start + 9)  # 😀 has two units


def test_offsets_between_the_units_of_a_letter_are_an_error():
    pytest.importorskip("cassis")
    name = Annotation(kind="mention", start=12, end=13, label="AGENCY")
    told = cas.to_json(Annotated(name="a", text=TEXT, annotations=(name,)))
    broken = told.replace('"end": 14', '"end": 13')
    assert broken != told
    with pytest.raises(ValueError, match="no CAS that can be read"):
        cas.from_json(broken, "x.json")


def region(start: int, end: int, text: str | None, *labels: str) -> dict[str, object]:
    value = {"start": start, "end": end, "labels": list(labels)}
    return {
        "id": f"r{start}",
        "from_name": "name",
        "to_name": "text",
        "type": "labels",
        "value": value | ({} if text is None else {"text": text}),
    }


def task(*results: dict[str, object], **more: object) -> dict[str, object]:
    return {"id": 7, "data": {"text": TEXT}, "annotations": [{"result": list(results)}]} | more


def test_offsets_of_early_versions_are_told_by_the_quoted_words():
    start = TEXT.index("Ministry")
    units = region(start + 1, start + 9, "Ministry", "AGENCY")
    year = region(3, 7, "2019", "YEAR")
    (found,), _ = label_studio.read([task(units, year)], "x.json")
    assert marks(found) == [("mention", 3, 7, "YEAR"), ("mention", start, start + 8, "AGENCY")]


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (task(region(3, 7, "2018", "YEAR")), "3:7 is '2019' in the text, not '2018'"),
        (task(region(3, 7, None, "FIRM")), "'FIRM' at 3:7 is no label"),
        (task(region(3, 7, None, "LAW", "YEAR")), "'LAW and YEAR' at 3:7"),
        (task(region(3, 7, None)), "'nothing' at 3:7"),
        (task(region(3, 700, None, "LAW")), "ends outside the text"),
        (task(region(7, 3, None, "LAW")), "impossible offsets 7:3"),
        (task(region(3, "x", None, "LAW")), "no whole numbers"),  # type: ignore[arg-type]
        (task({"type": "rating", "value": {}}), "type 'rating'"),
        (task({"type": "choices", "value": None}), "a result has no value"),
        (task({"type": "choices", "value": {"choices": "EST"}}), "'EST' is no list of choices"),
        (task({"type": "labels", "value": {"labels": [{}]}}), "no list of labels"),
        (task(region(3, 7, None, "LAW") | {"value": "x"}), "a result has no value"),
        (task() | {"data": {}}, "no text in data.text"),
        (task() | {"annotations": [{"result": []}, {"result": []}]}, "has 2 annotations"),
        (task() | {"annotations": [{}]}, "no list of results"),
        ({"id": 7, "text": TEXT, "annotator": 1}, "not as JSON-MIN"),
    ],
)
def test_what_cannot_be_meant_names_the_task(told, problem):
    with pytest.raises(ValueError, match=problem) as error:
        label_studio.read([told], "x.json")
    assert str(error.value).startswith("x.json, task 7")


def test_what_nobody_annotated_is_left_out_and_the_true_one_of_several_taken():
    nobody = {"id": 1, "data": {"text": TEXT}, "predictions": []}
    cancelled = task() | {"annotations": [{"was_cancelled": True, "result": []}]}
    both = [{"result": []}, {"ground_truth": True, "result": [region(3, 7, "2019", "YEAR")]}]
    found, left_out = label_studio.read([nobody, cancelled, task() | {"annotations": both}], "x")
    assert left_out == ["x, task 1", "x, task 7"]
    assert [marks(document) for document in found] == [[("mention", 3, 7, "YEAR")]]


def test_annotations_of_another_shape_are_none_and_meta_is_only_read():
    nobody = task() | {"annotations": 7}
    odd = task(region(3, 7, "2019", "YEAR") | {"meta": ["a"]})
    (found,), left_out = label_studio.read([nobody, odd], "x")
    assert left_out == ["x, task 7"]
    assert marks(found) == [("mention", 3, 7, "YEAR")]


def test_the_configuration_declares_every_label_and_tag_that_the_tasks_use():
    view = ElementTree.fromstring(labelling.configuration())
    assert {tag.get("value") for tag in view.iter("Label")} == {*LABELS, *label_studio.PARTS}
    codes = {tag.get("alias") for tag in view.iter("Choice")}
    assert {"EST", "XKX", "1", "4"} <= codes
    section = Annotation(kind="segment", start=0, end=7, told={"country": "EST", "tier": "2"})
    name = Annotation(kind="mention", start=3, end=7, label="YEAR")
    document = Annotated(name="a", text=TEXT, annotations=(section, name))
    (prediction,) = label_studio.tasks([document])[0]["predictions"]
    used = {(r["from_name"], r["to_name"]) for r in prediction["result"]}
    assert used == {(tag.get("name"), tag.get("toName")) for tag in view if tag.get("toName")}


@pytest.mark.parametrize("suffix", ["json", "xmi"])
def test_inceptions_own_layer_for_names_is_read(tmp_path, suffix):
    cassis = pytest.importorskip("cassis")
    about = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        types = cassis.load_dkpro_core_typesystem()
    meta = types.create_type(about, "uima.tcas.DocumentAnnotation")
    types.create_feature(meta, "documentTitle", "uima.cas.String")
    loaded = cassis.Cas(types, sofa_string=TEXT)
    name = types.get_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    loaded.add(name(begin=3, end=7, value="YEAR"))
    loaded.add(meta(begin=0, end=len(TEXT), documentTitle="page.txt"))
    getattr(loaded, f"to_{suffix}")(tmp_path / f"a.{suffix}")
    (found,) = read(tmp_path).documents
    assert found.source == "page.txt"
    assert marks(found) == [("mention", 3, 7, "YEAR")]
    assert corrections(found, found, SHA) == []


@pytest.mark.parametrize(
    "data",
    ["", "{", "[]", "[1]", '{"document": "a.txt"}', '{"data": 1}', "[" * 100_000],
    ids=["empty", "cut", "nothing", "number", "standoff", "odd", "deep"],
)
def test_other_files_are_of_neither_format(tmp_path, data):
    path = tmp_path / "a.json"
    path.write_text(data)
    assert read(path) is None
    assert read(tmp_path) is None


def test_a_folder_of_both_kinds_is_an_error(tmp_path):
    document = Annotated(name="a", text=TEXT, annotations=())
    write([document], tmp_path / "new", "label-studio", finished=True)
    (tmp_path / "new" / "gold.json").write_text('{"document": "a.txt"}')
    with pytest.raises(ValueError, match="gold.json is neither"):
        read(tmp_path)


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ValueError, match="not empty"):
        write([], tmp_path, "label-studio")


def test_a_missing_library_is_told(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "cassis", None)
    with pytest.raises(ValueError, match=r"pip install -e '\.\[annotate\]'"):
        cas.to_json(Annotated(name="a", text=TEXT, annotations=()))
