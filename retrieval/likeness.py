"""Whether two articles carry one text: by the runs of five words that their bodies share.

MinHash signatures in bands find who may be a copy (Broder, On the resemblance and containment of documents,
1997; banding: Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, 3.4); the runs themselves decide.
"""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from retrieval.article import Article
from retrieval.wording import body_words

_RUN = 5  # words
_SEED = 20260101
# Two rows a band: two texts that share a quarter of all their runs come to be compared in .95 of all cases,
# two that only tell of the same and share less than a hundredth in .005.
_BANDS, _ROWS = 48, 2
_ALIKE = 0.5  # of all runs of both: the same text, edited
_HELD = 0.8  # of the shorter's runs: the same text, cut or added to
_LEAST = 20  # runs shared: a line that many articles have makes none of them a copy
_WEIGHTS = np.array([(0x9E3779B97F4A7C15 * n | 1) % 2**64 for n in (1, 2, 4, 8, 16)], np.uint64)
_MIXER = np.uint64(0xFF51AFD7ED558CCD)
EDITION = f"2.{RMinHash.ALGORITHM_VERSION}"
"""Another one whenever the same article may get other runs or bands, or another place in its family."""


Runs = NDArray[np.uint32]
"""Hashes of an article's runs, sorted, each once."""


def runs_of(article: Article) -> Runs:
    """Of its body as its words read, whatever the case, the marks between them and the line breaks. Of fewer
    than five words all are one run; none without a word."""
    words = body_words(article)
    if not words:
        return np.empty(0, np.uint32)
    hashes = np.array([zlib.crc32(word.encode()) for word in words], np.uint64)
    length = min(_RUN, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, length)
    return np.unique(_mixed(windows @ _WEIGHTS[:length]))


def bands_of_each(texts: Sequence[Runs]) -> list[list[int]]:
    """Signed, of 64 bits, each of another band; none of no runs."""
    ends = np.cumsum([0, *map(len, texts)], dtype=np.uint64)
    flat = np.concatenate([np.empty(0, np.uint32), *texts]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, ends, _BANDS * _ROWS, _SEED)
    rows = np.array(matrix.to_rows(), np.uint64).reshape(len(texts), _BANDS, _ROWS)
    numbers = np.arange(1, _BANDS + 1, dtype=np.uint64)
    of_band = (rows[:, :, 0] << np.uint64(32) | rows[:, :, 1]) ^ (numbers * _MIXER)
    found: list[list[int]] = of_band.view(np.int64).tolist()
    return [bands if len(runs) else [] for runs, bands in zip(texts, found, strict=True)]


def copies_among(runs: Runs, others: Mapping[int, Runs]) -> list[int]:
    """Of those by their ids; none has no runs."""
    if not len(runs) or not others:
        return []
    lengths = np.array([len(other) for other in others.values()])
    every = np.concatenate([*others.values()])
    at = np.minimum(np.searchsorted(runs, every), len(runs) - 1)
    begins = np.cumsum(lengths) - lengths
    shared = np.add.reduceat(runs[at] == every, begins, dtype=np.int64)
    same = (shared == len(runs)) & (lengths == len(runs))
    alike = shared >= _ALIKE * (len(runs) + lengths - shared)
    held = shared >= _HELD * np.minimum(lengths, len(runs))
    copies = same | ((shared >= _LEAST) & (alike | held))
    return [id_ for id_, is_one in zip(others, copies, strict=True) if is_one]


def are_copies(one: Runs, other: Runs) -> bool:
    return bool(len(other) and copies_among(one, {0: other}))


def stored(runs: Runs) -> bytes:
    return runs.astype("<u4").tobytes()


def unstored(data: bytes) -> Runs:
    return np.frombuffer(data, "<u4")


def _mixed(sums: NDArray[np.uint64]) -> Runs:
    """The upper half, with all of the lower in it (MurmurHash3's finisher)."""
    mixed = (sums ^ (sums >> np.uint64(33))) * _MIXER
    return (mixed >> np.uint64(32)).astype(np.uint32)
