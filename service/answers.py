"""Answers in the record: stored whole as they were sent, never recomputed."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from retrieval.database import Database
from service.conversation import TurnText
from service.errors import AnswerNotFound
from service.wire import AnswerOut

metadata = sa.MetaData()

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("conversation_id", sa.String(34), nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
)


class AnswerStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, answer: AnswerOut) -> None:
        row = {
            "id": answer.id,
            "conversation_id": answer.conversation_id,
            "body": answer.model_dump_json(),
            "asked_at": datetime.now(UTC),
        }
        with self._database.write() as connection:
            connection.execute(answers.insert().values(row))

    def get(self, id_: str) -> AnswerOut:
        """Raises AnswerNotFound."""
        with self._database.read() as connection:
            body = connection.scalar(sa.select(answers.c.body).where(answers.c.id == id_))
        if body is None:
            raise AnswerNotFound(f"answer {id_} is not here", remedy="Check the id; it begins with ans_.")
        return AnswerOut.model_validate_json(body)

    def turns(self, conversation_id: str, *, most: int = 20) -> list[TurnText]:
        """The latest turns, in order."""
        query = (
            sa.select(answers.c.body)
            .where(answers.c.conversation_id == conversation_id)
            .order_by(answers.c.asked_at.desc())
            .limit(most)
        )
        with self._database.read() as connection:
            bodies: list[dict[str, Any]] = [json.loads(body) for body in connection.scalars(query)]
        turns = []
        for body in reversed(bodies):
            turns += [TurnText("user", body["question"]), TurnText("assistant", body["text"])]
        return turns
