"""A batch becomes visible while the next is embedded; what is told, and what is left, stays as it was."""

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.article import Facts
from retrieval.batches import by_weight
from retrieval.corpus import Corpus
from retrieval.errors import EmbeddingError, IndexUnavailable
from retrieval.outcome import Ingested, Outcome
from retrieval.parse import Parsed
from retrieval.sources import Source
from retrieval.turns import Turns
from tests.retrieval.made import STEEL, corpus_in, source, steps

PATIENCE = 30.0


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Corpus]:
    """Of which a batch is one article."""
    monkeypatch.setattr("retrieval.overlap.BATCH_ARTICLES", 1)
    monkeypatch.setattr("retrieval.overlap._SMALL", 0)
    with corpus_in(tmp_path) as opened:
        yield opened


def day(number: int) -> Source:
    return source(f"{STEEL} It was day {number}.", id_=f"day {number}", name=f"{number}.txt")


def told(done: Sequence[Ingested]) -> list[tuple[str, Outcome]]:
    return [(one.name, one.outcome) for one in done]


def at_embedding(corpus: Corpus, patch: pytest.MonkeyPatch, what: str, happens: object) -> None:
    kind = type(corpus.embedder)
    real = kind.embed

    def embed(embedder: object, texts: Sequence[str]) -> NDArray[np.float32]:
        if any(what in text for text in texts):
            happens()  # type: ignore[operator]
        return real(embedder, texts)  # type: ignore[arg-type]

    patch.setattr(kind, "embed", embed)


