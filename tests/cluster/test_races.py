"""Every write of the record from eight threads at once: on SQLite, and on PostgreSQL as if by two processes.

What is to happen once happens once, nothing is lost, and nobody is told of a duplicate key.
"""

import itertools
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from retrieval.database import Database, Duty
from retrieval.erasure import RECORD, hold, mark, marked, unmark
from retrieval.errors import ParleyError
from retrieval.journal import Journal, Step
from retrieval.ledger import enter
from retrieval.record import Record, article_id, bump_corpus_version, hide, put_setting
from retrieval.tables import held_versions, ingest_jobs, ledgers, sources
from retrieval.versions import Becoming, make_visible, newest
from service.answers import AnswerStore, QuestionTurn, turn_of
from service.conversations import Conversations
from service.errors import AnswerNotFound, ConversationNotFound, KeyRefused, RequestConflict
from service.feedback import FeedbackStore
from service.kept import State, feedback, turns
from service.keys import Keys, KeyScope
from service.titles import titles
from service.wire import ChatRequest, FeedbackIn
from tests.cluster.races import TIMES, at_once, count
from tests.retrieval.made import STEEL, article, source


def test_one_of_many_claims_of_a_key_is_had(both: Sequence[Database]) -> None:
    request = ChatRequest(question="Who met?")
    done = at_once(
        both, lambda database, _: AnswerStore(database).claim(turn_of(request, "owner", "the key"))
    )
    assert Counter(map(type, done)) == {QuestionTurn: 1, RequestConflict: TIMES - 1}
    assert count(both[0], turns) == 1


def test_questions_without_a_key_are_each_written_down(both: Sequence[Database]) -> None:
    request = ChatRequest(question="Who met?", conversation_id=f"c_{'0' * 32}")
    done = at_once(both, lambda database, _: AnswerStore(database).claim(turn_of(request, "owner", None)))
    assert Counter(map(type, done)) == {QuestionTurn: TIMES}
    assert count(both[0], turns) == TIMES


def test_a_question_of_a_process_that_is_gone_is_taken_up_once(both: Sequence[Database]) -> None:
    request = ChatRequest(question="Who met?")
    left = AnswerStore(both[0]).claim(turn_of(request, "owner", "the key"))
    with both[0].write() as connection:
        connection.execute(turns.update().values(owner="gone"))
    done = at_once(
        both, lambda database, _: AnswerStore(database).claim(turn_of(request, "owner", "the key"))
    )
    assert [turn.id for turn in done if isinstance(turn, QuestionTurn)] == [left.id]


def test_nothing_is_found_by_what_no_text_holds(both: Sequence[Database]) -> None:
    for act in (AnswerStore(both[0]).get, AnswerStore(both[0]).owner):
        with pytest.raises(AnswerNotFound):
            act("ans_\x00")
    with pytest.raises(ConversationNotFound):
        AnswerStore(both[0]).delete_conversation("c_\x00")


def test_no_bump_of_the_corpus_version_is_lost(both: Sequence[Database]) -> None:
    def bump(database: Database, _: int) -> None:
        with database.write() as connection:
            bump_corpus_version(connection)

    at_once(both, bump)
    assert Record(both[0]).corpus_version() == TIMES


def test_a_setting_is_there_once(both: Sequence[Database]) -> None:
    def put(database: Database, number: int) -> None:
        with database.write() as connection:
            put_setting(connection, "colour", str(number))

    assert at_once(both, put) == [None] * TIMES
    assert int(Record(both[1]).setting("colour") or -1) in range(TIMES)


def test_a_mark_is_taken_away_by_whoever_made_it_alone(both: Sequence[Database]) -> None:
    def erase(database: Database, _: int) -> None:
        with database.write() as connection:
            mark(connection, RECORD)
        unmark(database, RECORD, made="another")

    assert at_once(both, erase) == [None] * TIMES
    assert marked(both[0], RECORD)


def test_the_same_bytes_are_kept_once_and_each_job_by_itself(both: Sequence[Database]) -> None:
    done = at_once(both, lambda database, n: Journal(database).receive([source(STEEL, name=f"{n}.txt")]))
    assert not [one for one in done if isinstance(one, ParleyError)]
    assert (count(both[0], ingest_jobs), count(both[0], sources)) == (TIMES, 1)
    ids = [job.id for job in Journal(both[0]).unfinished()]
    at_once(both, lambda database, n: Journal(database).advance([ids[n % len(ids)]], Step.VISIBLE))
    with both[0].read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).where(ingest_jobs.c.step == "visible")) == len(
            ids
        )


def test_each_of_many_that_are_received_together_is_the_job_of_its_own_source(
    both: Sequence[Database],
) -> None:
    given = [source(f"{n}: {STEEL}", name=f"{n}.txt") for n in range(TIMES)]
    jobs = Journal(both[0]).receive(given)
    assert {job.id: job.source.name for job in Journal(both[0]).unfinished()} == {
        job.id: job.source.name for job in jobs
    }


def test_a_job_of_a_process_that_is_gone_is_finished_by_one(both: Sequence[Database]) -> None:
    Journal(both[0]).receive([source(f"{n}: {STEEL}", name=f"{n}.txt") for n in range(TIMES)])
    with both[0].write() as connection:
        connection.execute(ingest_jobs.update().values(owner="gone"))
    taken = {id(database): Journal(database).take_up() for database in both}
    assert Counter(job.id for jobs in taken.values() for job in jobs).most_common(1)[0][1] == 1


