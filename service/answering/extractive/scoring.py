"""Scores the sentences of passages against a question: the log odds that one answers it.

They are a weighted sum of what the reader (retrieval/reader.py) makes of the sentence and of its passage, of
how far behind the nearest passage the search found that, and of MaxSim (Khattab & Zaharia, ColBERT, 2020):
the mean over all word pieces of the question, stop words kept, of the best cosine with a word piece of the
sentence, encoded in its passage.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Region, Sentence, Span
from retrieval.embed import TokenVectors
from service.answering import LONG, PARLEY, Abstaining, Passage, Policy, Said, Scoring
from service.answering.asked import Question
from service.answering.extractive.reading import Read, log_odds
from service.answering.extractive.speakers import Speakers
from service.english import plain_words

_FEWEST_OF_HEADLINE = 4  # words


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """`read` and `holds` are log odds by the reader, that the sentence answers and that something in its
    passage does; `behind` is the passage's, `around` the question's (reading.py). `whole` holds, for each
    word piece of the question, its best cosine in the sentence, `matches` of those that it is scored by, all
    or a part's; their mean is MaxSim, `sentence_match`.
    `would` is what in the article the reader takes for the answer.
    `score` are the log odds that it answers, all taken together; they order."""

    passage: Passage
    sentence: Sentence
    text: str
    said: Said | None
    read: float
    holds: float
    behind: float
    matches: NDArray[np.float32]
    whole: NDArray[np.float32]
    around: float = 0.0
    would: Span | None = None
    venue: bool | None = None
    speaker: int = 0
    score: float = 0.0

    @property
    def sentence_match(self) -> float:
        return float(self.matches.mean())

    @property
    def chance(self) -> float:
        """That it answers."""
        return _chance(self.score)


def candidates(
    question: Question,
    asked: TokenVectors,
    read: Read,
    attributed: dict[Sentence, Said | None],
    speakers: Speakers,
    policy: Policy = PARLEY,
) -> list[Candidate]:
    """The sentences of a passage that may answer, scored. What asks is no answer."""
    passage, tokens, by_reader = read.passage, read.tokens.result(), read.by_reader
    sims = asked.vectors @ tokens.vectors.astype(np.float32).T
    if not sims.size:
        return []
    known = partial(
        Candidate, passage, holds=log_odds(by_reader.answers), behind=read.behind, around=read.around
    )
    found = []
    for sentence, its in zip(passage.hit.chunk.sentences, by_reader.sentences, strict=True):
        text = passage.article.text[sentence.start : sentence.end]
        inside = (tokens.starts >= sentence.start) & (tokens.ends <= sentence.end)
        again = sentence in passage.hit.again
        if not again and _may_answer(question, sentence, text) and inside.any():
            matches = sims[:, inside].max(axis=1)
            said, odds = attributed.get(sentence), log_odds(its.chance)
            would = _placed(its.span, passage.hit.chunk.start)
            one = known(sentence, text, said, read=odds, matches=matches, whole=matches, would=would)
            venue = _at_venue(question, passage, text, said)
            speaker = speakers.asked_for(passage, sentence, said)
            found.append(_scored(replace(one, venue=venue, speaker=speaker), policy.scoring))
    return found


def _may_answer(question: Question, sentence: Sentence, text: str) -> bool:
    told = sentence.region.tells or sentence.region in question.asides
    if sentence.region is Region.HEADLINE:  # "** PENALTY", "18.22": no statement
        told = told or len(text.split()) >= _FEWEST_OF_HEADLINE
    return told and not _asks(text)


def _asks(text: str) -> bool:
    return text.rstrip(" ”\"’'»").endswith("?")


def _placed(span: Span | None, start: int) -> Span | None:
    return Span(span.start + start, span.end + start) if span else None


def _chance(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-odds))


def _scored(one: Candidate, by: Scoring) -> Candidate:
    score = by.base + by.read * one.read + by.holds * one.holds + by.match * one.sentence_match
    score += by.behind * one.behind + by.speaker * one.speaker + by.venue * bool(one.venue)
    return replace(one, score=round(score, 6))


def _at_venue(question: Question, passage: Passage, text: str, said: Said | None) -> bool | None:
    """Whether it was said where the question asks; None if no venue is asked for, or none is known."""
    if not question.venues:
        return None
    named = [" ".join(plain_words(n)) for n in (said.to, said.venue) if n] if said else []
    named += [" ".join(plain_words(passage.article.facts.outlet))] if passage.article.facts.outlet else []
    here = " ".join(plain_words(text))
    for asked in question.venues:
        if any(_same_name(asked, name) for name in named) or f" {asked} " in f" {here} ":
            return True
    return False if said and (said.venue or said.to) else None


def _same_name(asked: str, name: str) -> bool:
    return f" {asked} " in f" {name} " or f" {name.removeprefix('the ')} " in f" {asked} "


def answered(found: Sequence[Candidate], by: Abstaining) -> float:
    """The chance that what was read answers: by the likeliest sentence and the likeliest passage, as the
    reader has them, by the mean of all that was read, since what is reported is seldom reported once, and by
    how near the words come at all."""
    odds = by.base + by.read * max(c.read for c in found) + by.holds * max(c.holds for c in found)
    return _chance(odds + by.around * found[0].around + by.match * nearness(found, by))


def nearness(found: Sequence[Candidate], by: Abstaining) -> float:
    """MaxSim of the nearest, with what a long question lacks of it."""
    longer = max(0.0, math.log2(max(1, len(found[0].whole)) / LONG))
    return max(c.sentence_match for c in found) + by.longer * longer


def ranked(found: Sequence[Candidate]) -> list[Candidate]:
    """Best first; ties by article and place, so that the order is always the same."""
    return sorted(found, key=lambda c: (-c.score, c.passage.article.id, c.sentence.start))


def for_part(pieces: NDArray[np.bool_], found: Sequence[Candidate], policy: Policy) -> list[Candidate]:
    """The candidates, scored for one part of a question by its own word pieces, read in the whole
    question."""
    return ranked([_scored(replace(one, matches=one.whole[pieces]), policy.scoring) for one in found])


def pieces_of(asked: TokenVectors, part: Span) -> NDArray[np.bool_]:
    inside = (asked.offsets[:, 0] >= part.start) & (asked.offsets[:, 1] <= part.end)
    return np.asarray(inside, dtype=np.bool_)
