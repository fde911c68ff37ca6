from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from service.slack.blocks import (
    Message,
    answer_messages,
    day,
    plain_message,
    source_blocks,
    statement_blocks,
    stream_chunks,
)
from service.slack.mrkdwn import one_line, visible
from service.slack.rich_text import Room
from service.slack.views import sources_view
from service.wire import AnswerOut
from tests.service.slack.making import (
    ANSWER_ID,
    answer,
    citation,
    in_other_words,
    nasty_answers,
    nasty_text,
    quoted,
)
from tests.service.slack.reading import every_part, link, links_of, live, live_parts, shown
from tests.slack_server import block_errors, text_of, units, view_errors

MODEL_FAILED = "The language model could not be used this time;"
GOES_ON = "The answer goes on in the next message."


def nowhere(_: object) -> None:
    return None


def only(*statements: Any, **more: Any) -> Message:
    (message,) = answer_messages(answer(*statements, **more), link=link)
    return message


def elements(message: Message, kind: str) -> list[dict[str, Any]]:
    return [part for part in every_part(message.blocks) if part.get("type") == kind]


def lines(message: Message) -> list[str]:
    """What each block shows."""
    return [text for block in message.blocks if (text := shown([block]))]


# -- what a reader sees ----------------------------------------------------------------------------------


def test_a_quotation_has_a_bar_our_words_slanted_and_a_marker_that_opens_the_article() -> None:
    cited = citation(1, "“No deal,” he said.")
    message = only(quoted("Trump, in Alaska: ", ("“No deal,” he said.", 1)), citations=[cited])
    ours, theirs, space, marker = message.blocks[0]["elements"][0]["elements"]
    assert message.blocks[0]["elements"][0]["type"] == "rich_text_quote"
    assert ours == {"type": "text", "text": "Trump, in Alaska: ", "style": {"italic": True}}
    assert theirs == {"type": "text", "text": "“No deal,” he said."}
    assert space == {"type": "text", "text": " "}
    assert marker == {"type": "link", "url": link(cited), "text": "[1]"}


def test_a_paraphrase_says_that_it_is_one_and_a_notice_has_no_bar() -> None:
    statements = in_other_words("There was no deal.", 1), quoted("I found no date.", id_="s2", kind="notice")
    message = only(*statements, citations=[citation()])
    paraphrase, notice = (block["elements"][0] for block in message.blocks[:2])
    assert lines(message)[:2] == ["There was no deal. [1] in other words, checked", "I found no date."]
    assert [each["type"] for each in (paraphrase, notice)] == ["rich_text_section"] * 2
    assert paraphrase["elements"][0] == {"type": "text", "text": "There was no deal."}
    assert paraphrase["elements"][-1]["style"] == {"italic": True}
    assert notice["elements"] == [{"type": "text", "text": "I found no date.", "style": {"italic": True}}]


def test_what_bears_a_paraphrase_out_is_listed_before_what_can_be_read_above() -> None:
    cited = [citation(number, f"Words {number}.") for number in range(1, 12)]
    quotations = [quoted((f"Words {number}.", number), id_=f"s{number}") for number in range(1, 8)]
    worded = in_other_words("All was said.", 2, 8, 9, 10, 11, id_="s8")
    message = only(*quotations, worded, citations=cited)
    opened = [part["text"] for part in message.blocks[7]["elements"][0]["elements"] if part["type"] == "link"]
    assert opened == ["[2]", "[8]", "[9]", "[10]", "[11]"]
    heads = [line.partition(" ")[0] for line in lines(message)[8:] if line.startswith("[")]
    assert heads == ["[1]", "[2]", "[8]", "[9]", "[10]", "[11]"]
    assert lines(message)[-1] == "5 more: Show all sources has all 11."
    (message,) = answer_messages(answer(worded, citations=cited[1:2] + cited[7:]), link=link)
    assert "more:" not in lines(message)[-1]
    many = in_other_words("All was said.", *range(1, 12))
    assert "more:" not in lines(only(many, citations=cited))[-1]


