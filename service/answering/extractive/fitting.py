"""Which of the sentences found can answer at all: said by whom and where the question asks, and holding the
kind of thing that it asks for. What somebody else said, or said elsewhere, is no answer."""

from collections.abc import Sequence

from retrieval.runs import entry_at
from service.answering import PARLEY, Policy, Rule
from service.answering.asked import (
    Question,
    Wanted,
    amount_of,
    counts_votes,
    decides,
    holds,
    mentions,
    names_asked,
    names_in,
    tells,
    tells_amount,
    votes_asked,
    with_another,
)
from service.answering.extractive.choosing import says_something
from service.answering.extractive.differing import named_in
from service.answering.extractive.heard import on_matter
from service.answering.extractive.introduced import asks_holder, ranks_of
from service.answering.extractive.reading import log_odds
from service.answering.extractive.scoring import Candidate
from service.english import stem, words


def fitting(asks: Question, order: Sequence[Candidate], policy: Policy = PARLEY) -> list[Candidate]:
    """None is left if nobody among the passages is reported to have spoken as the question has it."""
    left = list(order)
    if asks.speaks and asks.speaker:
        told = [c for c in left if c.speaker > 0]
        if asks.own_words:
            told = policy.by(Rule.OWN_WORDS, [c for c in told if c.speaker > 1], told)
        left = policy.by(Rule.SPEAKER, told, left)
        left = policy.by(Rule.MATTER, on_matter(asks, left, order), left)
    if asks.venues and asks.speaker:
        there = [c for c in left if c.venue]
        left = policy.by(Rule.VENUE, there, left)
    if asks.anything:
        left = [c for c in left if says_something(c.text)] or left
    left = _in_the_office(asks, left, policy)
    if asks.counts():
        left = policy.by(Rule.COUNTED, _counting(asks, left, policy.scoring.far), left)
    if len(asks.parts) == 1:
        left = _of_the_deed(asks, left, policy)
        left = policy.by(Rule.UNMENTIONED, _known(asks, order, left, policy), left)
    answers = tells(asks.asked()) if len(asks.parts) == 1 else None
    if answers and left:
        # Behind the likeliest, what doesn't name what is asked about may be of something else.
        of_kind = [c for c in left if answers(_with_source(c)) and (c is left[0] or named_in(asks, c.text))]
        left = policy.by(Rule.KIND, _on_the_point(left, of_kind, policy.scoring.far), left)
    if asks.kind is Wanted.PLACE and asks.names_kind:
        places = [c for c in left if holds(Wanted.PLACE, c.text, asks.text)]
        left = policy.by(Rule.PLACE, _on_the_point(left, places, policy.scoring.far), left)
    return left


def _in_the_office(asks: Question, left: list[Candidate], policy: Policy) -> list[Candidate]:
    """Where somebody holds a lower or a former one, what names the office itself."""
    office = asks_holder(asks)
    ranks = [ranks_of(office, c.text) for c in left] if office else []
    if not any(map(any, ranks)):
        return left
    held = [c for c, its in zip(left, ranks, strict=True) if its and not all(its)]
    return policy.by(Rule.HOLDER, held, left)


def _of_the_deed(asks: Question, left: list[Candidate], policy: Policy) -> list[Candidate]:
    """With a count where votes are to be counted; of nobody else's deed; on whether it is so, if that is
    asked, where the reader alone isn't sure that it answers."""
    far = policy.scoring.far
    counting = [c for c in left if counts_votes(c.text)] if votes_asked(asks.asked()) else []
    if counting:  # where none does, one may be told in other words
        left = policy.by(Rule.VOTES, _on_the_point(left, counting, far), left)
    names = names_in(c.text for c in left)
    left = policy.by(Rule.ANOTHER, [c for c in left if not with_another(asks.text, c.text, names)], left)
    decided, sure = decides(asks.asked(), names), log_odds(policy.reading.sure)
    if decided and left:
        deciding = [c for c in left if c.read >= sure or decided(c.text, _speaker(c))]
        # Where none does, the likeliest may still say it in other words.
        left = policy.by(Rule.WHETHER, _on_the_point(left, deciding, far) or left[:1], left)
    return left


def _known(
    asks: Question, order: Sequence[Candidate], left: list[Candidate], policy: Policy
) -> list[Candidate]:
    """Of articles that know whom and what the question names, be it in their headings. Where none of those
    answers, the likeliest, if the reader is sure of it: it may call them by another name."""
    asked = names_asked(asks.asked(), [c.text for c in order])
    if not asked:
        return left
    texts = {_article(c): c.passage.article.text.lower() for c in left}
    unknown = {its: [name for name in asked if not mentions(name, text)] for its, text in texts.items()}
    knowing = [
        c
        for c in left
        if all(mentions(name, c.passage.hit.chunk.embedded_text.lower()) for name in unknown[_article(c)])
    ]
    if len(knowing) == len(left):
        return left
    sure = [c for c in left[:1] if c.read >= log_odds(policy.reading.sure)]
    return _on_the_point(left, knowing, policy.scoring.far) or sure


def _article(one: Candidate) -> tuple[str, int]:
    return one.passage.article.id, one.passage.article.version


def _with_source(one: Candidate) -> str:
    """With who said it, and in a live blog when."""
    article = one.passage.article
    entry = entry_at(article.text, article.regions, one.sentence.start)
    time = article.text[entry.start : entry.end] if entry else ""
    return f"{time} {one.text} {_speaker(one)}"


def _speaker(one: Candidate) -> str:
    return (one.said.speaker if one.said else None) or ""


def _counting(asks: Question, left: Sequence[Candidate], far: float) -> list[Candidate]:
    """With a number, or with a list that can be counted; if what is counted is named by no passage, none."""
    noun = amount_of(asks.text)
    if noun and not any(_names(noun, c.passage.hit.chunk.embedded_text) for c in left):
        return []
    return _on_the_point(left, [c for c in left if tells_amount(asks.text, c.text)], far)


def _on_the_point(all_: Sequence[Candidate], kept: list[Candidate], far: float) -> list[Candidate]:
    """None if the best that holds the kind of thing lies far below the best that doesn't: it is about
    something else."""
    if len(kept) == len(all_):
        return kept
    return kept if kept and all_[0].score - kept[0].score <= far else []


def _names(noun: str, text: str) -> bool:
    root = stem(noun)
    return any(w.startswith(root) or (len(w) > 3 and root.startswith(w)) for w in words(text))
