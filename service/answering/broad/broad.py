"""Answers a question that wants an overview."""

from collections.abc import Sequence
from copy import copy

from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import (
    PARLEY,
    UNWATCHED,
    Passage,
    Policy,
    Proposal,
    Rule,
    Watch,
)
from service.answering.asked import read_broad
from service.answering.broad.articles import Kept, articles_of
from service.answering.broad.composing import Composing
from service.answering.broad.reading import PlainReader
from service.answering.extractive import ExtractiveAnswerer, Recent

_KEPT, _READINGS = 256, 2048  # articles, and passages by the question put to them


class BroadAnswerer:
    """Takes a broad question; any other, and one about what no article names, is left to `precise`."""

    def __init__(self, precise: ExtractiveAnswerer, reader: Reader, *, policy: Policy = PARLEY) -> None:
        self.precise = precise
        self._reader = PlainReader(reader, kept=_READINGS)
        self._policy = policy
        self._kept: Kept = Recent(kept=_KEPT)

    def by(self, policy: Policy) -> "BroadAnswerer":
        other = copy(self)
        other._policy, other.precise = policy, self.precise.by(policy)
        return other

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        asks = read_broad(question)
        if asks is not None and passages and Rule.BROAD in self._policy.rules:
            with timings.stage("overview"):
                articles = articles_of(passages, self._kept, most=self._policy.overview.articles)
                proposal = Composing(asks, question, articles, self._reader, self._policy).proposal()
            if proposal is not None:
                return proposal
        return self.precise.answer(question, passages, timings=timings, watch=watch)
