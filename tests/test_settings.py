import pytest

from pipeline import cli
from pipeline.settings import DEFAULT

ENGLISH = "The ministry published its plan for the coming year and asked citizens for comments.\n"


def test_values_are_replaced():
    settings = DEFAULT.having(["max_pages=3_000", "min_english=0.5"])
    assert (settings.max_pages, settings.min_english) == (3000, 0.5)
    assert settings.max_bytes == DEFAULT.max_bytes
    assert DEFAULT.having([]) == DEFAULT


@pytest.mark.parametrize(
    ("assignment", "reason"),
    [
        pytest.param("pages=3", "no setting 'pages'; there are max_bytes,", id="unknown"),
        pytest.param("max_pages", "needs a number, not ''", id="no value"),
        pytest.param("max_pages=many", "needs a number, not 'many'", id="no number"),
        pytest.param("max_pages=1.5", "needs a number", id="half a page"),
        pytest.param("max_pages=0", "above 0", id="none at all"),
        pytest.param("min_english=nan", "above 0", id="not a number"),
    ],
)
def test_wrong_values(assignment, reason, capsys):
    with pytest.raises(ValueError, match=reason):
        DEFAULT.having([assignment])
    with pytest.raises(SystemExit) as stopped:
        cli.main(["run", "raw", "--set", assignment])
    assert stopped.value.code == 2
    assert "argument --set: " in capsys.readouterr().err


def test_a_limit_holds_on_the_command_line(tmp_path, capsys):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(ENGLISH)
    run = ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--direct"]
    assert cli.main([*run, "--set", "max_chars=50"]) == 0
    assert "the limit is 50" in capsys.readouterr().err
    assert cli.main(run) == 0
    assert "the limit" not in capsys.readouterr().err
