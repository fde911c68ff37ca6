"""An article is found whole or not at all, once, and never again once it is gone."""

import multiprocessing
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import maintain
from retrieval.corpus import Corpus
from retrieval.errors import IndexUnavailable, SourceError, UnreadableSource, UnsupportedSource
from retrieval.ingest import Ingester
from retrieval.outcome import Ingested, Outcome
from retrieval.record import article_id
from retrieval.sources import Source
from service.bootstrap import open_service
from tests.conftest import SEEDS, MakeSettings
from tests.retrieval.made import (
    POINTS,
    STEEL,
    TALKS,
    Died,
    Point,
    corpus_in,
    die,
    dying_at,
    found,
    hold_version,
    ingest_and_be_killed,
    ingest_for_ever,
    row_counts,
    source,
    steps,
)

ASKED = "When did the envoys meet in Vienna?"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """For tests that each take an identity of their own."""
    with corpus_in(tmp_path_factory.mktemp("shared")) as corpus:
        yield corpus


def ingest(corpus: Corpus, *sources: Source) -> list[Ingested]:
    return list(corpus.ingester.ingest(sources))


def sound(corpus: Corpus) -> bool:
    return maintain.check(corpus.record, corpus.index, corpus.embedder).sound


def test_the_same_again_is_unchanged(shared: Corpus) -> None:
    (first,) = ingest(shared, source(TALKS, id_="same"))
    before = shared.record.corpus_version(), shared.record.article_count(), shared.record.chunk_ids()
    (second,) = ingest(shared, source(TALKS, id_="same", name="renamed.txt"))
    assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.UNCHANGED)
    assert (first.article_id, second.version) == (second.article_id, 1)
    assert (
        shared.record.corpus_version(),
        shared.record.article_count(),
        shared.record.chunk_ids(),
    ) == before


@pytest.mark.parametrize("changed", ["text", "facts"])
def test_a_change_is_a_new_version_and_the_old_one_still_opens(shared: Corpus, changed: str) -> None:
    (first,) = ingest(shared, source(TALKS, id_=changed, outlet="Daily"))
    assert first.article_id is not None
    old = {c.id for c in shared.record.chunks_of(first.article_id, 1)}
    before = shared.record.corpus_version()
    text, outlet = (TALKS + "\n\nMore.", "Daily") if changed == "text" else (TALKS, "Weekly")
    (second,) = ingest(shared, source(text, id_=changed, outlet=outlet))
    assert (second.outcome, second.article_id, second.version) == (Outcome.UPDATED, first.article_id, 2)
    assert shared.record.corpus_version() == before + 1
    assert found(shared, ASKED, only=first.article_id) == [(first.article_id, 2)]
    assert not old & (shared.index.current.vectors.ids() | shared.index.current.words.ids())
    assert shared.record.article(first.article_id, version=1).text == TALKS
    assert shared.record.article(first.article_id, version=1).facts.outlet == "Daily"
    assert shared.record.article(first.article_id).facts.outlet == outlet


def test_deleted_is_never_found_yet_opens_and_can_come_back(shared: Corpus) -> None:
    (first,) = ingest(shared, source(TALKS, id_="deleted"))
    assert first.article_id is not None
    hold_version(shared, first.article_id, 1)
    before = shared.record.corpus_version()
    shared.ingester.delete(first.article_id)
    assert shared.record.corpus_version() == before + 1
    assert found(shared, ASKED, only=first.article_id) == []
    assert shared.record.article(first.article_id, version=1).text == TALKS
    (again,) = ingest(shared, source(TALKS, id_="deleted"))
    assert (again.article_id, again.version) == (first.article_id, 2)
    assert found(shared, ASKED, only=first.article_id) == [(first.article_id, 2)]


def test_one_text_under_two_urls_is_two_articles(shared: Corpus) -> None:
    urls = ["https://example.org/1", "https://example.org/2"]
    first, second = ingest(shared, *(source(TALKS, url=url) for url in urls))
    assert first.article_id != second.article_id
    assert [first.article_id, second.article_id] == [article_id(url) for url in urls]
    assert first.outcome is second.outcome is Outcome.ADDED


