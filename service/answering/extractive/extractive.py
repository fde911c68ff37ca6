"""Answers with sentences as they stand in the articles: no key, no network, no word of its own."""

from collections.abc import Sequence
from concurrent.futures import wait
from copy import copy
from itertools import accumulate

from retrieval.article import Region, Sentence
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import (
    PARLEY,
    UNWATCHED,
    Draft,
    Passage,
    Policy,
    Proposal,
    Reading,
    Rule,
    Said,
    Status,
    Watch,
)
from service.answering.asked import Question, asked_of_reports, read_question, tells, votes_asked
from service.answering.extractive import notices
from service.answering.extractive.by_day import by_day
from service.answering.extractive.choosing import choose, latest_first, with_reason
from service.answering.extractive.context import Cited, draft
from service.answering.extractive.corrections import corrections
from service.answering.extractive.dated import in_articles, under_their_days
from service.answering.extractive.defined import asks_what, definitions
from service.answering.extractive.differing import Differing, differing, side_by_side
from service.answering.extractive.fitting import fitting
from service.answering.extractive.heard import heard, heard_on, theirs
from service.answering.extractive.introduced import asks_holder, asks_who, in_office, introductions
from service.answering.extractive.leaning import (
    Leaning,
    adding,
    for_leaning,
    having_read_all,
    in_front,
    together,
)
from service.answering.extractive.namesakes import names_somebody, of_one_bearer
from service.answering.extractive.premises import denials
from service.answering.extractive.reading import TEXT, PassageReader
from service.answering.extractive.recent import Recent
from service.answering.extractive.scoring import Candidate, answered, candidates, for_part, pieces_of, ranked
from service.answering.extractive.speakers import Casts
from service.answering.extractive.token_vectors import KEPT, PassageTokens
from service.answering.extractive.within import contradicted
from service.answering.said import said_in
from service.english import words

# What a question about a photograph or a byline says beside what it is about.
_OF_ASIDES = words(
    "photo photos photograph photographs photographed photographer picture pictures pictured image images"
    " caption captions taken took take shown show shows date dated day place event people happening happened"
    " credit credited byline wrote written contributed contributor author reporter journalist article report"
    " story made"
)
_SHORT = 3  # words
_Attributed = dict[Sentence, Said | None]


