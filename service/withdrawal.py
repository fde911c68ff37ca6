"""An answer without what it took from an article that was purged.

The statements that cite it are gone in whole, whoever's words they are; their numbers stay, and the citations
say that they were withdrawn.
"""

from collections.abc import Callable

import sqlalchemy as sa

from service.answering import heading_line
from service.kept import turns
from service.wire import AnswerOut, CitationOut, CitedArticleOut, PartOut, StatementOut, WithdrawnOut

WITHDRAWN = "What stood here was withdrawn, with the article that it came from."


def versions_of(citation: CitationOut) -> list[tuple[str, int]]:
    """Of the article that it cites, and of those that carry the same."""
    return [(article.id, article.version) for article in (citation.article, *citation.also_in)]


def withdrawn(answer: AnswerOut, gone: Callable[[CitedArticleOut], bool]) -> AnswerOut:
    """The answer itself where it cites nothing that is gone. Nor is it named as carrying what stays."""
    answer = _without_carriers(answer, gone)
    ids = {citation.id for citation in answer.cited if gone(citation.article)}
    if not ids:
        return answer
    return _said_anew(
        answer.model_copy(
            update={
                "citations": [WithdrawnOut(id=c.id) if c.id in ids else c for c in answer.citations],
                "conflicts": [c for c in answer.conflicts if ids.isdisjoint(c.citations)],
            }
        ),
        lambda statement: not ids.isdisjoint(statement.citations),
    )


def _without_carriers(answer: AnswerOut, gone: Callable[[CitedArticleOut], bool]) -> AnswerOut:
    if not any(map(gone, (article for citation in answer.cited for article in citation.also_in))):
        return answer
    citations = [
        c.model_copy(update={"also_in": [a for a in c.also_in if not gone(a)]})
        if isinstance(c, CitationOut)
        else c
        for c in answer.citations
    ]
    return answer.model_copy(update={"citations": citations})


def withdraw_from(
    connection: sa.Connection, its: tuple[sa.ColumnElement[bool], ...], article_id: str
) -> None:
    """In the turns that `its` chooses: one conversation's, all by one principal."""
    answered = sa.select(turns.c.id, turns.c.body).where(*its, turns.c.body.is_not(None))
    told = connection.execute(answered.order_by(turns.c.number))
    followed = False
    for id_, body in told.all():
        before = AnswerOut.model_validate_json(body)
        after = withdrawn(before, lambda article: article.id == article_id)
        after = as_asked(after) if followed else after
        followed = followed or len(after.cited) < len(before.cited)
        if after is not before:
            changed = turns.update().where(turns.c.id == id_)
            connection.execute(changed.values(body=after.model_dump_json()))


def as_asked(answer: AnswerOut, *, instead: str = WITHDRAWN) -> AnswerOut:
    """Without what was understood from the turns before it, such as when one was withdrawn: the words that
    completed its question may be theirs, and its notices, which `instead` stands for, repeat them."""
    if answer.standalone_question == answer.question:
        return answer
    unanswered = [answer.question] if answer.unanswered else []
    update = {"standalone_question": answer.question, "unanswered": unanswered}
    return _said_anew(answer.model_copy(update=update), lambda said: said.kind == "notice", instead=instead)


def _said_anew(
    answer: AnswerOut, blank: Callable[[StatementOut], bool], *, instead: str = WITHDRAWN
) -> AnswerOut:
    """The text again, with what stands between and after its statements as it was, but for headings."""
    text, end, statements = "", 0, []
    above = now_above = None
    for statement in answer.statements:
        said = _blanked(statement, instead) if blank(statement) else statement
        text += answer.text[end : statement.start - len(heading_line(statement.heading, above))]
        text += heading_line(said.heading, now_above)
        above, now_above, end = statement.heading, said.heading, statement.end
        statements.append(said.model_copy(update={"start": len(text), "end": len(text) + len(said.text)}))
        text += said.text
    return answer.model_copy(update={"text": text + answer.text[end:], "statements": statements})


def _blanked(statement: StatementOut, instead: str) -> StatementOut:
    part = PartOut(text=instead, origin="parley", citation=None)
    update = {"kind": "notice", "text": instead, "parts": [part], "heading": None}
    return statement.model_copy(update=update)
