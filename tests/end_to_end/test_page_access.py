"""axe-core finds nothing worse than minor in any state of the page, light and dark, wide and narrow."""

from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.browsing import Watched, ask, watching

pytestmark = pytest.mark.slow
SIZES = [(1280, 900), (390, 844)]
CONTRAST = {"runOnly": ["color-contrast"]}


@pytest.fixture(params=SIZES, ids=str)
def looked_at(
    request: pytest.FixtureRequest, browser: Browser, seeded_client: httpx.Client
) -> Iterator[Watched]:
    width, height = request.param
    size = {"width": width, "height": height}
    yield from watching(browser, str(seeded_client.base_url), viewport=size, reduced_motion="reduce")


def findings(page: Page, state: str) -> list[str]:
    """What is worse than minor, each with the element. In the dark the colours alone are others."""
    found = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += Axe().run(page, options=CONTRAST).response["violations"]
    page.emulate_media(color_scheme="light")
    worse = [one for one in found if one["impact"] != "minor"]
    return [f"{state}: {one['id']}: {node['html']}" for one in worse for node in one["nodes"]]


def test_no_state_has_a_finding_above_minor(looked_at: Watched) -> None:
    page = looked_at.page
    found: list[str] = []
    page.goto("/")
    found += findings(page, "start")
    page.locator("#narrow summary").click()
    found += findings(page, "narrowing")
    page.locator("#narrow summary").click()
    expect(ask(page, "What did Steve Witkoff tell CNN?")).to_be_visible()
    expect(page.locator(".next")).to_be_visible()
    found += findings(page, "answer")
    page.locator(".chip").first.focus()
    page.locator(".chip").first.click()
    expect(page.locator("#source mark").first).to_be_visible()
    found += findings(page, "source")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="no", exact=True).click()
    expect(page.locator(".reasons")).to_be_visible()
    found += findings(page, "verdict")
    if page.locator(".opens-held").first.is_visible():
        page.locator(".opens-held").first.click()
    page.locator("#held summary").first.click()
    found += findings(page, "conversations")
    page.get_by_role("button", name="Rename").first.click()
    found += findings(page, "naming")
    expect(page.locator("#held input")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(ask(page, "Who won the 2018 World Cup?")).to_be_visible()
    found += findings(page, "nothing found")
    page.get_by_role("button", name="share").last.click()
    page.get_by_role("link", name="a link to this answer").click()
    expect(page.locator(".answer[data-status]")).to_be_visible()
    found += findings(page, "shared")
    for address in ("/articles", "/articles?find=summit&outlet=CNBC", "/sign-in"):
        page.goto(address)
        found += findings(page, address)
    page.goto("/articles")
    page.locator("#add summary").click()
    found += findings(page, "adding")
    page.locator(".articles > li > a").first.click()
    page.locator("#edit summary").click()
    page.locator("#delete summary").click()
    found += findings(page, "article")
    page.goto("/nowhere")
    found += findings(page, "wrong address")
    looked_at.console.clear()  # the browser itself notes the 404
    assert "\n".join(found) == ""
