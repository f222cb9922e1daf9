"""Every kind of broken dataset is reported, with the table and the reason."""

import pandas as pd
import pytest

from pipeline.check import Broken, check, type_problems
from pipeline.columns import Column
from pipeline.schema import TABLE, TABLES
from pipeline.tables import frame
from pipeline.validate import read_tables


@pytest.fixture(scope="module")
def found(dataset):
    return read_tables(dataset)


@pytest.fixture
def tables(found):
    """Tables and texts of the dataset, to be broken."""
    frames, texts = found
    copies = {name: data.copy() for name, data in frames.items()}
    copies["corrections"] = frame(TABLE["corrections"], _corrections(frames["mentions"]))
    return copies, dict(texts)


def _corrections(mentions):
    """One correction of each fate, in the order of their keys."""
    mention = mentions[mentions["text"].str.count(" ") == 2].iloc[0]
    common = {"correction_id": "cor-1", "action": "not_a_mention", "quote": mention["text"]}
    there = {"document_id": mention["document_id"]}
    placed = there | {"start": mention["start"], "end": mention["end"], "status": "applied"}
    everywhere = {"action": "same_entity", "quote": "Nobody", "value": "Somebody"}
    fates = [
        placed | {"quote": mention["text"].replace(" ", "  ")},
        there | {"status": "quote_missing"},
        {"status": "document_missing"},
        everywhere | {"status": "quote_missing"},
        everywhere | there | {"status": "applied"},
    ]
    return [common | {"corrected_id": f"cor-{i}"} | fate for i, fate in enumerate(fates)]


def test_the_dataset_is_whole(tables):
    check(*tables)


def test_a_cell_that_a_spreadsheet_would_run(tables):
    frames, texts = tables
    frames["documents"].loc[0, "title"] = "=1+1"
    with pytest.raises(Broken, match="documents: title of .* begins like a formula"):
        check(frames, texts)


def _set(name, column, value, at=0):
    def change(frames, texts):
        frames[name].loc[at, column] = value

    return change


def _shift(frames, texts):
    """A mention one character too far to the right."""
    frames["mentions"].loc[0, ["start", "end"]] += 1


def _beyond(frames, texts):
    document = frames["blocks"].loc[0, "document_id"]
    frames["blocks"].loc[0, "end"] = len(texts[document]) + 9


def _twice(frames, texts):
    """The first name a second time, one character shorter."""
    names = frames["mentions"].query("label != 'YEAR' and end - start > 4").head(1)
    again = names.assign(
        mention_id=names["mention_id"] + "x",
        end=names["end"] - 1,
        text=names["text"].str[:-1],
    )
    frames["mentions"] = pd.concat([frames["mentions"], again], ignore_index=True)


def _drop_block(frames, texts):
    frames["blocks"] = frames["blocks"].drop(index=1).reset_index(drop=True)


def _drop_last_block(frames, texts):
    own = frames["blocks"]["document_id"] == frames["blocks"].loc[0, "document_id"]
    last = frames["blocks"].index[own][-1]
    frames["blocks"] = frames["blocks"].drop(index=last).reset_index(drop=True)


def _overlapping_blocks(frames, texts):
    frames["blocks"].loc[0, "end"] = frames["blocks"].loc[1, "start"] + 1


def _lose_text(frames, texts):
    del texts[frames["blocks"].loc[0, "document_id"]]


def _drop_table(frames, texts):
    del frames["rankings"]


def _drop_column(frames, texts):
    frames["segments"] = frames["segments"].drop(columns="tier")


def _repeat_key(frames, texts):
    frames["entities"].loc[1, "entity_id"] = frames["entities"].loc[0, "entity_id"]


def _repeat_panel(frames, texts):
    again = frames["panel"].head(1).assign(panel_id="p-again")
    frames["panel"] = pd.concat([frames["panel"], again], ignore_index=True)


def _repeat(name, *columns):
    """The first row's cells in the second."""

    def change(frames, texts):
        data = frames[name]
        data.loc[1, list(columns)] = data.loc[0, list(columns)].tolist()

    return change


def _other_model(frames, texts):
    data = frames["provenance"]
    at = data["kind"] == "model"
    data.loc[at, "version"] = "0" * 16