def test_each_source_has_number_outlet_date_link_speaker_and_quotation() -> None:
    said = {"speaker": "Trump", "to": "CNN", "venue": "Oslo", "when": "Friday"}
    one = citation(1, "Words.", said=said, url="https://news.example/a|b")
    two = citation(2, "Others.", outlet=None, published=None, title=None)
    message = only(quoted(("Words.", 1), ("Others.", 2)), citations=[one, two])
    assert message.blocks[1] == {"type": "divider"}
    assert lines(message)[1:] == [
        "[1] The Post, 17 August 2025: Talks · original (said by Trump, to CNN, on or in Oslo, when: Friday)",
        "Words.",
        "[2] unknown outlet, undated: no title",
        "Others.",
    ]
    links = [(part["text"], part["url"]) for part in elements(message, "link")]
    assert links == [
        ("[1]", link(one)),
        ("[2]", link(two)),
        ("Talks", link(one)),
        ("original", "https://news.example/a%7Cb"),
        ("no title", link(two)),
    ]
    heads = [block["elements"][0]["elements"] for block in message.blocks[2:5:2]]
    assert [head[0]["style"] for head in heads] == [{"bold": True}] * 2
    assert heads[0][-1]["style"] == {"italic": True}
    assert message.blocks[3]["elements"][0]["type"] == "rich_text_quote"


def test_where_no_page_can_be_opened_the_text_says_where_the_words_stand() -> None:
    cited = citation(1, "Words.")
    (message,) = answer_messages(answer(quoted(("Words.", 1)), citations=[cited]), link=nowhere)
    assert elements(message, "link") == []
    place = f"(article {cited.article.id}, version 1, characters 10 to 16)"
    assert lines(message)[1] == f"[1] The Post, 17 August 2025: Talks {place}"


def test_an_empty_attribution_is_left_out() -> None:
    nobody = dict.fromkeys(("speaker", "to", "venue", "when"))
    (head, _) = source_blocks(citation(1, said=nobody), link=link, longest=None)
    assert shown([head]) == "[1] The Post, 17 August 2025: Talks"


@pytest.mark.parametrize(
    ("published", "said"),
    [
        (None, "undated"),
        ("2025-08-07", "7 August 2025"),
        ("2025-12-31T23:00:00-04:00", "31 December 2025"),
        ("2025-01-01", "1 January 2025"),
        ("2025-13-01", "2025-13-01"),
        ("2025-00-01", "2025-00-01"),
        ("2025-08-071", "2025-08-071"),
        ("last\nweek", "last week"),
    ],
)
def test_dates(published: str | None, said: str) -> None:
    assert day(published) == said


def test_a_completed_question_is_shown_and_one_that_stands_is_not() -> None:
    message = only(quoted("x", kind="notice"), standalone_question="Where was it?")
    assert lines(message) == ["Understood as: Where was it?", "x"]
    assert message.blocks[0]["elements"][0]["elements"][0]["style"] == {"italic": True}
    assert lines(only(quoted("x", kind="notice"))) == ["x"]


def test_conflicts_gaps_and_what_failed_are_plainly_said() -> None:
    cited = [citation(1, outlet="The Post"), citation(2, outlet=None)]
    message = only(
        quoted(("The talks were held in Alaska.", 1)),
        quoted("I found no passage that answers this part: Who paid?", id_="s2", kind="notice"),
        citations=cited,
        conflicts=[{"about": "the date", "citations": [1, 2]}],
        unanswered=["Who paid?", "Who won?"],
        status="partial",
        degraded="model_timeout",
    )
    assert lines(message)[2:5] == [
        "The sources differ on the date: [1] The Post, [2] unknown outlet.",
        "Not answered: Who won?",
        f"{MODEL_FAILED} the answer is put together from the articles' own words.",
    ]
    conflict, gap, failed = (block["elements"][0]["elements"] for block in message.blocks[2:5])
    assert [conflict[0]["style"], gap[0]["style"]] == [{"bold": True}] * 2
    assert "style" not in conflict[1]
    assert "style" not in gap[1]
    assert failed[0]["style"] == {"italic": True}


@pytest.mark.parametrize("status", ["abstained", "clarification"])
def test_an_abstention_that_says_so_is_not_repeated(status: str) -> None:
    notice = quoted("I found nothing.", kind="notice")
    assert lines(only(notice, status=status, unanswered=["Where?"])) == ["I found nothing."]
    assert lines(only(status=status, unanswered=["Where?"])) == ["Not answered: Where?"]
    claim = quoted(("The talks were held in Alaska.", 1))
    assert "Not answered: Where?" in lines(
        only(claim, status=status, unanswered=["Where?"], citations=[citation()])
    )


