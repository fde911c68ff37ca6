"""The word pieces of passages, worked out beside whoever asks for them."""

import threading

import numpy as np

from retrieval.embed import Embedder, TokenVectors
from service.answering.extractive.token_vectors import PassageTokens
from tests.service.answering.making import article, passages


class _Held:
    """An embedder that reads nothing before it may."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.may = threading.Event()
        self.asked = 0

    def tokens(self, text: str) -> TokenVectors:
        assert self.may.wait(20)
        self.asked += 1
        return self._embedder.tokens(text)


def test_who_begins_them_goes_on_at_once_and_has_the_same(embedder: Embedder) -> None:
    held = _Held(embedder)
    tokens = PassageTokens(held)  # type: ignore[arg-type]
    (passage,) = passages(embedder, "Who left?", article("Nine ships left the harbour at dawn."))
    begun = tokens.begun(passage.hit.chunk)
    assert not begun.done()
    held.may.set()
    alone = PassageTokens(embedder).of(passage.hit.chunk)
    np.testing.assert_array_equal(begun.result(20).vectors, alone.vectors)
    np.testing.assert_array_equal(begun.result(20).starts, alone.starts)


def test_what_is_kept_is_there_at_once(embedder: Embedder) -> None:
    held = _Held(embedder)
    held.may.set()
    tokens = PassageTokens(held)  # type: ignore[arg-type]
    (passage,) = passages(embedder, "Who left?", article("Nine ships left the harbour at dawn."))
    first = tokens.begun(passage.hit.chunk).result(20)
    again = tokens.begun(passage.hit.chunk)
    assert again.done()
    assert again.result() is first
    assert held.asked == 1
