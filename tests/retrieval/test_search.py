"""Hybrid search: what is found, in which order, and what never is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Facts, Region
from retrieval.corpus import Corpus
from retrieval.errors import ArticleNotFound
from retrieval.record import article_id
from retrieval.search import Context, Query, Ranking, Searcher
from service.bootstrap import Service
from tests.retrieval.made import STEEL, TALKS, chunk, corpus_in, source

COPIES = [f"https://example.org/{n}" for n in range(8)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Two articles, eight copies of a third, and one that was deleted."""
    with corpus_in(tmp_path_factory.mktemp("search")) as opened:
        given_ = [
            source(TALKS, id_="talks"),
            source(STEEL, id_="steel"),
            source(TALKS + " Gone.", id_="gone"),
        ]
        copies = [source("Copied by everyone: the port reopens on Friday.", url=url) for url in COPIES]
        list(opened.ingester.ingest([*given_, *copies]))
        opened.ingester.delete(article_id("gone"))
        yield opened


def articles(corpus: Corpus, question: str, *, only: frozenset[str] | None = None) -> list[str]:
    return [h.chunk.article_id for h in corpus.searcher.search(Query(question, article_ids=only))]


def test_each_article_comes_first_for_its_own_question(corpus: Corpus) -> None:
    assert articles(corpus, "Where did the envoys meet about grain?")[0] == article_id("talks")
    assert articles(corpus, "What happens to steel tariffs in January?")[0] == article_id("steel")


def test_a_question_across_articles_finds_both(corpus: Corpus, seeded: Service) -> None:
    assert {article_id("talks"), article_id("steel")} <= set(
        articles(corpus, "envoys and grain in Vienna; unions on steel tariffs")[:6]
    )
    hits = seeded.corpus.searcher.search(Query("What did Witkoff say about security guarantees?", k=6))
    assert len({hit.chunk.article_id for hit in hits}) == 2


def test_what_means_the_same_is_found_without_a_word_in_common(corpus: Corpus) -> None:
    hits = corpus.searcher.search(Query("duties lowered: metal imports"))
    assert hits[0].chunk.article_id == article_id("steel")
    assert hits[0].lexical is None


@pytest.mark.parametrize("by", list(Ranking))
def test_what_was_said_before_is_searched_for_beside_the_question(corpus: Corpus, by: Ranking) -> None:
    for said, expected in (("steel tariffs in January", "steel"), ("envoys and grain", "talks")):
        query = Query("Who wants that?", by=by, context=Context(said, 1.0))
        assert corpus.searcher.search(query)[0].chunk.article_id == article_id(expected)


def test_a_question_of_its_own_comes_before_a_light_context(corpus: Corpus) -> None:
    query = Query("What happens to steel tariffs?", context=Context("envoys and grain", 0.5))
    found = [hit.chunk.article_id for hit in corpus.searcher.search(query)]
    assert found[0] == article_id("steel")
    assert article_id("talks") in found


@pytest.mark.parametrize("said", ["", " ", "\u200b"])
def test_an_empty_context_changes_nothing(corpus: Corpus, said: str) -> None:
    question = "What happens to steel tariffs?"
    alone = corpus.searcher.search(Query(question))
    assert corpus.searcher.search(Query(question, context=Context(said, 1.0))) == alone


HEADED = {
    "Ferry crews reject the pay offer": "Crews on the Marrow ferries voted down a rise of 4 per cent on"
    " Sunday, and the offer of a pay review.",
    "Salt tax talks end without a deal": "Ministers of both provinces left Hexley on Friday after four"
    " days. They had talked of the salt tax, and no deal was made.",
    "Nurses and clinics agree on night shifts": "From June nobody works more than five night shifts in a"
    " row, the clinics in Ostrava said. The nurses agree.",
}


@pytest.mark.parametrize(("headline", "body"), HEADED.items())
def test_a_headline_comes_behind_what_tells_the_same(tmp_path: Path, headline: str, body: str) -> None:
    """And is found as near as ever where it is asked for so."""
    with corpus_in(tmp_path) as opened:
        texts = [f"{title}\n\nBy Jo Roe\n\n{text}" for title, text in HEADED.items()]
        given_ = [source(t, id_=t, title=t.split("\n")[0], outlet="Roe Wire") for t in texts]
        list(opened.ingester.ingest(given_))

        def first(around: float = 0.7) -> list[Region]:
            hits = opened.searcher.search(Query(headline, around=around))
            whole = [opened.searcher.open(h.chunk.article_id, 1).article.text for h in hits]
            return [h.chunk.region for h, text in zip(hits, whole, strict=True) if text.endswith(body)]

        assert first()[0] is Region.BODY
        assert first(around=1.0)[0] is Region.HEADLINE
        assert set(first()) == {Region.HEADLINE, Region.BYLINE, Region.BODY}


