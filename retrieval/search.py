"""Hybrid search: vectors and words, fused, joined to the record.

Fusion is half min-max cosine and half min-max BM25, which beat reciprocal rank fusion by .026
[.008, .045] nDCG@10 on 2,462 news articles (convex combination: Bruch, Gai & Ingber, An Analysis of
Fusion Functions for Hybrid Retrieval, 2023).
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Hit, Quote, Region, Sentence
from retrieval.copies import Family, Member, families
from retrieval.embed import Embedder
from retrieval.errors import IndexUnavailable
from retrieval.index import Index
from retrieval.once import Carried, OpenArticle, Scored, carried, ref_of, spread, told_once
from retrieval.record import ChunkRef, Record
from retrieval.timing import Timings
from retrieval.versions import no_such_article

CANDIDATES = 100
# Few words, so that BM25 makes much of them, and what they tell stands in front of each passage (chunks.py).
_AROUND = frozenset({Region.HEADLINE, Region.BYLINE, Region.CREDIT})
_CACHED_ARTICLES = 256
_CACHED_FAMILIES = 256
_APART = 20  # passages that aren't the same family's: where copies leave fewer, more are looked through
# Chroma is asked for the passages of so many articles by name. Each goes into an SQL statement, which took
# 190 ms with 10,000 (60,000 passages) and is refused with more than 32,766; a wide search took 15 ms.
_NAMED_ARTICLES = 1_000
_MOST_NAMED_ARTICLES = 32_000
_WIDE = 1_000
_ENOUGH = 50  # of theirs among those; a tenth of 100,000 passages brings it nearly always


class Ranking(StrEnum):
    """What orders the hits: both searches, or, to measure them, one alone."""

    FUSED = "fused"
    DENSE = "dense"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Context:
    """What was said before the question: its vector, and its words, count `weight` times beside it."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """`article_ids` restricts the search; None is the whole corpus. `dense_share` of the fused score is the
    vectors', the rest the words'; what stands around an article's text keeps `around` of it. `once`: what
    several articles carry is found in the first of them alone (once.py)."""

    text: str
    k: int = 20
    article_ids: frozenset[str] | None = None
    by: Ranking = Ranking.FUSED
    context: Context | None = None
    dense_share: float = 0.5
    around: float = 0.7
    once: bool = False


@dataclass(frozen=True, slots=True)
class _Ranked:
    """`apart` counts those of them that come before the crowded ones of a family, None where there is none;
    `brought` is the most that one of the searches brought."""

    scored: Sequence[Scored]
    dense: Mapping[str, float]
    words: Mapping[str, float]
    again: Mapping[str, frozenset[Sentence]]
    apart: int | None
    brought: int


class Searcher:
    def __init__(self, record: Record, index: Index, embedder: Embedder) -> None:
        self._record = record
        self._index = index
        self._embedder = embedder
        self._opened: OrderedDict[tuple[str, int], OpenArticle] = OrderedDict()
        self._families: OrderedDict[tuple[Member, ...], Carried] = OrderedDict()
        self._lock = Lock()

    def is_common(self, word: str) -> bool:
        """Whether the embedding model knows it whole, as it does the thirty thousand commonest."""
        return self._embedder.token_count(word) == 1

    def search(self, query: Query, *, timings: Timings | None = None) -> list[Hit]:
        """The best chunks first; ties by article and place, so that the order is always the same."""
        timings = timings or Timings()
        if query.article_ids is not None and not query.article_ids:
            return []
        if not self._embedder.token_count(query.text):  # nothing but invisible characters
            return []
        only = None if query.article_ids is None else sorted(query.article_ids)
        with timings.stage("embed"):
            vector = self._vector(query) if query.by is not Ranking.LEXICAL else None
        ranked = self._ranked(query, vector, only, CANDIDATES, timings)
        if ranked.apart is not None and ranked.apart < min(query.k, _APART) and ranked.brought >= CANDIDATES:
            ranked = self._ranked(query, vector, only, _WIDE, timings)  # copies keep others out
        with timings.stage("join"):
            best = ranked.scored[: query.k]
            opened = self._open_all({(ref.article_id, ref.version) for ref, _ in best})
            hits = [_hit(ref, opened, ranked, score) for ref, score in best]
            return [hit for hit in hits if hit]

    def told_once(self, hits: Sequence[Hit], *, only: Set[str] | None) -> list[Hit]:
        """In the place of what an article of `only` carries again, what the first of them has of it."""
        scored = [(ref_of(hit.chunk), hit.fused) for hit in hits]
        told = self._once(scored, only, {}, {}, brought=0)
        opened = self._open_all({(ref.article_id, ref.version) for ref, _ in told.scored})
        return [hit for ref, score in told.scored if (hit := _hit(ref, opened, told, score))]

    def elsewhere(self, quote: Quote, *, only: Set[str] | None) -> list[Quote]:
        """The same words in other articles of `only` that carry the text, those first that would be cited."""
        for family in families(self._record.database, [quote.article_id], only=only):
            keys = [(member.article_id, member.version) for member in family.members]
            opened = self._open_all({*keys, (quote.article_id, quote.version)})
            cited = opened.get((quote.article_id, quote.version))
            others = [opened[key] for key in keys if key in opened and key[0] != quote.article_id]
            return self._carried(family).beside(quote, cited, others) if cited else []
        return []

    def _ranked(
        self,
        query: Query,
        vector: NDArray[np.float32] | None,
        only: Sequence[str] | None,
        most: int,
        timings: Timings,
    ) -> _Ranked:
        with timings.stage("dense"):
            dense = {} if vector is None else self._nearest(vector, only, most)
        words = self._lexical(query, only, most, timings) if query.by is not Ranking.DENSE else {}
        with timings.stage("join"):
            # Unknown, hidden, old and deleted chunks have no reference, and drop out here.
            known = self._record.chunk_refs({*dense, *words})
            scored = _fuse(dense, words, known, query)
            brought = max(len(dense), len(words))
            if not query.once:
                return _Ranked(scored, dense, words, {}, None, brought)
        with timings.stage("copies"):
            return self._once(scored, query.article_ids, dense, words, brought=brought)

    def _once(
        self,
        scored: Sequence[Scored],
        only: Set[str] | None,
        dense: Mapping[str, float],
        words: Mapping[str, float],
        *,
        brought: int,
    ) -> _Ranked:
        found = families(self._record.database, {ref.article_id for ref, _ in scored}, only=only)
        if not found:
            return _Ranked(scored, dense, words, {}, None, brought)
        every = [self._carried(family) for family in found]
        again = {id_: its for one in every for id_, its in one.again.items()}
        told, apart = spread(told_once(scored, every), found)
        return _Ranked(told, dense, words, again, apart, brought)

    def _carried(self, family: Family) -> Carried:
        """Kept: versions never change."""
        with self._lock:
            kept = self._families.get(family.members)
        if kept is None:
            keys = [(member.article_id, member.version) for member in family.members]
            opened = self._open_all(set(keys))
            kept = carried(opened[key] for key in keys if key in opened)
            with self._lock:
                self._families[family.members] = kept
                while len(self._families) > _CACHED_FAMILIES:
                    self._families.popitem(last=False)
        return kept

    def _vector(self, query: Query) -> NDArray[np.float32]:
        if query.context is None or not self._embedder.token_count(query.context.text):
            return np.asarray(self._embedder.embed([query.text])[0], dtype=np.float32)
        asked, before = self._embedder.embed([query.text, query.context.text])
        both = asked + np.float32(query.context.weight) * before
        length = np.linalg.norm(both)
        return np.asarray(both / length if length > 0 else asked, dtype=np.float32)

    def _nearest(
        self, vector: NDArray[np.float32], only: Sequence[str] | None, most: int
    ) -> dict[str, float]:
        """Of many articles, what is theirs among the nearest of all; if that is too little, as of few."""
        query = self._query
        if only is None or len(only) <= _NAMED_ARTICLES:
            return dict(query(vector, most, only))
        wide, wanted = query(vector, _WIDE, None), frozenset(only)
        refs = self._record.chunk_refs([id_ for id_, _ in wide])
        theirs = [(id_, near) for id_, near in wide if id_ in refs and refs[id_].article_id in wanted]
        if len(theirs) >= min(most, _ENOUGH) or len(only) > _MOST_NAMED_ARTICLES:
            return dict(theirs[:most])
        return dict(query(vector, most, only))

    def _query(
        self, vector: NDArray[np.float32], k: int, only: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """Asked once more where another generation of the index has taken its place meanwhile."""
        generation = self._index.current
        try:
            return generation.vectors.query(vector, k=k, article_ids=only)
        except IndexUnavailable:
            if self._index.current is generation:
                raise
            return self._index.current.vectors.query(vector, k=k, article_ids=only)

    def _lexical(
        self, query: Query, only: Sequence[str] | None, most: int, timings: Timings
    ) -> dict[str, float]:
        with timings.stage("lexical"):
            beside = (query.context.text, query.context.weight) if query.context else None
            words = self._index.current.words
            return dict(words.search(query.text, k=most, article_ids=only, beside=beside))

    def open(self, article_id: str, version: int) -> OpenArticle:
        """A visible version with its chunks. Raises ArticleNotFound. Both never change, so they're kept."""
        key = (article_id, version)
        found = self._open_all({key}).get(key)
        if found is None:
            raise no_such_article(article_id, version)
        return found

    def _open_all(self, keys: Set[tuple[str, int]]) -> dict[tuple[str, int], OpenArticle]:
        """Those that are here; one purged since its reference was read isn't."""
        with self._lock:
            kept = {key: self._opened[key] for key in keys if key in self._opened}
            for key in kept:
                self._opened.move_to_end(key)
        if len(kept) == len(keys):
            return kept
        read = {
            key: OpenArticle(article, its)
            for key, (article, its) in self._record.opened(keys - kept.keys()).items()
        }
        with self._lock:
            self._opened.update(read)
            while len(self._opened) > _CACHED_ARTICLES:
                self._opened.popitem(last=False)
        return kept | read


