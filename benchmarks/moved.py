"""Vectors as a model gives them, faster than it gives them."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from benchmarks.ingest import article_of
from benchmarks.meters import MeteredEmbedder
from retrieval.chunks import chunks_of
from retrieval.embed import Embedder
from retrieval.errors import UnreadableSource
from retrieval.parse import parse
from retrieval.sources import Source

_LEAST, _MOST = 0.1, 0.5  # of the way between two others: a cosine of .99 to .85 with where it started


class Moved(MeteredEmbedder):
    """Fills an index fast: a text's vector is the model's own of one of `real` passages, moved along the way
    from a second to a third, all drawn by the text. So they lie as thickly and in the same directions as the
    model's, and no two are alike."""

    def __init__(self, embedder: Embedder, real: NDArray[np.float32]) -> None:
        super().__init__(embedder)
        self._real = real

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self.inference.measuring():
            moved = np.stack([self._moved(text) for text in texts])
            unit: NDArray[np.float32] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
            return unit

    def _moved(self, text: str) -> NDArray[np.float32]:
        chance = random.Random(hashlib.sha256(text.encode()).digest())
        one, other, another = (self._real[chance.randrange(len(self._real))] for _ in range(3))
        return np.asarray(one + chance.uniform(_LEAST, _MOST) * (other - another), np.float32)


def passages(sources: Iterable[Source], embedder: Embedder) -> list[str]:
    """What is embedded of those articles that can be read."""
    found: list[str] = []
    for source in sources:
        with suppress(UnreadableSource):
            article = article_of(source, parse(source))
            chunks = chunks_of(article, fits=lambda text: embedder.token_count(text) <= embedder.max_tokens)
            found += [chunk.embedded_text for chunk in chunks]
    return found