def test_the_deleted_is_never_found(corpus: Corpus) -> None:
    assert article_id("gone") not in articles(corpus, TALKS + " Gone.")
    assert articles(corpus, "Gone.", only=frozenset({article_id("gone")})) == []


ONLY = st.frozensets(st.sampled_from([article_id(i) for i in ("talks", "steel", "gone", "none", COPIES[0])]))


@settings(max_examples=20, deadline=None)
@given(ONLY, st.sampled_from(["grain shipments", "steel", "the port", "quantum chromodynamics"]))
def test_only_the_articles_asked_for(corpus: Corpus, only: frozenset[str], question: str) -> None:
    found = set(articles(corpus, question, only=only))
    assert found <= only
    assert found == only & {article_id(i) for i in ("talks", "steel", COPIES[0])}  # so few are all found


@pytest.mark.parametrize(("wide", "most_named"), [(1_000, 10), (1, 10), (1_000, 1)])
def test_many_articles_are_searched_as_few_are(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, wide: int, most_named: int
) -> None:
    """By a wide search; where that brings too little, by name, if there are not too many names."""
    only = frozenset({article_id("steel"), *(article_id(url) for url in COPIES[:3])})
    named = corpus.searcher.search(Query("the port and the envoys", article_ids=only))
    monkeypatch.setattr("retrieval.search._NAMED_ARTICLES", 1)
    monkeypatch.setattr("retrieval.search._WIDE", wide)
    monkeypatch.setattr("retrieval.search._MOST_NAMED_ARTICLES", most_named)
    assert corpus.searcher.search(Query("the port and the envoys", article_ids=only)) == named


def test_ties_are_in_order_of_article_and_place_each_time(corpus: Corpus) -> None:
    query = Query("Copied by everyone: the port reopens on Friday.", k=8)
    hits = corpus.searcher.search(query)
    assert [h.chunk.article_id for h in hits] == sorted(map(article_id, COPIES))
    assert len({h.fused for h in hits}) == 1
    assert corpus.searcher.search(query) == hits
    fresh = Searcher(corpus.record, corpus.index, corpus.embedder)
    assert fresh.search(query) == hits


@settings(max_examples=25, deadline=None)
@given(st.one_of(st.text(max_size=60), st.sampled_from([TALKS, STEEL, "foo_bar", "NOT grain", "\u200b", ""])))
def test_any_question_is_answered_and_fused_scores_are_in_the_unit_interval(
    corpus: Corpus, question: str
) -> None:
    hits = corpus.searcher.search(Query(question, k=100))
    assert corpus.searcher.search(Query(question, k=100)) == hits
    assert all(0.0 <= hit.fused <= 1.0 for hit in hits)
    assert [h.fused for h in hits] == sorted((h.fused for h in hits), reverse=True)
    for hit in hits:
        assert hit.dense is not None or hit.lexical is not None
        assert hit.chunk.article_id != article_id("gone")


def test_k_is_a_prefix(corpus: Corpus) -> None:
    every = corpus.searcher.search(Query("the envoys and the port", k=100))
    assert len(every) > 3
    assert corpus.searcher.search(Query("the envoys and the port", k=3)) == every[:3]


def test_what_the_record_does_not_know_is_dropped(corpus: Corpus) -> None:
    stray = chunk("The zeppelin landed in Reykjavik.", id_="stray", article_id="a_stray")
    generation = corpus.index.current
    generation.add([stray], corpus.embedder.embed([stray.text]), [Facts()])
    found = corpus.searcher.search(Query(stray.text, k=100))
    generation.delete(["stray"])
    assert found
    assert "stray" not in {hit.chunk.id for hit in found}


def test_opening(corpus: Corpus) -> None:
    opened = corpus.searcher.open(article_id("talks"), 1)
    assert opened.article.text == TALKS
    assert list(opened.chunks) == corpus.record.chunks_of(article_id("talks"), 1)
    assert corpus.searcher.open(article_id("talks"), 1) is opened
    with pytest.raises(ArticleNotFound):
        corpus.searcher.open(article_id("gone"), 1)  # nothing held it
    with pytest.raises(ArticleNotFound):
        corpus.searcher.open(article_id("talks"), 2)


def test_no_more_articles_are_kept_than_allowed(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.search._CACHED_ARTICLES", 2)
    searcher = Searcher(corpus.record, corpus.index, corpus.embedder)
    first = searcher.open(article_id("talks"), 1)
    for url in COPIES:
        searcher.open(article_id(url), 1)
    assert searcher.open(article_id("talks"), 1) == first
    assert searcher.open(article_id("talks"), 1) is not first
    assert len(searcher._opened) == 2
