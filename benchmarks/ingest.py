"""Ingest against the least that it could cost: the same texts embedded and added to Chroma as they are.

`python -m benchmarks.ingest`: by the clock, with the ledger, against the same texts embedded alone.
"""

import argparse
import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings

from benchmarks.corpus import invented
from benchmarks.meters import MeteredEmbedder, Spent
from benchmarks.report import machine, p50, table
from retrieval.article import Article, Chunk
from retrieval.chunks import chunks_of
from retrieval.corpus import open_corpus
from retrieval.embed import Embedder
from retrieval.index import Generation, Index
from retrieval.ingest import Ingester
from retrieval.lexical import LexicalIndex
from retrieval.model_files import default_dir
from retrieval.nodes import node_of
from retrieval.overlap import BATCH_ARTICLES
from retrieval.parse import Parsed, parse
from retrieval.record import Record, article_id
from retrieval.segment import sentences
from retrieval.sources import Source
from retrieval.store import _HNSW, VectorStore
from service.ledger import LEDGER

CPU_AIM = 2.0  # ms a passage outside inference
_NOWHERE = np.ones(384, np.float32)


@dataclass(slots=True)
class _Batch:
    """Milliseconds of one batch, of Parley and of the raw calls."""

    passages: int
    whole: Spent = field(default_factory=Spent)
    inference: Spent = field(default_factory=Spent)
    raw_embed: Spent = field(default_factory=Spent)
    raw_add: Spent = field(default_factory=Spent)
    stages: dict[str, Spent] = field(default_factory=dict)

    @property
    def outside(self) -> float:
        return (self.whole.cpu - self.inference.cpu) / self.passages

    @property
    def raw(self) -> Spent:
        return Spent(self.raw_embed.wall + self.raw_add.wall, self.raw_embed.cpu + self.raw_add.cpu)


