"""Chooses the few sentences that answer, and their order."""

import re
from collections.abc import Sequence

from service.answering.asked import Question, Wanted, holds
from service.answering.extractive.scoring import Candidate
from service.english import words

MOST = 5
ALIKE = 0.7  # shared words over the shorter sentence's: said once
# How far below the best a further sentence may lie, by what is asked and where it stands; tried on clapnq,
# quotesum and multihoprag500 (docs/decisions/0004-abstention.md has the figures).
FURTHER = 0.075
SEVERAL = 0.06
OTHER_SIDE = 0.03  # of a question with one answer: another outlet's sentence this close is the other side
NEXT = 0.16  # the next sentence of a speaker on the same point
SPOKEN = 0.25  # a further statement of the speaker asked about
ELSEWHERE = 0.16  # the first sentence of another article, where more than one may be wanted
SAID_BY_ONE = 0.12  # twice the weight of a speaker in a score
CONFIRMS = 0.08  # as OTHER_SIDE, where it holds the number, time or place asked for
EITHER_SIDE = 0.16  # a further sentence, where the question has two sides
BOTH_SIDES = 0.2  # the first sentence of another article, where the question has two sides
COPY = 0.9  # as ALIKE, of two articles: what both report is told twice, a copy once
_LONG = 16  # word pieces; MaxSim, a mean over them, lies closer together for long questions

_FACTS = frozenset({Wanted.NUMBER, Wanted.TIME, Wanted.PLACE})

_FIGURES = re.compile(r"\d[\d.,]*\b")


def choose(
    question: Question, order: Sequence[Candidate], chosen: Sequence[Candidate] = ()
) -> list[Candidate]:
    """The fewest that answer: the best, what an open question or several things asked need, and another
    outlet's side of it."""
    if question.open():
        return _statements(question, order)
    picked = list(chosen) or [order[0]]
    best = picked[0]
    narrow = min(1.0, _LONG / max(1, len(best.matches)))
    most = MOST if question.wide() else 2
    for candidate in order:
        if len(picked) >= max(most, len(chosen)):
            break
        if best.score - candidate.score > _margin(question, picked, candidate) * narrow:
            continue
        if not any(_says_again(p, candidate) for p in picked):
            picked.append(candidate)
    return in_telling_order(picked)


def _margin(question: Question, picked: Sequence[Candidate], candidate: Candidate) -> float:
    elsewhere = candidate.passage.article.id != picked[0].passage.article.id
    if not question.wide():
        if not elsewhere:
            return -1.0
        return (
            CONFIRMS
            if question.kind in _FACTS and holds(question.kind, candidate.text, question.text)
            else OTHER_SIDE
        )
    if question.speaker and candidate.speaker == 2:
        return SPOKEN
    if all(p.passage.article.id != candidate.passage.article.id for p in picked):
        if question.speaker and not question.speaks:
            # What somebody wants is told without a "said" too: then the best is no nearer for being said.
            return ELSEWHERE + SAID_BY_ONE if candidate.speaker >= 0 else -1.0
        return BOTH_SIDES if question.two_sided() else ELSEWHERE
    if words(question.text) & words(candidate.text):
        if any(_goes_on(one, candidate) for one in picked):
            return NEXT
        if question.two_sided():
            return EITHER_SIDE
    return SEVERAL if question.several else FURTHER


def _says_again(one: Candidate, other: Candidate) -> bool:
    """Whether a sentence says nothing new; what another outlet reports too is new unless it is a copy."""
    same = one.passage.article.id == other.passage.article.id
    if not same and set(_FIGURES.findall(one.text)) != set(_FIGURES.findall(other.text)):
        return False  # a copy but for the figure is the other side
    return alike(one.text, other.text, share=ALIKE if same else COPY)


def _goes_on(one: Candidate, candidate: Candidate) -> bool:
    """Whether a sentence follows one that was chosen, and both or one of them report what was said."""
    if one.passage.article.id != candidate.passage.article.id or not (one.said or candidate.said):
        return False
    return 0 <= candidate.sentence.start - one.sentence.end <= 3


def _statements(question: Question, order: Sequence[Candidate]) -> list[Candidate]:
    """What the speaker asked about is reported to have said, there where the question asks; if nothing
    is, what begins with the name."""
    own = [c for c in order if c.speaker == 2 and (c.venue or not question.venues)]
    own += [c for c in order if c.speaker == 2 and c.venue is None and _same_talk(c, own)]
    picked: list[Candidate] = []
    for candidate in own or order[:1]:
        if len(picked) < MOST and not any(alike(candidate.text, p.text) for p in picked):
            picked.append(candidate)
    return in_reading_order(picked)


def _same_talk(candidate: Candidate, own: Sequence[Candidate]) -> bool:
    """Whether a sentence goes straight on from one of these, and isn't said to be from elsewhere."""
    return candidate not in own and any(_goes_on(one, candidate) for one in own)


def in_telling_order(picked: Sequence[Candidate]) -> list[Candidate]:
    """The answer first, as news has it; then the rest as it reads, its own article's before others'."""
    return [picked[0], *in_reading_order(picked[1:], first=picked[0])]


def in_reading_order(picked: Sequence[Candidate], *, first: Candidate | None = None) -> list[Candidate]:
    """Articles by their first pick, sentences of an article as they stand in it."""
    known = ([first] if first else []) + list(picked)
    articles = list(dict.fromkeys(p.passage.article.id for p in known))
    return sorted(picked, key=lambda p: (articles.index(p.passage.article.id), p.sentence.start))


def alike(one: str, other: str, *, share: float = ALIKE) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = words(one), words(other)
    return len(a & b) >= share * max(1, min(len(a), len(b)))
