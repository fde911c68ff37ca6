"""What Slack delivered, in the record: each post claimed once, and taken up again until it is answered.

Slack delivers at least once, and a mention comes as two events with one (channel, ts). A claim is an insert
under both keys, committed before Slack gets its acknowledgement: what was acknowledged is never lost, and
what comes again is refused, also by the process that follows after a crash.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from retrieval.database import Database, new_rows
from retrieval.erasure import RECORD, mark, rewrite_record
from service.received import State, deliveries, threads
from service.slack.events import Post

LAPSES_AFTER = timedelta(hours=24)  # as long as a chat request's key is kept
_OPEN = (State.WAITING.value, State.TELLING.value)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed post. `message_ts` is our message that answers it, as far as we know."""

    number: int
    post: Post
    conversation_id: str
    state: State
    attempts: int = 0
    message_ts: str | None = None


class Deliveries:
    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, post: Post) -> Delivery | None:
        """None where the post, or the event, was claimed before."""
        row = _row(post) | {"owner": self._database.process}
        with self._database.write(f"slack {post.team}") as connection:
            if not _insert_new(connection, deliveries, row):
                return None
            place = {"team": post.team, "channel": post.channel, "thread": post.thread}
            _insert_new(connection, threads, {**place, "conversation_id": f"c_{uuid.uuid4().hex}"})
            found = connection.execute(_joined().where(*_of_post(post))).mappings().one()
            return _delivery(found)

    def in_conversation(self, team: str, channel: str, thread: str) -> bool:
        """Whether something was asked in this thread before."""
        query = sa.select(threads.c.conversation_id).where(*_at(threads, team, channel, thread))
        with self._database.read() as connection:
            return connection.scalar(query) is not None

    def take_up(self, delivery: Delivery) -> Delivery | None:
        """As it stands now, one attempt further; None where it was finished or forgotten meanwhile."""
        its = deliveries.c.number == delivery.number, deliveries.c.state.in_(_OPEN)
        with self._database.write(f"slack {delivery.post.team}") as connection:
            again = deliveries.update().where(*its).values(attempts=deliveries.c.attempts + 1)
            if not connection.execute(again).rowcount:
                return None
            return _delivery(connection.execute(_joined().where(its[0])).mappings().one())

    def telling(self, delivery: Delivery) -> None:
        """From here on Slack may have a message that we don't know of."""
        self._set(delivery, state=State.TELLING.value)

    def told(self, delivery: Delivery, message_ts: str) -> None:
        self._set(delivery, message_ts=message_ts)

    def answered(self, delivery: Delivery, answer_id: str) -> bool:
        """Before it is told, so that its buttons work from the moment that they are there. False where the
        delivery was forgotten meanwhile."""
        return self._set(delivery, answer_id=answer_id)

    def finish(self, delivery: Delivery, state: State) -> None:
        self._set(delivery, state=state.value, question=None)

    def postpone(self, delivery: Delivery) -> None:
        """The attempt didn't fail by itself, and doesn't count."""
        self._set(delivery, attempts=deliveries.c.attempts - 1)

    def unfinished(self) -> list[Delivery]:
        """At the start, in the order in which they came: of processes that are gone, for this one to see to.
        Those that are too old to be waited for are let go."""
        open_ = deliveries.c.state.in_(_OPEN)
        old = deliveries.c.received_at < datetime.now(UTC) - LAPSES_AFTER
        lapsed = {"state": State.LAPSED.value, "question": None}
        with self._database.write() as connection:
            connection.execute(deliveries.update().where(open_, old).values(lapsed))
            owners = set(connection.scalars(sa.select(deliveries.c.owner).where(open_).distinct()))
            gone = self._database.gone(connection, owners) | {self._database.process}
            its = open_, sa.func.coalesce(deliveries.c.owner, "").in_({owner or "" for owner in gone})
            left = connection.execute(_joined().where(*its).order_by(deliveries.c.number)).mappings().all()
            connection.execute(deliveries.update().where(*its).values(owner=self._database.process))
            return [_delivery(row) for row in left]

    def messages_of_others(self, delivery: Delivery) -> Collection[str]:
        """Our messages in this thread that are known to answer another post."""
        post = delivery.post
        query = sa.select(deliveries.c.message_ts).where(
            *_at(deliveries, post.team, post.channel, post.thread),
            deliveries.c.number != delivery.number,
            deliveries.c.message_ts.is_not(None),
        )
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def answered_for(self, team: str, answer_id: str) -> bool:
        """Whether this answer was given to this workspace."""
        query = sa.select(deliveries.c.number).where(
            deliveries.c.team == team, deliveries.c.answer_id == answer_id
        )
        with self._database.read() as connection:
            return connection.scalar(query.limit(1)) is not None

    def stop(self, team: str) -> None:
        """Nothing of this workspace is answered any more."""
        its = deliveries.c.team == team, deliveries.c.state.in_(_OPEN)
        with self._database.write() as connection:
            stopped = {"state": State.FAILED.value, "question": None}
            connection.execute(deliveries.update().where(*its).values(stopped))

    def conversations(self, team: str) -> list[str]:
        """The ids of all that this workspace had."""
        with self._database.read() as connection:
            return list(
                connection.scalars(sa.select(threads.c.conversation_id).where(threads.c.team == team))
            )

    def forget(self, team: str) -> None:
        """Everything of this workspace. Last of all, since nothing else knows which conversations were its
        own; the record's files are rewritten, also for what was deleted before. Raises DataDirectoryError
        where they can't be now."""
        with self._database.write() as connection:
            for table in (deliveries, threads):
                connection.execute(table.delete().where(table.c.team == team))
            mark(connection, RECORD)
        rewrite_record(self._database)

    def _set(self, delivery: Delivery, **values: Any) -> bool:
        """Whether it is there. SQLite gives the number of one that was forgotten to the next."""
        its = deliveries.c.number == delivery.number, *_of_post(delivery.post)
        with self._database.write(f"slack {delivery.post.team}") as connection:
            return bool(connection.execute(deliveries.update().where(*its).values(values)).rowcount)


