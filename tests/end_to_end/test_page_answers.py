"""What is around an answer at the page: sources by article, copies, a verdict, asking again."""

import httpx
import pytest
from playwright.sync_api import Browser, Route, expect

from service.bootstrap import Service
from tests.conftest import add
from tests.end_to_end.browsing import QUESTION, Watched, ask, watching

pytestmark = pytest.mark.slow
CARRIED = (
    "The ferries go again.\n\nThe harbour board of Marl will hire forty deckhands after nine days of talks."
)
TWO = "What did Steve Witkoff tell CNN, and what did Marco Rubio say on ABC News?"


def test_sources_are_listed_by_article(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    answer = ask(page, TWO)
    expect(answer).to_be_visible()
    cited = {chip.get_attribute("data-citation") or "" for chip in answer.locator(".statement .chip").all()}
    links = [link.get_attribute("href") or "" for link in answer.locator(".sources-list a.read").all()]
    articles = [link.partition("?")[0] for link in links]
    assert len(set(articles)) == len(articles) < len(cited)
    listed = [
        chip.get_attribute("data-citation") or "" for chip in answer.locator(".sources-list .chip").all()
    ]
    assert sorted(listed) == sorted(cited)
    answer.locator(".sources-list .chip").last.click()
    expect(page.locator("#source mark").first).to_be_in_viewport()


def test_who_else_carries_a_text_is_named_and_opens_there(open_page: Watched, seeded: Service) -> None:
    page = open_page.page
    page.goto("/")
    ids = [
        add(seeded, CARRIED, id_=outlet, outlet=outlet, published=f"2031-05-0{day}").article_id
        for day, outlet in enumerate(("Marl Wire", "Radio Elm", "Tide Post"), start=1)
    ]
    try:
        answer = ask(page, "How many deckhands will the harbour board of Marl hire?")
        told = answer.locator(".sources-list .also")
        expect(told).to_have_text("The same text is also in Radio Elm and Tide Post")
        answer.locator(".statement .chip").first.click()
        page.locator("#source .also").get_by_role("link", name="Radio Elm").click()
        expect(page.locator("mark").first).to_contain_text("forty deckhands")
        assert str(ids[1]) in page.url
    finally:
        for id_ in filter(None, ids):
            seeded.corpus.ingester.delete(id_)


def test_an_answer_is_copied_with_its_sources(open_page: Watched) -> None:
    page = open_page.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    ask(page)
    copied = {}
    for form in ("as text", "as Markdown", "with links"):
        page.locator(".choice").get_by_role("button", name=form).click()
        expect(page.locator(".acting .told")).to_contain_text(f"Copied {form}")
        copied[form] = page.evaluate("navigator.clipboard.readText()")
    assert all("three hours" in text and QUESTION in text for text in copied.values())
    assert "/articles/a_" not in copied["as text"]
    assert "[1]" in copied["as text"]
    assert f"](http://{open_page.ours}/articles/a_" in copied["as Markdown"]
    assert f"http://{open_page.ours}/articles/a_" in copied["with links"]
    rich = page.evaluate(
        "navigator.clipboard.read().then(([one]) => one.getType('text/html')).then((blob) => blob.text())"
    )
    assert f'href="http://{open_page.ours}/articles/a_' in rich


def test_an_answer_is_called_no_good_and_why(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    ask(page)
    sent: list[object] = []
    page.on("request", lambda made: sent.append(made.post_data_json) if "/feedback" in made.url else None)
    page.get_by_role("button", name="no", exact=True).click()
    page.get_by_label("Something is missing").check()
    page.get_by_label("In your words").fill("Where it was")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".reasons")).to_be_hidden()
    assert sent == [{"rating": "down"}, {"rating": "down", "reason": "missing", "comment": "Where it was"}]


