"""Turns in the record: a question is written down before it is worked on, its answer whole as it was sent."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from retrieval.database import Database, zoned
from retrieval.erasure import RECORD, erased, hold, holders_of, let_go, mark, rewrite_record
from service.config import OWNER
from service.conversation import TurnText
from service.errors import AnswerNotFound, ConversationNotFound
from service.kept import State, feedback, refuse_revoked, turns
from service.places import before, in_places
from service.received import forget_older, forget_questions
from service.titles import titles
from service.under_keys import refuse_other, refuse_second, under_key
from service.wire import AnswerOut, ChatRequest, CitationOut, ConversationOut, TurnOut
from service.withdrawal import as_asked, withdrawn


@dataclass(frozen=True, slots=True)
class QuestionTurn:
    """A question as it is taken up. `id` is that of the answer to come; `key` the client's
    Idempotency-Key, `request_sha256` what tells one request from another under it."""

    id: str
    conversation_id: str
    question: str
    principal: str = OWNER
    key: str | None = None
    request_sha256: str | None = None


def turn_of(request: ChatRequest, principal: str, key: str | None) -> QuestionTurn:
    body = request.model_dump_json(by_alias=True).encode()
    return QuestionTurn(
        id=f"ans_{uuid.uuid4().hex}",
        conversation_id=request.conversation_id or f"c_{uuid.uuid4().hex}",
        question=request.question,
        principal=principal,
        key=key,
        request_sha256=None if key is None else hashlib.sha256(body).hexdigest(),
    )


class AnswerStore:
    """Whatever it is asked for, it looks only among the turns of the principal who asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, turn: QuestionTurn) -> QuestionTurn | AnswerOut:
        """Write the question down. Gives the turn to be answered, or the answer that its key got before.
        A turn under that key that was interrupted is taken up again. Raises RequestConflict; Unauthorized
        where whoever asks had a key that was taken back meanwhile."""
        now, mine = datetime.now(UTC), self._database.process
        with self._database.write(
            turn.id if turn.key is None else f"{turn.principal} {turn.key}"
        ) as connection:
            refuse_revoked(connection, turn.principal)
            earlier = None if turn.key is None else under_key(connection, turn.principal, turn.key, now)
            if earlier is None:
                connection.execute(turns.insert().values(_row(turn, now) | {"owner": mine}))
                return turn
            refuse_other(earlier, turn.request_sha256)
            if earlier["state"] == State.ANSWERED:
                return AnswerOut.model_validate_json(earlier["body"])
            if earlier["state"] == State.IN_PROGRESS:
                refuse_second(earlier["id"], gone=self._database.gone(connection, [earlier["owner"]]))
            again = turns.update().where(turns.c.id == earlier["id"])
            connection.execute(again.values(state=State.IN_PROGRESS.value, owner=mine, as_asked=None))
        return replace(turn, id=earlier["id"], conversation_id=earlier["conversation_id"])

    def finish(self, answer: AnswerOut) -> AnswerOut:
        """As it is stored: without what was purged meanwhile, and as it was asked where an answer before it
        cited that. A turn that was deleted meanwhile stays deleted."""
        cited = {_version(citation) for citation in answer.cited}
        with self._database.write(answer.id) as connection:
            gone = erased(connection, cited)
            answer = withdrawn(answer, lambda citation: _version(citation) in gone)
            anew = connection.scalar(sa.select(turns.c.as_asked).where(turns.c.id == answer.id))
            answer = as_asked(answer) if anew else answer
            done = {"state": State.ANSWERED.value, "body": answer.model_dump_json()}
            if connection.execute(turns.update().where(turns.c.id == answer.id).values(done)).rowcount:
                hold(connection, answer.id, cited - gone)
        return answer

    def withdraw(self, connection: sa.Connection, article_id: str) -> None:
        """Take what came from the article out of every answer, and out of those that followed it."""
        citing = sa.select(turns.c.conversation_id).where(turns.c.id.in_(holders_of(connection, article_id)))
        for id_ in list(connection.scalars(citing.distinct())):
            _withdraw_from(connection, id_, article_id)
            in_the_making = turns.c.conversation_id == id_, turns.c.state == State.IN_PROGRESS.value
            connection.execute(turns.update().where(*in_the_making).values(as_asked=True))

    @contextmanager
    def abandoning(self, turn: QuestionTurn) -> Iterator[None]:
        """A turn that fails is gone: who asked is told, and may ask again under the same key."""
        try:
            yield
        except BaseException:
            with self._database.write(turn.id) as connection:
                unanswered = turns.c.state == State.IN_PROGRESS.value
                connection.execute(turns.delete().where(turns.c.id == turn.id, unanswered))
            raise

    def interrupt_unfinished(self) -> None:
        """Those of processes that are gone."""
        begun = turns.c.state == State.IN_PROGRESS.value
        with self._database.write() as connection:
            owners = set(connection.scalars(sa.select(turns.c.owner).where(begun).distinct()))
            for owner in self._database.gone(connection, owners):
                left = turns.update().where(begun, turns.c.owner.is_not_distinct_from(owner))
                connection.execute(left.values(state=State.INTERRUPTED.value))

    def get(self, id_: str, *, principal: str = OWNER) -> AnswerOut:
        """Raises AnswerNotFound, also where it is still being written."""
        query = sa.select(turns.c.body).where(turns.c.id == id_, turns.c.principal == principal)
        with self._database.read() as connection:
            body = connection.scalar(query)
        if body is None:
            raise no_answer(id_)
        return AnswerOut.model_validate_json(body)

    def owner(self, id_: str) -> str:
        """The principal who asked. Raises AnswerNotFound."""
        with self._database.read() as connection:
            found: str | None = connection.scalar(sa.select(turns.c.principal).where(turns.c.id == id_))
        if found is None:
            raise no_answer(id_)
        return found

    def answers(
        self, conversation_id: str, *, until: str | None = None, principal: str = OWNER, most: int = 20
    ) -> list[AnswerOut]:
        """The latest, in order, each that replaces another in the place of that one; before `until`, where
        that is one of them. Raises AnswerNotFound where it isn't."""
        query = (
            sa.select(turns.c.body)
            .where(*_of(conversation_id, principal), turns.c.body.is_not(None))
            .order_by(turns.c.number.desc())
            .limit(most if until is None else None)
        )
        with self._database.read() as connection:
            bodies = list(connection.scalars(query))[::-1]
        told = in_places(AnswerOut.model_validate_json(body) for body in bodies)
        return told if until is None else before(until, told)[-most:]

    def turns(
        self, conversation_id: str, *, until: str | None = None, principal: str = OWNER, most: int = 20
    ) -> list[TurnText]:
        """What was said, in order: the latest questions that were answered, each with its answer."""
        told = self.answers(conversation_id, until=until, principal=principal, most=most)
        both = ((TurnText("user", one.question), TurnText("assistant", one.text)) for one in told)
        return [turn for pair in both for turn in pair]

    def conversation(self, id_: str, *, principal: str = OWNER) -> ConversationOut:
        """Every turn, in order, its answer as it was given. Raises ConversationNotFound."""
        query = sa.select(turns).where(*_of(id_, principal)).order_by(turns.c.number)
        with self._database.read() as connection:
            found = [_turn_out(row) for row in connection.execute(query).mappings()]
        if not found:
            raise no_conversation(id_)
        return ConversationOut(id=id_, turns=found)

    def delete_conversation(self, id_: str, *, principal: str = OWNER) -> None:
        """With its answers, what people thought of them, and keys, from every file. Raises
        ConversationNotFound; DataDirectoryError where it is deleted, but a file can't be rewritten now: the
        next start does, or deleting again."""
        try:
            if not self._delete_conversations([id_], principal):
                raise no_conversation(id_)
        finally:
            rewrite_record(self._database)

    def delete_conversations(self, ids: Sequence[str], *, principal: str = OWNER) -> None:
        """Those of them that are there. The files aren't rewritten: a mark is left for whoever does it."""
        self._delete_conversations(ids, principal)

    def delete_all(self, *, principal: str) -> None:
        """Whatever a principal asked. The files aren't rewritten: a mark is left for whoever does it."""
        self._delete(turns.c.principal == principal)

    def delete_older(self, than: datetime) -> int:
        """How many turns, whoever's, which go from every file, and with them what Slack asked before then and
        wasn't answered. Raises DataDirectoryError as `delete_conversation`."""
        with self._database.write() as connection:
            if forget_older(connection, than):
                mark(connection, RECORD)
        count = self._delete(turns.c.asked_at < than, alone=True)
        rewrite_record(self._database)
        return count

    def _delete_conversations(self, ids: Sequence[str], principal: str) -> int:
        return self._delete(turns.c.principal == principal, turns.c.conversation_id.in_(ids), whole=ids)

    def _delete(self, *its: sa.ColumnElement[bool], whole: Sequence[str] = (), alone: bool = False) -> int:
        """How many turns; a conversation that has none left loses its name. `whole`: conversations of which
        nothing is to come any more. `alone`: what is left of one that loses a turn tells nothing of it."""
        answers = sa.select(turns.c.id).where(*its)
        asked = turns.c.principal == titles.c.principal, turns.c.conversation_id == titles.c.conversation_id
        with self._database.write() as connection:
            if alone:
                self._ask_anew(connection, sa.select(turns.c.conversation_id).where(*its).distinct(), answers)
            connection.execute(feedback.delete().where(feedback.c.answer_id.in_(answers)))
            let_go(connection, answers)
            count = connection.execute(turns.delete().where(*its)).rowcount
            connection.execute(titles.delete().where(~sa.exists().where(*asked)))
            if count:
                forget_questions(connection, whole)
                mark(connection, RECORD)
        return count

    def _ask_anew(self, connection: sa.Connection, of: sa.Select[str], but: sa.Select[str]) -> None:
        """What follows turns that go, as it was asked."""
        left = turns.c.conversation_id.in_(of), turns.c.id.not_in(but)
        for id_, body in connection.execute(sa.select(turns.c.id, turns.c.body).where(*left)).all():
            after = None if body is None else as_asked(AnswerOut.model_validate_json(body)).model_dump_json()
            values = {"as_asked": True} if after is None else {"body": after}
            connection.execute(turns.update().where(turns.c.id == id_).values(values))