def test_one_identity_several_times_in_a_batch_ends_at_the_last(shared: Corpus) -> None:
    texts = [TALKS, STEEL, STEEL, TALKS]
    done = ingest(shared, *(source(text, id_="often") for text in texts))
    assert [d.version for d in done] == [1, 2, 2, 3]
    assert [d.outcome for d in done] == [
        Outcome.ADDED,
        Outcome.UPDATED,
        Outcome.UNCHANGED,
        Outcome.UPDATED,
    ]
    assert shared.record.article(article_id("often")).text == TALKS
    assert found(shared, ASKED, only=article_id("often")) == [(article_id("often"), 3)]


def test_what_is_refused_stores_nothing_and_stops_no_other(shared: Corpus) -> None:
    bad = [
        Source("a.odt", b"PK", source("").facts, None),
        Source("b.txt", b"\x00\x01binary", source("").facts, None),
        source("  \n", name="c.txt"),
        source("\u200b\u2060 — …", name="d.txt"),
        source(TALKS, name="e.txt", id_="half", title="half a pair: \ud83d"),
    ]
    before = row_counts(shared), shared.record.corpus_version()
    done = ingest(shared, *bad)
    assert [d.outcome for d in done] == [Outcome.REFUSED] * 5
    assert all(isinstance(d.error, SourceError) for d in done)
    assert isinstance(done[0].error, UnsupportedSource)
    assert (row_counts(shared), shared.record.corpus_version()) == before
    good = source(STEEL, id_="good")
    mixed = ingest(shared, bad[0], good, *bad[1:])
    assert [d.name for d in mixed] == [s.name for s in [bad[0], good, *bad[1:]]]
    assert [d.outcome for d in mixed] == [Outcome.REFUSED, Outcome.ADDED, *[Outcome.REFUSED] * 4]
    after = row_counts(shared)
    assert after["ingest_jobs"] == before[0]["ingest_jobs"] + 1
    assert after["sources"] <= before[0]["sources"] + 1


