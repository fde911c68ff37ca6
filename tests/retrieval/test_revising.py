"""An article's facts are changed as it stands: what came between counts, and nothing erased comes back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.article import Facts, Origin, Region, RegionSpan
from retrieval.corpus import Corpus
from retrieval.errors import ArticleNotFound, Overtaken
from retrieval.journal import Journal
from retrieval.outcome import Ingested, Outcome
from retrieval.parsed import Parsed
from retrieval.parsing import Parser
from retrieval.record import article_id
from retrieval.revising import revised
from retrieval.sources import Source
from tests.retrieval.made import STEEL, TALKS, corpus_in, hold_version, source

ID = article_id("desk")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with corpus_in(tmp_path) as opened:
        ingest(opened, source(STEEL, id_="desk"))
        yield opened


def ingest(corpus: Corpus, given: Source) -> Ingested:
    (done,) = corpus.ingester.ingest([given])
    return done


@pytest.mark.parametrize(
    "between",
    [
        lambda corpus: corpus.ingester.purge(ID),
        lambda corpus: corpus.ingester.delete(ID),
        lambda corpus: ingest(corpus, source(TALKS, id_="desk")),
    ],
    ids=["purged", "deleted", "sent anew"],
)
def test_what_came_between_reading_and_changing_it_counts(
    corpus: Corpus, between: Callable[[Corpus], object]
) -> None:
    change = revised(corpus.record, ID, Facts(title="Steel talks"))
    between(corpus)
    done = ingest(corpus, change)
    assert isinstance(done.error, Overtaken)
    assert STEEL not in _text(corpus)


def test_a_change_that_nothing_came_between_is_made(corpus: Corpus) -> None:
    done = ingest(corpus, revised(corpus.record, ID, Facts(title="Steel talks")))
    assert (done.outcome, corpus.record.article(ID).facts.title) == (Outcome.UPDATED, "Steel talks")


@pytest.mark.parametrize("remove", ["delete", "purge"])
def test_a_change_that_a_crash_cut_short_after_a_deletion_stays_undone(
    tmp_path: Path, corpus: Corpus, remove: str
) -> None:
    change = revised(corpus.record, ID, Facts(title="Steel talks"))
    getattr(corpus.ingester, remove)(ID)
    Journal(corpus.record.database).receive([change])
    assert list(corpus.ingester.resume()) == []
    assert _text(corpus) == ""


@pytest.mark.parametrize("crash", [False, True])
def test_an_article_that_was_read_by_other_rules_is_changed_as_it_stands(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, *, crash: bool
) -> None:
    text = "Miners &amp; smelters agreed on Monday in Kiruna."
    spans = (RegionSpan(Region.BYLINE, 0, len(text)),)
    with monkeypatch.context() as before:
        before.setattr("retrieval.parse._READERS", {".txt": lambda _: Parsed(text, spans)})
        ingest(corpus, source(text, id_="desk"))
    monkeypatch.setattr(Parser, "_apart", lambda *_: pytest.fail("a reader was started"))
    change = revised(corpus.record, ID, Facts(title="Talks"))
    if crash:
        Journal(corpus.record.database).receive([change])
    (done,) = corpus.ingester.resume() if crash else corpus.ingester.ingest([change])
    after = corpus.record.article(ID)
    assert (done.outcome, after.facts, after.text, after.regions) == (
        Outcome.UPDATED,
        Facts(title="Talks"),
        text,
        spans,
    )


def test_a_fact_that_stays_keeps_where_it_is_from_though_that_be_unknown(corpus: Corpus) -> None:
    told = "The nickel deal of the smelters was signed on Monday, and the miners went home with it. "
    text = f"By Ada Holm\n\n{4 * told}"
    ingest(corpus, source(text, id_="desk", outlet="Kiruna Post"))
    before = corpus.record.article(ID)
    assert before.facts.language == "en"
    ingest(corpus, revised(corpus.record, ID, replace(before.facts, title="Nickel")))
    kept = {"authors": Origin.BYLINE, "outlet": Origin.GIVEN, "title": Origin.GIVEN}
    assert corpus.record.article(ID).origins == kept


def test_what_is_said_to_be_unknown_stays_so_until_somebody_tells_it(corpus: Corpus) -> None:
    text = "By Ada Holm, Kiruna Post\n\nThe nickel deal of the smelters was signed on Monday."
    ingest(corpus, source(text, id_="desk"))
    before = corpus.record.article(ID).facts
    assert (before.outlet, before.authors) == ("Kiruna Post", ("Ada Holm",))
    ingest(corpus, revised(corpus.record, ID, replace(before, outlet=None, authors=())))
    again = ingest(corpus, source(text, id_="desk"))
    after = corpus.record.article(ID).facts
    assert (again.outcome, after.outlet, after.authors) == (Outcome.UNCHANGED, None, ())
    ingest(corpus, source(text, id_="desk", outlet="Luossa News"))
    assert corpus.record.article(ID).facts.outlet == "Luossa News"


def test_what_was_corrected_stays_when_the_same_text_is_given_again(corpus: Corpus) -> None:
    told = Facts(title="Steel talks", outlet="Dortmund Post", published="2026-01-04", language="en")
    ingest(corpus, revised(corpus.record, ID, told))
    again = ingest(corpus, source(STEEL, id_="desk"))
    assert (again.outcome, again.version) == (Outcome.UNCHANGED, 2)
    anew = ingest(corpus, source(STEEL, id_="desk", outlet="Ruhr Post"))
    assert (anew.outcome, corpus.record.article(ID).facts) == (
        Outcome.UPDATED,
        replace(told, outlet="Ruhr Post"),
    )
    other = ingest(corpus, source(TALKS, id_="desk"))
    assert (other.outcome, corpus.record.article(ID).facts) == (
        Outcome.UPDATED,
        Facts(language="en"),
    )


def test_a_deleted_article_that_is_given_again_is_added_with_the_facts_it_had(corpus: Corpus) -> None:
    ingest(corpus, revised(corpus.record, ID, Facts(outlet="Dortmund Post")))
    hold_version(corpus, ID, 2)
    corpus.ingester.delete(ID)
    again = ingest(corpus, source(STEEL, id_="desk"))
    assert (again.outcome, again.version) == (Outcome.ADDED, 3)
    assert corpus.record.article(ID).facts.outlet == "Dortmund Post"


def _text(corpus: Corpus) -> str:
    try:
        return corpus.record.article(ID).text
    except ArticleNotFound:
        return ""
