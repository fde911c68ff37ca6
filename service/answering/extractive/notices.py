"""What the extractive answerer says of its own accord: that it found no answer, or that it can't tell what
is asked. Claims no more than was looked at."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.answering import Draft, DraftPart, Proposal, StatementKind, Status
from service.answering.asked import Question, Wanted
from service.answering.extractive.choosing import alike
from service.answering.extractive.context import beside, quote_part
from service.answering.extractive.differing import Differing
from service.answering.extractive.scoring import Candidate
from service.answering.extractive.values import Differs
from service.english import QUESTION_WORDS, Tag, any_of, tokenized

NO_PASSAGE = "I found no passage that could answer this."
NOTHING_NEAR = "I found nothing about this in the articles I searched."
NOTHING_ANSWERS = "I found no passage that answers this."
NEAREST, ARE_NEAREST = "The nearest says: ", "The nearest say: "
NO_DIFFERENCE = "I found no difference on this between the articles."
DENIED = "The articles do not say so, but:"
DENIED_ABOVE = "The articles do not bear out what the question takes for granted."
WHOM = "Whom do you mean"
WHAT = "What do you mean? Please name it in the question."
_ON = {Differs.WHO: "who it was", Differs.WHETHER: "whether it is so"}
_OFFERED = 3
_NEARLY = 1.5  # log odds below the nearest
# A question that can be repeated in a notice: one sentence of plain words.
_PLAIN = re.compile(rf"(?:{any_of(QUESTION_WORDS)})\b[\w ,%$€£’'“”\"-]{{1,200}}", re.I)


def nothing_found(question: str) -> Proposal:
    return Proposal(Status.ABSTAINED, (_notice(NO_PASSAGE),), (question,), 0.0)


def nothing_answers(question: str) -> Proposal:
    """For an answerer that read the passages and found nothing in them."""
    return Proposal(Status.ABSTAINED, (_notice(NOTHING_ANSWERS),), (question,))


def abstained(asks: Question, order: Sequence[Candidate], *, confidence: float) -> Proposal:
    """With the nearest sentences, where they are close enough to tell the reader something."""
    if not order:
        nothing = _no_statement(asks) if asks.speaks and asks.speaker else NOTHING_NEAR
        return Proposal(Status.ABSTAINED, (_notice(nothing),), (asks.text,), confidence)
    near = _nearest(order)
    lead = DraftPart(f"{_missing(asks)} {ARE_NEAREST if len(near) > 1 else NEAREST}")
    quotes = [part for one in near for part in (DraftPart("; "), quote_part(one), *beside(one))][1:]
    said = Draft(StatementKind.NOTICE, (lead, *quotes))
    return Proposal(Status.ABSTAINED, (said,), (asks.text,), confidence)


def _nearest(order: Sequence[Candidate]) -> list[Candidate]:
    """Of different articles or speakers, as far as they are nearly as near, and none a copy of another."""
    firsts: dict[tuple[str, str | None], Candidate] = {}
    for one in [one for one in order if one.score >= order[0].score - _NEARLY]:
        if not any(alike(one.text, other.text) for other in firsts.values()):
            firsts.setdefault((one.passage.article.id, one.said.speaker if one.said else None), one)
    return list(firsts.values())[:_OFFERED]


def _missing(asks: Question) -> str:
    """In the question's own words."""
    if asks.speaks and asks.speaker and asks.kind in {Wanted.OTHER, Wanted.PERSON, Wanted.REASON}:
        return _no_statement(asks)
    wanted = asks.asks_for()
    if wanted and not asks.only_orders():
        return f"I found no passage that says {wanted[0].lower() + wanted[1:]}."
    asked = asks.asked().rstrip("?!. ")
    if _PLAIN.fullmatch(asked) and not asks.only_orders():
        return f"I found no passage that answers this: {asked}?"
    return NOTHING_ANSWERS


def _no_statement(asks: Question) -> str:
    return f"I found no statement by {asks.who} that answers this."


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
    on = _ON.get(differing.what, f"the {differing.what}")
    if len({side.passage.article.id for side in differing.sides}) == 1:
        return _notice(f"The sources differ on {on}.")  # of one article
    return _notice(f"The articles differ on {on}.")


def no_difference(told: Proposal) -> Proposal:
    """Of an answer to what the reports may differ on, where two of them have the same figures."""
    quotes = [part.quote for draft in told.drafts for part in draft.parts if part.quote]
    figures: dict[str, set[str]] = {}
    for quote in quotes:
        figures.setdefault(quote.article_id, set()).update(_figures(quote.text))
    first = next(iter(figures.values()), set())
    alike = len(figures) > 1 and bool(first) and all(each == first for each in figures.values())
    if told.status is not Status.ANSWERED or not alike:
        return told
    return replace(told, drafts=(*told.drafts, _notice(NO_DIFFERENCE)))


def _figures(text: str) -> set[str]:
    return {token.key for token in tokenized(text) if token.kind is Tag.NUMBER}


def denied() -> Draft:
    """In front of what the articles say instead."""
    return _notice(DENIED)


def denied_above() -> Draft:
    """Behind it."""
    return _notice(DENIED_ABOVE)


def part(question: str) -> Draft:
    """Of a question that was answered in part."""
    return _notice(f"I found no passage that answers this part: {question}")


def _notice(text: str) -> Draft:
    return Draft(StatementKind.NOTICE, (DraftPart(text),))
