import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from service.slack.blocks import (
    Message,
    answer_messages,
    plain_message,
    statement_blocks,
    stream_chunks,
)
from service.slack.mrkdwn import one_line, visible
from service.slack.rich_text import Room
from service.slack.sources import day, passage_of, source_blocks
from service.slack.views import sources_view
from service.wire import AnswerOut, CitationOut
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


def context(message: Message) -> list[str]:
    """What each line of sources shows."""
    found = []
    for block in message.blocks:
        if block["type"] == "context":
            texts = [re.sub(r"^<.*\|(.*)>$", r"\1", each["text"]) for each in block["elements"]]
            found.append(" ".join(texts))
    return found


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


def buttons(message: Message) -> list[str]:
    return [button["text"]["text"] for button in elements(message, "button")]


def test_an_answer_is_told_once_with_a_line_for_each_article() -> None:
    said = {"speaker": "Mara Holm", "to": "NRK", "venue": None, "when": "Friday"}
    one, two = citation(1, "“No ferry sails.”", said=said), citation(2, "Others.", outlet="Fjord Times")
    again = one.model_copy(update={"id": 3, "quote": one.quote.model_copy(update={"text": "It rains."})})
    statements = (
        quoted("Mara Holm: ", ("“No ferry sails.”", 1)),
        quoted(("Others.", 2), id_="s2"),
        quoted("Mara Holm, to NRK, on Friday: ", ("It rains.", 3), id_="s3"),
    )
    message = only(*statements, citations=[one, two, again])
    assert lines(message)[3:] == []
    assert context(message) == [
        "[1] [3] The Post, 17 August 2025; [1] to NRK, when: Friday",
        "[2] Fjord Times, 17 August 2025",
    ]
    opened = [part["text"] for part in elements(message, "mrkdwn")]
    assert opened == [f"<{link(one)}|[1]>", f"<{link(again)}|[3]>", f"<{link(two)}|[2]>"]
    assert buttons(message) == []


def test_the_quotations_of_a_statement_in_other_words_are_behind_the_button() -> None:
    worded = in_other_words("No ferry ran.", 1)
    cited = [citation(1, "No ferry sails.")]
    assert buttons(only(worded, citations=cited)) == ["Show all sources"]
    told = quoted(("No  ferry\nsails.", 1), id_="s2")
    assert buttons(only(worded, told, citations=cited)) == []
    assert buttons(only(quoted(("No ferry", 1)), citations=cited)) == ["Show all sources"]


def test_a_source_without_outlet_has_its_title_and_one_with_neither_says_so() -> None:
    cited = [
        citation(1, "Words.", outlet=None, title="Ferries"),
        citation(2, "Words.", outlet=None, title=None, published=None),
    ]
    message = only(quoted(("Words.", 1), ("Words.", 2)), citations=cited)
    assert context(message) == [
        "[1] unknown outlet, “Ferries”, 17 August 2025",
        "[2] unknown outlet, undated",
    ]


def test_where_no_page_can_be_opened_the_passages_are_behind_the_button() -> None:
    cited = citation(1, "Words.", url="https://news.example/a?b=1&c=<d|e>")
    (message,) = answer_messages(answer(quoted(("Words.", 1)), citations=[cited]), link=nowhere)
    assert elements(message, "link") == []
    original = "<https://news.example/a?b=1&amp;c=%3Cd%7Ce%3E|original>"
    assert [part["text"] for part in elements(message, "mrkdwn")] == [original]
    assert context(message) == ["[1] The Post, 17 August 2025 original"]
    assert buttons(message) == ["Show the passages"]


def test_in_the_modal_each_source_has_number_outlet_date_link_speaker_and_quotation() -> None:
    said = {"speaker": "Holm", "to": "NRK", "venue": "Oslo", "when": "Friday"}
    one = citation(1, "Words.", said=said, url="https://news.example/a|b")
    head, quotation = source_blocks(one, link=link)
    told = (
        "[1] The Post, 17 August 2025: Talks · original (said by Holm, to NRK, on or in Oslo, when: Friday)"
    )
    assert [shown([head]), shown([quotation])] == [told, "Words."]
    links = [(part["text"], part["url"]) for part in every_part(head) if part.get("type") == "link"]
    assert links == [("Talks", link(one)), ("original", "https://news.example/a%7Cb")]
    first, *_, last = head["elements"][0]["elements"]
    assert (first["style"], last["style"]) == ({"bold": True}, {"italic": True})
    assert quotation["elements"][0]["type"] == "rich_text_quote"
    two = citation(2, "Others.", outlet=None, published=None, title=None)
    assert shown(source_blocks(two, link=link)[:1]) == "[2] unknown outlet, undated: no title"


