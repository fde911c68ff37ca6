"""Answers with sentences as they stand in the articles: no key, no network, no word of its own."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Region, Sentence
from retrieval.embed import Embedder, TokenVectors
from retrieval.timing import Timings
from service.answering import notices
from service.answering.abstention import FITTED, Fit, probability
from service.answering.answer import Proposal, Said, Status
from service.answering.attribution import attribute
from service.answering.context import draft
from service.answering.passage import Passage
from service.answering.question import Question, has_number, read, words
from service.answering.recent import Recent
from service.answering.selection import Candidate, candidates, choose, for_part, pieces_of, ranked
from service.answering.tokens import PassageTokens

READ = 5  # passages whose sentences are compared; more brought nothing and cost a pass each
ASIDES = 2  # captions and bylines beside them, where the question is about those

# What a question about a photograph or a byline says beside what it is about.
_OF_ASIDES = words(
    "photo photos photograph photographs photographed photographer picture pictures pictured image images"
    " caption captions taken took take shown show shows date dated day place event people happening happened"
    " credit credited byline wrote written contributed contributor author reporter journalist article report"
    " story made"
)
_Attributed = dict[Sentence, Said | None]


class ExtractiveAnswerer:
    """Safe to share between threads. The same question and passages give the same proposal."""

    def __init__(self, embedder: Embedder, *, fit: Fit = FITTED) -> None:
        self._embedder = embedder
        self._fit = fit
        self._tokens = PassageTokens(embedder)
        self._attributed: Recent[tuple[str, int, int], _Attributed] = Recent(kept=1024)

    def answer(self, question: str, passages: Sequence[Passage], *, timings: Timings) -> Proposal:
        """`passages` come best first."""
        asks = read(question)
        chosen = _to_read(asks, passages)
        if not chosen:
            return notices.nothing_found(question)
        with timings.stage("sentences_neural"):
            asked = self._embedder.tokens(question)
            tokens = [self._tokens.of(passage.hit.chunk) for passage in chosen]
        with timings.stage("sentences"):
            found = [
                candidate
                for passage, its in zip(chosen, tokens, strict=True)
                for candidate in candidates(asks, asked, passage, its, self._said(passage))
            ]
            order = ranked(found)
            confidence = self._sure(order, pieces=len(asked.vectors)) if order else 0.0
            return replace(self._propose(asks, asked, order), confidence=confidence)

    def _said(self, passage: Passage) -> _Attributed:
        body = [s for s in passage.around if s.region is Region.BODY]
        chunk = passage.hit.chunk
        key = (chunk.id, len(body), body[0].start if body else 0)
        return self._attributed.get(
            key, lambda: dict(zip(body, attribute(passage.article.text, body), strict=True))
        )

    def _propose(self, asks: Question, asked: TokenVectors, order: list[Candidate]) -> Proposal:
        if not order:
            return notices.nothing_found(asks.text)
        aside = [c for c in order if c.sentence.region in asks.asides and _of_aside(asks, c)]
        if aside:
            return Proposal(Status.ANSWERED, tuple(map(draft, _likeliest(asks, aside))))
        sure = self._sure(order, pieces=len(asked.vectors))
        fitting = _fitting(asks, order)
        # Said by whom and where the question asks: less nearness is enough.
        as_asked = any(c.speaker == 2 and c.venue for c in fitting)
        if not fitting or sure < (self._fit.near if as_asked else self._fit.answers):
            return notices.abstained(asks.text, order[0] if sure >= self._fit.near else None)
        firsts, unanswered = self._parts(asks, asked, fitting)
        drafts = tuple(draft(candidate) for candidate in choose(asks, fitting, firsts))
        if not unanswered:
            return Proposal(Status.ANSWERED, drafts)
        return Proposal(Status.PARTIAL, (*drafts, *map(notices.part, unanswered)), tuple(unanswered))

    def _sure(self, order: Sequence[Candidate], *, pieces: int) -> float:
        best = max(candidate.sentence_match for candidate in order)
        return probability(best, pieces=pieces, fit=self._fit)

    def _parts(
        self, asks: Question, asked: TokenVectors, order: Sequence[Candidate]
    ) -> tuple[list[Candidate], list[str]]:
        """The best sentence for each part of a question that has several, and the parts that have none."""
        if len(asks.parts) < 2:
            return [], []
        firsts: dict[tuple[str, int], Candidate] = {}
        unanswered = []
        for part in asks.parts:
            pieces = pieces_of(asked, part)
            if not pieces.any():
                continue
            text = asks.text[part.start : part.end].strip(" ,?")
            its = read(text)
            scored = _fitting(its, for_part(its, pieces, order))
            if not scored or self._sure(scored, pieces=int(pieces.sum())) < self._fit.near:
                unanswered.append(text)
            else:
                best = scored[0]
                firsts.setdefault((best.passage.article.id, best.sentence.start), best)
        return list(firsts.values()), unanswered if firsts else []


def _to_read(asks: Question, passages: Sequence[Passage]) -> list[Passage]:
    text = [p for p in passages if p.hit.chunk.region in {Region.BODY, Region.HEADLINE}][:READ]
    for region in asks.asides:
        text += [p for p in passages if p.hit.chunk.region is region][:ASIDES]
    return text


def _fitting(asks: Question, order: Sequence[Candidate]) -> list[Candidate]:
    """Those that can answer: said by whom and where the question asks, and with a number if it counts.

    None is left if nobody among the passages is reported to have spoken as the question has it: what
    somebody else said, or said elsewhere, is no answer.
    """
    fitting = list(order)
    if asks.speaks and asks.speaker:
        fitting = [c for c in fitting if c.speaker > 0]
    if asks.venues:
        fitting = [c for c in fitting if c.venue is not False] if any(c.venue for c in fitting) else []
    if asks.counts():
        fitting = [c for c in fitting if has_number(c.text)]
    return fitting


def _likeliest(asks: Question, aside: Sequence[Candidate]) -> list[Candidate]:
    """Of the captions or bylines that may answer: the best of each article, two at the most."""
    region = min((c.sentence.region for c in aside), key=asks.asides.index)
    firsts: dict[str, Candidate] = {}
    for candidate in aside:
        if candidate.sentence.region is region:
            firsts.setdefault(candidate.passage.article.id, candidate)
    return list(firsts.values())[:ASIDES]


def _of_aside(asks: Question, candidate: Candidate) -> bool:
    """Whether a caption or byline is the one asked about: the question names nothing else, or mostly
    what stands in it."""
    rest = words(asks.text) - _OF_ASIDES
    return 2 * len(rest & words(candidate.text)) > len(rest) or not rest
