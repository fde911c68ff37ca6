"""Whether a sentence has anything to do with a question: MaxSim, as answers are chosen by (selection.py)."""

import numpy as np

from retrieval.article import Quote
from retrieval.embed import Embedder, TokenVectors
from service.answering.abstention import FITTED, Fit, probability
from service.answering.passage import Passage
from service.answering.recent import Recent
from service.answering.tokens import PassageTokens

_KEPT = 64  # questions


class Nearness:
    """Safe to share between threads."""

    def __init__(self, embedder: Embedder, tokens: PassageTokens, *, fit: Fit = FITTED) -> None:
        self._embedder = embedder
        self._tokens = tokens
        self._fit = fit
        self._asked: Recent[str, TokenVectors] = Recent(kept=_KEPT)

    def fits(self, question: str, passage: Passage, quote: Quote) -> bool:
        """Of a quotation that stands in the passage."""
        return self.of(question, passage, quote) >= self._fit.near

    def of(self, question: str, passage: Passage, quote: Quote) -> float:
        """The probability that it answers, by nearness alone."""
        asked = self._asked.get(question, lambda: self._embedder.tokens(question))
        read = self._tokens.of(passage.hit.chunk)
        inside = (read.starts >= quote.start) & (read.ends <= quote.end)
        if not inside.any() or not len(asked.vectors):
            return 0.0
        sims = asked.vectors @ read.vectors[inside].astype(np.float32).T
        return probability(float(sims.max(axis=1).mean()), pieces=len(asked.vectors), fit=self._fit)
