"""Token vectors of passages, kept so that a passage that comes back costs nothing."""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Chunk
from retrieval.embed import Embedder
from service.answering.extractive.recent import Recent

KEPT = 512  # chunks; about 110 KB each with 384 dimensions at half precision
_MOST_AT_ONCE = 4  # passages


@dataclass(frozen=True, slots=True)
class ChunkTokens:
    """The word pieces of a chunk's embedded text: unit rows at half precision, and their spans in the
    article (before the chunk for the title and outlet in front)."""

    vectors: NDArray[np.float16]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class PassageTokens:
    """Vectors are rounded to half precision before they are first used, so that an answer doesn't
    depend on what was kept."""

    def __init__(self, embedder: Embedder, *, kept: int = KEPT) -> None:
        self._embedder = embedder
        self._recent: Recent[str, ChunkTokens] = Recent(kept=kept)
        hands = min(os.cpu_count() or 1, _MOST_AT_ONCE)
        self._crew = ThreadPoolExecutor(hands, thread_name_prefix="tokens")

    def of(self, chunk: Chunk) -> ChunkTokens:
        return self._recent.get(chunk.id, lambda: self._encode(chunk))

    def begun(self, chunk: Chunk) -> Future[ChunkTokens]:
        """At work beside whoever asks, unless they are kept."""
        if chunk.id not in self._recent:
            return self._crew.submit(self.of, chunk)
        kept: Future[ChunkTokens] = Future()
        kept.set_result(self.of(chunk))
        return kept

    def _encode(self, chunk: Chunk) -> ChunkTokens:
        read = self._embedder.tokens(chunk.embedded_text)
        # The chunk's text ends its embedded text; what stands before it is the lead.
        shift = chunk.start - (len(chunk.embedded_text) - len(chunk.text))
        spans = read.offsets.astype(np.int64) + shift
        return ChunkTokens(read.vectors.astype(np.float16), spans[:, 0], spans[:, 1])
