"""BM25 over the same text as is embedded (tantivy: k1 1.2, b .75, English stems).

Robertson & Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
"""

import errno
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from retrieval import room
from retrieval.article import Chunk, Span
from retrieval.errors import IndexUnavailable

_ANALYZER = "parley_en"
_HEAP = 64_000_000
_WORD = re.compile(r"[^\W_]+")  # as the analyzer splits: two words in one would be a phrase query
_LONGEST_WORD = 40  # the analyzer drops longer ones
MOST_WORDS = 400


class LexicalIndex:
    """An index in `directory`, made there if there is none. One writer; safe to search from threads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(_schema(), path=str(directory))
            self._index.register_tokenizer(_ANALYZER, _analyzer())
            self._writer: tantivy.IndexWriter | None = self._new_writer()
        except ValueError as exc:
            raise IndexUnavailable(
                f"the lexical index in {directory} cannot be opened: {exc}", remedy="Run `parley reindex`."
            ) from exc

    def add(self, chunks: Sequence[Chunk]) -> None:
        """Add or replace, and commit."""
        with self._committing() as writer:
            for chunk in chunks:
                writer.delete_documents_by_term("chunk_id", chunk.id)
                writer.add_document(
                    tantivy.Document(
                        chunk_id=chunk.id, article_id=chunk.article_id, text=_plain(chunk.embedded_text)
                    )
                )

    def refill(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Hold these and nothing else, in memory or on disk: ids of chunks and articles, and texts. Words of
        a chunk that is only deleted stay in its segment until that is merged with others."""
        try:
            with self._committing() as writer:
                writer.delete_all_documents()
                for chunk_id, article_id, text in texts:
                    writer.add_document(
                        tantivy.Document(chunk_id=chunk_id, article_id=article_id, text=_plain(text))
                    )
            with self._committing() as writer:
                writer.garbage_collect_files()
        finally:
            # What wasn't committed is forgotten; and where all was deleted, a writer numbers what follows
            # anew: deletions would count as earlier than they are.
            self.close()

    def delete(self, ids: Sequence[str]) -> None:
        with self._committing() as writer:
            for id_ in ids:
                writer.delete_documents_by_term("chunk_id", id_)

    def search(
        self,
        question: str,
        *,
        k: int,
        article_ids: Sequence[str] | None = None,
        beside: tuple[str, float] | None = None,
    ) -> list[tuple[str, float]]:
        """Chunk ids with their BM25 scores, best first. `beside` is a further text and its weight: its
        words add so much of their score."""
        query = self._words(question)
        if beside is not None and (further := self._words(beside[0])) is not None:
            further = tantivy.Query.boost_query(further, beside[1])
            either = [(tantivy.Occur.Should, part) for part in (query, further) if part is not None]
            query = tantivy.Query.boolean_query(either)
        if query is None:
            return []
        if article_ids is not None:
            only = tantivy.Query.term_set_query(self._index.schema, "article_id", list(article_ids))
            free = tantivy.Query.const_score_query(only, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, free)])
        with _reading():
            searcher = self._index.searcher()
            hits = searcher.search(query, k, count=False).hits
            return [(searcher.doc(address)["chunk_id"][0], score) for score, address in hits]

    def searches(self, text: str) -> bool:
        """Whether it holds any word that is searched for."""
        return self._words(text) is not None

    def _words(self, text: str) -> tantivy.Query | None:
        words = words_of(text)
        # Lower-case words alone: nothing in them is query syntax.
        return self._index.parse_query(" ".join(words[:MOST_WORDS]), ["text"]) if words else None

    def ids(self) -> set[str]:
        with _reading():
            searcher = self._index.searcher()
            every = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs)).hits
            return {searcher.doc(address)["chunk_id"][0] for _, address in every}

    def count(self) -> int:
        return int(self._index.searcher().num_docs)

    def close(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()

    @contextmanager
    def _committing(self) -> Iterator[tantivy.IndexWriter]:
        """All of it or none. tantivy raises ValueError for a disk that is full or gone, after which its
        writer cannot be trusted; the next call makes another."""
        try:
            if self._writer is None:
                self._writer = self._new_writer()
            yield self._writer
            self._writer.commit()
            self._index.reload()
        except ValueError as exc:
            with suppress(ValueError):
                self.close()
            if f"os error {errno.ENOSPC}" in str(exc):
                raise room.full(str(exc), self._directory) from exc
            raise IndexUnavailable(
                f"the lexical index cannot be written: {exc}",
                remedy="Check the disk and try again; if it stays, run `parley reindex`.",
            ) from exc

    def _new_writer(self) -> tantivy.IndexWriter:
        return self._index.writer(heap_size=_HEAP, num_threads=1)


def words_of(text: str) -> list[str]:
    return [w for w in _WORD.findall(_plain(text).lower()) if len(w) < _LONGEST_WORD]


def stems(text: str) -> list[str]:
    """As they are indexed, for an index that isn't tantivy's."""
    return list(_analyzer().analyze(_plain(text)))


def found_in(text: str, words: str) -> list[tuple[Span, str]]:
    """Where `text` has any of the words, in whatever form, each with its stem."""
    analyzer = _analyzer()
    wanted, known = set(analyzer.analyze(_plain(words))), dict[str, set[str]]()
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in known:
            known[word] = wanted & set(analyzer.analyze(_plain(word)))
        found += [(Span(match.start(), match.end()), one) for one in sorted(known[word])[:1]]
    return found


@contextmanager
def _reading() -> Iterator[None]:
    """tantivy raises ValueError for files that are damaged, or panics: that is no Exception, and its class is
    to be had nowhere."""
    try:
        yield
    except BaseException as exc:
        if not isinstance(exc, ValueError) and type(exc).__name__ != "PanicException":
            raise
        raise IndexUnavailable(
            f"the lexical index is damaged: {exc}", remedy="Stop Parley and run `parley reindex`."
        ) from exc


def drop(directory: Path) -> None:
    shutil.rmtree(directory, ignore_errors=True)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("chunk_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(_LONGEST_WORD),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _plain(text: str) -> str:
    """The twin that is matched, never shown: compatibility forms folded, invisible characters gone."""
    folded = unicodedata.normalize("NFKC", text)
    unseen = {c for c in set(folded) if unicodedata.category(c) in {"Cc", "Cf"} and not c.isspace()}
    return "".join(c for c in folded if c not in unseen) if unseen else folded
