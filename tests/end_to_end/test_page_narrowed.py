"""A question asked of some articles: chosen in the list, on an article's page, by outlet."""

import pytest
from playwright.sync_api import expect

from tests.end_to_end.browsing import Watched, ask

pytestmark = pytest.mark.slow


def test_a_question_is_asked_of_one_article(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/articles")
    page.locator(".articles a", has_text="U.S. envoy says").first.click()
    page.locator("#ask-about").click()
    expect(page.locator("#narrowed")).to_contain_text("U.S. envoy says")
    answer = ask(page, "What did Marco Rubio say on ABC News?")  # which the other article tells
    expect(answer).to_be_visible()
    assert "CNBC" not in (answer.text_content() or "")
    page.reload()
    expect(page.locator(".answer[data-status]")).to_have_count(1)
    expect(page.locator("#narrowed")).to_contain_text("U.S. envoy says")
    page.locator("#narrow summary").click()
    page.locator("#widen").click()
    expect(page.locator("#narrowed")).to_have_text("all articles")
    expect(ask(page, "What did Marco Rubio say on ABC News?")).to_contain_text("CNBC")


def test_a_question_is_asked_of_an_outlet_and_of_chosen_articles(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/articles?find=summit")
    expect(page.locator(".found").first).to_be_visible()
    for box in page.get_by_label("Choose: ").all():
        box.check()
    page.get_by_role("button", name="Ask the chosen").click()
    expect(page.locator("#narrowed")).to_have_text("2 articles")
    page.goto("/?outlet=CNBC")
    with page.expect_request("**/v1/chat") as sent:
        ask(page)
    assert (sent.value.post_data_json or {}).get("filters") == {"outlets": ["CNBC"]}


def test_what_is_asked_can_still_be_narrowed_below_an_answer(open_page: Watched) -> None:
    page = open_page.page
    page.goto("/")
    ask(page)
    page.locator("#narrow summary").click()
    outlet, day = page.locator("#narrow").get_by_label("CNBC"), page.locator("#narrow").get_by_label("From ")
    for field in (outlet, day):
        field.scroll_into_view_if_needed()
        box = field.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) > 10
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert field.evaluate(
            "(field, [x, y]) => document.elementFromPoint(x, y)?.closest('label')?.control === field", [x, y]
        )
    outlet.check()
    day.fill("2025-01-01")
    with page.expect_request("**/v1/chat") as sent:
        ask(page)
    assert (sent.value.post_data_json or {}).get("filters") == {"outlets": ["CNBC"], "from": "2025-01-01"}
