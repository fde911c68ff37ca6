"""Chooses the few sentences that answer, and their order."""

import re
from collections.abc import Sequence

from service.answering import LONG, PARLEY, Policy, Rule
from service.answering.asked import Question, Wanted, holds
from service.answering.extractive.scoring import Candidate
from service.english import words

_FACTS = frozenset({Wanted.NUMBER, Wanted.TIME, Wanted.PLACE})

_FIGURES = re.compile(r"\d[\d.,]*\b")


def choose(
    question: Question,
    order: Sequence[Candidate],
    chosen: Sequence[Candidate] = (),
    policy: Policy = PARLEY,
) -> list[Candidate]:
    """The fewest that answer: the best, what several things asked need, and another
    outlet's side of it."""
    by = policy.choosing
    picked = list(chosen) or [order[0]]
    best = picked[0]
    narrow = min(1.0, LONG / max(1, len(best.matches)))
    most = by.most if question.wide() else 2
    for candidate in order:
        if len(picked) >= max(most, len(chosen)):
            break
        if best.score - candidate.score > _margin(question, picked, candidate, policy) * narrow:
            continue
        if not any(_says_again(p, candidate, policy) for p in picked):
            picked.append(candidate)
    return in_telling_order(picked)


def _margin(question: Question, picked: Sequence[Candidate], candidate: Candidate, policy: Policy) -> float:
    by = policy.choosing
    elsewhere = candidate.passage.article.id != picked[0].passage.article.id
    if not question.wide():
        if not elsewhere:
            return -1.0
        return (
            by.confirms
            if question.kind in _FACTS and holds(question.kind, candidate.text, question.text)
            else by.other_side
        )
    if question.speaker and candidate.speaker == 2 and (candidate.venue or not question.venues):
        return by.spoken
    if all(p.passage.article.id != candidate.passage.article.id for p in picked):
        return -1.0 if question.speaker and candidate.speaker < 0 else by.elsewhere
    if words(question.text) & words(candidate.text):
        if any(_goes_on(one, candidate) for one in picked):
            return by.next
        if question.two_sided():
            return by.either_side
    return by.several if question.several else by.further


def _says_again(one: Candidate, other: Candidate, policy: Policy) -> bool:
    """Whether a sentence says nothing new; what another outlet reports too is new unless it is a copy."""
    same = one.passage.article.id == other.passage.article.id
    if not same and set(_FIGURES.findall(one.text)) != set(_FIGURES.findall(other.text)):
        return False  # a copy but for the figure is the other side
    share = policy.choosing.alike if same else policy.choosing.copy
    return alike(one.text, other.text, share=share) and Rule.ONCE in policy.rules


def _goes_on(one: Candidate, candidate: Candidate) -> bool:
    """Whether a sentence follows one that was chosen, and both or one of them report what was said."""
    if one.passage.article.id != candidate.passage.article.id or not (one.said or candidate.said):
        return False
    return 0 <= candidate.sentence.start - one.sentence.end <= 3


def in_telling_order(picked: Sequence[Candidate]) -> list[Candidate]:
    """The answer first, as news has it; then the rest as it reads, its own article's before others'."""
    return [picked[0], *in_reading_order(picked[1:], first=picked[0])]


def in_reading_order(picked: Sequence[Candidate], *, first: Candidate | None = None) -> list[Candidate]:
    """Articles by their first pick, sentences of an article as they stand in it."""
    known = ([first] if first else []) + list(picked)
    articles = list(dict.fromkeys(p.passage.article.id for p in known))
    return sorted(picked, key=lambda p: (articles.index(p.passage.article.id), p.sentence.start))


def alike(one: str, other: str, *, share: float = PARLEY.choosing.alike) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = words(one), words(other)
    return len(a & b) >= share * max(1, min(len(a), len(b)))
