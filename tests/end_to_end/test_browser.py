"""A reader at the page: asks, opens a citation, lands on the words it quotes. In a real Chromium."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from service.bootstrap import open_service
from tests.conftest import MakeSettings, serving
from tests.end_to_end.browsing import QUESTION, Watched, ask, quotation, tab_to

KEY = "a-key-for-the-browser"


def test_from_a_question_to_the_quoted_words(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    answer = ask(page)
    expect(answer).to_have_attribute("data-status", "answered")
    expect(answer).to_contain_text("three hours")
    chip = answer.locator("button.chip[data-citation]").first
    expect(chip).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#source")).to_be_hidden()
    chip.click()
    expect(chip).to_have_attribute("aria-expanded", "true")
    source = page.locator("#source")
    expect(source).to_contain_text("unknown outlet")
    expect(source).to_contain_text("undated")
    expect(source.locator("mark").first).to_be_in_viewport()
    quoted = quotation(page)
    assert "three hours" in quoted
    assert len(source.locator(".text").inner_text()) > 2 * len(quoted)
    expect(answer).to_be_in_viewport()
    source.locator("a.read").click()
    page.wait_for_url("**/articles/a_*")
    expect(page.locator("mark#quote")).to_be_in_viewport()
    assert quotation(page) == quoted


@pytest.mark.slow
def test_every_number_opens_the_words_that_it_stands_behind(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    answer = ask(page, "What did Steve Witkoff tell CNN, and what did Marco Rubio say on ABC News?")
    expect(answer).to_be_visible()
    chips = answer.locator(".statement button.chip").all()
    assert len(chips) > 1
    for chip in chips:
        chip.click()
        expect(page.locator("#source")).to_have_attribute(
            "data-citation", chip.get_attribute("data-citation")
        )
        expect(page.locator("#source mark").first).to_be_in_viewport()
        words = chip.locator("xpath=ancestor::*[contains(@class, 'words')]").text_content() or ""
        assert quotation(page) in words
        expect(answer.locator('.chip[aria-expanded="true"]')).to_have_count(1)


@pytest.mark.slow
def test_the_keyboard_alone_is_enough(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    chip = page.locator(".answer button.chip").first
    expect(chip).to_be_visible()
    tab_to(page, chip)
    expect(page.get_by_role("tooltip")).to_contain_text("three hours")
    page.keyboard.press("Enter")
    expect(page.locator("#source mark").first).to_be_in_viewport()
    expect(page.get_by_role("tooltip")).to_be_hidden()
    quoted = quotation(page)
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#source a.read")).to_be_visible()
    tab_to(page, page.locator("#source a.read"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/a_*")
    expect(page.locator("mark#quote")).to_be_in_viewport()
    assert quotation(page) == quoted


@pytest.mark.slow
def test_a_narrow_screen_shows_all_of_it(open_page: Watched) -> None:
    page = open_page.page
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/")
    answer = ask(page)
    chip = answer.locator("button.chip").first
    chip.click()
    expect(page.locator("#source mark").first).to_be_in_viewport()
    link = page.locator("#source a.read").get_attribute("href")
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 360
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(chip).to_be_focused()
    for address in (link, "/articles", "/sign-in"):
        page.goto(address or "")
        assert page.locator("html").evaluate("page => page.scrollWidth") <= 360, page.url


@pytest.mark.slow
def test_that_no_answer_was_found_is_said_once(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    answer = ask(page, "Who won the 2018 World Cup?")
    expect(answer).to_have_attribute("data-status", "abstained")
    expect(answer).to_contain_text("I found nothing about this")
    expect(answer.get_by_text("found")).to_have_count(1)


@pytest.mark.slow
def test_a_follow_up_shows_how_it_was_understood(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    expect(ask(page, "What did Steve Witkoff tell CNN?")).to_be_visible()
    follow = ask(page, "And what did he tell Fox News?")
    expect(follow.locator(".understood")).to_contain_text("Witkoff")
    expect(page.locator(".turn")).to_have_count(2)


@pytest.mark.slow
def test_an_address_with_a_question_fills_it_in_and_leaves_the_asking_to_the_reader(
    open_page: Watched,
) -> None:
    page = open_page.page
    page.goto("/?q=How+long+did+the+Alaska+summit+last%3F")
    expect(page.locator("#question")).to_have_value("How long did the Alaska summit last?")
    expect(page.locator(".turn")).to_have_count(0)
    page.locator("#ask").click()
    expect(page.locator(".answer")).to_contain_text("three hours")


def test_an_answer_shows_as_it_is_told_and_its_conversation_reopens(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    with page.expect_response("**/v1/chat") as sent:
        first = ask(page)
    assert sent.value.headers["content-type"].startswith("text/event-stream")
    expect(first).to_contain_text("three hours")
    expect(page.locator(".waiting")).to_have_count(0)
    ask(page, "What did Steve Witkoff tell CNN?")
    expect(page.locator(".answer[data-status]")).to_have_count(2)
    drawn = page.locator(".statement .words").all_text_contents()
    page.wait_for_url("**/?c=c_*")
    page.reload()
    expect(page.locator(".answer[data-status]")).to_have_count(2)
    assert page.locator(".statement .words").all_text_contents() == drawn
    expect(ask(page, "And what did he tell Fox News?").locator(".understood")).to_contain_text("Witkoff")


@pytest.mark.slow
def test_a_deleted_conversation_is_gone(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    expect(ask(page)).to_be_visible()
    page.wait_for_url("**/?c=c_*")
    held = page.url
    page.once("dialog", lambda dialog: dialog.accept())
    current = page.locator("#held li:has(a[aria-current])")
    current.locator("summary").click()
    current.get_by_role("button", name="Delete").click()
    expect(page.locator("#intro")).to_be_visible()
    page.goto(held)
    expect(page.locator("#error")).to_contain_text("is not here")
    open_page.console.clear()  # the browser itself notes the 404


@pytest.mark.slow
def test_a_stream_that_breaks_off_is_taken_up_again(open_page: Watched) -> None:
    """The connection is cut after the first statement: what follows comes with the answer's events."""
    page = open_page.page
    taken_up: list[str] = []

    def cut(route: Route) -> None:
        whole = route.fetch().text()
        at = whole.index("\n\n", whole.index("event: statement")) + 2
        route.fulfill(body=whole[:at], headers={"Content-Type": "text/event-stream"})

    page.route("**/v1/chat", cut)
    page.on("request", lambda request: taken_up.append(request.headers.get("last-event-id", "")))
    page.goto("/")
    answer = ask(page, "What did Steve Witkoff tell CNN, and what did Marco Rubio say on ABC News?")
    expect(answer).to_have_attribute("data-status", re.compile("answered|partial"))
    assert "4" in taken_up
    page.unroute("**/v1/chat")
    drawn = answer.locator(".statement .words").all_text_contents()
    page.reload()
    expect(page.locator(".answer[data-status]")).to_have_count(1)
    assert page.locator(".statement .words").all_text_contents() == drawn