def test_that_nobody_could_judge_a_models_words_is_plainly_said() -> None:
    claim = quoted(("The talks were held in Alaska.", 1))
    told = lines(only(claim, citations=[citation()], degraded="judge_unavailable"))
    assert [each for each in told if "told in quotations" in each]


def test_an_unknown_failure_is_named() -> None:
    message = only(quoted("x", kind="notice"), degraded="search\ndown")
    assert lines(message)[1] == (
        "A part of Parley was not working (search down), so this answer may lack something."
    )


def test_an_answer_without_a_statement_has_a_notification_yet() -> None:
    assert only().text == "An answer without a statement."


def test_buttons_carry_the_answer() -> None:
    message = only(quoted(("The talks were held in Alaska.", 1)), citations=[citation()])
    actions, thumbs = message.blocks[-2:]
    assert actions["elements"][0]["action_id"] == "parley_show_sources"
    assert actions["elements"][0]["value"] == ANSWER_ID
    (feedback,) = thumbs["elements"]
    assert feedback["action_id"] == "parley_feedback"
    assert feedback["positive_button"]["value"] == f"good:{ANSWER_ID}"
    assert feedback["negative_button"]["value"] == f"bad:{ANSWER_ID}"
    without = only(quoted("x", kind="notice"))
    assert [block["type"] for block in without.blocks] == ["rich_text", "context_actions"]


def test_how_slack_is_asked_to_post_and_update() -> None:
    message = only(quoted(("The talks were held in Alaska.", 1)), citations=[citation()])
    assert message.text == "The talks were held in Alaska."
    updating = {"text": message.text, "blocks": list(message.blocks), "parse": "none", "link_names": False}
    assert message.updating() == updating
    assert message.posting() == updating | {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}


def test_a_plain_message() -> None:
    message = plain_message("Parley is not well: <ask> again.")
    assert shown(message.blocks) == "Parley is not well: <ask> again."
    assert message.text.replace("\u2060", "") == "Parley is not well: &lt;ask&gt; again."


# -- what doesn't fit ------------------------------------------------------------------------------------


def test_of_forty_sources_the_first_are_listed_and_the_rest_is_said() -> None:
    cited = [citation(number, f"Words {number}.") for number in range(1, 41)]
    statement = quoted(*[(f"Words {number}.", number) for number in range(1, 41)])
    message = only(statement, citations=cited)
    assert lines(message)[-1] == "34 more: Show all sources has all 40."
    assert sum("The Post" in line for line in lines(message)) == 6
    six = only(quoted(*[(f"Words {n}.", n) for n in range(1, 7)]), citations=cited[:6])
    assert lines(six)[-1] == "Words 6."


def test_a_long_quotation_is_cut_in_the_list_and_says_so() -> None:
    (_, quotation) = source_blocks(citation(1, "word " * 200), link=link, longest=500)
    whole, more = quotation["elements"][0]["elements"]
    assert whole["text"] == "word " * 98 + "word…"
    assert more == {
        "type": "text",
        "text": " (shortened; Show all sources has it whole)",
        "style": {"italic": True},
    }
    (_, quotation) = source_blocks(citation(1, "two\nlines"), link=link, longest=500)
    assert shown([quotation]) == "two lines"
    (_, quotation) = source_blocks(citation(1, "two\nlines " * 90), link=link, longest=None)
    assert shown([quotation]) == "two\nlines " * 90


def test_a_long_answer_goes_on_in_another_message() -> None:
    text = "word " * 2_400
    first, second = answer_messages(answer(quoted((text, 1)), citations=[citation(1, text)]), link=link)
    assert lines(first)[-1] == GOES_ON
    assert (first.blocks[-1]["elements"][0]["elements"][0]["style"]) == {"italic": True}
    assert second.text == "The rest of the answer."
    assert second.blocks[-1]["type"] == "context_actions"
    assert block_errors(list(first.blocks)) == block_errors(list(second.blocks)) == []
    assert shown(first.blocks).replace(GOES_ON, "") + shown(second.blocks[:2]) == text + " [1]"