def test_more_than_a_batch_and_lazily(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.overlap.BATCH_ARTICLES", 2)
    monkeypatch.setattr("retrieval.overlap._SMALL", 0)
    given = [source(f"{STEEL} It was day {n}.", id_=str(n), name=f"{n}.txt") for n in range(5)]
    with corpus_in(tmp_path) as corpus:
        results = corpus.ingester.ingest(iter(given))
        assert next(results).name == "0.txt"
        assert corpus.record.article_count() == 2
        assert [d.name for d in results] == ["1.txt", "2.txt", "3.txt", "4.txt"]
        assert corpus.record.article_count() == 5
        assert sound(corpus)


letters = st.sampled_from(list("abcdefgh АБВгдеёй“”‘’«»—–….,!?\n\n\u00ad\u200b\ufeff😀👩‍🚀é中文।\t"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(letters, st.sampled_from([" said. ", "“No — no,” he said. "])), min_size=1).map(
        "".join
    )
)
def test_offsets_are_exact_whatever_is_written(shared: Corpus, text: str) -> None:
    (done,) = ingest(shared, source(text, id_="generated"))
    if done.outcome is Outcome.REFUSED:
        assert isinstance(done.error, UnreadableSource)
        return
    assert done.article_id is not None
    assert done.version is not None
    stored = shared.record.article(done.article_id, version=done.version)
    decoded = text.encode().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    assert stored.text == decoded
    end = 0
    for chunk in shared.record.chunks_of(done.article_id, done.version):
        assert chunk.text == stored.text[chunk.start : chunk.end]
        assert chunk.text.strip() == chunk.text
        assert (chunk.sentences[0].start, chunk.sentences[-1].end) == (chunk.start, chunk.end)
        for sentence in chunk.sentences:
            words = stored.text[sentence.start : sentence.end]
            assert words
            assert words.strip() == words
            assert sentence.start >= end
            assert not stored.text[end : sentence.start].strip() or chunk.sentences[0] is sentence
            end = sentence.end


def test_a_line_without_a_word_is_no_passage(shared: Corpus) -> None:
    text = f"Envoys meet in Vienna again\n\n{TALKS}\n\n\u200b\n"
    (done,) = ingest(shared, source(text, id_="invisible"))
    assert done.article_id is not None
    assert shared.record.article(done.article_id).text == text
    assert all(any(map(str.isalnum, c.embedded_text)) for c in shared.record.chunks_of(done.article_id, 1))


# -- dying


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_dying_at_any_point_leaves_all_or_nothing(tmp_path: Path, point: Point) -> None:
    id_ = article_id("talks")
    with corpus_in(tmp_path) as corpus:
        ingest(corpus, source(STEEL, id_="other"))
        with dying_at(point, corpus), pytest.raises(Died):
            ingest(corpus, source(TALKS, id_="talks"))
        assert found(corpus, ASKED, only=id_) == ([(id_, 1)] if point.visible else [])
        assert corpus.record.article_count() == 1 + point.visible
    with corpus_in(tmp_path) as corpus:
        if point.label == "before-received":  # never acknowledged, and nothing of it was kept
            assert steps(corpus) == ["visible"]
            assert found(corpus, ASKED, only=id_) == []
            return
        assert found(corpus, ASKED, only=id_) == [(id_, 1)]
        assert corpus.record.article(id_).text == TALKS
        assert (corpus.record.article_count(), corpus.record.corpus_version()) == (2, 2)
        assert steps(corpus) == ["visible", "visible"]
        assert sound(corpus)


@pytest.mark.parametrize(
    "point", [p for p in POINTS if p.label in {"vectors-only", "before-commit"}], ids=str
)
def test_dying_in_an_update_leaves_the_old_version(tmp_path: Path, point: Point) -> None:
    id_ = article_id("talks")
    with corpus_in(tmp_path) as corpus:
        ingest(corpus, source(TALKS, id_="talks"))
        with dying_at(point, corpus), pytest.raises(Died):
            ingest(corpus, source(TALKS + "\n\nMore.", id_="talks"))
        assert found(corpus, ASKED) == [(id_, 1)]
    with corpus_in(tmp_path) as corpus:
        assert found(corpus, ASKED) == [(id_, 2)]
        assert sound(corpus)


def test_dying_in_a_deletion_deletes(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        ingest(corpus, source(TALKS, id_="talks"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("retrieval.erasure.rewrite_record", lambda _: die())
            with pytest.raises(Died):
                corpus.ingester.delete(article_id("talks"))
        assert found(corpus, ASKED) == []
        assert not sound(corpus)  # its chunks are strays
    with corpus_in(tmp_path) as corpus:
        assert found(corpus, ASKED) == []
        assert sound(corpus)


@pytest.mark.parametrize("then", ["changed", "deleted"])
def test_a_failure_that_was_overtaken_does_not_turn_back(tmp_path: Path, then: str) -> None:
    id_ = article_id("talks")
    (point,) = (p for p in POINTS if p.label == "embedded")
    with corpus_in(tmp_path) as corpus:
        ingest(corpus, source(TALKS, id_="talks"))
        with dying_at(point, corpus), pytest.raises(Died):
            ingest(corpus, source("The wrong text about envoys in Vienna.", id_="talks"))
        if then == "changed":
            ingest(corpus, source(STEEL, id_="talks"))
        else:
            corpus.ingester.delete(id_)
    with corpus_in(tmp_path) as corpus:
        assert corpus.record.latest_version(id_) == (2 if then == "changed" else None)
        if then == "changed":
            assert corpus.record.article(id_).text == STEEL
        assert set(steps(corpus)) <= {"visible"}, "it is forgotten"
        assert list(corpus.ingester.resume()) == []


def test_several_left_unfinished_are_all_finished_in_order(tmp_path: Path) -> None:
    (point,) = (p for p in POINTS if p.label == "received")
    with corpus_in(tmp_path) as corpus, dying_at(point, corpus):
        for text in (TALKS, STEEL, TALKS):
            with pytest.raises(Died):
                ingest(corpus, source(text, id_="talks"))
    said: list[str] = []
    with corpus_in(tmp_path, say=said.append) as corpus:
        assert corpus.record.article(article_id("talks")).text == TALKS
        assert corpus.record.latest_version(article_id("talks")) == 3
        assert [line.rpartition(" ")[2] for line in said[1:]] == ["1", "2", "3"]


def test_an_index_that_is_away_fails_one_and_takes_the_next(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        ingest(corpus, source(STEEL, id_="other"))
        (directory,) = (tmp_path / "index" / "lexical").iterdir()
        away = directory.rename(tmp_path / "away")
        with pytest.raises(IndexUnavailable) as refused:
            ingest(corpus, source(TALKS, id_="talks"))
        assert refused.value.retryable
        away.rename(directory)
        assert found(corpus, ASKED, only=article_id("talks")) == []
        ingest(corpus, source(TALKS, id_="talks"))
        assert found(corpus, ASKED, only=article_id("talks")) == [(article_id("talks"), 1)]
        assert sound(corpus)


# -- the seeds


def test_an_interrupted_first_start_is_finished_at_the_next(
    tmp_path: Path, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = make_settings(tmp_path / "data", seeds_dir=SEEDS)
    real = Ingester._prepare

    def dies(*_: object) -> None:
        raise Died

    monkeypatch.setattr(Ingester, "_prepare", dies)
    with pytest.raises(Died):
        open_service(given, command="a test")
    monkeypatch.setattr(Ingester, "_prepare", real)
    service = open_service(given, command="a test")
    rows = service.corpus.record.article_rows(limit=10)
    assert len(rows) == len(list(SEEDS.glob("*.txt")))
    service.corpus.ingester.delete(rows[0].id)
    service.close()
    service = open_service(given, command="a test")
    assert {r.id for r in service.corpus.record.article_rows(limit=10)} == {r.id for r in rows[1:]}
    service.close()


# -- being killed


@pytest.fixture(scope="module")
def processes() -> multiprocessing.context.BaseContext:
    """Children of a server that has imported everything and opened nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.retrieval.made"])
    return context


@pytest.mark.slow
def test_killed_at_named_points(tmp_path: Path, processes: multiprocessing.context.ForkServerContext) -> None:
    labels = ("vectors-only", "before-commit", "after-commit")
    started = [
        processes.Process(target=ingest_and_be_killed, args=(tmp_path / label, label)) for label in labels
    ]
    for process in started:
        process.start()
    for process, label in zip(started, labels, strict=True):
        process.join(60)
        assert process.exitcode == -9
        with corpus_in(tmp_path / label) as corpus:
            assert found(corpus, ASKED) == [(article_id("talks"), 1)]
            assert (corpus.record.article_count(), corpus.record.corpus_version()) == (1, 1)
            assert sound(corpus)


@pytest.mark.slow
def test_killed_at_random(tmp_path: Path, processes: multiprocessing.context.ForkServerContext) -> None:
    chance = random.Random(20)
    for _ in range(20):
        here, there = processes.Pipe(duplex=False)
        process = processes.Process(target=ingest_for_ever, args=(tmp_path, there))
        process.start()
        there.close()
        assert here.poll(60)
        state: dict[str, tuple[str, int]] = {}
        more = chance.randrange(1, 40)
        wait = chance.uniform(0, 0.1)
        while more and here.poll(60):
            what, _, id_, version = here.recv()
            state[id_] = (what, version)
            more -= 1
        process.join(wait)
        process.kill()
        process.join()
        while here.poll():
            try:
                what, _, id_, version = here.recv()
            except EOFError:
                break
            state[id_] = (what, version)
        with corpus_in(tmp_path) as corpus:
            _check_survivors(corpus, state)


def _check_survivors(corpus: Corpus, state: dict[str, tuple[str, int]]) -> None:
    """What was acknowledged is so, but for the one change that may have come after the last word."""
    differ = 0
    for id_, (what, version) in state.items():
        current = corpus.record.latest_version(id_)
        expected = version if what == "ingested" else None
        differ += current != expected
        if current is not None:
            assert found(corpus, ASKED, only=id_) == [(id_, current)]
            assert corpus.record.article(id_).text.startswith(TALKS)
        else:
            assert found(corpus, ASKED, only=id_) == []
    assert differ <= 1
    report = maintain.check(corpus.record, corpus.index, corpus.embedder)
    assert not report.missing_vectors
    assert not report.missing_words
    assert report.found_themselves == report.sampled