def test_one_becomes_visible_while_the_next_is_embedded(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits() -> None:
        until = time.monotonic() + PATIENCE
        while corpus.record.article_count() < 1 and time.monotonic() < until:
            time.sleep(0.01)
        assert corpus.record.article_count() == 1

    at_embedding(corpus, monkeypatch, "day 1", waits)
    done = list(corpus.ingester.ingest([day(0), day(1), day(2)]))
    assert told(done) == [(f"{n}.txt", Outcome.ADDED) for n in range(3)]
    assert set(steps(corpus)) == {"visible"}


def test_one_is_read_while_the_one_before_it_is_embedded(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    parse = corpus.ingester._parser.parse

    def parsed(one: Source) -> Parsed:
        read.append(one.name)
        return parse(one)

    def waits() -> None:
        until = time.monotonic() + PATIENCE
        while "1.txt" not in read and time.monotonic() < until:
            time.sleep(0.01)
        assert read == ["0.txt", "1.txt"]

    monkeypatch.setattr(corpus.ingester._parser, "parse", parsed)
    at_embedding(corpus, monkeypatch, "day 0", waits)
    done = list(corpus.ingester.ingest([day(0), day(1), day(2)]))
    assert told(done) == [(f"{n}.txt", Outcome.ADDED) for n in range(3)]
    assert read == ["0.txt", "1.txt", "2.txt"]


def test_what_was_taken_before_its_giver_failed_is_found(corpus: Corpus) -> None:
    def failing() -> Iterator[Source]:
        yield day(0)
        yield day(1)
        raise OSError("the folder is gone")

    going = corpus.ingester.ingest(failing())
    assert [next(going).name, next(going).name] == ["0.txt", "1.txt"]
    with pytest.raises(OSError, match="the folder is gone"):
        next(going)
    assert set(steps(corpus)) == {"visible"}


class Read(list[str]):
    """From `awaited` on each takes longer, so that it is stopped in time on a busy machine too."""

    awaited = ""

    @property
    def seconds(self) -> float:
        return 0.4 if self.awaited in self else 0.1


@pytest.fixture
def slow(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Read:
    """What has been read: each article takes a while. A batch is eight."""
    monkeypatch.setattr("retrieval.overlap.BATCH_ARTICLES", 8)
    read = Read()
    parse = corpus.ingester._parser.parse

    def parsed(one: Source) -> Parsed:
        read.append(one.name)
        time.sleep(read.seconds)
        return parse(one)

    monkeypatch.setattr(corpus.ingester._parser, "parse", parsed)
    return read


def until(read: Read, name: str) -> None:
    read.awaited = name
    end = time.monotonic() + PATIENCE
    while name not in read and time.monotonic() < end:
        time.sleep(0.01)


@pytest.fixture
def interrupts() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
def test_interrupted_while_it_waits_for_a_batch_it_reads_no_other_article(corpus: Corpus, slow: Read) -> None:
    def interrupt() -> None:
        until(slow, "1.txt")
        signal.pthread_kill(main, signal.SIGINT)

    main = threading.get_ident()
    beside = threading.Thread(target=interrupt)
    beside.start()
    with pytest.raises(KeyboardInterrupt):
        list(corpus.ingester.ingest([day(n) for n in range(24)]))
    beside.join()
    assert "7.txt" not in slow
    assert not corpus.ingester.unfinished()


def test_interrupted_while_it_embeds_it_reads_no_further(
    corpus: Corpus, slow: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        until(slow, "8.txt")
        raise KeyboardInterrupt

    at_embedding(corpus, monkeypatch, "day 1", fails)
    with pytest.raises(KeyboardInterrupt):
        list(corpus.ingester.ingest([day(n) for n in range(24)]))
    assert "8.txt" in slow
    assert "15.txt" not in slow


def test_whoever_stops_listening_waits_for_no_batch(corpus: Corpus, slow: Read) -> None:
    going = corpus.ingester.ingest([day(n) for n in range(32)])
    assert next(going).name == "0.txt"
    until(slow, "16.txt")
    going.close()  # type: ignore[attr-defined]
    assert "23.txt" not in slow
    assert set(steps(corpus)) == {"visible"}


def test_what_was_read_before_its_giver_was_interrupted_is_found(corpus: Corpus, slow: Read) -> None:
    def interrupted() -> Iterator[Source]:
        yield from (day(n) for n in range(16))
        until(slow, "10.txt")
        raise KeyboardInterrupt

    told_of: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        told_of.extend(one.name for one in corpus.ingester.ingest(interrupted()))
    assert told_of[:10] == [f"{n}.txt" for n in range(10)]
    assert "15.txt" not in slow
    assert steps(corpus) == ["visible"] * len(told_of)


def test_interrupted_before_any_was_read_it_starts_nothing(corpus: Corpus) -> None:
    def interrupted() -> Iterator[Source]:
        yield from ()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(corpus.ingester.ingest(interrupted()))
    assert not steps(corpus)
    assert not corpus.ingester._started()


def test_the_same_again_in_the_next_batch_is_no_other_version(corpus: Corpus) -> None:
    facts = Facts()
    same = [Source(f"{n}.txt", STEEL.encode(), facts, None) for n in range(3)]
    done = list(corpus.ingester.ingest(same))
    assert [one.outcome for one in done] == [Outcome.ADDED, Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert [one.version for one in done] == [1, 1, 1]


def test_changes_of_one_article_in_batches_that_follow_end_at_the_last(corpus: Corpus) -> None:
    given = [source(f"{STEEL} It was day {n % 2}.", id_="one") for n in range(4)]
    done = list(corpus.ingester.ingest(given))
    assert [one.version for one in done] == [1, 2, 3, 4]
    assert corpus.record.article(done[0].article_id or "").text.endswith("day 1.")


def test_whoever_stops_listening_leaves_nothing_half_done(corpus: Corpus) -> None:
    going = corpus.ingester.ingest([day(0), day(1), day(2)])
    next(going)
    going.close()  # type: ignore[attr-defined]
    assert set(steps(corpus)) == {"visible"}
    assert not corpus.ingester.unfinished()


def test_what_is_done_is_told_before_the_next_ones_failure(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise EmbeddingError("the model is gone", remedy="fetch it")

    with monkeypatch.context() as patch:
        at_embedding(corpus, patch, "day 1", fails)
        going = corpus.ingester.ingest([day(0), day(1), day(2)])
        assert next(going).name == "0.txt"
        with pytest.raises(EmbeddingError):
            next(going)
    assert steps(corpus) == ["visible", "parsed"]
    assert told(list(corpus.ingester.resume())) == [("1.txt", Outcome.ADDED)]


def test_the_next_is_left_for_later_where_one_fails(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise IndexUnavailable("gone", remedy="try again")

    with monkeypatch.context() as patch:
        patch.setattr(type(corpus.index.current.words), "add", fails)
        with pytest.raises(IndexUnavailable):
            list(corpus.ingester.ingest([day(0), day(1), day(2)]))
    assert steps(corpus) == ["embedded", "embedded"]
    assert told(list(corpus.ingester.resume())) == [("0.txt", Outcome.ADDED), ("1.txt", Outcome.ADDED)]


def test_small_ones_share_a_batch_and_large_ones_have_few() -> None:
    bounds = {"few": 2, "many": 5, "light": 10, "heavy": 40}
    given = [1] * 6 + [9, 9, 9, 50, 50, 1]
    batches = list(by_weight(given, int, **bounds))
    assert batches == [[1] * 5, [1, 9], [9, 9], [50], [50], [1]]


def test_a_long_run_of_turns_that_overlap_remembers_few() -> None:
    turns = Turns()
    with turns.turn() as first:
        last = turns.turn()
        last.__enter__()
        turns.changed({"first"}, first)
    for number in range(100):
        following = turns.turn()
        now = following.__enter__()
        turns.changed({str(number)}, now)
        last.__exit__(None, None, None)
        last = following
    assert not turns.touched({str(number) for number in range(98)} | {"first"})
    last.__exit__(None, None, None)
