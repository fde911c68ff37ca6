"""Answers with sentences as they stand in the articles: no key, no network, no word of its own."""

from collections.abc import Sequence

from retrieval.article import Region, Sentence
from retrieval.embed import Embedder, TokenVectors
from retrieval.timing import Timings
from service.answering import notices
from service.answering.abstention import FITTED, Evidence, Fit, probability
from service.answering.answer import Proposal, Said, Status
from service.answering.attribution import attribute
from service.answering.context import draft
from service.answering.passage import Passage
from service.answering.question import Question, plain_words, read
from service.answering.recent import Recent
from service.answering.selection import Candidate, candidates, choose, for_part, pieces_of, ranked
from service.answering.tokens import PassageTokens

READ = 5  # passages whose sentences are compared; more brought nothing and cost a pass each
ASIDES = 2  # captions and bylines beside them, where the question is about those

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
            return self._propose(asks, asked, ranked(found), passages)

    def _said(self, passage: Passage) -> _Attributed:
        body = [s for s in passage.around if s.region is Region.BODY]
        chunk = passage.hit.chunk
        key = (chunk.id, len(body), body[0].start if body else 0)
        return self._attributed.get(key, lambda: dict(zip(body, attribute(passage.article.text, body), strict=True)))

    def _propose(
        self, asks: Question, asked: TokenVectors, order: list[Candidate], passages: Sequence[Passage]
    ) -> Proposal:
        if not order:
            return notices.nothing_found(asks.text)
        sure = self._sure(order[0], order)
        fitting = [c for c in order if c.venue is not False] if asks.venues else order
        missing = not _speaker_known(asks, passages) or (asks.venues and not any(c.venue for c in order))
        if sure < self._fit.answers or missing or not fitting:
            near = order[0] if sure >= self._fit.near else None
            return notices.abstained(asks.text, near)
        firsts, unanswered = self._parts(asks, asked, fitting)
        drafts = tuple(draft(candidate) for candidate in choose(asks, fitting, firsts))
        if not unanswered:
            return Proposal(Status.ANSWERED, drafts)
        return Proposal(Status.PARTIAL, (*drafts, *map(notices.part, unanswered)), tuple(unanswered))

    def _sure(self, best: Candidate, order: Sequence[Candidate]) -> float:
        passage = max(candidate.passage_match for candidate in order)
        return probability(Evidence(best.sentence_match, passage), fit=self._fit)

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
            best = for_part(order, pieces)
            match = float(best.matches[pieces].mean())
            if probability(Evidence(match, best.passage_match), fit=self._fit) < self._fit.near:
                unanswered.append(asks.text[part.start : part.end].strip(" ,?"))
            else:
                firsts[best.passage.article.id, best.sentence.start] = best
        return ranked(list(firsts.values())), unanswered if firsts else []


def _to_read(asks: Question, passages: Sequence[Passage]) -> list[Passage]:
    text = [p for p in passages if p.hit.chunk.region in {Region.BODY, Region.HEADLINE}][:READ]
    return text + [p for p in passages if p.hit.chunk.region in asks.asides][:ASIDES]


def _speaker_known(asks: Question, passages: Sequence[Passage]) -> bool:
    """False only if no article among the passages has a word of the name that the question asks about."""
    if not asks.speaker:
        return True
    articles = {p.article.id: p.article.text for p in passages}
    return any(asks.speaker & set(plain_words(text)) for text in articles.values())
