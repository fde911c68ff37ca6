from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.slack.blocks import answer_messages
from service.slack.mrkdwn import one_line
from service.slack.views import Corpus, home_view, reason_view, sources_view, suggested_prompts
from service.wire import CitedArticleOut
from service.withdrawal import withdrawn
from tests.service.slack.making import ANSWER_ID, answer, citation, nasty_text, quoted
from tests.service.slack.reading import every_part, link, live_parts, shown
from tests.slack_server import view_errors


def told(view: dict[str, Any]) -> list[str]:
    return [text for block in view["blocks"] if (text := shown([block]))]


def test_the_home_tells_what_it_knows_up_to_when_and_how_to_ask() -> None:
    corpus = Corpus(4, (("CNBC", 3), ("The Post", 1)), "2025-08-18T10:00:00Z", 2)
    view = home_view(corpus, ["Who met whom?"], bot_name="News")
    assert view_errors(view) == []
    assert view["blocks"][0]["text"] == {"type": "plain_text", "text": "News", "emoji": False}
    lines = told(view)
    assert lines[2] == (
        "4 articles from CNBC (3), The Post (1).\nThe latest that bears a date is of 18 August 2025.\n"
        "2 articles without a date."
    )
    assert lines[4].startswith("Mention @News in a channel")
    assert lines[5:] == ["For example", "Who met whom?"]
    bold = [part["text"] for part in every_part(view) if part.get("style") == {"bold": True}]
    assert bold == ["What it knows", "How to ask", "For example"]
    assert view["blocks"][-1]["elements"][0]["type"] == "rich_text_quote"


@pytest.mark.parametrize(
    ("corpus", "line"),
    [
        (Corpus(0), "No articles yet. Whoever runs it adds them with `parley ingest`."),
        (Corpus(1), "1 article."),
        (Corpus(2, latest="2025-08-18"), "2 articles.\nThe latest that bears a date is of 18 August 2025."),
        (Corpus(1, undated=1), "1 article.\n1 article without a date."),
        (Corpus(1, (("A", 1),)), "1 article from A (1)."),
        (
            Corpus(2, (("A", 1),), of_no_outlet=1),
            "2 articles from A (1).\n1 article whose outlet isn’t known.",
        ),
    ],
)
def test_what_the_home_says_of_a_corpus(corpus: Corpus, line: str) -> None:
    view = home_view(corpus, [])
    assert told(view)[2] == line
    assert told(view)[-1].startswith("Mention @Parley")


def test_the_home_names_fifteen_outlets_and_counts_the_others() -> None:
    outlets = tuple((f"O{number}", 1) for number in range(17))
    assert told(home_view(Corpus(17, outlets), []))[2].endswith(", O14 (1) and 2 more outlets.")
    assert told(home_view(Corpus(15, outlets[:15]), []))[2].endswith(", O14 (1).")


def test_the_home_shows_four_questions() -> None:
    questions = [f"Question {number}?" for number in range(6)]
    assert told(home_view(Corpus(1), questions))[-4:] == questions[:4]


@given(
    st.lists(st.tuples(nasty_text, st.integers(1, 9)), max_size=20),
    st.lists(nasty_text, max_size=5),
    nasty_text,
)
def test_nothing_on_the_home_is_live(outlets: list[tuple[str, int]], questions: list[str], name: str) -> None:
    corpus = Corpus(3, tuple(outlets), questions[0] if questions else None, 1)
    view = home_view(corpus, questions, bot_name=(name.strip() and name) or "Parley")
    assert live_parts([view], set()) == []
    assert view_errors(view) == [] or not one_line(name)


def test_the_modal_has_every_source_whole() -> None:
    cited = [citation(1, "word " * 500), citation(2, "Others.")]
    view = sources_view(answer(quoted(("x", 1)), citations=cited), link=link)
    assert view_errors(view) == []
    assert told(view) == [
        "[1] The Post, 17 August 2025: Talks",
        "word " * 500,
        "[2] The Post, 17 August 2025: Talks",
        "Others.",
    ]
    assert (view["type"], view["title"]["text"], view["close"]["text"]) == ("modal", "Sources", "Close")


def turns(view: dict[str, Any]) -> list[tuple[str, str, str]]:
    buttons = [part for part in every_part(view) if part.get("type") == "button"]
    return [(button["action_id"], button["text"]["text"], button["value"]) for button in buttons]


def test_many_sources_take_several_pages() -> None:
    cited = [citation(number, f"Words {number}. " + "x" * 2_000) for number in range(1, 13)]
    made = answer(quoted(("x", 1)), citations=cited)
    first, middle, last = (sources_view(made, link=link, page=page) for page in range(3))
    later = ("parley_sources_page_later", "Later")
    earlier = ("parley_sources_page_earlier", "Earlier")
    assert turns(first) == [(*later, f"1:{ANSWER_ID}")]
    assert turns(middle) == [(*earlier, f"0:{ANSWER_ID}"), (*later, f"2:{ANSWER_ID}")]
    assert turns(last) == [(*earlier, f"1:{ANSWER_ID}")]
    assert [told(view)[-1] for view in (first, middle, last)] == [f"Page {n} of 3" for n in (1, 2, 3)]
    assert first["blocks"][-2]["elements"][0]["elements"][0]["style"] == {"italic": True}
    assert [view_errors(view) for view in (first, middle, last)] == [[], [], []]
    numbers = [line[:4] for view in (first, middle, last) for line in told(view) if line.startswith("[")]
    assert numbers == [f"[{number}]"[:4].ljust(4) for number in range(1, 13)]
    # A source begins on a page that holds it whole.
    assert all(told(view)[0].startswith("[") for view in (first, middle, last))


