"""Drift between the record and the index is found and healed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval import maintain
from retrieval.article import Facts
from retrieval.corpus import Corpus
from retrieval.database import Duty
from retrieval.erasure import drop_left
from retrieval.errors import IndexUnavailable, StorageFull
from retrieval.identity import POINTER
from retrieval.maintain import IndexReport
from retrieval.record import article_id
from retrieval.store import VectorStore
from service.bootstrap import Service
from tests.remains import remains
from tests.retrieval.made import STEEL, TALKS, Died, chunk, corpus_in, die, found, source

STRAY = chunk("The zeppelin landed in Reykjavik.", id_="stray", article_id="a_stray")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Each test leaves it rebuilt."""
    with corpus_in(tmp_path_factory.mktemp("maintain")) as opened:
        list(opened.ingester.ingest([source(TALKS, id_="talks"), source(STEEL, id_="steel")]))
        yield opened


def check(corpus: Corpus) -> IndexReport:
    return maintain.check(corpus.record, corpus.index, corpus.embedder)


def rebuild(corpus: Corpus, say: Callable[[int, int], None] = lambda *_: None) -> int:
    return maintain.rebuild(corpus.record, corpus.index, corpus.embedder, say=say)


def _lose_vector(corpus: Corpus, id_: str) -> None:
    corpus.index.current.vectors.delete([id_])


def _lose_words(corpus: Corpus, id_: str) -> None:
    corpus.index.current.words.delete([id_])


def _lose_both(corpus: Corpus, id_: str) -> None:
    corpus.index.current.delete([id_])


def _stray_vector(corpus: Corpus, _: str) -> None:
    words = corpus.index.current.words
    corpus.index.current.add([STRAY], corpus.embedder.embed([STRAY.text]), [Facts()])
    words.delete(["stray"])


def _stray_words(corpus: Corpus, _: str) -> None:
    corpus.index.current.words.add([STRAY])


@pytest.mark.parametrize(
    ("drift", "fields", "rebuilt_at_start"),
    [
        (_lose_vector, {"missing_vectors"}, True),
        (_lose_words, {"missing_words"}, True),
        (_lose_both, {"missing_vectors", "missing_words"}, True),
        (_stray_vector, {"stray_vectors"}, False),
        (_stray_words, {"stray_words"}, False),
    ],
)
def test_every_drift_is_found_and_a_rebuild_heals_it(
    corpus: Corpus, drift: Callable[[Corpus, str], None], fields: set[str], rebuilt_at_start: bool
) -> None:
    assert check(corpus).sound
    lost = max(corpus.record.chunk_ids())
    drift(corpus, lost)
    report = check(corpus)
    assert not report.sound
    named = {
        "missing_vectors": report.missing_vectors,
        "missing_words": report.missing_words,
        "stray_vectors": report.stray_vectors,
        "stray_words": report.stray_words,
    }
    for field, ids in named.items():
        expected = (lost if field.startswith("missing") else "stray",) if field in fields else ()
        assert ids == expected
    assert maintain.needs_rebuild(corpus.record, corpus.index) is rebuilt_at_start
    assert rebuild(corpus) == report.chunks
    assert check(corpus).sound
    assert not maintain.needs_rebuild(corpus.record, corpus.index)


def test_a_vector_that_is_another_texts_is_found(corpus: Corpus) -> None:
    """The ids agree, and only a query tells."""
    (lost, *_) = sorted(corpus.record.chunk_ids())
    of_lost = next(c for part in corpus.record.all_chunks() for c in part if c.id == lost)
    corpus.index.current.vectors.delete([lost])
    others = [chunk(TALKS[n:], id_=f"stray{n}") for n in range(8)]
    corpus.index.current.add(
        [of_lost, *others], corpus.embedder.embed(["Nothing.", *[of_lost.embedded_text] * 8]), [Facts()] * 9
    )
    report = check(corpus)
    assert (report.missing_vectors, report.found_themselves) == ((), report.sampled - 1)
    assert not maintain.finds_itself(corpus.record, corpus.index, corpus.embedder)
    rebuild(corpus)
    assert check(corpus).sound
    assert maintain.finds_itself(corpus.record, corpus.index, corpus.embedder)


