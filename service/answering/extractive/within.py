"""What the article of the sentence that answers has another say to the contrary, just before or behind it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.article import Sentence
from service.answering import PARLEY, Conflicting, Passage, Said
from service.answering.asked import Question, Wanted
from service.answering.extractive.differing import Differing, on_what
from service.answering.extractive.opposed import (
    another_account,
    another_figure,
    another_toll,
    are_at_odds,
    has_account,
    is_denied,
    is_of_dead,
    taken_back,
)
from service.answering.extractive.scoring import Candidate
from service.answering.extractive.values import Differs
from service.english import Tag, tokenized

_FURTHER, _SOON = 8, 3  # sentences
_Pair = tuple[Differs, int, int]
Attributed = Callable[[Passage], Mapping[Sentence, Said | None]]
"""Who said each sentence around a passage."""


def contradicted(
    asks: Question,
    told: Sequence[Candidate],
    order: Sequence[Candidate],
    said: Attributed,
    by: Conflicting = PARLEY.conflicting,
) -> Differing | None:
    """The likeliest beside the first sentence that tells otherwise, in the article's order; of a reason,
    also another that is told. A figure's passage has to be about what the question names."""
    for one in told if asks.kind is Wanted.REASON else told[:1]:
        body = [sentence for sentence in one.passage.around if sentence.region.tells]
        if len(asks.parts) == 1 and one.sentence in body:
            here = _Here(asks, one, body, said(one.passage), by.about)
            for what, *pair in here.pairs():
                sides = tuple(here.candidate(sentence, order) for sentence in pair)
                return Differing(what, sides, by_day=False)
    return None


class _Here:
    """What stands around a sentence that was told."""

    def __init__(
        self,
        asks: Question,
        one: Candidate,
        body: Sequence[Sentence],
        said: Mapping[Sentence, Said | None],
        about: float,
    ) -> None:
        self._asks, self._one, self._body, self._said = asks, one, body, said
        self._about = on_what(asks, one.passage.hit.chunk.embedded_text) >= about
        self._at = body.index(one.sentence)
        self._texts = [one.passage.article.text[sentence.start : sentence.end] for sentence in body]

    def pairs(self) -> Iterator[tuple[Differs, Sentence, Sentence]]:
        found = (*self._figures(), *self._denials(), *self._reasons())
        return ((what, self._body[before], self._body[behind]) for what, before, behind in found)

    def _figures(self) -> Iterator[_Pair]:
        at, texts, would = self._at, self._texts, self._one.would
        span = self._one.passage.article.text[would.start : would.end] if would else ""
        in_figures = self._asks.kind is Wanted.NUMBER or any(t.kind is Tag.NUMBER for t in tokenized(span))
        if not (in_figures and self._about):
            return
        for before in self._near(1):
            if another_figure(texts[before], texts[before + 1], span=span if before == at else ""):
                yield Differs.NUMBER, before, before + 1
        asks_of_dead = is_of_dead(self._asks.text)
        for behind in range(at + 1, min(len(texts), at + 1 + _FURTHER)):
            if asks_of_dead and another_toll(texts[at], texts[behind], span=span):
                yield Differs.NUMBER, at, behind

    def _denials(self) -> Iterator[_Pair]:
        """Of what somebody said: the reporter's own words aren't what is denied."""
        for apart in (1, 2):
            for before in self._near(apart):
                behind = before + apart
                is_told = self._speaker(before) and not any(map(self._speaker, range(before + 1, behind)))
                if is_told and is_denied(self._texts[before], self._texts[behind]):
                    yield Differs.WHETHER, before, behind
        for behind in range(self._at + 1, min(len(self._texts), self._at + 1 + _SOON)):
            if taken_back(self._texts[self._at], self._texts[behind]):
                yield Differs.WHETHER, self._at, behind

    def _reasons(self) -> Iterator[_Pair]:
        if self._asks.kind is not Wanted.REASON:
            return
        texts, at = self._texts, self._at
        if not any(are_at_odds(text) or has_account(text) for text in texts):
            return
        for other in range(max(0, at - _FURTHER), min(len(texts), at + 1 + _FURTHER)):
            first, last = sorted((at, other))
            apart = last - first
            if (apart == 1 and another_account(texts[first], texts[last])) or (
                apart and any(map(are_at_odds, texts)) and another_account(texts[at], texts[other])
            ):
                yield Differs.REASON, first, last

    def _near(self, apart: int) -> list[int]:
        """The earlier places of two so far apart, of which one is its own."""
        return [at for at in (self._at, self._at - apart) if 0 <= at < len(self._texts) - apart]

    def _speaker(self, at: int) -> bool:
        said = self._said.get(self._body[at])
        return bool(said and said.speaker)

    def candidate(self, sentence: Sentence, order: Sequence[Candidate]) -> Candidate:
        """As it was found, if it was."""
        own, text = self._one.passage.article.id, self._texts[self._body.index(sentence)]
        found = (each for each in order if each.passage.article.id == own and each.sentence == sentence)
        new = replace(self._one, sentence=sentence, text=text, said=self._said.get(sentence), would=None)
        return next(found, new)
