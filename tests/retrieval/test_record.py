"""What the record keeps, lists and selects. How it is written is tested in test_ingest.py."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from retrieval.article import Facts, Origin, Region, RegionSpan, opening
from retrieval.corpus import Corpus
from retrieval.errors import ArticleNotFound
from retrieval.record import Record, article_id, hide
from retrieval.rows import facts_from_json, facts_to_json, origins_from_json
from retrieval.selecting import Wanted, select_articles
from retrieval.tables import sources
from service.bootstrap import Service
from tests.conftest import SEEDS
from tests.retrieval.made import STEEL, TALKS, article, corpus_in, hold_version, source

FACTS = Facts("Title", "Éclair", "2025-08-17", "https://example.org/a", ("A. Roe", "Б. Ро"), "en-GB")


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Five articles of three outlets, and one that was deleted."""
    sources = [
        source(f"{TALKS} 1", id_="early", outlet="Éclair", published="2025-08-16"),
        source(f"{TALKS} 2", id_="late", outlet="Daily", published="2025-08-17T23:30:00-07:00"),
        source(f"{TALKS} 3", id_="later", outlet="ПРАВДА", published="2025-08-18"),
        source(f"{TALKS} 4", id_="undated", outlet="daily"),
        source(f"{TALKS} 5", id_="unknown"),
        source(STEEL, id_="gone", outlet="Daily", published="2025-08-17"),
    ]
    with corpus_in(tmp_path_factory.mktemp("dated")) as corpus:
        list(corpus.ingester.ingest(sources))
        hold_version(corpus, article_id("gone"), 1)
        corpus.ingester.delete(article_id("gone"))
        yield corpus


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, {"early", "late", "later", "undated", "unknown"}),
        ({"published_from": "2025-08-17", "published_to": "2025-08-17"}, {"late"}),
        ({"published_from": "2025-08-17"}, {"late", "later"}),
        ({"published_to": "2025-08-16T00:00:00Z"}, {"early"}),
        ({"outlets": ["DAILY"]}, {"late", "undated"}),
        ({"outlets": ["éCLAIR"]}, {"early"}),
        ({"outlets": ["правда", "nowhere"]}, {"later"}),
        ({"outlets": ["daily"], "published_from": "2025-01-01"}, {"late"}),
        ({"outlets": []}, set()),
        ({"outlets": [""]}, set()),
        ({"ids": [article_id("late"), article_id("gone"), "a_none"]}, {"late"}),
        ({"ids": []}, set()),
    ],
)
def test_articles_are_selected(dated: Corpus, wanted: dict[str, Any], expected: set[str]) -> None:
    found = select_articles(dated.record.database, Wanted(**wanted))
    assert found.ids == {article_id(name) for name in expected}


def test_what_is_counted_leaves_out_the_deleted(dated: Corpus) -> None:
    record = dated.record
    assert (record.article_count(), record.undated_count()) == (5, 2)
    assert record.chunk_count() == len(record.chunk_ids()) == sum(map(len, record.all_chunks()))
    current = {article_id("early"), article_id("unknown")}
    assert record.existing([*current, article_id("gone"), "a_none"]) == current


def test_the_list_is_of_current_articles_page_by_page(dated: Corpus) -> None:
    whole = dated.record.article_rows(limit=10)
    assert [row.id for row in whole] == [
        row.id for at in range(5) for row in dated.record.article_rows(limit=1, offset=at)
    ]
    assert {row.id for row in whole} == select_articles(dated.record.database, Wanted()).ids
    assert whole[0].opening.startswith("The envoys met in Vienna")
    times = [row.retrieved_at for row in whole]
    assert times == sorted(times, reverse=True)
    assert abs(datetime.now(UTC) - times[0]) < timedelta(hours=1)


def test_an_absent_article_is_told_by_id_and_version(dated: Corpus) -> None:
    with pytest.raises(ArticleNotFound, match="article a_none is not here"):
        dated.record.article("a_none")
    with pytest.raises(ArticleNotFound, match="version 7"):
        dated.record.article(article_id("late"), version=7)
    with pytest.raises(ArticleNotFound):
        dated.record.article(article_id("gone"))
    with pytest.raises(ArticleNotFound), dated.record.database.write() as connection:
        hide(connection, "a_none")
    assert dated.record.article(article_id("gone"), version=1).text == STEEL
    assert dated.record.latest_version(article_id("gone")) is None
    assert dated.record.latest_version(article_id("late")) == 1


def test_more_ids_than_a_statement_may_bind(dated: Corpus) -> None:
    known = dated.record.chunk_ids()
    many = [*(f"{n:032x}" for n in range(1200)), *known]
    assert set(dated.record.chunk_refs(many)) == known
    assert set(dated.record.embedded_texts(many)) == known


def test_a_reference_agrees_with_its_chunk(dated: Corpus) -> None:
    every = [chunk for of_article in dated.record.all_chunks() for chunk in of_article]
    refs = dated.record.chunk_refs(chunk.id for chunk in every)
    assert [
        (refs[c.id].article_id, refs[c.id].version, refs[c.id].start) == (c.article_id, c.version, c.start)
        for c in every
    ] == [True] * len(every)
    assert dated.record.first_chunk_id() == min(chunk.id for chunk in every)


def test_settings_are_set_and_set_again(service: Service) -> None:
    record: Record = service.corpus.record
    assert record.setting("colour") is None
    record.set_setting("colour", "red")
    record.set_setting("colour", "blue")
    assert record.setting("colour") == "blue"


def test_a_stored_article_is_its_file(seeded: Service) -> None:
    for row in seeded.corpus.record.article_rows(limit=10):
        stored = seeded.corpus.record.article(row.id)
        kept = sa.select(sources.c.data).where(sources.c.bytes_sha256 == stored.bytes_sha256)
        with seeded.corpus.record.database.read() as connection:
            data = connection.execute(kept).scalar_one()
        assert data in {path.read_bytes() for path in SEEDS.glob("*.txt")}
        assert hashlib.sha256(data).hexdigest() == stored.bytes_sha256
        assert hashlib.sha256(stored.text.encode()).hexdigest() == stored.text_sha256
        assert stored.text == data.decode("utf-8-sig").replace("\r\n", "\n")


def test_facts_come_back_as_they_were() -> None:
    stored = facts_to_json(FACTS, {"title": Origin.META})
    assert facts_from_json(stored) == FACTS
    assert origins_from_json(stored) == {"title": Origin.META}
    assert origins_from_json({"title": "of an earlier Parley"}) == {}
    assert len({article(TALKS), article(TALKS)}) == 1  # what is answered from is kept in sets
    assert facts_from_json(facts_to_json(Facts(), {})) == Facts()


def test_an_id_is_derived_from_the_identity_alone() -> None:
    assert article_id("https://example.org/a") == article_id("https://example.org/a")
    assert article_id("https://example.org/a") != article_id("https://example.org/b")
    assert len(article_id("х")) == 34


def test_the_opening_is_the_body_cut_short() -> None:
    text = "A headline\n\n" + "words " * 40
    regions = (RegionSpan(Region.HEADLINE, 0, 10), RegionSpan(Region.BODY, 12, len(text)))
    whole = article(text)
    cut = opening(type(whole)(whole.id, 1, text, "", "", Facts(), regions, whole.retrieved_at))
    assert cut.startswith("words words")
    assert cut.endswith(" words…")
    assert len(cut) <= 80
    assert len(opening(article("x" * 500))) == 80
    assert opening(article("Short.\n")) == "Short."