def _hit(
    ref: ChunkRef,
    opened: Mapping[tuple[str, int], OpenArticle],
    ranked: _Ranked,
    score: float,
) -> Hit | None:
    found = opened.get((ref.article_id, ref.version))
    chunk = found.chunks.get(ref.id) if found else None
    if chunk is None:
        return None
    again = ranked.again.get(ref.id, frozenset())
    return Hit(chunk, ranked.dense.get(ref.id), ranked.words.get(ref.id), score, again)


def _fuse(
    dense: Mapping[str, float], words: Mapping[str, float], known: Mapping[str, ChunkRef], query: Query
) -> list[tuple[ChunkRef, float]]:
    near, said, share = _min_max(dense), _min_max(words), query.dense_share
    scored = []
    for id_, ref in known.items():
        score = share * near.get(id_, 0.0) + (1 - share) * said.get(id_, 0.0)
        kept = query.around if query.by is Ranking.FUSED and ref.region in _AROUND else 1.0
        scored.append((ref, kept * score))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].article_id, pair[0].start))


def _min_max(scores: Mapping[str, float]) -> dict[str, float]:
    """To [0, 1]; a search that brought one score, or equal ones, gives 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    spread = high - low
    return {id_: (score - low) / spread if spread > 0 else 1.0 for id_, score in scores.items()}
