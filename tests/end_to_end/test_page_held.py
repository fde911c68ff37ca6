"""The conversations beside every page: named, kept as a file, deleted, opened as they were."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.end_to_end.browsing import QUESTION, Watched, ask

pytestmark = pytest.mark.slow


def current(page: Page) -> Locator:
    return page.locator("#held li:has(a[aria-current])")


def test_a_conversation_survives_articles_and_back(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    expect(ask(page)).to_be_visible()
    expect(page).to_have_title(f"{QUESTION}: Parley")
    expect(current(page)).to_contain_text(QUESTION)
    drawn = page.locator(".statement .words").all_text_contents()
    page.get_by_role("navigation").get_by_role("link", name="Articles").click()
    expect(page.locator("#held li").first).to_contain_text(QUESTION)
    page.get_by_role("navigation").get_by_role("link", name="Ask").click()
    expect(page.locator(".answer[data-status]")).to_have_count(1)
    assert page.locator(".statement .words").all_text_contents() == drawn


def test_a_conversation_is_named_and_kept_as_a_file(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    expect(ask(page)).to_be_visible()
    current(page).locator("summary").click()
    current(page).get_by_role("button", name="Rename").click()
    page.get_by_label("Name of the conversation").fill("How long it was")
    page.keyboard.press("Enter")
    expect(current(page)).to_contain_text("How long it was")
    page.reload()
    expect(current(page)).to_contain_text("How long it was")
    current(page).locator("summary").click()
    with page.expect_download() as saved:
        current(page).get_by_role("link", name="Save as file").click()
    assert "three hours" in saved.value.path().read_text("utf-8")


def test_on_a_phone_the_list_opens_over_the_page(open_page: Watched) -> None:
    page = open_page.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    expect(ask(page)).to_be_visible()
    expect(page.locator("#held")).to_be_hidden()
    opener = page.get_by_role("button", name="Conversations")
    opener.click()
    expect(current(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#held")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    page.locator("#held .new").click()
    expect(page).to_have_url(re.compile("/$"))
    expect(page.locator(".turn")).to_have_count(0)