def test_two_pages_are_numbered_and_one_is_not() -> None:
    cited = [citation(number, "x" * 2_000) for number in range(1, 7)]
    assert told(sources_view(answer(citations=cited), link=link))[-1] == "Page 1 of 2"
    assert told(sources_view(answer(citations=cited[:5]), link=link))[-1] == "x" * 2_000


@pytest.mark.parametrize(("page", "shown_page"), [(-1, 1), (99, 3)])
def test_a_page_that_is_not_there_is_the_nearest(page: int, shown_page: int) -> None:
    cited = [citation(number, "x" * 2_000) for number in range(1, 13)]
    view = sources_view(answer(citations=cited), link=link, page=page)
    assert told(view)[-1] == f"Page {shown_page} of 3"


def test_a_source_larger_than_a_page_goes_on_over_the_next() -> None:
    cited = [citation(1, "Short."), citation(2, "x" * 30_000), citation(3, "Last.")]
    views = [sources_view(answer(citations=cited), link=link, page=page) for page in range(5)]
    assert [view_errors(view) for view in views] == [[]] * 5
    assert told(views[0])[:2] == ["[1] The Post, 17 August 2025: Talks", "Short."]
    assert "".join(line for view in views for line in told(view)).count("x") == 30_000
    assert told(views[4])[-3:] == ["[3] The Post, 17 August 2025: Talks", "Last.", "Page 5 of 5"]


def test_a_withdrawn_source_is_said_to_be_and_opens_nothing() -> None:
    made = withdrawn(answer(quoted(("x", 1)), citations=[citation(1, "Gone."), citation(2)]), _first)
    view = sources_view(made, link=link)
    assert view_errors(view) == []
    assert told(view)[:2] == ["[1] withdrawn", "[2] The Post, 17 August 2025: Talks"]
    (message,) = answer_messages(made, link=link)
    assert "withdrawn" in str(message.blocks)
    assert "Gone." not in str(message)


def _first(article: CitedArticleOut) -> bool:
    return article.id.endswith("1")


def test_an_answer_without_sources_says_so() -> None:
    assert told(sources_view(answer(), link=link)) == ["This answer cites no source."]


def test_the_reason_modal_offers_four_reasons_and_room_for_words() -> None:
    view = reason_view(ANSWER_ID)
    assert view_errors(view) == []
    assert (view["callback_id"], view["private_metadata"]) == ("parley_reason", ANSWER_ID)
    choice, comment = view["blocks"]
    options = choice["element"]["options"]
    assert [option["value"] for option in options] == ["wrong", "unsupported", "outdated", "missing"]
    assert (choice["block_id"], choice["element"]["action_id"]) == (
        "parley_reason_block",
        "parley_reason_choice",
    )
    assert (comment["block_id"], comment["element"]["action_id"]) == (
        "parley_comment_block",
        "parley_comment_text",
    )
    assert comment["optional"] is True
    assert comment["element"]["multiline"] is True
    assert comment["element"]["max_length"] == 1_000


def test_suggested_prompts_are_the_questions() -> None:
    long = "What did " + "very " * 20 + "many say?"
    made = suggested_prompts(["Who met whom?", long, "C?", "D?", "E?"])
    assert made is not None
    assert made["title"] == "Ask about the articles"
    assert [prompt["message"] for prompt in made["prompts"]] == ["Who met whom?", long, "C?", "D?"]
    assert [prompt["title"] for prompt in made["prompts"]][:2] == ["Who met whom?", long[:74].rstrip() + "…"]


@pytest.mark.parametrize(
    "question",
    ["", " ", "Did <!here> speak?", "What did @here say?", "R&D?", "a  b?", "*Who*?", "_Who_?", "~Who~?",
     "`Who`?", "#general?", ":joy:?", "a|b?", "x\u202ey?", "x" * 501, "What did\nhe say?"],
)  # fmt: skip
def test_a_question_that_slack_could_obey_is_not_suggested(question: str) -> None:
    assert suggested_prompts([question]) is None
    made = suggested_prompts([question, "Who?"])
    assert made is not None
    assert [prompt["message"] for prompt in made["prompts"]] == ["Who?"]


def test_the_longest_question_that_is_suggested() -> None:
    made = suggested_prompts(["x" * 500])
    assert made is not None
    assert made["prompts"][0]["message"] == "x" * 500


def test_no_question_is_no_prompt() -> None:
    assert suggested_prompts([]) is None