def test_words_that_are_another_texts_are_found(corpus: Corpus) -> None:
    (lost, *_) = sorted(corpus.record.chunk_ids())
    corpus.index.current.words.add([chunk("Zebras graze.", id_=lost)])
    report = check(corpus)
    assert (report.missing_words, report.found_themselves) == ((), report.sampled)
    assert report.found_by_words == report.sampled - 1
    assert not report.sound
    assert not maintain.finds_itself(corpus.record, corpus.index, corpus.embedder)
    rebuild(corpus)
    assert check(corpus).sound


def test_a_text_without_a_word_that_is_searched_for_is_no_drift(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source("谈判代表周二在维也纳会面讨论粮食运输问题" * 4)]))
        assert check(corpus).sampled == 1
        assert check(corpus).sound


def test_a_rebuild_that_dies_leaves_the_old_index_in_use(corpus: Corpus, tmp_path: Path) -> None:
    before = corpus.index.current.name
    asked = "When did the envoys meet in Vienna?"
    answer = found(corpus, asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("retrieval.maintain._BATCH_CHUNKS", 1)
        with pytest.raises(Died):
            rebuild(corpus, lambda done, _: die() if done == 1 else None)
    assert corpus.index.current.name == corpus.record.setting(POINTER) == before
    assert found(corpus, asked) == answer != []
    assert check(corpus).sound
    rebuild(corpus)
    lexical = corpus.index._lexical_directory(corpus.index.current.name).parent
    assert [d.name for d in lexical.iterdir()] == [corpus.index.current.name]
    assert len(generations(corpus)) == 1


@pytest.mark.slow
def test_what_changes_during_a_rebuild_is_found_as_it_is_then(tmp_path: Path) -> None:
    """And what is deleted meanwhile is in no file, although the rebuild had read it."""
    dam, mill = "A quixotic dam was built near Pskov by the river board.", "The mill at Orsha closed in May."
    asked = "What happened at the mill in Orsha?"
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(dam, id_="dam"), source(mill, id_="mill")]))
        seen: list[str] = []

        def meanwhile(done: int, _: int) -> None:
            if done == 2:  # all of it is read
                seen.append(corpus.index.current.name)
                list(
                    corpus.ingester.ingest(
                        [source(STEEL, id_="new"), source(mill + " It reopened.", id_="mill")]
                    )
                )
                corpus.ingester.delete(article_id("dam"))
                assert found(corpus, asked, only=article_id("mill")) == [(article_id("mill"), 2)]

        before = corpus.index.current.name
        assert rebuild(corpus, meanwhile) == corpus.record.chunk_count()
        assert seen == [before] != [corpus.index.current.name]
        assert check(corpus).sound
        assert found(corpus, asked) == sorted([(article_id("mill"), 2), (article_id("new"), 1)])
        assert remains(tmp_path, ["quixotic", "Pskov"]) == []


def test_what_a_dead_rebuild_left_goes_at_the_next_start(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS, id_="talks")]))
        with pytest.raises(Died):
            rebuild(corpus, lambda *_: die())
        assert len(generations(corpus)) == 2
    with corpus_in(tmp_path) as corpus:
        assert generations(corpus) == {corpus.index.current.name}
        assert not corpus.index.has_others()
        assert found(corpus, "Where did the envoys meet?")


def test_a_rebuild_that_fails_leaves_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StorageFull("full", remedy="Free some.")

    before = corpus.index.current.name
    with monkeypatch.context() as patch:
        patch.setattr(corpus.embedder.__class__, "embed", full)
        with pytest.raises(StorageFull):
            rebuild(corpus)
    assert generations(corpus) == {before}
    assert check(corpus).sound


@pytest.mark.parametrize("dies", [False, True])
def test_what_is_deleted_during_a_rebuild_that_ends_early_is_in_no_file(tmp_path: Path, dies: bool) -> None:
    dam = "A quixotic dam was built near Pskov by the river board."
    with corpus_in(tmp_path) as opened:
        list(opened.ingester.ingest([source(dam, id_="dam"), source(TALKS, id_="talks")]))

        def meanwhile(*_: object) -> None:
            opened.ingester.delete(article_id("dam"))
            if dies:
                die()
            raise StorageFull("full", remedy="Free some.")

        with pytest.raises(Died if dies else StorageFull):
            rebuild(opened, meanwhile)
    if dies:
        corpus_in(tmp_path).close()
    assert remains(tmp_path, ["quixotic", "Pskov"]) == []


