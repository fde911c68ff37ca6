"""What the extractive answerer says of its own accord: that it found no answer, or that it can't tell what
is asked. Claims no more than was looked at."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.answering import Draft, DraftPart, Proposal, StatementKind, Status
from service.answering.asked import Question, Wanted
from service.answering.extractive.context import quote_part
from service.answering.extractive.differing import Differing
from service.answering.extractive.scoring import Candidate
from service.answering.extractive.values import Differs
from service.english import QUESTION_WORDS, any_of

NO_PASSAGE = "I found no passage that could answer this."
NOTHING_NEAR = "I found nothing about this in the articles I searched."
NOTHING_ANSWERS = "I found no passage that answers this."
NEAREST = "The nearest says: "
NO_DIFFERENCE = "I found no difference on this between the articles."
DENIED = "The articles do not say so, but:"
WHOM = "Whom do you mean"
WHAT = "What do you mean? Please name it in the question."
_ON = {Differs.WHO: "who it was", Differs.WHETHER: "whether it is so"}
_OFFERED = 3
# A question that can be repeated in a notice: one sentence of plain words.
_PLAIN = re.compile(rf"(?:{any_of(QUESTION_WORDS)})\b[\w ,%$€£’'“”\"-]{{1,200}}", re.I)


def nothing_found(question: str) -> Proposal:
    return Proposal(Status.ABSTAINED, (_notice(NO_PASSAGE),), (question,), 0.0)


def nothing_answers(question: str) -> Proposal:
    """For an answerer that read the passages and found nothing in them."""
    return Proposal(Status.ABSTAINED, (_notice(NOTHING_ANSWERS),), (question,))


def abstained(asks: Question, nearest: Candidate | None, *, confidence: float) -> Proposal:
    """With the nearest sentence where it is close enough to tell the reader something."""
    if nearest is None:
        return Proposal(Status.ABSTAINED, (_notice(NOTHING_NEAR),), (asks.text,), confidence)
    said = Draft(StatementKind.NOTICE, (DraftPart(f"{_missing(asks)} {NEAREST}"), quote_part(nearest)))
    return Proposal(Status.ABSTAINED, (said,), (asks.text,), confidence)


def _missing(asks: Question) -> str:
    """In the question's own words."""
    if asks.speaks and asks.speaker and asks.kind in {Wanted.OTHER, Wanted.PERSON, Wanted.REASON}:
        return f"I found no statement by {asks.who} that answers this."
    wanted = asks.asks_for()
    if wanted and not asks.only_orders():
        return f"I found no passage that says {wanted[0].lower() + wanted[1:]}."
    asked = asks.asked().rstrip("?!. ")
    if _PLAIN.fullmatch(asked) and not asks.only_orders():
        return f"I found no passage that answers this: {asked}?"
    return NOTHING_ANSWERS


def which(asks: Question, order: Sequence[Candidate], *, confidence: float) -> Proposal:
    """Asks back who or what is meant, naming those whom the nearest sentences quote."""
    names: dict[str, str] = {}
    for candidate in order:
        speaker = candidate.said.speaker if candidate.said else None
        if speaker and speaker[0].isupper():
            names.setdefault(speaker.split()[-1], speaker)
    offered = list(names.values())[:_OFFERED]
    if not asks.about_a_person():
        question = WHAT
    elif len(offered) > 1:
        question = f"{WHOM}: {', '.join(offered[:-1])} or {offered[-1]}?"
    else:
        question = f"{WHOM}?"
    return Proposal(Status.CLARIFICATION, (_notice(question),), (asks.text,), confidence)


def differ(differing: Differing) -> Draft:
    """Behind the sides."""
    if differing.by_day:
        return _notice(f"The articles differ by day: the later has another {differing.what}.")
    return _notice(f"The articles differ on {_ON.get(differing.what, f'the {differing.what}')}.")


def no_difference(told: Proposal) -> Proposal:
    """Of an answer to what the reports may differ on."""
    if told.status is not Status.ANSWERED:
        return told
    return replace(told, drafts=(*told.drafts, _notice(NO_DIFFERENCE)))


def denied() -> Draft:
    """In front of what the articles say instead."""
    return _notice(DENIED)


def part(question: str) -> Draft:
    """Of a question that was answered in part."""
    return _notice(f"I found no passage that answers this part: {question}")


def _notice(text: str) -> Draft:
    return Draft(StatementKind.NOTICE, (DraftPart(text),))
