"""Articles, chunks and passages for the answerer's tests, cut by the real segmenter."""

from datetime import UTC, datetime

from retrieval.article import Article, Chunk, Facts, Hit, Region, RegionSpan, Sentence
from retrieval.chunks import chunks_of
from retrieval.embed import Embedder
from retrieval.segment import sentences
from service.answering.passage import Passage


def article(
    text: str, *, id_: str = "a_1", regions: tuple[RegionSpan, ...] | None = None, **facts: str
) -> Article:
    whole = (RegionSpan(Region.BODY, 0, len(text)),)
    known = Facts(title=facts.get("title"), outlet=facts.get("outlet"))
    return Article(id_, 1, text, "", "", known, regions or whole, datetime(2026, 1, 1, tzinfo=UTC))


def body(text: str) -> tuple[Sentence, ...]:
    return sentences(text, (RegionSpan(Region.BODY, 0, len(text)),))


def passages(embedder: Embedder, question: str, *articles: Article) -> list[Passage]:
    """Every chunk of the articles, nearest first."""
    found = []
    asked = embedder.embed([question])[0]
    for one in articles:
        chunks = chunks_of(one, fits=lambda text: embedder.token_count(text) < 250)
        for at, chunk in enumerate(chunks):
            near = float(embedder.embed([chunk.embedded_text])[0] @ asked)
            found.append(Passage(Hit(chunk, near, None, near), one, _around(chunks, at)))
    return sorted(found, key=lambda p: (-p.hit.fused, p.article.id, p.hit.chunk.start))


def _around(chunks: list[Chunk], at: int) -> tuple[Sentence, ...]:
    return tuple(s for chunk in chunks[max(0, at - 1) : at + 2] for s in chunk.sentences)