def test_a_question_is_asked_again_or_otherwise(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    ask(page)
    follow = ask(page, "And where was it?")
    understood = follow.locator(".understood").text_content()
    first = follow.get_attribute("data-answer") or ""
    page.locator(".turn").last.get_by_role("button", name="ask again").click()
    again = page.locator(".turn").last.locator(f".answer[data-status]:not([data-answer={first}])")
    expect(again.locator(".understood")).to_have_text(understood or "")
    expect(page.locator(".turn")).to_have_count(2)
    page.locator(".turn").first.get_by_role("button", name="edit the question").click()
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value(QUESTION)
    expect(page.locator("#editing-told")).to_be_visible()
    page.locator("#question").fill("What did Steve Witkoff tell CNN?")
    page.locator("#ask").click()
    expect(page.locator(".turn").first.locator(".answer[data-status]")).to_contain_text("Witkoff")
    expect(page.locator("#editing-told")).to_be_hidden()
    asked = [turn.get_attribute("data-question") for turn in page.locator(".turn").all()]
    assert asked == ["What did Steve Witkoff tell CNN?", "And where was it?"]
    page.reload()
    expect(page.locator(".answer[data-status]")).to_have_count(2)
    assert [turn.get_attribute("data-question") for turn in page.locator(".turn").all()] == asked


def test_what_is_being_edited_may_be_left_as_it_is(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    ask(page)
    page.get_by_role("button", name="edit the question").click()
    page.keyboard.press("Escape")
    expect(page.locator("#editing-told")).to_be_hidden()
    ask(page, "What did Steve Witkoff tell CNN?")
    expect(page.locator(".answer[data-status]")).to_have_count(2)


def test_what_was_found_nearest_is_printed_once(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    answer = ask(page, "What did Marco Rubio say about the price of grain?")
    expect(answer).to_have_attribute("data-status", "abstained")
    text = answer.inner_text()
    for quoted in answer.locator(".part[data-origin=article]").all_text_contents():
        assert text.count(quoted) == 1


def test_an_answer_is_shared_by_a_link(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    ask(page)
    page.get_by_role("button", name="share").click()
    page.get_by_role("link", name="a link to this answer").click()
    page.wait_for_url("**/shared/ans_*")
    expect(page.locator(".answer")).to_contain_text("three hours")
    page.locator(".chip").first.click()
    expect(page.locator("#source mark").first).to_be_in_viewport()


def test_questions_are_suggested_after_an_answer_and_none_twice(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    ask(page, "What is this about?")
    more = page.locator(".next .example")
    expect(more.first).to_have_text("Tell me more.")
    shown = more.all_text_contents()
    assert "What is this about?" not in shown
    more.last.click()
    expect(page.locator(".answer[data-status]")).to_have_count(2)
    expect(page.locator(".next")).to_have_count(1)
    expect(page.locator(".turn").last.locator(".next .example").first).to_be_visible()
    assert shown[-1] not in more.all_text_contents()
    page.reload()
    expect(page.locator(".turn").last.locator(".next .example").first).to_be_visible()


def test_suggestions_that_come_late_leave_those_of_a_later_answer_alone(open_page: Watched) -> None:
    page = open_page.page
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/v1/answers/*/next", hold_the_first)
    page.goto("/")
    expect(ask(page, "What is this about?")).to_be_visible()
    expect(page.locator("#ask")).to_be_enabled()
    ask(page, "Who said what?")
    later = page.locator(".turn").last.locator(".next")
    expect(later).to_be_visible()
    with page.expect_response("**/next"):
        held[0].continue_()
    page.wait_for_timeout(200)
    expect(later).to_be_visible()


def test_on_a_phone_the_field_stands_behind_the_answer_and_not_over_it(open_page: Watched) -> None:
    page = open_page.page
    page.set_viewport_size({"width": 390, "height": 640})
    page.goto("/")
    answer = ask(page, "What is this about?")
    expect(answer).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    last, field = answer.bounding_box(), page.locator("#composer").bounding_box()
    assert last is not None
    assert field is not None
    assert field["y"] >= last["y"] + last["height"]


def test_on_a_phone_no_keyboard_comes_up_over_an_answer(
    browser: Browser, seeded_client: httpx.Client
) -> None:
    phone = {"width": 390, "height": 800}
    for held in watching(
        browser, str(seeded_client.base_url), viewport=phone, is_mobile=True, has_touch=True
    ):
        held.page.goto("/")
        expect(held.page.locator("#hint")).to_be_hidden()
        held.page.locator("#question").fill(QUESTION)
        held.page.locator("#ask").tap()
        expect(held.page.locator(".answer[data-status]")).to_be_visible()
        expect(held.page.locator(".next")).to_be_visible()
        expect(held.page.locator("#question")).not_to_be_focused()