def generations(corpus: Corpus) -> set[str]:
    server = corpus.index._server
    return {collection.name for collection in server.call(server._client.list_collections)}


def test_a_question_in_flight_while_the_index_is_switched_is_answered(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked of a generation that is gone by the time that it looks."""
    old, real = corpus.index.current, VectorStore.query

    def switched(store: VectorStore, *given: object, **options: object) -> list[tuple[str, float]]:
        if store is old.vectors:
            corpus.index.use(new)
        return real(store, *given, **options)  # type: ignore[arg-type]

    asked = "When did the envoys meet in Vienna?"
    answer = found(corpus, asked)
    new = corpus.index.new_generation()
    every = [c for part in corpus.record.all_chunks() for c in part]
    new.add(every, corpus.embedder.embed([c.embedded_text for c in every]), [Facts()] * len(every))
    monkeypatch.setattr(VectorStore, "query", switched)
    assert found(corpus, asked) == answer != []


def test_a_rebuild_tells_how_far_it_is(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.maintain._BATCH_CHUNKS", 1)
    said: list[tuple[int, int]] = []
    total = rebuild(corpus, lambda done, of: said.append((done, of)))
    assert total == corpus.record.chunk_count() >= 2
    assert said[0] == (1, total)
    assert said[-1] == (total, total)
    assert check(corpus).sound


def test_a_rebuild_changes_no_answer(corpus: Corpus) -> None:
    questions = ["When did the envoys meet?", "steel tariffs", "What is planned for October?"]
    before = [found(corpus, question) for question in questions]
    rebuild(corpus)
    assert [found(corpus, question) for question in questions] == before


def test_an_index_that_is_gone_is_rebuilt_at_the_next_start(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:
        list(corpus.ingester.ingest([source(TALKS, id_="talks")]))
        corpus.index.current.delete(sorted(corpus.record.chunk_ids()))
    said: list[str] = []
    with corpus_in(tmp_path, heal=False) as corpus:
        assert not check(corpus).sound
    with corpus_in(tmp_path, say=said.append) as corpus:
        assert check(corpus).sound
    assert said[0].startswith("Rebuilding")
    with corpus_in(tmp_path, say=said.append) as corpus:
        assert len(said) == 2  # once


def test_copies_beyond_what_a_query_brings_are_sound(tmp_path: Path) -> None:
    text = "The port reopens, and the ferries with it."
    with corpus_in(tmp_path) as corpus:
        urls = [f"https://example.org/{n}" for n in range(12)]
        list(corpus.ingester.ingest([source(text, url=url) for url in urls]))
        report = check(corpus)
        assert (report.sampled, report.found_themselves, report.sound) == (12, 12, True)
        assert corpus.ready()


def test_an_empty_corpus_is_sound_and_ready(service: Service) -> None:
    corpus = service.corpus
    assert check(corpus) == IndexReport(0, (), (), (), (), 0, 0, 0)
    assert check(corpus).sound
    assert corpus.ready()
    assert not maintain.needs_rebuild(corpus.record, corpus.index)
    assert rebuild(corpus) == 0


def test_the_seeds_are_sound_and_a_sample_is_a_sample(seeded: Service) -> None:
    corpus = seeded.corpus
    assert check(corpus).sound
    assert corpus.ready()
    few = maintain.check(corpus.record, corpus.index, corpus.embedder, sample=3)
    assert (few.sampled, few.found_themselves) == (3, 3)
    assert few.chunks == corpus.record.chunk_count() > 3


def test_who_reindexes_waits_for_another_and_may_be_told_to_stop(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.maintain._PATIENCE", 0.01)
    name = corpus.index.current.name

    def stop(*_: int) -> None:
        raise StorageFull("no", remedy="None.")

    with corpus.record.database.only(Duty.REINDEX):
        filling = corpus.index.new_generation()
        with pytest.raises(StorageFull):
            rebuild(corpus, say=stop)
        assert not drop_left(corpus.record.database, corpus.index)
        assert filling.vectors.count() == 0
    assert corpus.index.current.name == name
    assert drop_left(corpus.record.database, corpus.index)
    with pytest.raises(IndexUnavailable):
        filling.vectors.count()
