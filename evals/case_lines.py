"""A line of cases.jsonl becomes a case: of our own format, or of a converted public set, which has no `kind`.

Of a public set `answers` stand in for nuggets, `wrong_answers` for forbidden strings, the role `agent`
means assistant, and turns that end with the question are what came before and the question.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from evals.cases import Case, CaseKind, CaseTurn, Evidence, GoldSaid, Nugget, Split
from evals.corpus import Corpus
from evals.fields import Fields
from evals.problems import Problems
from evals.scoring.matching import any_in, normalised, nugget_in

LONGEST_NUGGET = 5  # words: a longer answer is prose, unless an article has it word for word
_CLOSED = frozenset({"yes", "no"})  # no quotation says these
_ROLES = {"user": "user", "assistant": "assistant", "agent": "assistant"}

_Choice = TypeVar("_Choice", bound=StrEnum)


def read_case(fields: Fields, corpus: Corpus, problems: Problems) -> Case:
    is_ours = "kind" in fields
    question = fields.text("question", required=True) or ""
    evidence = tuple(_evidence(piece) for piece in fields.tables("evidence"))
    answerable = fields.flag("answerable", default=True)
    answers = fields.texts("answers")
    nuggets = tuple(_nugget(piece, len(evidence)) for piece in fields.tables("nuggets"))
    if not is_ours and answerable and not nuggets:
        distinct = len(fields.texts("disambig")) == len(answers) > 1
        nuggets = nuggets_of(answers, evidence, corpus, distinct=distinct)
    case = Case(
        id=fields.text("id", required=True) or "",
        question=question,
        kind=_choice(CaseKind, fields, "kind", problems) if is_ours else None,
        turns=_turns(fields, question, problems),
        answerable=answerable,
        statuses=fields.one_or_more("status"),
        answers=answers,
        nuggets=nuggets,
        evidence=evidence,
        said=tuple(_said(piece) for piece in fields.tables("said")),
        forbidden=fields.texts("forbidden") if is_ours else _forbidden(fields, answers),
        split=_choice(Split, fields, "split", problems) or Split.DEV,
        notes=fields.text("notes") or "",
        given_doc=fields.text("given_doc"),
    )
    if is_ours:
        fields.refuse_unread("a case")
    return case


def nuggets_of(
    answers: tuple[str, ...], evidence: tuple[Evidence, ...], corpus: Corpus, *, distinct: bool
) -> tuple[Nugget, ...]:
    """Vital nuggets that answers stand in for: spellings of one fact, or, where they are distinct, a fact
    each, with the evidence known to state it. None where an answer is prose, yes or no: whether it was given
    cannot be told by its words."""
    texts = [corpus.documents[piece.doc_id].text for piece in evidence if piece.doc_id in corpus.documents]
    if not answers or not all(_is_fact(answer, texts) for answer in answers):
        return ()
    everything = tuple(range(len(evidence)))
    if not distinct:
        return (Nugget(answers[0], True, answers, everything),)
    stating = {a: tuple(i for i in everything if corpus.states.get(evidence[i].doc_id) == a) for a in answers}
    return tuple(Nugget(a, True, (a,), stating[a] or everything) for a in dict.fromkeys(answers))


def _is_fact(answer: str, texts: Sequence[str]) -> bool:
    words = normalised(answer)
    if not words or words in _CLOSED:
        return False
    return len(words.split()) <= LONGEST_NUGGET or any(nugget_in(text, answer) for text in texts)


def _evidence(fields: Fields) -> Evidence:
    evidence = Evidence(fields.text("doc_id", required=True) or "", fields.text("quote"))
    fields.refuse_unread("evidence")
    return evidence


def _nugget(fields: Fields, pieces: int) -> Nugget:
    """One that names no evidence has all of the case's."""
    text = fields.text("text", required=True) or ""
    evidence = fields.numbers("evidence") if "evidence" in fields else tuple(range(pieces))
    fields.numbers("evidence")  # read, be it null
    nugget = Nugget(text, fields.flag("vital", default=True), fields.texts("any") or (text,), evidence)
    fields.refuse_unread("a nugget")
    return nugget


def _said(fields: Fields) -> GoldSaid:
    said = GoldSaid(fields.one_or_more("speaker"), fields.one_or_more("to"), fields.text("quote"))
    fields.refuse_unread("a saying")
    return said


def _turns(fields: Fields, question: str, problems: Problems) -> tuple[CaseTurn, ...]:
    turns: list[CaseTurn] = []
    for piece in fields.tables("turns"):
        role = piece.text("role", required=True) or ""
        if role and role not in _ROLES:
            problems.error(fields.place, f"{role!r} is not a role", remedy="use user or assistant")
        turns.append(CaseTurn(_ROLES.get(role, "user"), piece.text("text", required=True) or ""))
        piece.refuse_unread("a turn")
    if turns and turns[-1] == CaseTurn("user", question):
        turns.pop()
    return tuple(turns)


def _forbidden(fields: Fields, answers: tuple[str, ...]) -> tuple[str, ...]:
    """Wrong answers that cannot be mistaken for a right one, nor a right one for them."""
    wrong = dict.fromkeys((*fields.texts("forbidden"), *fields.texts("wrong_answers")))
    return tuple(
        words
        for words in wrong
        if not any_in(words, answers) and not any(nugget_in(answer, words) for answer in answers)
    )


def _choice(choices: type[_Choice], fields: Fields, key: str, problems: Problems) -> _Choice | None:
    value = fields.text(key)
    if value is None or value in set(choices):
        return None if value is None else choices(value)
    problems.error(fields.place, f"{value!r} is not a {key}", remedy=f"use {', '.join(choices)}")
    return None
