"""What may be written into a file of corrections, and what is told of what may not."""

import pytest

from pipeline import corrections
from pipeline.corrections import KINDS, Given, correction, load
from pipeline.records import ACTIONS
from tests.corrected import SHA, written


def test_every_action_is_explained():
    assert set(KINDS) == set(ACTIONS)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"document": "report.txt"}, "sha256"),
        ({"document": "GH" * 32}, "sha256"),
        ({"quote": " "}, "quote is empty"),
        ({"action": "delete"}, "no action 'delete'"),
        ({"action": "mention", "value": "FIRM"}, "needs a value \\(AGENCY"),
        ({"action": "not_a_mention", "value": "x"}, "takes no value"),
        ({"action": "country", "value": "XYZ"}, "'XYZ' is no country"),
        ({"action": "country", "value": "Latvia"}, "alpha-3"),
        ({"action": "tier", "value": "5"}, "1 to 4"),
        ({"action": "score", "value": "11"}, "1 to 10"),
        ({"action": "score", "value": "8-6"}, "ends before"),
        ({"action": "rank", "value": "0"}, "a number"),
        ({"action": "rank"}, "nothing"),
        ({"action": "rank", "value": "3", "document": "*"}, "only same_entity"),
        ({"nth": "0"}, "nth"),
        ({"nth": "first"}, "nth"),
        ({"quote": "= -"}, "nothing but a sign"),
        ({"action": "entity", "value": "="}, "needs a value"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_line(tmp_path, told, problem):
    row = {"document": SHA, "quote": "words", "action": "not_a_mention"} | told
    path = written(tmp_path, [{"document": SHA, "quote": "a", "action": "not_a_mention"}, row])
    with pytest.raises(ValueError, match=rf"corrections.csv line 3: .*{problem}"):
        load(path)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"quote,action\na,b\n", "no column 'document'"),
        (b"", "no column 'document'"),
        (b"document,quote,action\n\xff,a,b\n", "not UTF-8 .*save it as UTF-8"),
        ("document\tquote\taction\n".encode("utf-16"), "not UTF-8 .*save it as UTF-8"),
        (b'document,quote,action\n*,"a\n', "line"),
        (b"document,quote,action,quote\n", "'quote' twice"),
        (b"document,quote,action\n*,a, b,rank\n", "line 2: more cells than columns"),
        (
            b"document,quote,action,value\n*,A,same_entity,B\n*,b,same_entity,C\n*,c,same_entity,a\n",
            "'a' is said to be another entity",
        ),
    ],
)
def test_what_is_no_such_file_is_told(tmp_path, data, problem):
    path = tmp_path / "corrections.csv"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=problem):
        load(path)


def test_there_need_be_no_file_and_rows_are_taken_once(tmp_path):
    assert load(tmp_path / "corrections.csv") == ()
    row = {"document": SHA, "quote": "the bank", "action": "not_a_mention", "note": "a river's"}
    path = written(tmp_path, [row, row, dict.fromkeys(row, ""), row | {"by": "me"}])
    (found,) = load(path)
    assert (found.quote, found.note, found.nth) == ("the bank", "a river's", None)
    path.write_text("\ufeff" + corrections.write([found]), encoding="utf-8")
    assert load(path) == (found,)


def test_a_report_is_meant_by_its_content_or_its_place():
    one = correction(SHA, "a", "not_a_mention")
    short = correction(SHA[:12], "b", "not_a_mention")
    here = correction("doc-0123456789ab", "c", "not_a_mention")
    every = correction("*", "d", "same_entity", "e")
    all_ = (one, short, here, every)
    given = Given(all_)
    assert given.of("doc-0123456789ab", SHA) == all_
    assert given.of("doc-ffffffffffff", "cd" * 32) == (every,)
    assert given.of("doc-ffffffffffff", SHA) == (one, short, every)
    assert given.of("doc-ffffffffffff", SHA[:12] + "cd" * 26) == (short, every)


def test_values_are_compared_in_one_form():
    score = correction(SHA, "a", "score", "6 – 8", was="7-7")
    assert (score.value, score.was) == ("6-8", "7")
    assert correction(SHA, "a", "value", "0.90", was="0.84732150").was == "0.8473215"
    assert correction(SHA, "a", "entity", "Bank  of\nItaly").value == "Bank of Italy"
    assert correction(SHA, "a", "value", "0.00001", was="1234567.5").value == "0.00001"
    assert correction(SHA, "a", "ranked_country", "LVA", was="none").was == "none"
    with pytest.raises(ValueError, match="can never find"):
        correction(SHA, "a", "not_a_mention", was="AGENCIES")


def test_rows_that_differ_in_their_notes_are_one_and_the_last_word_counts(tmp_path):
    row = {"document": SHA, "quote": "the bank", "action": "not_a_mention"}
    path = written(tmp_path, [row | {"note": "one"}, row | {"quote": "b"}, row | {"note": "two"}])
    assert [(c.quote, c.note) for c in load(path)] == [("b", None), ("the bank", "two")]


@pytest.mark.parametrize(
    "start", ["", "\ufeff", "sep=;\r\n", '\ufeff"SEP=;"\r\n'], ids=["bare", "mark", "sep", "both"]
)
def test_a_spreadsheet_of_another_country_is_read(tmp_path, start):
    path = tmp_path / "corrections.csv"
    rows = f"{SHA.upper()};the bank;not_a_mention;2.0;\r\n;;;;\r\n"
    path.write_text(f"{start}Document; Quote ;ACTION;nth\r\n{rows}", encoding="utf-8")
    assert [(c.document, c.quote, c.nth) for c in load(path)] == [(SHA, "the bank", 2)]
    with path.open("a", encoding="utf-8") as file:
        file.write("x;the bank;not_a_mention\n")
    line = 5 if "sep" in start.lower() else 4
    with pytest.raises(ValueError, match=rf"line {line}: document is 'x'"):
        load(path)


def test_the_last_of_equal_rows_counts(tmp_path):
    row = {"document": SHA, "quote": "the bank", "action": "tier"}
    path = written(tmp_path, [row | {"value": value} for value in "121"])
    assert [c.value for c in load(path)] == ["2", "1"]