def test_a_passage_is_cut_between_words_and_the_quotation_in_it_is_bold() -> None:
    text = "before " * 100 + "No ferry sails." + " after" * 100
    cited = _at(citation(1, "No ferry sails."), text.index("No ferry"))
    passage = passage_of(text, cited)
    assert passage.before.startswith("… before before")
    assert passage.after.endswith(" after after …")
    assert len(passage.before) + len(passage.after) <= 802
    (_, quotation) = source_blocks(cited, link=nowhere, passage=passage)
    before, marked, after = quotation["elements"][0]["elements"]
    assert marked == {"type": "text", "text": "No ferry sails.", "style": {"bold": True}}
    assert {"style"} & {*before, *after} == set()


def test_a_passage_goes_to_the_paragraphs_on_either_side_and_no_further() -> None:
    text = "Photo: Holm\n\nIt rains.\n\nWe ask. No ferry sails. We wait.\n\nIt pours.\n\nTags"
    cited = _at(citation(1, "No ferry sails."), text.index("No ferry"))
    passage = passage_of(text, cited)
    assert (passage.before, passage.after) == ("It rains.\n\nWe ask. ", " We wait.\n\nIt pours.")
    whole = passage_of("We ask. No ferry sails.", _at(cited, 8))
    assert (whole.before, whole.after) == ("We ask. ", "")
    unbroken = passage_of("x" * 500 + "No ferry sails." + "y" * 500, _at(cited, 500))
    assert (unbroken.before, unbroken.after) == ("…" + "x" * 400, "y" * 400 + "…")


def _at(cited: CitationOut, start: int) -> CitationOut:
    quote = cited.quote.model_copy(update={"start": start, "end": start + len(cited.quote.text)})
    return cited.model_copy(update={"quote": quote})


def test_an_empty_attribution_is_left_out() -> None:
    nobody = dict.fromkeys(("speaker", "to", "venue", "when"))
    (head, _) = source_blocks(citation(1, said=nobody), link=link)
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
    message = only(in_other_words("Alaska it was.", 1), citations=[citation()])
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
    assert context(message)[5:] == [
        "[6] The Post, 17 August 2025",
        "34 more: Show all sources has all 40.",
    ]
    assert buttons(message) == ["Show all sources"]
    six = only(quoted(*[(f"Words {n}.", n) for n in range(1, 7)]), citations=cited[:6])
    assert (len(context(six)), buttons(six)) == (6, [])


def test_more_of_one_article_than_a_line_takes_go_on_in_the_next() -> None:
    cited = [citation(1, "Words.").model_copy(update={"id": number}) for number in range(1, 11)]
    message = only(quoted(*[("Words.", number) for number in range(1, 11)]), citations=cited)
    assert [line.partition(" The")[0] for line in context(message)] == [
        "[1] [2] [3] [4] [5] [6] [7] [8]",
        "[9] [10]",
    ]


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
    foot = "\n".join(line for message in messages for line in context(message))
    assert all(f"[{cited.id}]" in foot for cited in made.citations[:6])
    left_out = len(made.citations) - 6
    assert left_out <= 0 or f"{left_out} more: Show all sources has all {len(made.citations)}." in foot
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


def test_who_else_carries_a_text_is_told_beside_its_outlet() -> None:
    one, other = (citation(n, outlet="Marl Wire", also_in=["Radio Elm", "<!here>"]) for n in (1, 2))
    message = only(quoted(("The talks were held in Alaska.", 1)), citations=[one])
    assert any("Marl Wire, 17 August 2025; also in Radio Elm and" in line for line in context(message))
    assert "also in Radio Elm" in shown(source_blocks(other, link=link))