def _insert_new(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    """False where one of the table's keys is taken."""
    made = new_rows(connection, table).values(row).returning(*table.primary_key)
    return connection.execute(made).first() is not None  # PostgreSQL's driver counts no rows here


def _row(post: Post) -> dict[str, Any]:
    return {
        "team": post.team,
        "channel": post.channel,
        "thread": post.thread,
        "event_id": post.event_id,
        "ts": post.ts,
        "user": post.user,
        "user_team": post.user_team,
        "question": post.text,
        "state": State.WAITING.value,
        "attempts": 0,
        "received_at": datetime.now(UTC),
    }


def _joined() -> sa.Select[Any]:
    same = sa.and_(
        threads.c.team == deliveries.c.team,
        threads.c.channel == deliveries.c.channel,
        threads.c.thread == deliveries.c.thread,
    )
    return sa.select(deliveries, threads.c.conversation_id).join(threads, same)


def _of_post(post: Post) -> tuple[sa.ColumnElement[bool], ...]:
    its = deliveries.c
    return its.team == post.team, its.channel == post.channel, its.ts == post.ts


def _at(table: sa.Table, team: str, channel: str, thread: str) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.team == team, table.c.channel == channel, table.c.thread == thread


def _delivery(row: sa.RowMapping) -> Delivery:
    post = Post(
        team=row["team"],
        event_id=row["event_id"],
        channel=row["channel"],
        ts=row["ts"],
        thread=row["thread"],
        user=row["user"],
        user_team=row["user_team"],
        text=row["question"] or "",
    )
    return Delivery(
        row["number"],
        post,
        row["conversation_id"],
        State(row["state"]),
        attempts=row["attempts"],
        message_ts=row["message_ts"],
    )