def test_one_name_is_one_key(both: Sequence[Database]) -> None:
    scopes = frozenset({KeyScope.READ})
    done = at_once(both, lambda database, _: Keys(database).create("newsroom", scopes))
    assert sum(isinstance(one, KeyRefused) for one in done) == TIMES - 1
    at_once(both, lambda database, _: Keys(database).revoke("newsroom"))
    assert [key.revoked_at is not None for key in Keys(both[1]).listed()] == [True]
    again = at_once(both, lambda database, n: Keys(database).create(f"desk {n}", scopes))
    assert not [one for one in again if isinstance(one, ParleyError)]
    assert len(Keys(both[0]).listed()) == TIMES + 1


def asked(database: Database, *, at: datetime | None = None) -> str:
    turn = AnswerStore(database).claim(turn_of(ChatRequest(question="Who met?"), "owner", None))
    with database.write() as connection:
        told = {"state": State.ANSWERED.value, "body": "{}", "asked_at": at or datetime.now(UTC)}
        connection.execute(turns.update().where(turns.c.id == turn.id).values(told))
    return turn.id


def test_of_an_author_the_latest_word_counts_and_nobody_elses_is_lost(both: Sequence[Database]) -> None:
    id_ = asked(both[0])
    up = FeedbackIn(rating="up")
    done = at_once(both, lambda database, n: FeedbackStore(database).put(id_, up, author=f"U{n % 4}"))
    assert done == [None] * TIMES
    assert count(both[0], feedback) == 4


def test_a_conversation_has_one_name(both: Sequence[Database]) -> None:
    id_ = asked(both[0])
    conversation = AnswerStore(both[0])
    with both[0].read() as connection:
        named = connection.scalar(sa.select(turns.c.conversation_id).where(turns.c.id == id_)) or ""
    done = at_once(both, lambda database, n: Conversations(database, conversation).rename(named, f"name {n}"))
    assert not [one for one in done if isinstance(one, ParleyError)]
    assert count(both[0], titles) == 1


def test_what_is_too_old_goes_while_questions_come(both: Sequence[Database]) -> None:
    old, now = datetime.now(UTC) - timedelta(days=9), datetime.now(UTC)
    for _ in range(4):
        asked(both[0], at=old)

    def either(database: Database, number: int) -> object:
        if number % 2:
            return asked(database)
        return AnswerStore(database).delete_older(now - timedelta(days=1))

    done = at_once(both, either)
    assert not [one for one in done if isinstance(one, ParleyError)]
    assert sum(one for one in done if isinstance(one, int)) == 4
    assert count(both[0], turns) == TIMES // 2


def test_what_holds_a_version_holds_it_once(both: Sequence[Database]) -> None:
    def held(database: Database, number: int) -> None:
        with database.write(f"ans_{number % 4}") as connection:
            hold(connection, f"ans_{number % 4}", [("a_1", 1), ("a_2", 1)])

    assert at_once(both, held) == [None] * TIMES
    assert count(both[0], held_versions) == 8


def test_versions_of_an_article_follow_each_other_and_each_has_its_ledger(both: Sequence[Database]) -> None:
    """Each as whoever ingests does: what is newest is looked up, and the next made, in its turn."""
    id_ = article_id("one")
    Journal(both[0]).receive([source(STEEL)])
    with both[0].read() as connection:
        (sha256,) = connection.scalars(sa.select(sources.c.bytes_sha256))
    numbers = itertools.count()

    def change(database: Database, number: int) -> None:
        with database.only(Duty.ARTICLES):
            known = newest(database, id_)
            if number % 5 == 4 and known is not None and known.visible:
                with database.write() as connection:
                    hide(connection, id_)
                return
            version = 1 if known is None else known.version + 1
            made = article(f"{STEEL} {next(numbers)}", id_=id_, version=version)
            with database.write() as connection:
                stored = made.__class__(**{**_fields(made), "bytes_sha256": sha256})
                make_visible(connection, [Becoming(stored, "one")])
                enter(connection, [(stored, [])], edition="1")
                bump_corpus_version(connection)

    assert at_once(both, change) == [None] * TIMES
    known = newest(both[1], id_)
    assert known is not None
    assert known.version == next(numbers) == count(both[0], ledgers)
    assert Record(both[0]).corpus_version() == TIMES


def _fields(made: object) -> dict[str, object]:
    return {name: getattr(made, name) for name in made.__slots__}  # type: ignore[attr-defined]


def test_a_duty_is_one_threads_at_a_time(both: Sequence[Database]) -> None:
    inside = [0]

    def work(database: Database, _: int) -> int:
        with database.only(Duty.ARTICLES):
            inside[0] += 1
            most = inside[0]
            inside[0] -= 1
            return most

    assert set(at_once(both, work)) == {1}
    with both[0].only(Duty.ARTICLES), both[1].only(Duty.ARTICLES, patience=0) as had:
        assert not had


def test_a_process_is_gone_once_it_has_closed(both: Sequence[Database]) -> None:
    with both[0].read() as connection:
        assert both[0].gone(connection, [both[1].process, both[0].process, "x"]) == {"x"}
    both[1].close()
    with both[0].read() as connection:
        # SQLite's record is one process's: both are it.
        left = {both[1].process} if both[0].shared else set[str]()
        assert both[0].gone(connection, [both[1].process]) == left