@pytest.mark.slow
def test_a_failure_while_an_answer_is_made_is_said(open_page: Watched) -> None:
    page = open_page.page
    problem = (
        '{"title":"Not ready","status":503,"detail":"the index is away","code":"not_ready","remedy":"Wait."}'
    )
    status = '{"stage":"condense","answer_id":"ans_1","conversation_id":"c_1"}'
    body = f"id: 1\nevent: status\ndata: {status}\n\nid: 2\nevent: error\ndata: {problem}\n\n"
    page.route(
        "**/v1/chat", lambda route: route.fulfill(body=body, headers={"Content-Type": "text/event-stream"})
    )
    page.goto("/")
    page.locator("#question").fill(QUESTION)
    page.locator("#ask").click()
    expect(page.locator("#error")).to_contain_text("The index is away.")
    expect(page.locator("#error")).to_contain_text("Wait.")
    expect(page.locator("#question")).to_have_value(QUESTION)


@pytest.mark.slow
def test_a_refusal_says_once_when_to_come_again(open_page: Watched) -> None:
    page = open_page.page
    problem = (
        '{"title":"Too many requests","status":429,"detail":"this key has asked too often",'
        '"code":"rate_limited","remedy":"Try again in 12 s.","retryable":true}'
    )
    told = {"Retry-After": "12", "Content-Type": "application/problem+json"}
    page.route("**/v1/chat", lambda route: route.fulfill(status=429, body=problem, headers=told))
    page.goto("/")
    page.locator("#question").fill(QUESTION)
    page.locator("#ask").click()
    expect(page.locator("#error")).to_have_text("This key has asked too often.Try again in 12 s.")
    open_page.console.clear()  # the browser itself notes the refusal


def test_markup_in_a_question_stays_text(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    question = "<img src=x onerror=alert(1)> <script>alert(2)</script> who?"
    expect(ask(page, question)).to_be_visible()
    expect(page.locator(".asked")).to_contain_text(question)
    expect(page.locator(".turn img, .turn script")).to_have_count(0)


@pytest.mark.slow
def test_a_key_is_asked_for_once(browser: Browser, make_settings: MakeSettings, tmp_path: Path) -> None:
    service = open_service(make_settings(tmp_path / "data", api_key=KEY), command="a test")
    with serving(service) as client, browser.new_context(base_url=str(client.base_url)) as context:
        page = context.new_page()
        page.goto("/articles?x=1")
        page.locator("#key").fill("wrong")
        page.locator("#key").press("Enter")
        expect(page.locator("#error")).to_be_visible()
        page.locator("#key").fill(KEY)
        page.locator("#key").press("Enter")
        page.wait_for_url("**/articles?x=1")
        page.goto("/")
        expect(ask(page, "Who met whom?")).to_have_attribute("data-status", "abstained")
    service.close()


@pytest.mark.slow
def test_an_overview_stands_under_headings(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    answer = ask(page, "Who is involved?")
    expect(answer).to_have_attribute("data-status", "answered")
    shown = answer.locator("h3.heading").all_text_contents()
    assert len(shown) > 1
    assert len(set(shown)) == len(shown)
    assert answer.locator("h3.heading + .statement").count() == len(shown)
    page.wait_for_url("**/?c=c_*")
    page.reload()
    expect(page.locator(".answer[data-status]")).to_have_count(1)
    assert page.locator("h3.heading").all_text_contents() == shown
