"""Answers with sentences as they stand in the articles: no key, no network, no word of its own."""

from collections.abc import Sequence
from copy import copy

from retrieval.article import Region, Sentence
from retrieval.embed import Embedder, TokenVectors
from retrieval.timing import Timings
from service.answering import PARLEY, UNWATCHED, Passage, Policy, Proposal, Reading, Rule, Said, Status, Watch
from service.answering.asked import Question, read_question
from service.answering.extractive import notices
from service.answering.extractive.abstention import probability
from service.answering.extractive.choosing import choose
from service.answering.extractive.conflicts import conflicts
from service.answering.extractive.context import draft
from service.answering.extractive.fitting import fitting, names_all
from service.answering.extractive.recent import Recent
from service.answering.extractive.scoring import Candidate, candidates, for_part, pieces_of, ranked, signs
from service.answering.extractive.token_vectors import KEPT, PassageTokens
from service.answering.said import said_in
from service.english import words

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

    def __init__(
        self,
        embedder: Embedder,
        *,
        policy: Policy = PARLEY,
        tokens: PassageTokens | None = None,
        kept: int = KEPT,
    ) -> None:
        self._embedder = embedder
        self._policy = policy
        self._fit = policy.abstaining
        self._tokens = tokens or PassageTokens(embedder, kept=kept)
        self._asked: Recent[str, TokenVectors] = Recent(kept=kept)
        self._attributed: Recent[tuple[str, int, int], _Attributed] = Recent(kept=kept)

    def by(self, policy: Policy) -> "ExtractiveAnswerer":
        """One that answers by another policy, with what this one keeps."""
        other = copy(self)
        other._policy, other._fit = policy, policy.abstaining
        return other

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        """Whole at once: it takes milliseconds, and what is left unsaid is known only at the end."""
        asks = read_question(question)
        chosen = _to_read(asks, passages, self._policy.reading)
        if not chosen:
            return notices.nothing_found(question)
        with timings.stage("sentences_neural"):
            asked = self._asked.get(question, lambda: self._embedder.tokens(question))
            tokens = [self._tokens.of(passage.hit.chunk) for passage in chosen]
        with timings.stage("sentences"):
            found = [
                candidate
                for passage, its in zip(chosen, tokens, strict=True)
                for candidate in candidates(asks, asked, passage, its, self._said(passage), self._policy)
            ]
            order = ranked(found)
            if len(asks.parts) == 1 and asks.parts[0].start > 0:
                order = for_part(asks, pieces_of(asked, asks.parts[0]), order, self._policy)
            return self._propose(asks, asked, order)

    def _said(self, passage: Passage) -> _Attributed:
        body = [s for s in passage.around if s.region is Region.BODY]
        chunk = passage.hit.chunk
        key = (chunk.id, len(body), body[0].start if body else 0)
        return self._attributed.get(key, lambda: said_in(passage))

    def _propose(self, asks: Question, asked: TokenVectors, order: list[Candidate]) -> Proposal:
        if not order:
            return notices.nothing_found(asks.text)
        if asks.vague() and Rule.VAGUE in self._policy.rules:
            return notices.which(asks, order, confidence=self._sure(asks, order))
        aside = [c for c in order if c.sentence.region in asks.asides and _of_aside(asks, c)]
        if aside and Rule.ASIDES in self._policy.rules:
            told = tuple(map(draft, _likeliest(asks, aside)[: self._policy.reading.asides]))
            return Proposal(Status.ANSWERED, told, confidence=self._sure(asks, order))
        fits = (
            []
            if asks.only_orders() and Rule.ORDERS in self._policy.rules
            else fitting(asks, order, self._policy)
        )
        firsts, unanswered = self._parts(asks, asked, fits) if fits else ([], [])
        if not fits or not self._answers(asks, fits):
            near = order[0] if self._sure(asks, order) >= self._fit.near else None
            return notices.abstained(asks, near, confidence=self._fit.unfit * self._sure(asks, fits or order))
        picked = choose(asks, fits, firsts, self._policy)
        status = Status.PARTIAL if unanswered else Status.ANSWERED
        told = (*(draft(one, policy=self._policy) for one in picked), *map(notices.part, unanswered))
        differ = self._policy.by(Rule.CONFLICTS, conflicts(asks, picked, self._policy.conflicting), ())
        return Proposal(status, told, tuple(unanswered), self._sure(asks, order), conflicts=differ)

    def _answers(self, asks: Question, fits: Sequence[Candidate]) -> bool:
        """Said by whom and where the question asks, or holding all that it names: less nearness is enough."""
        sure = self._sure(asks, fits)
        if not self._fit.near <= sure < self._fit.answers:
            return sure >= self._fit.answers
        rules = self._policy.rules
        if names_all(asks, fits[0]) and Rule.ALL_NAMED in rules:
            return True
        return any(c.speaker == 2 and c.venue for c in fits) and Rule.SAID_THERE in rules

    def _sure(self, asks: Question, order: Sequence[Candidate]) -> float:
        best = max(order, key=lambda c: c.sentence_match)
        return probability(signs(asks, best), fit=self._fit)

    def _parts(
        self, asks: Question, asked: TokenVectors, order: Sequence[Candidate]
    ) -> tuple[list[Candidate], list[str]]:
        """The best sentence for each part of a question that has several, and the parts that have none."""
        if len(asks.parts) < 2 or Rule.PARTS not in self._policy.rules:
            return [], []
        firsts: dict[tuple[str, int], Candidate] = {}
        unanswered = []
        for part in asks.parts:
            pieces = pieces_of(asked, part)
            if not pieces.any():
                continue
            text = asks.text[part.start : part.end].strip(" ,?")
            its = read_question(text)
            scored = fitting(its, for_part(its, pieces, order, self._policy), self._policy)
            if not scored or self._sure(its, scored) < self._fit.near:
                unanswered.append(text)
                continue
            best = _place(scored[0])
            firsts.setdefault(best, next(c for c in order if _place(c) == best))
        return list(firsts.values()), unanswered if firsts else []


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.passage.article.id, candidate.sentence.start


def _to_read(asks: Question, passages: Sequence[Passage], reading: Reading) -> list[Passage]:
    text = [p for p in passages if p.hit.chunk.region in {Region.BODY, Region.HEADLINE}]
    text = text[: reading.wide if asks.wide() else reading.passages]
    for region in asks.asides:
        text += [p for p in passages if p.hit.chunk.region is region][: reading.asides]
    return text


def _likeliest(asks: Question, aside: Sequence[Candidate]) -> list[Candidate]:
    """Of the captions or bylines that may answer: the best of each article."""
    region = min((c.sentence.region for c in aside), key=asks.asides.index)
    firsts: dict[str, Candidate] = {}
    for candidate in aside:
        if candidate.sentence.region is region:
            firsts.setdefault(candidate.passage.article.id, candidate)
    return list(firsts.values())


def _of_aside(asks: Question, candidate: Candidate) -> bool:
    """Whether a caption or byline is the one asked about: the question names nothing else, or mostly
    what stands in it."""
    rest = words(asks.text) - _OF_ASIDES
    return 2 * len(rest & words(candidate.text)) > len(rest) or not rest
