"""Claims: one for each post, whoever comes first, and kept across a restart."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval.database import Database
from service.bootstrap import Service
from service.received import State, deliveries, forget_questions
from service.slack.deliveries import LAPSES_AFTER, Deliveries
from service.slack.events import Post
from service.wire import ChatRequest
from tests.remains import remains

POST = Post("T1", "Ev1", "C1", "1.000001", "1.000001", "U1", "T1", "Why?")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'record.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> Deliveries:
    return Deliveries(database)


def test_the_same_event_and_the_same_post_are_claimed_once(store: Deliveries) -> None:
    assert store.claim(POST)
    for again in (POST, replace(POST, event_id="Ev2"), replace(POST, ts="1.000002")):
        assert store.claim(again) is None
    assert store.claim(replace(POST, team="T2"))
    assert store.claim(replace(POST, event_id="Ev3", channel="C2"))


def test_of_many_at_once_one_wins(store: Deliveries) -> None:
    posts = [replace(POST, event_id=f"Ev{number % 3}") for number in range(40)]
    with ThreadPoolExecutor(16) as at_once:
        claimed = [found for found in at_once.map(store.claim, posts) if found is not None]
    assert len(claimed) == 1


def test_a_thread_is_one_conversation_and_no_other_ones(store: Deliveries) -> None:
    first = store.claim(POST)
    reply = store.claim(replace(POST, event_id="Ev2", ts="1.000002"))
    elsewhere = store.claim(replace(POST, event_id="Ev3", channel="C2"))
    theirs = store.claim(replace(POST, team="T2"))
    assert first
    assert reply
    assert elsewhere
    assert theirs
    assert first.conversation_id == reply.conversation_id
    assert len({first.conversation_id, elsewhere.conversation_id, theirs.conversation_id}) == 3
    assert store.in_conversation("T1", "C1", "1.000001")
    assert not store.in_conversation("T2", "C2", "1.000001")


def test_what_is_unfinished_is_taken_up_with_all_that_is_known(store: Deliveries) -> None:
    claims = [store.claim(replace(POST, event_id=f"Ev{n}", ts=f"1.00000{n}")) for n in range(4)]
    one, two, three, four = [claim for claim in claims if claim is not None]
    store.telling(two)
    store.told(two, "2.5")
    store.finish(three, State.DONE)
    store.finish(four, State.FAILED)
    left = store.unfinished()
    assert [delivery.number for delivery in left] == [one.number, two.number]
    assert (left[1].state, left[1].message_ts, left[1].post.text) == (State.TELLING, "2.5", "Why?")
    assert store.messages_of_others(one) == {"2.5"}
    assert store.messages_of_others(two) == set()
    again = store.take_up(left[1])
    assert again is not None
    assert again.attempts == 1
    assert store.take_up(three) is None


def test_what_nobody_waits_for_any_more_is_let_go(store: Deliveries, database: Database) -> None:
    old = store.claim(POST)
    assert old
    with database.write() as connection:
        connection.execute(deliveries.update().values(received_at=datetime.now(UTC) - 2 * LAPSES_AFTER))
    assert store.unfinished() == []
    assert store.take_up(old) is None
    assert store.claim(POST) is None


def test_a_question_is_kept_here_only_until_it_is_answered(store: Deliveries, database: Database) -> None:
    claim = store.claim(POST)
    assert claim
    store.finish(claim, State.DONE)
    with database.read() as connection:
        row = connection.execute(deliveries.select()).mappings().one()
    assert "Why?" not in str(dict(row))


def test_the_questions_of_a_deleted_conversation_go_with_it(store: Deliveries, database: Database) -> None:
    gone, kept = store.claim(POST), store.claim(replace(POST, event_id="Ev9", channel="C9", text="Who?"))
    assert gone
    assert kept
    with database.write() as connection:
        for another in ("owner", "key:k_1", "slack:T9"):  # whoever gave theirs the same id
            forget_questions(connection, [kept.conversation_id], another)
        forget_questions(connection, [gone.conversation_id], f"slack:{POST.team}")
    with database.read() as connection:
        rows = connection.execute(deliveries.select()).mappings().all()
    assert [row["question"] for row in rows] == [None, "Who?"]
    assert store.take_up(gone) is None
    assert store.take_up(kept)


def test_a_process_without_slack_takes_away_what_slack_left_unanswered(
    service: Service, tmp_path: Path
) -> None:
    left = Deliveries(service.corpus.record.database)
    first = left.claim(replace(POST, text="Did Wobblestrake leave?"))
    assert first
    request = ChatRequest(question=first.post.text, conversation_id=first.conversation_id)
    service.chat.ask(request, principal="slack:T1")
    left.claim(replace(POST, event_id="Ev2", ts="1.000002", text="With the quimbelfance?"))
    assert remains(tmp_path, ["Wobblestrake", "quimbelfance"])
    service.answers.delete_conversation(first.conversation_id, principal="slack:T1")
    assert remains(tmp_path, ["Wobblestrake", "quimbelfance"]) == []


def test_a_workspace_that_is_stopped_or_forgotten_leaves_the_other_alone(store: Deliveries) -> None:
    ours, theirs = store.claim(POST), store.claim(replace(POST, team="T2"))
    assert ours
    assert theirs
    store.answered(ours, "ans_1")
    assert store.answered_for("T1", "ans_1")
    assert not store.answered_for("T2", "ans_1")
    store.stop("T1")
    assert [left.post.team for left in store.unfinished()] == ["T2"]
    assert store.conversations("T1") == [ours.conversation_id]
    store.forget("T1")
    assert not store.in_conversation("T1", "C1", POST.thread)
    assert not store.answered_for("T1", "ans_1")
    assert store.in_conversation("T2", "C1", POST.thread)
