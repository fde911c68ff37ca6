"""BM25 by PostgreSQL's full text: the words of every passage, as tantivy would split and stem them.

PostgreSQL finds and orders the passages that have any of the words, by `ts_rank` of each word weighted by how
rare it is, because it knows no BM25; of the nearest BM25 is reckoned from their vectors. docs/cluster.md has
how near that comes to tantivy's order, and how far from it `ts_rank` alone is.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import sqlalchemy as sa

from retrieval.article import Chunk
from retrieval.batches import in_batches
from retrieval.database import Database
from retrieval.lexical import MOST_WORDS, stems, words_of

_K1, _B = 1.2, 0.75
_NEAREST = 150
_AT_ONCE = 500
_MOST_POSITIONS = 16_383  # that a vector has
# Of many passages those alone are ranked that have a word that fewer than half of them have.
_MANY, _COMMON = 1_000, 0.5

_SEARCH = """
WITH asked AS (SELECT * FROM unnest(CAST(:words AS text[]), CAST(:weights AS float8[])) AS t(word, weight)),
near AS (
    SELECT chunk_id, words, length FROM passage_words
    WHERE generation = :generation AND words @@ CAST(:rare AS tsquery) {only}
    ORDER BY {near} DESC, chunk_id LIMIT :nearest
)
SELECT chunk_id, sum(a.weight * tf * (:k1 + 1) / (tf + :k1 * (1 - :b + :b * length / :mean))) AS score
FROM (
    SELECT chunk_id, length, w.word, cardinality(w.positions) AS tf
    FROM near, unnest(words) AS w(word, positions, weights)
    WHERE w.word = ANY(CAST(:words AS text[]))
) AS had JOIN asked AS a USING (word)
GROUP BY chunk_id ORDER BY score DESC, chunk_id LIMIT :k
"""
# PostgreSQL reads a query that stands in the statement once, and one that comes of a row for each row.
_NEAR = "CAST(:weight_{n} AS float8) * ts_rank(words, CAST(:word_{n} AS tsquery), 1)"
_INSERT = sa.text(
    "INSERT INTO passage_words (generation, chunk_id, article_id, words, length) "
    "VALUES (:generation, :chunk_id, :article_id, CAST(:words AS tsvector), :length) "
    "ON CONFLICT (generation, chunk_id) DO UPDATE SET words = excluded.words, length = excluded.length "
    "WHERE passage_words.words <> excluded.words"  # no new row of what is there already
)
_COUNTS = sa.text(
    "SELECT word, (SELECT count(*) FROM passage_words WHERE generation = :generation "
    "AND words @@ CAST(quote_literal(word) AS tsquery)) FROM unnest(CAST(:words AS text[])) AS t(word)"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """Of one version of the corpus: passages, their mean length, and in how many of them a word is."""

    version: str | None
    passages: int
    mean: float
    having: dict[str, int]

    def rarity(self, word: str) -> float:
        """Its inverse document frequency, as BM25 has it."""
        having = self.having[word]
        return math.log(1 + (self.passages - having + 0.5) / (having + 0.5))

    def telling(self, words: Mapping[str, float]) -> list[str]:
        few = [word for word in words if self.having[word] < _COMMON * self.passages]
        return few if few and self.passages > _MANY else list(words)


class PostgresWords:
    """What `LexicalIndex` is, of one generation of the index."""

    def __init__(self, database: Database, generation: str) -> None:
        self._database = database
        self._generation = generation
        self._lock = Lock()
        self._known: _Known | None = None

    def add(self, chunks: Sequence[Chunk]) -> None:
        """Add or replace."""
        self._insert((chunk.id, chunk.article_id, chunk.embedded_text) for chunk in chunks)

    def refill(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Hold these and nothing else."""
        known: set[str] = set()
        here = self.ids()
        for some in in_batches(texts, _AT_ONCE):
            known |= {id_ for id_, _, _ in some}
            self._insert(some)
        self.delete(sorted(here - known))

    def searches(self, text: str) -> bool:
        """Whether it holds any word that is searched for."""
        return bool(_asked(text))

    def delete(self, ids: Sequence[str]) -> None:
        gone = sa.text("DELETE FROM passage_words WHERE generation = :generation AND chunk_id = ANY(:ids)")
        for batch in in_batches(ids, _AT_ONCE):
            with self._database.write("words") as connection:
                connection.execute(gone, {"generation": self._generation, "ids": batch})

    def drop_others(self) -> None:
        with self._database.write("words") as connection:
            others = sa.text("DELETE FROM passage_words WHERE generation <> :generation")
            connection.execute(others, {"generation": self._generation})

    def search(
        self,
        question: str,
        *,
        k: int,
        article_ids: Sequence[str] | None = None,
        beside: tuple[str, float] | None = None,
    ) -> list[tuple[str, float]]:
        """Chunk ids with their BM25 scores, best first."""
        weighted: dict[str, float] = dict(Counter(_asked(question)))
        further, weight = beside or ("", 0.0)
        for word, count in Counter(_asked(further)).items():
            weighted[word] = weighted.get(word, 0.0) + weight * count
        with self._database.read() as connection:
            known = self._of_now(connection, weighted)
            weights = {word: w * known.rarity(word) for word, w in weighted.items() if known.having[word]}
            if not weights:
                return []
            query = _query(weights, only=article_ids is not None)
            given = {
                **{f"word_{n}": f"'{word}'" for n, word in enumerate(weights)},
                **{f"weight_{n}": weight for n, weight in enumerate(weights.values())},
                "words": list(weights),
                "weights": list(weights.values()),
                "rare": " | ".join(f"'{word}'" for word in known.telling(weights)),
                "generation": self._generation,
                "only": list(article_ids or ()),
                "nearest": max(_NEAREST, k),
                "k": k,
                "k1": _K1,
                "b": _B,
                "mean": known.mean,
            }
            return [(id_, score) for id_, score in connection.execute(query, given)]

    def ids(self) -> set[str]:
        query = sa.text("SELECT chunk_id FROM passage_words WHERE generation = :generation")
        with self._database.read() as connection:
            return set(connection.scalars(query, {"generation": self._generation}))

    def count(self) -> int:
        query = sa.text("SELECT count(*) FROM passage_words WHERE generation = :generation")
        with self._database.read() as connection:
            return connection.scalar(query, {"generation": self._generation}) or 0

    def close(self) -> None:
        return

    def _insert(self, texts: Iterable[tuple[str, str, str]]) -> None:
        rows = [
            {
                "generation": self._generation,
                "chunk_id": id_,
                "article_id": article_id,
                "words": _vector(found := stems(text)),
                "length": len(found),
            }
            for id_, article_id, text in texts
        ]
        for batch in in_batches(rows, _AT_ONCE):
            with self._database.write("words") as connection:
                connection.execute(_INSERT, batch)

    def _of_now(self, connection: sa.Connection, words: Iterable[str]) -> _Known:
        """In how many passages these words are, counted once for each version of the corpus."""
        version = connection.scalar(sa.text("SELECT value FROM corpus_settings WHERE key = 'corpus_version'"))
        with self._lock:
            known = self._known
        if known is None or known.version != version:
            query = sa.text(
                "SELECT count(*), coalesce(avg(length), 1) FROM passage_words WHERE generation = :generation"
            )
            passages, mean = connection.execute(query, {"generation": self._generation}).one()
            known = _Known(version, passages, float(mean) or 1.0, {})
        if new := [word for word in words if word not in known.having]:
            counted = connection.execute(_COUNTS, {"generation": self._generation, "words": new})
            known.having.update(counted.tuples().all())
        with self._lock:
            self._known = known
        return known


def _asked(text: str) -> list[str]:
    return stems(" ".join(words_of(text)[:MOST_WORDS]))


def _query(weights: Mapping[str, float], *, only: bool) -> sa.TextClause:
    near = " + ".join(_NEAR.format(n=n) for n in range(len(weights)))
    return sa.text(_SEARCH.format(near=near, only="AND article_id = ANY(:only)" if only else ""))


def _vector(words: Sequence[str]) -> str:
    at: dict[str, list[int]] = {}
    for position, word in enumerate(words, start=1):
        at.setdefault(word, []).append(min(position, _MOST_POSITIONS))
    return " ".join(f"'{word}':{','.join(map(str, places))}" for word, places in at.items())