def _overlapping_segments(frames, texts):
    """A document's first segment reaches into its second."""
    data = frames["segments"]
    again = data["document_id"].duplicated()
    at = data.index[again][0]
    data.loc[at - 1, "end"] = data.loc[at, "start"] + 1


def _grade(name, **values):
    """Values for the first row that has a tier."""

    def change(frames, texts):
        at = frames[name]["tier"].first_valid_index()
        frames[name].loc[at, list(values)] = list(values.values())

    return change


def _ungraded(**values):
    """Values for the first segment, after its tier was taken away."""

    def change(frames, texts):
        gone = dict.fromkeys(("tier", "score_min", "score_max"), pd.NA)
        for column, value in (gone | values).items():
            frames["segments"].loc[0, column] = value

    return change


BROKEN = [
    (_shift, "does not quote its text"),
    (_set("citations", "text", "Somebody (1999): Something."), "does not quote its text"),
    (_set("tier_statements", "text", "All is well."), "does not quote its text"),
    (_beyond, "impossible offsets"),
    (_set("mentions", "end", 0), "impossible offsets"),
    (_set("mentions", "entity_id", "ent-nobody"), "not in entities"),
    (_set("segments", "country_iso3", "ZZZ"), "not in countries"),
    (_set("blocks", "document_id", "doc-gone"), "is not in documents"),
    (_set("panel", "document_id", "doc-gone"), "is not in documents"),
    (_twice, "overlaps"),
    (_drop_block, "loses or repeats characters"),
    (_drop_last_block, "loses the characters"),
    (_overlapping_blocks, "loses or repeats characters"),
    (_lose_text, "text of .* is missing"),
    (_drop_table, "rankings: the table is missing"),
    (_drop_column, "segments"),
    (_repeat_key, "entities"),
    (_repeat_panel, "panel.* is not unique"),
    (_set("mentions", "label", "PERSON"), "mentions.label"),
    (_set("segments", "tier", 5), "segments.tier"),
    (_set("mentions", "confidence", 1.5), "mentions.confidence"),
    (_set("documents", "sha256", "abc"), "documents.sha256"),
    (_set("documents", "source", None), "documents.source"),
    (_set("segments", "end", 10**6), "segments.*impossible offsets"),
    (_overlapping_segments, "segments: .* overlaps the one before"),
    (_grade("segments", tier=1, score_min=3, score_max=5), "segments: .*outside the band"),
    (_grade("segments", tier=4, score_min=3, score_max=3), "segments: .*outside the band"),
    (_grade("tier_statements", tier=2, score_min=9, score_max=10), "statements: .* the band"),
    (_grade("panel", tier=3, score_min=1, score_max=2), "panel: .*outside the band"),
    (_grade("segments", tier_status="absent"), "tier_status and tier_reason of .* do not fit"),
    (_grade("segments", tier_reason="unclear"), "tier_status and tier_reason of .* do not fit"),
    (_ungraded(tier_status="stated", tier_reason="unclear"), "tier_reason of .* do not fit"),
    (_ungraded(tier_status="absent", tier_reason=None), "tier_reason of .* do not fit"),
    (_set("documents", "n_chars", 7), "n_chars of .* is not the length"),
    (_repeat("documents", "source"), "documents: source is not unique"),
    (_repeat("entities", "label", "name", "country_iso3"), "entities: label × .* is not unique"),
    (_set("entities", "name", "＝1+1"), "entities: name of .* begins like a formula"),
    (_set("citations", "title", "-1"), "citations: title of .* begins like a formula"),
    (_set("corrections", "quote", "Somebody Else"), "corrections: cor-0 does not quote its text"),
    (_set("provenance", "version", "0" * 16), "has several versions"),
    (_set("provenance", "name", "another"), "is not the id of its stage, kind and name"),
    (_other_model, "runs: the models of .* are not those of provenance"),
    (_set("runs", "model_versions", "none"), "runs: the models of .* are not those of provenance"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN)
def test_broken_tables_are_reported(tables, change, message):
    change(*tables)
    with pytest.raises(Broken, match=message):
        check(*tables)


@pytest.mark.parametrize(
    "change",
    [
        _grade("segments", tier=2, score_min=6, score_max=6),  # within the band
        _ungraded(tier_status="absent", tier_reason="unclear"),
        _set("documents", "n_chars", pd.NA),
    ],
)
def test_what_fits_is_not_reported(tables, change):
    change(*tables)
    check(*tables)


@pytest.mark.parametrize(
    ("name", "low", "high", "values"),
    [
        ("segments", "score_min", "score_max", (9, 6)),
        ("mentions", "year_start", "year_end", (9, 6)),
    ],
)
def test_an_interval_that_ends_before_it_begins_is_reported(tables, name, low, high, values):
    frames, texts = tables
    at = frames[name][low].first_valid_index()
    frames[name].loc[at, [low, high]] = [1000 + v if "year" in low else v for v in values]
    with pytest.raises(Broken, match=name):
        check(frames, texts)


def test_every_problem_is_told_at_once(tables):
    frames, texts = tables
    _shift(frames, texts)
    _drop_last_block(frames, texts)
    with pytest.raises(Broken) as error:
        check(frames, texts)
    assert len(error.value.problems) >= 2
    assert len(str(error.value).splitlines()) >= 2


def test_a_long_list_of_problems_is_cut_short():
    shown = str(Broken([f"problem {i}" for i in range(50)])).splitlines()
    assert len(shown) == 21
    assert shown[-1] == "… and 30 more"


def _rules(column: Column) -> list[tuple[str, object]]:
    """What breaks a column's own rules: the name of the check, and a value."""
    found: list[tuple[str, object]] = []
    if not column.null:
        found.append(("not_nullable", pd.NA))
    if column.values:
        found.append(("isin", "something else"))
    if column.low is not None:
        found.append(("greater_than_or_equal_to", column.low - 1))
    if column.high is not None:
        found.append(("less_than_or_equal_to", column.high + 1))
    if column.pattern:
        found += [("pattern", "something else"), ("pattern", "2024\n"), ("pattern", "AFG\n")]
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_rule_of_every_column_is_checked(tables, table):
    whole = tables[0][table.name]
    assert len(whole), "no row to break"
    assert not list(type_problems(table, {table.name: whole}))
    for column in table.columns:
        for rule, value in _rules(column):
            data = whole.copy()
            data.loc[data.index[-1], column.name] = value
            (problem,) = type_problems(table, {table.name: data})
            assert problem.startswith(f"{table.name}.{column.name}: ")
            assert rule in problem


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_have_their_order_and_types(tables, table):
    whole = tables[0][table.name]
    others = {c.name: "category" if c.type == "string" else "float32" for c in table.columns}
    assert len(list(type_problems(table, {table.name: whole.astype(others)}))) == len(others)
    reversed_ = {table.name: whole[table.names[::-1]]}
    assert any("order" in problem for problem in type_problems(table, reversed_))
    more = {table.name: whole.assign(more=1)}
    assert any("more" in problem for problem in type_problems(table, more))


def test_every_key_to_another_table_is_followed(tables):
    frames, texts = tables
    expected = set()
    for table in TABLES:
        for column in table.columns:
            if column.references:
                frames[table.name].loc[frames[table.name].index[-1], column.name] = "nowhere"
                link = f"{table.name}.{column.name}: 'nowhere' is not in {column.references}"
                expected.add(link)
    with pytest.raises(Broken) as error:
        check(frames, texts)
    assert expected <= set(error.value.problems)


def test_no_key_stands_twice(tables):
    frames, texts = tables
    twice = {name: pd.concat([d, d.tail(1)], ignore_index=True) for name, d in frames.items()}
    with pytest.raises(Broken) as error:
        check(twice, texts)
    told = " ".join(error.value.problems)
    assert all(f"{table.name}.{table.key}: " in told for table in TABLES)


def test_the_counts_of_a_run_are_right(tables):
    frames, texts = tables
    counts = [name for name in frames["runs"].columns if name.startswith("n_")]
    frames["runs"].loc[0, counts] = 77
    with pytest.raises(Broken) as error:
        check(frames, texts)
    assert [p.split(" ")[1] for p in error.value.problems] == sorted(counts)