def _of(conversation_id: str, principal: str) -> tuple[sa.ColumnElement[bool], ...]:
    return turns.c.principal == principal, turns.c.conversation_id == conversation_id


def _withdraw_from(connection: sa.Connection, conversation_id: str, article_id: str) -> None:
    its = turns.c.conversation_id == conversation_id, turns.c.body.is_not(None)
    told = connection.execute(sa.select(turns.c.id, turns.c.body).where(*its).order_by(turns.c.number))
    followed = False
    for id_, body in told.all():
        before = AnswerOut.model_validate_json(body)
        after = withdrawn(before, lambda citation: citation.article.id == article_id)
        followed, after = followed or after is not before, as_asked(after) if followed else after
        if after is not before:
            changed = turns.update().where(turns.c.id == id_)
            connection.execute(changed.values(body=after.model_dump_json()))


def _version(citation: CitationOut) -> tuple[str, int]:
    return citation.article.id, citation.article.version


def _row(turn: QuestionTurn, now: datetime) -> dict[str, Any]:
    return {
        "id": turn.id,
        "principal": turn.principal,
        "conversation_id": turn.conversation_id,
        "question": turn.question,
        "asked_at": now,
        "state": State.IN_PROGRESS.value,
        "idempotency_key": turn.key,
        "request_sha256": turn.request_sha256,
    }


def _turn_out(row: sa.RowMapping) -> TurnOut:
    return TurnOut(
        question=row["question"],
        asked_at=zoned(row["asked_at"]),
        state=row["state"],
        answer=None if row["body"] is None else AnswerOut.model_validate_json(row["body"]),
    )


def no_answer(id_: str) -> AnswerNotFound:
    return AnswerNotFound(f"answer {id_} is not here", remedy="Check the id; it begins with ans_.")


def no_conversation(id_: str) -> ConversationNotFound:
    return ConversationNotFound(
        f"conversation {id_} is not here",
        remedy="Check the id; it begins with c_, and may have been deleted.",
    )
