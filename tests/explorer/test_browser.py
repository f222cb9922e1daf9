"""The page in a real browser, where Chromium and Playwright are installed."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pipeline import explorer
from tests.explorer.opened import Opened

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
VIEWS = (
    "", "countries", "country/PRT", "indicators", "documents", "sections",
    "entities", "rankings", "quality", "about",
)  # fmt: skip
Open = Callable[..., Any]


def views(opened: Opened) -> list[str]:
    """Addresses of pages of all kinds."""
    indicator = opened.rows("index", "panel")[0]["indicator"]
    entity = opened.rows("entities")[0]["entity_id"]
    document = next(row["document_id"] for row in opened.rows("index", "documents") if row["piece"])
    own = (f"indicator/{quote(indicator, safe='')}", f"entity/{entity}", f"document/{document}")
    return [*VIEWS, *own]


# The least contrast of any text with what is behind it, and where that is.
CONTRAST = """() => {
  const channels = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = channels(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  let least = [21, ""];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || e.closest("script, style, noscript, .unseen")) continue;
    if (!e.getClientRects().length) continue;
    const [a, b] = [light(channels(getComputedStyle(e).color)), light(behind(e))].sort();
    const ratio = (b + 0.05) / (a + 0.05);
    if (ratio < least[0]) least = [ratio, e.outerHTML.slice(0, 80)];
  }
  return least;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Any, opened: Opened) -> Iterator[Open]:
    """Opens the page at an address; whatever it complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def start(path: str = "", page: Path = opened.page, **more: Any) -> Any:
        context = browser.new_context(**more)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.goto(f"{page.as_uri()}#/{path}")
        tab.wait_for_selector("main h1")
        return tab

    yield start
    for context in contexts:
        context.close()
    assert complaints == []


def go(tab: Any, path: str) -> None:
    """To another view of the page that is open."""
    if tab.evaluate("location.hash") == f"#/{path}":
        return
    tab.evaluate("document.querySelector('main h1').className = 'old'")
    tab.evaluate("(path) => { location.hash = '#/' + path }", path)
    tab.wait_for_selector("main h1:not(.old)")


def first_document(tab: Any) -> str:
    go(tab, "documents")
    href = tab.locator("tbody a[href^='#/document/']").first.get_attribute("href")
    return str(href).removeprefix("#/")


def test_every_view_opens(open_page: Open, opened: Opened) -> None:
    tab = open_page()
    for view in views(opened):
        go(tab, view)
        assert tab.locator("main h1").count() == 1
        assert tab.locator("main h1").inner_text() != "Not in this dataset"
        assert tab.locator("main table, main .none, main article").count() > 0
    go(tab, "nowhere")
    assert tab.locator("main h1").inner_text() == "Not in this dataset"


def test_a_page_in_parts_opens_from_a_disk(open_page: Open, dataset: Path, tmp_path: Path) -> None:
    explorer.write(dataset, tmp_path / "report.html", limit=0)
    tab = open_page("entities", tmp_path / "report.html")
    tab.locator("tbody a").first.click()
    tab.wait_for_selector("article.entity .places")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(open_page: Open, opened: Opened, scheme: str) -> None:
    tab = open_page(color_scheme=scheme)
    for view in views(opened):
        go(tab, view)
        ratio, where = tab.evaluate(CONTRAST)
        assert ratio >= 4.5, f"{view}: {where}"


def test_a_narrow_window_scrolls_one_way(open_page: Open, opened: Opened) -> None:
    tab = open_page(viewport={"width": 400, "height": 800})
    for view in views(opened):
        go(tab, view)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= 400, view


def test_the_matrix_is_filtered_and_remembers_it(open_page: Open) -> None:
    tab = open_page()
    assert tab.locator(".matrix .tile").count() > 1
    chosen = tab.locator("select[name=Indicator] option").nth(1).get_attribute("value")
    tab.select_option("select[name=Indicator]", chosen)
    assert tab.locator(".matrix tbody th").all_inner_texts() == [chosen]
    tab.locator(".matrix .tile").first.click()
    tab.wait_for_selector("article.document")
    assert tab.evaluate("document.activeElement.closest('.segment') !== null")
    tab.go_back()
    tab.wait_for_selector(".matrix")
    assert tab.locator("select[name=Indicator]").input_value() == chosen


def test_a_range_of_scores_stands_in_its_tile(open_page: Open) -> None:
    tab = open_page()
    tab.locator(".matrix table").evaluate("(table) => { table.style.width = 0; }")  # as with many
    tile = tab.locator(".matrix .tile", has=tab.locator("small")).first
    tile.locator("b").evaluate("(score) => { score.textContent = '9–10'; }")
    inside = """(tile) => {
      const outer = tile.getBoundingClientRect();
      return [...tile.children].map((part) => part.getBoundingClientRect())
        .every((r) => r.left >= outer.left && r.right <= outer.right && r.top >= outer.top
          && r.bottom <= outer.bottom);
    }"""
    assert tile.evaluate(inside)


def test_entities_are_searched_and_sorted(open_page: Open) -> None:
    tab = open_page("entities")
    tab.fill("input[type=search]", "COURT audit")
    names = tab.locator("tbody th").all_inner_texts()
    assert "Court of Auditors" in names
    assert all("audit" in name.lower() for name in names)
    tab.fill("input[type=search]", "")
    tab.get_by_role("button", name="Name").click()
    assert tab.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    names = tab.locator("tbody th").all_inner_texts()
    assert names == sorted(names, key=lambda name: name.lower()) or len(names) > 50
    tab.get_by_role("button", name="Name").click()
    assert tab.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert tab.locator("tbody th").first.inner_text().lower() > names[0].lower()


def test_the_keyboard_reaches_a_mention_and_its_entity(open_page: Open) -> None:
    tab = open_page()
    go(tab, first_document(tab))
    tab.locator("section.segment h2").first.focus()
    for _ in range(40):
        tab.keyboard.press("n")
        if tab.evaluate("document.activeElement.matches('a.m')"):
            break
    assert tab.locator("#tip").is_visible()
    assert "confidence" in tab.locator("#tip").inner_text()
    key = tab.evaluate("document.activeElement.id")
    tab.keyboard.press("Escape")
    assert not tab.locator("#tip").is_visible()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("article.entity")
    assert tab.evaluate("document.activeElement.tagName") == "H1"
    tab.locator(f"a.where[href$='/{key}']").press("Enter")
    tab.wait_for_selector("article.document")
    assert tab.evaluate("document.activeElement.id") == key


def test_the_first_key_skips_to_the_content(open_page: Open) -> None:
    tab = open_page()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.id === 'main'")
    assert tab.locator("main h1").inner_text() == "Overview"


def test_an_address_after_skipping_still_leads_there(open_page: Open) -> None:
    tab = open_page("entities")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.id === 'main'")
    tab.fill("input[type=search]", "audit")
    assert tab.evaluate("location.hash") == "#/entities?q=audit"
    tab.reload()
    tab.wait_for_selector("main h1")
    assert tab.locator("input[type=search]").input_value() == "audit"


@pytest.mark.parametrize("path", ["constructor", "country/constructor", "indicator/%E0%A4%A"])
def test_an_address_that_is_wrong_says_so(open_page: Open, path: str) -> None:
    assert open_page(path).locator("main h1").inner_text() == "Not in this dataset"


def test_an_indicator_keeps_its_address_in_another_dataset(
    open_page: Open, hostile: tuple[Path, Opened]
) -> None:
    tab = open_page("indicators")
    links = tab.locator("tbody th a")
    name, address = links.last.inner_text(), links.last.get_attribute("href")
    fresh = open_page(str(address).removeprefix("#/"))
    assert fresh.locator("main h1").inner_text() == name
    other = open_page(str(address).removeprefix("#/"), hostile[1].page)
    assert other.locator("main h1").inner_text() == "Not in this dataset"


def test_a_quarantined_document_says_why(open_page: Open, hostile: tuple[Path, Opened]) -> None:
    (failed,) = [r for r in hostile[1].rows("index", "documents") if r["status"] != "ok"]
    tab = open_page("documents", hostile[1].page)
    tab.get_by_role("link", name="broken.pdf").click()
    tab.wait_for_selector("main .warn")
    assert failed["reason"] in tab.locator("main").inner_text()


def test_a_page_in_parts_may_have_any_name(open_page: Open, dataset: Path, tmp_path: Path) -> None:
    page = tmp_path / "2026: 100%20 #1?.html"
    explorer.write(dataset, page, limit=0)
    tab = open_page("rankings", page)
    assert tab.locator("main h1").inner_text() == "Rankings"


def test_a_kind_of_mention_can_be_hidden(open_page: Open) -> None:
    tab = open_page()
    go(tab, first_document(tab))
    look = "getComputedStyle(document.querySelector('.text .AGENCY')).backgroundColor"
    assert tab.evaluate(look) != "rgba(0, 0, 0, 0)"
    tab.locator(".legend input[value=AGENCY]").uncheck()
    assert tab.evaluate(look) == "rgba(0, 0, 0, 0)"


def test_a_hostile_report_does_nothing(open_page: Open, hostile: tuple[Path, Opened]) -> None:
    key, _ = next(hostile[1].documents())
    tab = open_page(f"document/{key}", hostile[1].page)
    assert "<script>alert(1)</script>" in tab.locator(".reading").inner_text()
    for view in VIEWS:
        go(tab, view)


def test_the_page_can_reach_no_network(browser: Any, opened: Opened) -> None:
    tab = browser.new_page()
    loaded: list[str] = []
    tab.on("requestfinished", lambda request: loaded.append(request.url))
    tab.goto(opened.page.as_uri())
    tab.wait_for_selector("main h1")
    blocked = tab.evaluate(
        """() => new Promise((resolve) => {
          const seen = [];
          document.addEventListener("securitypolicyviolation", (event) => {
            seen.push(event.effectiveDirective);
            if (seen.length === 3) resolve(seen.sort());
          });
          fetch("http://127.0.0.1:9/").catch(() => {});
          new Image().src = "http://127.0.0.1:9/a.png";
          document.body.insertAdjacentHTML("beforeend", "<p onclick='1'>");
          document.body.lastChild.click();
        })"""
    )
    assert blocked == ["connect-src", "img-src", "script-src-attr"]
    assert loaded == [opened.page.as_uri()]
    tab.context.close()
