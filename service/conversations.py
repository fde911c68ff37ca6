"""The conversations that somebody has: listed, named, and told whole as a file."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from retrieval.database import Database, zoned
from service.answering import marks_for
from service.answering.composed import escaped
from service.answers import AnswerStore, no_conversation
from service.carried import also_in
from service.config import OWNER
from service.kept import turns
from service.titles import titles
from service.wire import (
    AnswerOut,
    CitationOut,
    Cited,
    ConversationExport,
    ConversationList,
    ConversationSummary,
)

_REMEMBERED = 200  # turns, among which one is sought that a client goes on from


class Conversations:
    """Whatever it is asked for, it looks only among those of the principal who asks."""

    def __init__(self, database: Database, answers: AnswerStore) -> None:
        self._database = database
        self._answers = answers

    def listed(self, *, limit: int, before: int | None = None, principal: str = OWNER) -> ConversationList:
        """Those last asked in before the turn `before`, the latest first."""
        latest = sa.func.max(turns.c.number)
        having = () if before is None else (latest < before,)
        page = _ends(principal).having(*having).order_by(latest.desc()).limit(limit + 1)
        with self._database.read() as connection:
            rows = connection.execute(_told(page, principal)).all()
        shown = rows[:limit]
        more = str(shown[-1].last) if len(rows) > limit else None
        return ConversationList(conversations=[_summary(row) for row in shown], next_cursor=more)

    def summary(self, id_: str, *, principal: str = OWNER) -> ConversationSummary:
        """Raises ConversationNotFound."""
        one = _ends(principal).where(turns.c.conversation_id == id_)
        with self._database.read() as connection:
            row = connection.execute(_told(one, principal)).first()
        if row is None:
            raise no_conversation(id_)
        return _summary(row)

    def rename(self, id_: str, title: str, *, principal: str = OWNER) -> ConversationSummary:
        """Raises ConversationNotFound."""
        its = titles.c.principal == principal, titles.c.conversation_id == id_
        asked = turns.c.principal == principal, turns.c.conversation_id == id_
        with self._database.write(f"{principal} {id_}") as connection:
            if connection.scalar(sa.select(turns.c.number).where(*asked).limit(1)) is None:
                raise no_conversation(id_)
            connection.execute(titles.delete().where(*its))
            row = {"principal": principal, "conversation_id": id_, "title": title}
            connection.execute(titles.insert().values(row))
        return self.summary(id_, principal=principal)

    def of_key(self, key: str, *, principal: str) -> str | None:
        """That of the turn that has this Idempotency-Key."""
        its = turns.c.principal == principal, turns.c.idempotency_key == key
        with self._database.read() as connection:
            found: str | None = connection.scalar(sa.select(turns.c.conversation_id).where(*its))
        return found

    def ending(
        self, question: str, same: Callable[[AnswerOut], bool], *, asked: int, principal: str
    ) -> str | None:
        """The conversation of `asked` questions whose last one is this, with the `same` answer; among the
        latest turns of the principal."""
        latest = sa.select(turns).where(turns.c.principal == principal).order_by(turns.c.number.desc())
        page = latest.limit(_REMEMBERED).subquery()
        held = sa.select(page.c.conversation_id, page.c.number, page.c.body)
        held = held.where(page.c.question == question, page.c.body.is_not(None))
        with self._database.read() as connection:
            for id_, number, body in connection.execute(held.order_by(page.c.number.desc())).all():
                end = connection.execute(_ends(principal).where(turns.c.conversation_id == id_)).one()
                if (end.last, end.asked) == (number, asked) and same(AnswerOut.model_validate_json(body)):
                    return str(id_)
        return None

    def export(self, id_: str, *, principal: str = OWNER) -> ConversationExport:
        """Raises ConversationNotFound."""
        held = self._answers.conversation(id_, principal=principal)
        its = self.summary(id_, principal=principal)
        return ConversationExport(id=id_, title=its.title, updated=its.updated, turns=held.turns)


def as_markdown(held: ConversationExport) -> str:
    """Nothing in it but its headings and lists has a meaning to Markdown; ends with a line break."""
    blocks = [f"# {escaped(held.title)}"]
    for turn in held.turns:
        blocks.append(f"## {escaped(turn.question)}")
        blocks.append(f"Asked on {turn.asked_at:%Y-%m-%d %H:%M} UTC")
        blocks += [f"({turn.state})"] if turn.answer is None else _answer(turn.answer)
    return "\n\n".join(blocks) + "\n"


def _answer(answer: AnswerOut) -> Iterator[str]:
    above = None
    for statement in answer.statements:
        if statement.heading and statement.heading != above:
            yield f"### {escaped(statement.heading)}"
        above = statement.heading
        numbers = "".join(rf" \[{number}\]" for number in statement.citations)
        yield escaped(statement.text) + numbers
    if answer.citations:
        yield "\n".join(_source(citation) for citation in answer.citations)


def _source(citation: Cited) -> str:
    if not isinstance(citation, CitationOut):
        return rf"- \[{citation.id}\] withdrawn"
    article, quote = citation.article, citation.quote
    facts = (
        article.title or "no title given",
        article.outlet or "unknown outlet",
        article.published or "undated",
        article.url,
        also_in(citation),
    )
    opening, closing = marks_for(quote.text)
    known = ", ".join(escaped(fact) for fact in facts if fact)
    return rf"- \[{citation.id}\] {known}: {opening}{escaped(quote.text)}{closing}"


def _ends(principal: str) -> sa.Select[Any]:
    """Of each conversation its first and last turn, by number, and how many there are."""
    number = turns.c.number
    its = turns.c.conversation_id.label("id")
    columns = (its, sa.func.min(number).label("first"), sa.func.max(number).label("last"))
    query = sa.select(*columns, sa.func.count().label("asked")).where(turns.c.principal == principal)
    return query.group_by(turns.c.conversation_id)


def _told(ends: sa.Select[Any], principal: str) -> sa.Select[Any]:
    page, first, last = ends.subquery(), turns.alias(), turns.alias()
    named = sa.and_(titles.c.principal == principal, titles.c.conversation_id == page.c.id)
    joined = page.join(first, first.c.number == page.c.first).join(last, last.c.number == page.c.last)
    columns = (page, titles.c.title, first.c.question, last.c.asked_at)
    return sa.select(*columns).select_from(joined.outerjoin(titles, named)).order_by(page.c.last.desc())


def _summary(row: sa.Row[Any]) -> ConversationSummary:
    return ConversationSummary(
        id=row.id,
        title=row.question if row.title is None else row.title,
        named=row.title is not None,
        updated=zoned(row.asked_at),
        turns=row.asked,
    )
