"""Scores the sentences of passages against a question.

MaxSim (Khattab & Zaharia, ColBERT, 2020) with every word piece of the question, stop words kept: the
mean over them of the best cosine with a word piece of the sentence, encoded in its passage.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Chunk, Region, Sentence, Span
from retrieval.embed import TokenVectors
from service.answering import PARLEY, Passage, Policy, Rule, Said
from service.answering.asked import Question, names_one_of
from service.answering.extractive.abstention import Signs, denied
from service.answering.extractive.token_vectors import ChunkTokens
from service.english import NAME_WORD, plain_words, words

_NAME = re.compile(rf"{NAME_WORD}(?: {NAME_WORD}){{0,2}}")


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """`sentence_match` and `passage_match` are MaxSim; `score` orders; `whole` holds, for each word
    piece of the question, its best cosine in the sentence, `matches` of those that it is scored by: all, or a
    part's."""

    passage: Passage
    sentence: Sentence
    text: str
    said: Said | None
    matches: NDArray[np.float32]
    whole: NDArray[np.float32]
    sentence_match: float
    passage_match: float
    venue: bool | None
    speaker: int
    score: float


def candidates(
    question: Question,
    asked: TokenVectors,
    passage: Passage,
    read: ChunkTokens,
    attributed: dict[Sentence, Said | None],
    policy: Policy = PARLEY,
) -> list[Candidate]:
    """The sentences of a passage that may answer, scored."""
    sims = asked.vectors @ read.vectors.astype(np.float32).T
    if not sims.size:
        return []
    whole = float(sims.max(axis=1).mean())
    found = []
    for sentence in passage.hit.chunk.sentences:
        if sentence.region not in {Region.BODY, Region.HEADLINE, *question.asides}:
            continue
        inside = (read.starts >= sentence.start) & (read.ends <= sentence.end)
        if inside.any():
            matches = sims[:, inside].max(axis=1)
            said = attributed.get(sentence)
            found.append(_scored(question, passage, sentence, matches, matches, whole, said, policy))
    return found


def _scored(
    question: Question,
    passage: Passage,
    sentence: Sentence,
    matches: NDArray[np.float32],
    every: NDArray[np.float32],
    passage_match: float,
    said: Said | None,
    policy: Policy,
) -> Candidate:
    by = policy.scoring
    text = passage.article.text[sentence.start : sentence.end]
    match = float(matches.mean())
    venue = _at_venue(question, passage, text, said)
    asked = words(question.text)
    shared = len(asked & words(text)) / len(asked) if asked else 0.0
    score = match + by.passage * passage_match + by.shared_words * shared
    score += by.headline * (sentence.region is Region.HEADLINE) + by.venue * bool(venue)
    speaker = _by_speaker(question, text, said, passage.article.text, policy)
    score += by.speaker * speaker
    score = round(score, 6)
    return Candidate(
        passage, sentence, text, said, matches, every, match, passage_match, venue, speaker, score
    )


def _by_speaker(question: Question, text: str, said: Said | None, article: str, policy: Policy) -> int:
    """2 if the speaker asked about said it, 1 if it begins with that name, -1 if somebody else said it,
    0 if none of these is plain."""
    if not question.speaker:
        return 0
    if said is None or said.speaker is None:
        # Nobody is named as saying it: then a sentence that begins with the name is about its bearer.
        return 1 if names_one_of(question.speaker, " ".join(text.split()[:5])) else 0
    bearers = policy.by(Rule.BEARER, bearer(said.speaker, article), said.speaker)
    return 2 if names_one_of(question.speaker, bearers) else -1


@lru_cache(maxsize=512)
def bearer(speaker: str, article: str) -> str:
    """An office with the name of the one who holds it by the article: of "the Ruritanian president", where
    it elsewhere has "Ruritanian President Jane Roe"; the speaker alone, where it names several."""
    office = re.match(r"[Tt]he (?P<of>(?:[\w’'-]+ ){0,4}[\w’'-]+)$", speaker)
    if not office:
        return speaker
    offices = re.finditer(rf"\b{re.escape(office['of'])} ", article, re.I)
    named = [found.group() for each in offices if (found := _NAME.match(article, each.end()))]
    names = {name.split()[-1]: name for name in named}
    return f"{speaker} {next(iter(names.values()))}" if len(names) == 1 else speaker


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


def signs(question: Question, candidate: Candidate) -> Signs:
    """What abstention goes by."""
    return Signs(candidate.sentence_match, len(candidate.matches), denied(question, candidate.text))


def signs_in(
    question: Question,
    asked: TokenVectors,
    chunk: Chunk,
    read: ChunkTokens,
    *,
    leave: Sequence[Sentence] = (),
) -> list[Signs]:
    """Of each sentence of a chunk but those to leave out; what abstention is fitted on."""
    sims = asked.vectors @ read.vectors.astype(np.float32).T
    found = []
    for sentence in chunk.sentences:
        inside = (read.starts >= sentence.start) & (read.ends <= sentence.end)
        if inside.any() and sentence not in leave:
            text = chunk.text[sentence.start - chunk.start : sentence.end - chunk.start]
            match = float(sims[:, inside].max(axis=1).mean())
            found.append(Signs(match, len(sims), denied(question, text)))
    return found


def ranked(found: Sequence[Candidate]) -> list[Candidate]:
    """Best first; ties by article and place, so that the order is always the same."""
    return sorted(found, key=lambda c: (-c.score, c.passage.article.id, c.sentence.start))


def for_part(
    part: Question, pieces: NDArray[np.bool_], found: Sequence[Candidate], policy: Policy
) -> list[Candidate]:
    """The candidates, scored for one part of a question by its own word pieces, read in the whole
    question."""
    return ranked(
        [
            _scored(part, c.passage, c.sentence, c.whole[pieces], c.whole, c.passage_match, c.said, policy)
            for c in found
        ]
    )


def pieces_of(asked: TokenVectors, part: Span) -> NDArray[np.bool_]:
    inside = (asked.offsets[:, 0] >= part.start) & (asked.offsets[:, 1] <= part.end)
    return np.asarray(inside, dtype=np.bool_)
