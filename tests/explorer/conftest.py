"""A page of the small dataset, and one of a report that means harm."""

from pathlib import Path

import pytest

from pipeline import explorer
from tests.explorer.opened import Opened
from tests.small import build

HOSTILE = """Digital State <script>alert(1)</script>

Who is responsible 😀 & "how" </script><!--

The Ministry of Finance 😀 <img src=x onerror=alert(2)> leads. משרד הדיגיטל joined in 2021. \
The Data Protection Act 2018 </script> applies & the Ministry of Finance <b>oversees</b> it.

Citations:
Ministry of Finance. 2021. <i>Plan</i>. javascript:alert(3)//https://example.org
Ministry of Finance. 2020. Strategy. https://example.org/a?b=1&c="2"
"""


@pytest.fixture(scope="session")
def opened(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    page = tmp_path_factory.mktemp("page") / "report.html"
    explorer.write(dataset, page)
    return Opened(page)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Opened]:
    """A dataset of one report that tries to act on the page, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "raw").mkdir()
    (folder / "raw" / "<script>.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "raw" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    build(folder / "raw", folder / "out")
    explorer.write(folder / "out", folder / "report.html")
    return folder / "out", Opened(folder / "report.html")
