"""The page in a real browser, opened from a file."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.evals.report.made import by_a_model, small

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(small().page(), encoding="utf-8")
    return Path(file).as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Fails where the page complains, or asks for anything but itself."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url == address else complaints.append(sent.url))
    page.goto(address)
    yield page
    context.close()
    assert complaints == []


def test_a_case_opens_by_keyboard_and_shows_what_was_cited_and_what_is_gold(page: Page) -> None:
    page.locator("#case-good > summary").focus()
    page.keyboard.press("Enter")
    body = page.locator("#case-good .source")
    expect(body.locator("mark.cited.gold")).to_have_count(2)
    expect(body.locator("mark.cited.gold").first).to_contain_text("The port of Varn reopened")
    mark = body.locator("mark.cited.gold").first
    styles = mark.evaluate(
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).textDecorationLine]"
    )
    assert styles[0] != "rgba(0, 0, 0, 0)"
    assert styles[1] == "underline"


def test_gold_that_was_not_cited_and_a_citation_without_gold_look_different(page: Page) -> None:
    page.locator("#case-bad > summary").click()
    body = page.locator("#case-bad .body")
    expect(body.locator(".source mark.gold:not(.cited)").first).to_contain_text("reopened")
    expect(body.locator(".source mark.cited:not(.gold)")).to_contain_text("40 million")
    expect(body.get_by_text("to review")).to_have_count(1)
    expect(body.get_by_text("✗ missed")).to_have_count(3)
    expect(body.get_by_text("✗ not reported")).to_have_count(1)  # as it is scored, whoever is named


@pytest.mark.parametrize("width", [1280, 390])
def test_what_models_had_to_do_with_it_is_shown(browser: Browser, tmp_path: Path, width: int) -> None:
    (tmp_path / "report.html").write_text(by_a_model().page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((tmp_path / "report.html").as_uri())
    model, judge = page.locator("#model"), page.locator("#judge")
    for told in ("2 for 1 answer", "1,500, 1,500 an answer", "0.0036", "model cut off 1", "names differ 3"):
        expect(model).to_contain_text(told)
    for told in (
        "strict, prompt judge 1 (abababababab)",
        "borne out in full 1",
        "0.50 of 2 claims",
        "no gate",
    ):
        expect(judge).to_contain_text(told)
    page.locator("details.group > summary").click()
    page.locator("#case-good > summary").click()
    case = page.locator("#case-good .body")
    expect(case.get_by_text("2 requests to the model: 1,500 tokens read, 60 written")).to_be_visible()
    expect(case.get_by_text("statement 2: none")).to_be_visible()
    expect(case.get_by_text("<b>Because</b> & so.").first).to_be_visible()
    expect(page.locator(".colophon")).to_contain_text("but the judge’s opinion")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_a_citation_number_leads_to_its_words(page: Page) -> None:
    page.locator("#case-bad > summary").click()
    page.locator("#case-bad .statement .cite").press("Enter")
    expect(page.locator("#case-bad-t0-c1")).to_be_focused()
    page.locator("#case-bad .citations .cite").press("Enter")
    page.wait_for_function("document.activeElement.closest('mark')?.className.trim() === 'cited'")


def test_the_list_is_filtered_by_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("MOON")
    expect(page.locator("details.case:not([hidden])")).to_have_count(1)
    expect(page.locator("#found")).to_have_text("1 of 4 cases")
    page.keyboard.press("Control+a")
    page.keyboard.type("nowhere at all")
    expect(page.locator("#none-found")).to_be_visible()
    page.locator("#show-all").press("Enter")
    expect(page.locator("#found")).to_have_text("4 cases")
    page.locator("#by-failure").select_option("answered the unanswerable")
    expect(page.locator("details.case:not([hidden])")).to_have_id("case-silly")


def test_the_search_finds_words_of_answers(page: Page) -> None:
    page.locator("#search").fill("okafor 1,200")
    expect(page.locator("details.case:not([hidden])")).to_have_count(2)


def test_a_kind_leads_to_its_cases(page: Page) -> None:
    page.get_by_role("link", name="Attribution").click()
    expect(page.locator("details.case:not([hidden])")).to_have_id("case-bad")


def test_a_link_to_a_case_opens_it_in_the_test_split_too(page: Page, address: str) -> None:
    page.goto(f"{address}#case-hidden")
    page.locator("#case-hidden .body").wait_for()
    expect(page.locator("#group-test")).to_have_attribute("open", "")


def test_fields_are_labelled_headings_in_order_and_tables_captioned(page: Page) -> None:
    page.locator("#case-good > summary").click()
    page.locator("#case-good .source").first.wait_for()
    unlabelled = page.locator("input, select").evaluate_all("all => all.filter(e => !e.labels.length).length")
    assert unlabelled == 0
    levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(e => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.locator("table:not(:has(caption))").count() == 0
    ids = page.locator("[id]").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_page_does_not_scroll_sideways(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 640})
    page.locator("#case-good > summary").click()
    page.locator("#case-good .source").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_verdict_the_scores_and_the_list_are_there(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_role("heading", level=1).inner_text() == "2 gates don’t hold"
    assert page.locator("#scorecard tbody tr").count() > 20
    page.locator("#case-bad > summary").click()
    expect(page.locator("#case-bad .why")).to_be_visible()
    expect(page.locator("#filter")).to_be_hidden()
    context.close()