def measure(
    record: Record, index: Index, model: Embedder, sources: Iterator[Source], scratch: Path, *, upto: int
) -> None:
    """Batches of Parley and of the raw calls take turns, and so does which of them goes first."""
    client = chromadb.PersistentClient(str(scratch), ChromaSettings(anonymized_telemetry=False))
    raw = _RawChroma(client, model)
    size = min(BATCH_ARTICLES, max(2, upto // 30))
    batches: list[_Batch] = []
    while record.chunk_count() < upto and (batch := list(islice(sources, size))):
        batches.append(_one(record, index, model, batch, raw, raw_first=bool(len(batches) % 2)))
    _print(batches[1:] or batches)  # the first warms up


def fill(record: Record, index: Index, embedder: Embedder, sources: Iterator[Source], upto: int) -> float:
    """Ingest until there are `upto` passages; returns the seconds it took."""
    begun = time.perf_counter()
    ingester = Ingester(record, index, embedder)
    while record.chunk_count() < upto and (batch := list(islice(sources, BATCH_ARTICLES))):
        for _ in ingester.ingest(batch):
            pass
    return time.perf_counter() - begun


class _RawChroma:
    def __init__(self, client: ClientAPI, model: Embedder) -> None:
        self._collection = client.create_collection("raw", configuration=_HNSW, embedding_function=None)
        self._model = model

    def add(self, chunks: Sequence[Chunk], batch: _Batch) -> None:
        texts = [chunk.embedded_text for chunk in chunks]
        with batch.raw_embed.measuring():
            vectors = self._model.embed(texts)
        with batch.raw_add.measuring():
            self._collection.add(
                ids=[chunk.id for chunk in chunks],
                embeddings=[*vectors],
                documents=[chunk.text for chunk in chunks],
                metadatas=[{"article_id": chunk.article_id} for chunk in chunks],
            )


def _one(
    record: Record, index: Index, model: Embedder, sources: list[Source], raw: _RawChroma, *, raw_first: bool
) -> _Batch:
    dry, chunks = _dry_run(sources, model)
    batch = _Batch(len(chunks))
    if raw_first:
        raw.add(chunks, batch)
    metered = MeteredEmbedder(model)
    with _metered(index.current) as stages, batch.whole.measuring():
        for _ in Ingester(record, index, metered).ingest(sources):
            pass
    batch.inference = metered.inference
    batch.stages = {**dry, **stages}
    if not raw_first:
        raw.add(chunks, batch)
    return batch


def _dry_run(sources: Sequence[Source], model: Embedder) -> tuple[dict[str, Spent], list[Chunk]]:
    """The pure steps, run by themselves; what they cost inside a run, too."""
    stages = {name: Spent() for name in ("parse", "segment", "count word pieces", "chunk", "nodes")}
    metered = MeteredEmbedder(model)
    found: list[Chunk] = []
    for source in sources:
        with stages["parse"].measuring():
            parsed = parse(source)
        article = article_of(source, parsed)
        with stages["segment"].measuring():
            sentences(article.text, article.regions)
        with stages["chunk"].measuring():
            chunks = chunks_of(article, fits=lambda text: metered.token_count(text) <= model.max_tokens)
        with stages["nodes"].measuring():
            for chunk in chunks:
                node_of(chunk, article.facts, embedding=_NOWHERE)
        found += chunks
    stages["count word pieces"] = metered.counting
    for inner in (stages["segment"], metered.counting):
        stages["chunk"].wall -= inner.wall
        stages["chunk"].cpu -= inner.cpu
    return stages, found


def article_of(source: Source, parsed: Parsed) -> Article:
    identity = article_id(source.id or source.facts.url or source.name)
    now = datetime.now(UTC)
    return Article(identity, 1, parsed.text, "", "", source.facts, parsed.regions, now)


class _MeteredIndex:
    """One of the two indexes, with the time that its `add` takes."""

    def __init__(self, inner: Any, spent: Spent) -> None:
        self._inner = inner
        self._spent = spent

    def add(self, items: Sequence[Any]) -> None:
        with self._spent.measuring():
            self._inner.add(items)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@contextmanager
def _metered(generation: Generation) -> Iterator[dict[str, Spent]]:
    stages = {"Chroma": Spent(), "tantivy": Spent()}
    kept = generation.vectors, generation.words
    generation.vectors = cast("VectorStore", _MeteredIndex(generation.vectors, stages["Chroma"]))
    generation.words = cast("LexicalIndex", _MeteredIndex(generation.words, stages["tantivy"]))
    try:
        yield stages
    finally:
        generation.vectors, generation.words = kept


def _print(batches: Sequence[_Batch]) -> None:
    passages = sum(b.passages for b in batches)
    table(
        f"INGEST  medians of {len(batches)} batches, {passages} passages; parley and raw take turns",
        ("", "parley", "raw", "ratio"),
        [
            _compared("passages/s", [1000 * b.passages / b.whole.wall for b in batches],
                      [1000 * b.passages / b.raw.wall for b in batches]),
            _compared("CPU ms a passage", [b.whole.cpu / b.passages for b in batches],
                      [b.raw.cpu / b.passages for b in batches]),
            _compared("  inference", [b.inference.cpu / b.passages for b in batches],
                      [b.raw_embed.cpu / b.passages for b in batches]),
            _compared("  the rest", [b.outside for b in batches],
                      [b.raw_add.cpu / b.passages for b in batches]),
        ],
    )  # fmt: skip
    outside = p50(b.outside for b in batches)
    rows = []
    for name in batches[0].stages:
        wall = p50(b.stages[name].wall / b.passages for b in batches)
        cpu = p50(b.stages[name].cpu / b.passages for b in batches)
        rows.append((name, wall, cpu))
    known = sum(row[2] for row in rows)
    rows.append(("record, journal, other", math.nan, outside - known))
    aim = f"aim {CPU_AIM} ms: {'met' if outside <= CPU_AIM else 'missed'}"
    table(f"  outside inference, ms a passage ({aim})", ("stage", "wall", "CPU"), rows)


def _compared(name: str, ours: Sequence[float], raw: Sequence[float]) -> tuple[str, float, float, float]:
    ratio = p50(a / b for a, b in zip(ours, raw, strict=True))
    return name, p50(ours), p50(raw), ratio


def against_inference(turns: int, articles: int) -> None:
    """Several batches at a time, so that they overlap; which of the two goes first changes."""
    sources = iter(invented((turns + 1) * articles, questions=1).sources)
    whole, alone, passages = [Spent() for _ in range(turns + 1)], [Spent() for _ in range(turns + 1)], 0
    with (
        tempfile.TemporaryDirectory(prefix="parley-ingest-") as scratch,
        open_corpus(Path(scratch), model_dir=default_dir(), command="benchmark") as corpus,
    ):
        for turn in range(turns + 1):
            batch = list(islice(sources, articles))
            texts = [chunk.embedded_text for chunk in _dry_run(batch, corpus.embedder)[1]]
            if turn % 2:
                with alone[turn].measuring():
                    corpus.embedder.embed(texts)
            with whole[turn].measuring():
                ingester = Ingester(corpus.record, corpus.index, corpus.embedder, LEDGER)
                assert sum(1 for _ in ingester.ingest(batch)) == len(batch)
                ingester.close()
            if not turn % 2:
                with alone[turn].measuring():
                    corpus.embedder.embed(texts)
            passages = passages + len(texts) if turn else 0  # the first warms up
    pairs = list(zip(whole[1:], alone[1:], strict=True))
    table(
        f"INGEST  {turns} turns of {articles} articles, {passages} passages, against their inference alone",
        ("", ""),
        [
            (
                "time of inference alone, median (aim 1.15)",
                p50(one.wall / other.wall for one, other in pairs),
            ),
            ("cores busy", sum(one.cpu for one, _ in pairs) / sum(one.wall for one, _ in pairs)),
            ("cores busy, inference", sum(it.cpu for _, it in pairs) / sum(it.wall for _, it in pairs)),
            ("CPU ms a passage", sum(one.cpu for one, _ in pairs) / passages),
            ("  inference", sum(it.cpu for _, it in pairs) / passages),
            ("  the rest, with the ledger", sum(one.cpu - it.cpu for one, it in pairs) / passages),
        ],
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ingest", description=against_inference.__doc__
    )
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--articles", type=int, default=128)
    given = parser.parse_args()
    print(machine())
    against_inference(given.turns, given.articles)


if __name__ == "__main__":
    main()
