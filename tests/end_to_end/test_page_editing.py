"""Articles added, corrected and deleted at the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from service.bootstrap import Service
from tests.conftest import add, serving
from tests.end_to_end.browsing import Watched, ask, watching

pytestmark = pytest.mark.slow


@pytest.fixture
def own_page(browser: Browser, service: Service) -> Iterator[Watched]:
    with serving(service) as client:
        yield from watching(browser, str(client.base_url))


def test_an_article_is_added_corrected_and_deleted(own_page: Watched, tmp_path: Path) -> None:
    page = own_page.page
    file = tmp_path / "pilots.txt"
    file.write_text("Pilots call off strike\n\nThe pilots called off their strike on Sunday.", "utf-8")
    page.goto("/articles")
    page.locator("#add summary").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Outlet").fill("Wing Weekly")
    page.get_by_label("Authors").fill("Ada Finn\nBo Lind")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/articles/a_*")
    expect(page.locator("#outlet")).to_have_text("Wing Weekly")
    expect(page.locator("#authors")).to_have_text("by Ada Finn, Bo Lind")
    page.locator("#edit summary").click()
    page.get_by_label("Published").fill("2025-06-01")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#published")).to_have_text("1 June 2025")
    expect(page.locator("#version")).to_have_text("version 2")
    page.locator("#delete summary").click()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/articles")
    expect(page.locator("#main")).to_contain_text("There are no articles yet")


def test_what_cannot_be_added_is_told(own_page: Watched) -> None:
    page = own_page.page
    page.goto("/articles")
    page.locator("#add summary").click()
    page.get_by_label("or its text").fill("Pilots fly\n\nThe pilots fly again, said Ada Finn.")
    page.get_by_label("Published").fill("last week")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#adding .told")).to_contain_text("published")
    own_page.console.clear()  # the browser itself notes the 422
    page.get_by_label("Published").fill("")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/articles/a_*")


def test_a_withdrawn_article_is_said_to_be_in_its_answer(own_page: Watched, service: Service) -> None:
    done = add(service, "Bakers strike\n\nThe bakers of Lund struck for nine days, the guild said.")
    page = own_page.page
    page.goto("/")
    answer = ask(page, "How many days did the bakers of Lund strike?")
    expect(answer).to_contain_text("nine days")
    page.wait_for_url("**/?c=c_*")
    answered = page.url
    page.goto(f"/articles/{done.article_id}")
    page.locator("#delete summary").click()
    page.get_by_label("Erase it from earlier answers too").check()
    page.get_by_role("button", name="Delete").click()
    page.wait_for_url("**/articles")
    page.goto(answered)
    expect(page.locator(".sources-list")).to_contain_text("Withdrawn")
