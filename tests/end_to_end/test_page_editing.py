"""Articles added, corrected and deleted at the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

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
    page.goto("/")
    page.get_by_role("link", name="Add one").click()
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
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", leave)
    page.get_by_role("button", name="Delete").click()
    assert "Pilots call off strike" in asked[0]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#gone")).to_contain_text("” is deleted")
    page.get_by_role("link", name="See the articles").click()
    expect(page.locator("#main")).to_contain_text("There are no articles yet")


def test_several_files_are_added_each_with_its_line(own_page: Watched, tmp_path: Path) -> None:
    page = own_page.page
    texts = {
        "pilots.txt": "The pilots met on Sunday.",
        "again.txt": "The pilots met on Sunday.",
        "empty.txt": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    page.goto("/articles")
    page.get_by_label("Title").fill("Of one")
    page.get_by_label("File").set_input_files([tmp_path / name for name in texts])
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#adding-told")).to_contain_text("several files are chosen")
    page.get_by_label("Title").fill("")
    page.get_by_label("Outlet").fill("Wing Weekly")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#adding .report li")).to_have_count(3)
    expect(page.locator("#adding .report .refused")).to_contain_text("empty.txt: refused. empty.txt is empty")
    own_page.console.clear()  # the browser itself notes the refusal
    told = page.locator("#adding .report li").all_text_contents()
    assert told[:2] == ["pilots.txt: added", "again.txt: duplicate of pilots.txt"]
    page.reload()
    expect(page.locator(".articles > li")).to_have_count(1)
    expect(page.locator(".articles")).to_contain_text("Wing Weekly")


def test_the_articles_are_narrowed_to_a_day(own_page: Watched, service: Service) -> None:
    add(service, "The pilots of Vellinge met on Sunday.", published="2026-03-01")
    add(service, "The pilots of Lund met on Monday.")
    page = own_page.page
    page.goto("/articles?as_of=2026-03-02")
    expect(page.locator(".articles > li")).to_have_count(1)
    expect(page.locator("#left-out")).to_have_text("1 without a date is left out.")
    page.goto("/?as_of=2026-03-02")
    expect(page.locator("#narrowed")).to_have_text("as it stood on 2 March 2026")
    with page.expect_request("**/v1/chat") as sent:
        told = ask(page, "When did the pilots meet?")
    assert (sent.value.post_data_json or {}).get("filters") == {"as_of": "2026-03-02"}
    expect(told).to_contain_text("1 article without a date was left out of the search.")


def test_what_cannot_be_added_is_told(own_page: Watched) -> None:
    page = own_page.page
    page.goto("/articles")
    page.get_by_label("or its text").fill("Pilots fly\n\nThe pilots fly again, said Ada Finn.")
    page.get_by_label("Language").fill("what they speak")
    page.get_by_role("button", name="Add").click()
    told = page.locator("#adding [name=language] + .told")
    expect(told).to_contain_text("This is no language tag: 'what they speak'. Write")
    expect(told).not_to_contain_text("openapi")
    expect(page.get_by_label("Language")).to_be_focused()
    own_page.console.clear()  # the browser itself notes the refusal
    page.get_by_label("Language").fill("en")
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
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#gone")).to_be_visible()
    page.goto(answered)
    expect(page.locator(".sources-list")).to_contain_text("Withdrawn")


def test_an_earlier_answer_tells_what_became_of_its_articles(own_page: Watched, service: Service) -> None:
    done = add(service, "Dyers strike\n\nThe dyers of Lund struck for six days, the guild said.")
    assert done.article_id is not None
    page = own_page.page
    page.goto("/")
    expect(ask(page, "How many days did the dyers of Lund strike?")).to_contain_text("six days")
    page.wait_for_url("**/?c=c_*")
    page.get_by_role("button", name="share").click()
    shared = page.get_by_role("link", name="a link to this answer").get_attribute("href") or ""
    asked = page.url
    page.goto(f"/articles/{done.article_id}")
    page.locator("#edit summary").click()
    page.get_by_label("Outlet").fill("Lund Courant")
    page.get_by_label("Published").fill("2025-03-02")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#outlet")).to_have_text("Lund Courant")
    for address in (asked, shared):
        page.goto(address)
        told = "Corrected since: outlet Lund Courant; date 2 March 2025."
        expect(page.locator(".sources-list .since")).to_have_text(told)
    service.corpus.ingester.delete(done.article_id)
    for address in (asked, shared):
        page.goto(address)
        expect(page.locator(".sources-list .since")).to_contain_text("Deleted since")
