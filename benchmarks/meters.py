"""Stand between Parley and what it calls, and add up the time spent there."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.embed import Embedder, TokenVectors
from retrieval.reader import Passage, Reader, ReadPassage


@dataclass(slots=True)
class Spent:
    """Milliseconds. `cpu` is the whole process's, so that threads of native code count, and right only
    while one caller is at work; `thread` is the caller's own."""

    wall: float = 0.0
    cpu: float = 0.0
    thread: float = 0.0

    @contextmanager
    def measuring(self) -> Iterator[None]:
        wall, cpu, thread = time.perf_counter(), time.process_time(), time.thread_time()
        try:
            yield
        finally:
            self.thread += 1000 * (time.thread_time() - thread)
            self.cpu += 1000 * (time.process_time() - cpu)
            self.wall += 1000 * (time.perf_counter() - wall)


class SpentByMany(Spent):
    """Several threads at once count once, and of their own the first thread's alone."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._working = 0
        self._begun = (0.0, 0.0)
        self._first = threading.get_ident()

    @contextmanager
    def measuring(self) -> Iterator[None]:
        own = time.thread_time()
        with self._lock:
            self._working += 1
            if self._working == 1:
                self._begun = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            with self._lock:
                self._working -= 1
                if not self._working:
                    self.wall += 1000 * (time.perf_counter() - self._begun[0])
                    self.cpu += 1000 * (time.process_time() - self._begun[1])
            if threading.get_ident() == self._first:
                self.thread += 1000 * (time.thread_time() - own)


class MeteredEmbedder:
    """The embedder, with the time of its neural passes in `inference`, and of counting in `counting`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.inference: Spent = SpentByMany()
        self.counting = Spent()

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    @property
    def dimensions(self) -> int:
        return self._embedder.dimensions

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self.inference.measuring():
            return self._embedder.embed(texts)

    def tokens(self, text: str) -> TokenVectors:
        with self.inference.measuring():
            return self._embedder.tokens(text)

    def token_count(self, text: str) -> int:
        with self.counting.measuring():
            return self._embedder.token_count(text)


class MeteredReader(Reader):
    """The same reader, with the time that it reads."""

    def __init__(self, reader: Reader) -> None:
        self.__dict__.update(reader.__dict__)
        self.inference = Spent()

    def score(self, question: str, passages: Sequence[Passage]) -> list[ReadPassage]:
        with self.inference.measuring():
            return super().score(question, passages)


class StandIn(MeteredEmbedder):
    """Fills an index fast: a text's vector is the sum of a fixed pseudo-random vector for each of its
    words. The rest, and the fingerprint, are the real model's, so that real questions can be asked of it."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self._words: dict[str, NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self.inference.measuring():
            sums = np.stack([sum((self._word(w) for w in t.split()), self._word("")) for t in texts])
            unit: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
            return unit

    def _word(self, word: str) -> NDArray[np.float32]:
        if word not in self._words:
            chance = np.random.default_rng(list(word.encode()))
            self._words[word] = chance.standard_normal(self.dimensions, np.float32)
        return self._words[word]