class ExtractiveAnswerer:
    """Safe to share between threads. The same question and passages give the same proposal."""

    def __init__(
        self,
        embedder: Embedder,
        reader: Reader,
        *,
        policy: Policy = PARLEY,
        tokens: PassageTokens | None = None,
        kept: int = KEPT,
    ) -> None:
        self._policy = policy
        self._reader = PassageReader(
            embedder, reader, tokens or PassageTokens(embedder, kept=kept), kept=kept, said=self._said
        )
        self._attributed: Recent[tuple[str, int, int], _Attributed] = Recent(kept=kept)
        self._casts = Casts(kept=kept)

    def by(self, policy: Policy) -> "ExtractiveAnswerer":
        """One that answers by another policy, with what this one keeps."""
        other = copy(self)
        other._policy = policy
        return other

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        """Whole at once: it takes milliseconds, and what is left unsaid is known only at the end."""
        disputed = self._policy.by(Rule.REPORTS, asked_of_reports(question), None)
        asks = read_question(disputed or question)
        order = self.ranked(asks, passages, timings=timings)
        told = self._propose(asks, passages, order) if order else notices.nothing_found(question)
        return notices.no_difference(told) if disputed and not told.conflicts else told

    def answer_after(self, leans: Leaning, passages: Sequence[Passage], *, timings: Timings) -> Proposal:
        """A question that leans on what was told before it."""
        order = self.ranked_after(leans, passages, timings=timings)
        order = adding(read_question(in_front(leans.asked)), order, leans.told)
        if not order:
            return notices.nothing_found(leans.shown)
        judging = self.by(having_read_all(self._policy))
        return judging._propose(read_question(leans.shown), passages, order)

    def ranked_after(
        self, leans: Leaning, passages: Sequence[Passage], *, timings: Timings
    ) -> list[Candidate]:
        reading = self.by(for_leaning(self._policy))
        orders = [reading.ranked(read_question(one), passages, timings=timings) for one in leans.readings()]
        return together(orders, leans.told, self._policy.remembering)

    def likeliest(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        """The passages themselves, the likeliest to answer first."""
        return self._reader.likeliest(question, passages, self._policy.reading)

    def ranked(self, asks: Question, passages: Sequence[Passage], *, timings: Timings) -> list[Candidate]:
        """The sentences of the passages that may answer, the likeliest first."""
        chosen = _to_read(asks, passages, self._policy.reading)
        with timings.stage("sentences_neural"):
            asked = self._reader.asked(asks.text)
            read = self._reader.read(asks.to_read(), chosen, self._policy.reading)
        with timings.stage("sentences"):
            speakers = self._casts.of(asks, chosen, self._policy)
            said = [self._said(each.passage) for each in read]
        with timings.stage("sentences_neural"):
            wait([each.tokens for each in read])
        with timings.stage("sentences"):
            found = [
                candidate
                for each, its in zip(read, said, strict=True)
                for candidate in candidates(asks, asked, each, its, speakers, self._policy)
            ]
            order = ranked(found)
            if len(asks.parts) == 1 and asks.parts[0].start > 0:
                order = for_part(pieces_of(asked, asks.parts[0]), order, self._policy)
            return self._policy.by(Rule.BY_DAY, by_day(asks, order, self._policy.scoring), order)

    def _said(self, passage: Passage) -> _Attributed:
        body = [s for s in passage.around if s.region.tells]
        chunk = passage.hit.chunk
        key = (chunk.id, len(body), body[0].start if body else 0)
        return self._attributed.get(key, lambda: said_in(passage))

    def _propose(self, asks: Question, passages: Sequence[Passage], order: list[Candidate]) -> Proposal:
        introduced = self._policy.by(Rule.INTRODUCED, self._introduced(asks, passages), [])
        if introduced:
            sure = max(self._sure(order), self._policy.reading.sure)
            return Proposal(Status.ANSWERED, tuple(introduced), confidence=sure)
        if asks.vague() and Rule.VAGUE in self._policy.rules:
            return notices.which(asks, order, confidence=self._sure(order))
        aside = [c for c in order if c.sentence.region in asks.asides and _of_aside(asks, c)]
        if aside and Rule.ASIDES in self._policy.rules:
            told = tuple(map(draft, _likeliest(asks, aside)[: self._policy.reading.asides]))
            return Proposal(Status.ANSWERED, told, confidence=self._sure(order))
        fits = (
            []
            if asks.asks_nothing() and Rule.ORDERS in self._policy.rules
            else self._in_order(asks, order, passages)
        )
        denied = self._policy.by(Rule.PREMISE, denials(asks, order, self._policy.conflicting), [])
        if denied:
            beside = (
                [one for one in choose(asks, fits, (), self._policy) if one not in denied] if fits else []
            )
            said = self._drafts([*denied, *beside], passages)
            return Proposal(Status.ANSWERED, (notices.denied(), *said), confidence=self._sure(order))
        by = self._policy.abstaining
        firsts, unanswered = self._parts(asks, passages, fits) if fits else ([], [])
        anything = self._policy.by(Rule.ANYTHING, heard(asks, fits, self._policy.choosing), [])
        firsts = firsts or anything or self._voted(asks, fits)
        if fits and not firsts and self._sure(fits) < by.answers:
            firsts = self._policy.by(Rule.MATTER, heard_on(asks, fits, self._policy.choosing), [])
            fits = firsts or fits
        if not fits or (not firsts and self._sure(fits) < by.answers):
            near = theirs(asks, order) if self._sure(order) >= by.near else []
            if order[0] not in fits and tells(asks.asked()):
                near = near[:1]  # another thing's day or doer would pass for the one asked about
            return notices.abstained(asks, near, confidence=by.unfit * self._sure(fits or order))
        picked = choose(asks, fits, firsts, self._policy)
        picked = self._policy.by(Rule.FOR_REASON, with_reason(asks, picked, fits), picked)
        found = self._policy.by(Rule.CONFLICTS, self._differing(asks, picked, fits, order), None)
        chosen = self._drafts(side_by_side(picked, found), passages)
        chosen += [notices.differ(found)] if found else []
        return Proposal(
            Status.PARTIAL if unanswered else Status.ANSWERED,
            (*chosen, *map(notices.part, unanswered)),
            tuple(unanswered),
            self._sure(order),
            conflicts=(found.conflict(asks),) if found else (),
        )

    def _differing(
        self, asks: Question, told: Sequence[Candidate], fits: Sequence[Candidate], order: Sequence[Candidate]
    ) -> Differing | None:
        """Between articles, or else within one's own."""
        by = self._policy.conflicting
        return differing(asks, fits, by) or contradicted(asks, told, order, self._said, by)

    def _fitting(
        self, asks: Question, order: Sequence[Candidate], passages: Sequence[Passage]
    ) -> list[Candidate]:
        left = fitting(asks, order, self._policy)
        if asks.anything or not names_somebody(asks, left):
            return left
        of_one = of_one_bearer(asks, left, self._casts.among(passages))
        return self._policy.by(Rule.NAMESAKE, of_one, left)

    def _in_order(
        self, asks: Question, order: Sequence[Candidate], passages: Sequence[Passage]
    ) -> list[Candidate]:
        left = self._fitting(asks, order, passages)
        if not left:
            return left
        return self._policy.by(Rule.LATEST, latest_first(asks, left, self._policy.choosing), left)

    def _introduced(self, asks: Question, passages: Sequence[Passage]) -> list[Draft]:
        who, what = asks_who(asks), asks_what(asks)
        casts = self._casts.among(passages) if who else []
        found = introductions(who, passages, casts) if who else []
        office = None if found else asks_holder(asks)
        if office:
            found = self._policy.by(Rule.HOLDER, in_office(office, passages, casts), [])
        if what and not found:
            found = self._policy.by(Rule.DEFINED, definitions(what, passages, self._said), [])
        cited = (Cited(passage, sentence, self._said(passage).get(sentence)) for passage, sentence in found)
        return [draft(one, policy=self._policy) for one in cited]

    def _drafts(self, chosen: Sequence[Candidate], passages: Sequence[Passage]) -> list[Draft]:
        corrected = corrections(passages)
        made = [draft(one, policy=self._policy, corrected=corrected) for one in in_articles(chosen)]
        return self._policy.by(Rule.DATED, under_their_days(made, in_articles(chosen)), made)

    def _voted(self, asks: Question, fits: Sequence[Candidate]) -> list[Candidate]:
        """Where it is asked how many voted so: the likeliest, if it counts those votes."""
        vote = votes_asked(asks.asked()) if len(asks.parts) == 1 else None
        counts = bool(vote and fits and self._sure(fits) >= self._policy.abstaining.near)
        told = [one for one in fits[:1] if counts and vote and vote.is_on_it(one.text)]
        return self._policy.by(Rule.VOTES, told, [])

    def _sure(self, order: Sequence[Candidate]) -> float:
        return answered(order, self._policy.abstaining)

    def _parts(
        self, asks: Question, passages: Sequence[Passage], order: Sequence[Candidate]
    ) -> tuple[list[Candidate], list[str]]:
        """The best sentence for each part of a question that has several, and the parts that have none."""
        if len(asks.parts) < 2 or Rule.PARTS not in self._policy.rules:
            return [], []
        firsts: dict[tuple[str, int], Candidate] = {}
        unanswered = []
        for part in asks.parts:
            text = asks.text[part.start : part.end].strip(" ,?")
            its = read_question(text)
            # "Where and on what day did they meet?": a part of a word or two is nothing without the others.
            scored = order if len(text.split()) < _SHORT else self.ranked(its, passages, timings=Timings())
            scored = self._in_order(its, scored, passages)
            if not scored or self._sure(scored) < self._policy.abstaining.answers:
                unanswered.append(text)
            else:
                firsts.setdefault(_place(scored[0]), scored[0])
        return list(firsts.values()), unanswered if firsts else []


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.passage.article.id, candidate.sentence.start


def _to_read(asks: Question, passages: Sequence[Passage], reading: Reading) -> list[Passage]:
    """Headings, which are short, don't count: in a live blog each entry has one."""
    text = [p for p in passages if p.hit.chunk.region in TEXT]
    before = accumulate((p.hit.chunk.region is not Region.HEADLINE for p in text), initial=0)
    text = [p for p, counted in zip(text, before, strict=False) if counted < reading.passages]
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
