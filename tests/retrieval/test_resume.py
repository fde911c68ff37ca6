"""A job that can never be finished must not stop every start."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.embed import Embedder
from retrieval.errors import EmbeddingError
from retrieval.journal import Journal
from retrieval.outcome import Outcome
from tests.retrieval.made import corpus_in, source, steps

GOOD = "The harvest was good this year in the whole of the valley, farmers said."
CURSED = "The cursed text cannot be embedded by anybody, however often it is tried."


def test_an_article_that_cannot_be_embedded_is_refused_and_its_batch_goes_on(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = type(embedder).embed

    def embed(self: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("cursed" in text for text in texts):
            raise EmbeddingError("gives a zero vector", remedy="None.")
        return real(self, texts)

    with corpus_in(tmp_path) as corpus:
        Journal(corpus.record.database).receive([source(CURSED), source(GOOD)])
        monkeypatch.setattr(type(embedder), "embed", embed)
        done = list(corpus.ingester.resume())
        assert sorted(one.outcome for one in done) == [Outcome.ADDED, Outcome.REFUSED]
        assert sorted(steps(corpus)) == ["refused", "visible"]
        assert list(corpus.ingester.resume()) == []
        assert corpus.record.article_count() == 1
