"""Articles and chunks as rows of the record: both ways, beside each other."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from retrieval.article import Article, Chunk, Facts, Origin, Origins, Region, RegionSpan, Sentence
from retrieval.parsed import Parsed
from retrieval.tables import chunks

_ORIGINS = "origins"  # beside the facts
_its = chunks.c
CHUNK = (
    *(_its.id, _its.article_id, _its.version, _its.start, _its.end, _its.region),
    # As they are kept: of most that are opened nobody asks for them.
    sa.cast(_its.sentences, sa.Text).label("sentences"),
    _its.embedded_text,
)
_FACTS = tuple(field.name for field in fields(Facts))


def facts_from_json(data: dict[str, Any]) -> Facts:
    known = {name: value for name, value in data.items() if name != _ORIGINS}
    return Facts(**{**known, "authors": tuple(data.get("authors", ()))})


def origins_from_json(data: dict[str, Any]) -> Origins:
    """None where an earlier Parley wrote it, which kept none."""
    return {name: Origin(origin) for name, origin in data.get(_ORIGINS, {}).items()}


def facts_to_json(facts: Facts, origins: Origins) -> dict[str, Any]:
    known = {name: getattr(facts, name) for name in _FACTS}
    authors, told = list(facts.authors), {name: str(origin) for name, origin in origins.items()}
    return known | {"authors": authors, _ORIGINS: told}


def read_to_json(read: Parsed) -> dict[str, Any]:
    """Its text and regions, which is what an article that is there keeps of it."""
    return {"text": read.text, "regions": _plain(read.regions)}


def read_from_json(data: dict[str, Any]) -> Parsed:
    return Parsed(data["text"], _regions(data["regions"]))


def _plain(regions: Iterable[RegionSpan]) -> list[list[Any]]:
    return [[region.kind.value, region.start, region.end] for region in regions]


def _regions(plain: Iterable[Sequence[Any]]) -> tuple[RegionSpan, ...]:
    return tuple(RegionSpan(Region(kind), start, end) for kind, start, end in plain)


def article_of(row: sa.RowMapping) -> Article:
    return Article(
        id=row["article_id"],
        version=row["version"],
        text=row["text"],
        text_sha256=row["text_sha256"],
        bytes_sha256=row["bytes_sha256"],
        facts=facts_from_json(row["facts"]),
        regions=_regions(row["regions"]),
        retrieved_at=row["retrieved_at"].replace(tzinfo=UTC),
        origins=origins_from_json(row["facts"]),
    )


def version_row(article: Article) -> dict[str, object]:
    return {
        "article_id": article.id,
        "version": article.version,
        "text": article.text,
        "text_sha256": article.text_sha256,
        "bytes_sha256": article.bytes_sha256,
        "facts": facts_to_json(article.facts, article.origins),
        "outlet": article.facts.outlet,
        "published": article.facts.published,
        "regions": _plain(article.regions),
        "retrieved_at": article.retrieved_at,
    }


def chunk_of(row: Sequence[Any], text: str) -> Chunk:
    """Of a row of CHUNK."""
    id_, article_id, version, start, end, kind, sentences, embedded_text = row
    region = Region(kind)
    return Chunk(
        id=id_,
        article_id=article_id,
        version=version,
        start=start,
        end=end,
        region=region,
        sentences=tuple(Sentence(first, last, region) for first, last in json.loads(sentences)),
        embedded_text=embedded_text,
        text=text[start:end],
    )


def chunk_row(ordinal: int, chunk: Chunk) -> dict[str, object]:
    return {
        "id": chunk.id,
        "article_id": chunk.article_id,
        "version": chunk.version,
        "ordinal": ordinal,
        "start": chunk.start,
        "end": chunk.end,
        "region": chunk.region.value,
        "sentences": [[sentence.start, sentence.end] for sentence in chunk.sentences],
        "embedded_text": chunk.embedded_text,
    }