def test_what_was_streamed_is_not_repeated_and_its_room_is_counted() -> None:
    statements = [quoted((f"Words {number}.", 1), id_=f"s{number}") for number in range(1, 4)]
    whole = answer(*statements, citations=[citation()], standalone_question="Where was it?")
    ended, *others = answer_messages(whole, link=link, streamed=["s1", "s2"])
    assert lines(ended)[:2] == ["Words 3. [1]", "Understood as: Where was it?"]
    assert not [line for line in lines(ended) if line.startswith(("Words 1", "Words 2"))]
    assert others == []
    ended, other = answer_messages(whole, link=link, streamed=["s1", "s2"], room=Room(10, 45))
    assert lines(ended) == [GOES_ON]
    assert lines(other)[0] == "Words 3. [1]"


def test_a_statement_streams_as_a_block() -> None:
    blocks = statement_blocks(quoted(("Words.", 1)), [citation()], link=link)
    assert stream_chunks(blocks) == [{"type": "blocks", "blocks": blocks}]


# -- whatever comes --------------------------------------------------------------------------------------


def check(made: AnswerOut) -> None:
    """Nothing live but our links, no limit passed, nothing lost."""
    messages = answer_messages(made, link=link)
    for message in messages:
        assert block_errors(list(message.blocks)) == []
        assert units(text_of(list(message.blocks))) <= 12_000
        assert live_parts(message.blocks, links_of(made)) == []
        assert 0 < len(message.text) <= 4_000
        assert live(message.text) == []
    told = "".join(shown(message.blocks).removesuffix(GOES_ON) for message in messages)
    for statement in made.statements:
        assert visible("".join(part.text for part in statement.parts)) in told
        assert all(f" [{number}]" in told for number in statement.citations)
    left_out = len(made.citations) - 6
    assert left_out <= 0 or f"{left_out} more: Show all sources has all {len(made.citations)}." in told
    check_sources(made)


def check_sources(made: AnswerOut) -> None:
    told, page, pages = "", 0, 1
    while page < pages:
        view = sources_view(made, link=link, page=page)
        assert view_errors(view) == []
        assert live_parts([view], links_of(made)) == []
        assert units(text_of(view)) <= 12_000
        later = [part for part in every_part(view) if part.get("action_id", "").endswith("later")]
        pages += len(later)
        page += 1
        told += "".join(shown([b]) for b in view["blocks"] if not shown([b]).startswith("Page "))
    for citation_ in made.cited:
        assert f"[{citation_.id}] " in told
        assert visible(citation_.quote.text) in told
        assert one_line(citation_.article.outlet or "unknown outlet")[:30] in told


bulk = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(bulk, max_examples=60)
@given(nasty_answers())
def test_no_answer_makes_slack_do_anything_we_did_not_mean(made: AnswerOut) -> None:
    check(made)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(20))  # twenty of five hundred, so that none takes much memory
def test_ten_thousand_answers(batch: int) -> None:
    @seed(batch)
    @settings(bulk, max_examples=500, derandomize=False, database=None)
    @given(nasty_answers())
    def checked(made: AnswerOut) -> None:
        check(made)

    checked()


@settings(bulk, max_examples=25)
@given(nasty_answers(), st.integers(0, 5), st.builds(Room, st.integers(0, 11_500), st.integers(0, 45)))
def test_the_end_of_a_stream_fits_what_is_left(made: AnswerOut, streamed: int, room: Room) -> None:
    ids = [statement.id for statement in made.statements[:streamed]]
    first, *others = answer_messages(made, link=link, streamed=ids, room=room)
    assert units(text_of(list(first.blocks))) <= room.units + 200
    assert len(first.blocks) <= room.blocks + 3
    assert all(block_errors(list(message.blocks)) == [] for message in (first, *others))


@settings(bulk, max_examples=100)
@given(nasty_text)
def test_nothing_in_a_plain_message_is_live(text: str) -> None:
    message = plain_message(text)
    assert live(message.text) == []
    assert live_parts(message.blocks, set()) == []


def test_a_heading_stands_once_above_what_stands_under_it() -> None:
    under = [
        quoted((words, 1), id_=f"s{at}").model_copy(update={"heading": heading})
        for at, (words, heading) in enumerate(
            [("A", "Zorn"), ("B", "Zorn"), ("C", "5 May 2033"), ("D", None)]
        )
    ]
    message = only(*under, citations=[citation(1, "A")])
    assert lines(message)[:6] == ["Zorn", "A [1]", "B [1]", "5 May 2033", "C [1]", "D [1]"]
    assert block_errors(list(message.blocks)) == []
    bold = [part["text"] for part in elements(message, "text") if part.get("style") == {"bold": True}]
    assert bold[:2] == ["Zorn", "5 May 2033"]
