"""What people think of answers, in the record: of each person the latest word on each answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from retrieval.database import Database, zoned
from service.config import OWNER
from service.errors import AnswerNotFound
from service.kept import feedback, turns
from service.opinions import FeedbackList, FeedbackOut, FeedbackQuery, moment
from service.received import of_slack
from service.wire import FeedbackIn


@dataclass(frozen=True, slots=True)
class Feedback:
    """`author`: who of the principal's people said it, where that is known; else empty."""

    answer_id: str
    principal: str
    author: str
    rating: str
    reason: str | None
    comment: str | None


class FeedbackStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, answer_id: str, given: FeedbackIn, *, principal: str = OWNER, author: str = "") -> None:
        """In place of what the same author said of it before. Raises AnswerNotFound, also where the answer
        is another principal's."""
        answered = sa.select(turns.c.number).where(
            turns.c.id == answer_id, turns.c.principal == principal, turns.c.body.is_not(None)
        )
        same = (feedback.c.answer_id == answer_id, feedback.c.principal == principal)
        row = {"answer_id": answer_id, "principal": principal, "author": author, **given.model_dump()}
        with self._database.write(f"{answer_id} {principal} {author}") as connection:
            if connection.scalar(answered) is None:
                raise AnswerNotFound(
                    f"answer {answer_id} is not here", remedy="Check the id; it begins with ans_."
                )
            connection.execute(feedback.delete().where(*same, feedback.c.author == author))
            connection.execute(feedback.insert().values(row | {"given_at": datetime.now(UTC)}))

    def listed(self, query: FeedbackQuery, *, slack: bool = True) -> FeedbackList:
        """Of every principal's answers, the latest first: for whoever runs the service. Without `slack` none
        of workspaces'."""
        page = sa.select(feedback, turns.c.conversation_id, turns.c.question).join(
            turns, turns.c.id == feedback.c.answer_id
        )
        page = page.where(*_fitting(query), *(() if slack else (~of_slack(feedback.c.principal),)))
        page = page.order_by(feedback.c.number.desc()).limit(query.limit + 1)
        with self._database.read() as connection:
            rows = connection.execute(page).mappings().all()
        shown = rows[: query.limit]
        more = str(shown[-1]["number"]) if len(rows) > query.limit else None
        return FeedbackList(feedback=[_told(row) for row in shown], next_cursor=more)

    def unfavourable(self) -> list[Feedback]:
        """Of every principal, the earliest first."""
        kept = [feedback.c[name] for name in Feedback.__slots__]
        query = sa.select(*kept).where(feedback.c.rating == "down").order_by(feedback.c.number)
        with self._database.read() as connection:
            return [Feedback(*row) for row in connection.execute(query)]


def _fitting(query: FeedbackQuery) -> Iterator[sa.ColumnElement[bool]]:
    its = feedback.c
    if query.since is not None:
        yield its.given_at >= moment(query.since)
    if query.until is not None:
        yield its.given_at < moment(query.until, end=True)
    if query.rating is not None:
        yield its.rating == query.rating
    if query.reason is not None:
        yield its.reason == query.reason
    if query.cursor is not None:
        yield its.number < int(query.cursor)


def _told(row: sa.RowMapping) -> FeedbackOut:
    told = {name: row[name] for name in FeedbackOut.model_fields}
    return FeedbackOut.model_validate(told | {"given_at": zoned(row["given_at"])})
