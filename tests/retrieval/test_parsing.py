"""An article that takes too much to read is refused by name, and holds nobody up."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.article import Facts
from retrieval.errors import (
    ParleyError,
    ParserUnavailable,
    ReadingFailed,
    SourceError,
    TooMuchWork,
    UnreadableSource,
)
from retrieval.journal import Journal
from retrieval.lock import DataDirectoryLock
from retrieval.outcome import Outcome
from retrieval.parse import parse
from retrieval.parsing import Parser
from retrieval.sources import Source
from tests.retrieval.made import TALKS, corpus_in, row_counts, source, steps

# The process's own code, with a reader that does what a hostile article might make it do.
_READS = """
import os, retrieval.parsing as parsing
read, parsing.CPU_SECONDS, parsing.MEMORY = parsing.parse, 1, 400 * 1024 * 1024
def parse(source):
    if b"for ever" in source.data:
        while True:
            pass
    if b"for a while" in source.data:
        import time
        ends = time.process_time() + 0.6
        while time.process_time() < ends:
            pass
    if b"all memory" in source.data:
        bytearray(2 * parsing.MEMORY)
    if b"a fault" in source.data:
        raise KeyError("of the reader's own")
    if b"killed" in source.data:
        import signal
        print("last words", file=__import__("sys").stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    if b"told to stop" in source.data:
        import signal
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            os.kill(os.getpid(), told)
    if b"asleep" in source.data:
        import time
        time.sleep(600)
    return read(source)
parsing.parse = parse
parsing._serve()
"""
COMMAND = (sys.executable, "-c", _READS)
Parsers = Callable[..., Parser]


@pytest.fixture
def parsers() -> Iterator[Parsers]:
    made: list[Parser] = []

    def make(**given: float) -> Parser:
        made.append(Parser(command=COMMAND, **given))
        return made[-1]

    yield make
    for parser in made:
        parser.close()


def test_apart_it_comes_out_the_same(parsers: Parsers) -> None:
    parser = Parser()
    given = source(f"Grain talks in Vienna go on\n\n{TALKS}", title="Grain")
    assert parser.parse(given, apart_from=0) == parse(given)
    parser.close()


@pytest.mark.parametrize("name", ["scan.odt", "noise.txt"])
def test_a_refusal_comes_out_the_same(parsers: Parsers, name: str) -> None:
    bad = Source(name, b"\x00\x01", Facts(), None)
    with pytest.raises(SourceError) as here:
        parse(bad)
    with pytest.raises(type(here.value)) as apart:
        parsers().parse(bad, apart_from=0)
    assert (apart.value.message, apart.value.remedy) == (here.value.message, here.value.remedy)


@pytest.mark.parametrize(("text", "what"), [("for ever", "1 s of CPU time"), ("all memory", "of memory")])
def test_what_takes_too_much_is_refused_and_the_next_is_read(
    parsers: Parsers, monkeypatch: pytest.MonkeyPatch, text: str, what: str
) -> None:
    monkeypatch.setattr("retrieval.parsing.CPU_SECONDS", 1)
    parser = parsers()
    with pytest.raises(TooMuchWork, match=what) as refused:
        parser.parse(source(text, name="bomb.txt"), apart_from=0)
    assert "bomb.txt" in refused.value.message
    assert refused.value.remedy
    assert refused.value.code == "invalid_request"
    assert parser.parse(source(TALKS), apart_from=0).text == TALKS


@pytest.mark.parametrize(
    ("script", "said"), [(_READS, "last words"), ("import nothing_of_the_name", "nothing_of")]
)
def test_a_process_that_ends_otherwise_is_no_fault_of_the_article(
    script: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    parser = Parser(command=(sys.executable, "-c", script))
    with pytest.raises(ParserUnavailable, match=r"while it read harvest\.txt") as told:
        parser.parse(source("killed " * 50_000, name="harvest.txt"), apart_from=0)
    assert told.value.retryable
    assert said in caplog.text
    parser.close()


def test_what_stops_the_service_leaves_the_reading_to_end(parsers: Parsers) -> None:
    assert parsers().parse(source(f"{TALKS} told to stop"), apart_from=0).facts.language == "en"


def test_a_fault_of_the_reader_is_said_as_one(parsers: Parsers, caplog: pytest.LogCaptureFixture) -> None:
    parser = parsers()
    with pytest.raises(ReadingFailed, match=r"harvest\.txt could not be read, by a fault of"):
        parser.parse(source("a fault", name="harvest.txt"), apart_from=0)
    assert "Traceback" in caplog.text
    assert "of the reader's own" in caplog.text
    assert parser.parse(source(TALKS), apart_from=0).text == TALKS


@pytest.mark.slow
def test_memory_that_ends_while_an_article_comes_in_is_said_so(parsers: Parsers) -> None:
    with pytest.raises(TooMuchWork, match="of memory"):
        parsers().parse(source("wide " * 45_000_000), apart_from=0)


@pytest.mark.parametrize("text", ["killed ", "a fault "])
def test_a_received_article_waits_while_it_cannot_be_read(
    tmp_path: Path, parsers: Parsers, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    with corpus_in(tmp_path) as corpus:
        Journal(corpus.record.database).receive([source(text * 3_000), source(TALKS)])
        corpus.ingester._parser = parsers()
        with pytest.raises(ParleyError):
            list(corpus.ingester.resume())
        assert steps(corpus) == ["received", "visible"]
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.removing.Parser", parsers)
        said: list[str] = []
        corpus_in(tmp_path, say=said.append).close()
        assert said[-1].startswith("Left for the next start: ")
    with corpus_in(tmp_path) as corpus:
        assert steps(corpus) == ["visible", "visible"]


@pytest.mark.slow
def test_each_article_has_the_whole_time(parsers: Parsers) -> None:
    """Of one process, which is kept."""
    parser = parsers()
    for number in range(3):
        assert parser.parse(source(f"{TALKS} for a while {number}"), apart_from=0).facts.language == "en"


def test_a_machine_too_busy_to_count_cpu_ends_it_as_well(parsers: Parsers) -> None:
    with pytest.raises(TooMuchWork):
        parsers(wall_seconds=1.0).parse(source("asleep"), apart_from=0)


@pytest.mark.slow
def test_one_that_takes_long_holds_up_no_other(parsers: Parsers) -> None:
    parser, refused = parsers(wall_seconds=10.0), threading.Event()

    def long() -> None:
        with pytest.raises(TooMuchWork):
            parser.parse(source("asleep", name="giant.txt"), apart_from=0)
        refused.set()

    thread = threading.Thread(target=long)
    thread.start()
    assert parser.parse(source(TALKS), apart_from=0).text == TALKS
    overtook = not refused.is_set()
    thread.join()
    assert overtook


def test_a_small_article_needs_no_process() -> None:
    parser = Parser(command=("/nonexistent",))
    assert parser.parse(source(TALKS)).text == TALKS
    with pytest.raises(ParserUnavailable, match="cannot be started"):
        parser.parse(source(TALKS * 60))


@pytest.mark.slow
def test_it_ends_with_its_parent_and_keeps_no_lock(tmp_path: Path) -> None:
    """Also with one that is killed."""
    script = f"""
import os, signal, pathlib
from retrieval.journal import Journal
from retrieval.lock import DataDirectoryLock
from retrieval.parsing import Parser
from tests.retrieval.made import TALKS, source
lock, parser = DataDirectoryLock(pathlib.Path({str(tmp_path)!r}), command="a test"), Parser()
parser.parse(source(TALKS), apart_from=0)
print(parser._idle[0]._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    process = Path(f"/proc/{int(ran.stdout)}")
    DataDirectoryLock(tmp_path, command="another").release()
    for _ in range(200):
        if not process.exists() or "State:\tZ" in (process / "status").read_text():
            return
        time.sleep(0.05)
    pytest.fail("it lives on")


def test_what_is_refused_leaves_nothing_and_never_comes_back(tmp_path: Path, parsers: Parsers) -> None:
    with corpus_in(tmp_path) as corpus:
        corpus.ingester._parser = parsers()
        bomb = source("for ever " * 2_000, name="bomb.txt")
        done = list(corpus.ingester.ingest([bomb, source(TALKS)]))
        assert [one.outcome for one in done] == [Outcome.REFUSED, Outcome.ADDED]
        assert isinstance(done[0].error, TooMuchWork)
        assert steps(corpus) == ["visible"]
        assert row_counts(corpus)["sources"] == 1


def test_a_fact_that_is_no_unicode_is_refused_before() -> None:
    with pytest.raises(UnreadableSource, match="not valid Unicode"):
        Parser().parse(source(TALKS, outlet="half \ud800"))
