"""Which articles fit the corpus as it stood on a day. Outlets and days are tested in test_record.py."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from retrieval.corpus import Corpus
from retrieval.record import article_id
from retrieval.selecting import Selected, Wanted, select_articles
from retrieval.tables import article_versions
from tests.retrieval.made import STEEL, TALKS, corpus_in, source


def received(corpus: Corpus, id_: str, version: int, day: int) -> None:
    its = article_versions.c
    at = datetime(2026, 3, day, 23, tzinfo=UTC)
    with corpus.record.database.write() as connection:
        of = article_versions.update().where(its.article_id == article_id(id_), its.version == version)
        assert connection.execute(of.values(retrieved_at=at)).rowcount == 1


@pytest.fixture(scope="module")
def stood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """By id, the days on which versions were received: all of March 2026."""
    days = {
        "known": [9],
        "undated": [4],
        "late": [9],
        "rewritten": [2, 6],
        "corrected": [2, 6],
        "fetched": [8, 9],
    }
    dates = {
        "known": "2026-03-03",
        "late": "2026-03-05",
        "rewritten": "2026-03-01",
        "corrected": "2026-03-01",
    }
    with corpus_in(tmp_path_factory.mktemp("stood")) as corpus:
        for id_, each in days.items():
            facts: dict[str, Any] = {"published": dates.get(id_), "outlet": "Quay" if id_ == "late" else None}
            text = f"{TALKS} {id_}"
            list(corpus.ingester.ingest([source(text, id_=id_, **facts)]))
            if len(each) > 1:
                again = {"corrected": text}.get(id_, f"{STEEL} {id_}")
                list(corpus.ingester.ingest([source(again, id_=id_, **{**facts, "outlet": "Pier"})]))
            for version, day in enumerate(each, 1):
                received(corpus, id_, version, day)
        yield corpus


@pytest.mark.parametrize(
    ("as_of", "fitting", "undated", "changed"),
    [
        ("2026-03-01", {"corrected"}, 2, 1),
        ("2026-03-03T00:00:00Z", {"corrected", "known"}, 2, 1),
        ("2026-03-05", {"corrected", "known", "late"}, 2, 1),
        ("2026-03-06", {"corrected", "known", "late", "rewritten"}, 2, 0),
        ("2026-03-31", {"corrected", "known", "late", "rewritten"}, 2, 0),
    ],
)
def test_the_corpus_as_it_stood(
    stood: Corpus, as_of: str, fitting: set[str], undated: int, changed: int
) -> None:
    found = select_articles(stood.record.database, Wanted(as_of=as_of))
    assert found == Selected(frozenset(map(article_id, fitting)), undated, changed)


def test_only_what_fits_otherwise_is_counted_as_left_out(stood: Corpus) -> None:
    database = stood.record.database
    assert select_articles(database, Wanted(outlets=["quay"], published_from="2026-03-01")).undated == 0
    both = Wanted(as_of="2026-03-05", published_from="2026-03-01", ids=[article_id("undated")])
    assert select_articles(database, both) == Selected(frozenset(), 1)
