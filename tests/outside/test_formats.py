"""A reader of a package's own: taken like ours, bounded like ours, and trusted with nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.article import Facts, Region
from retrieval.collecting import read_paths
from retrieval.errors import PackageFault, ReadingFailed, SourceError, TooMuchWork, UnreadableSource
from retrieval.outcome import Outcome
from retrieval.parsing import Parser
from retrieval.sources import FORMATS, OURS, Source, endings
from service.bootstrap import Service
from tests.conftest import add
from tests.outside.conftest import Offer

_GIVES = """
from retrieval.article import *
from retrieval.errors import UnreadableSource
from retrieval.parse import Parsed
def offered(source):
    text = source.data.decode()
    body = RegionSpan(Region.BODY, 0, len(text))
"""


@pytest.fixture
def parser() -> Iterator[Parser]:
    one = Parser()
    yield one
    one.close()


def source(data: bytes = b"Talks went on.", name: str = "day.memo") -> Source:
    return Source(name, data, Facts(outlet="As given"), None)


def test_without_the_package_there_is_no_reader(tmp_path: Path) -> None:
    (tmp_path / "quay.transcript").write_text("A talk.", "utf-8")
    with pytest.raises(SourceError, match=r"no reader for files that end in \.transcript"):
        list(read_paths([tmp_path / "quay.transcript"]))


def test_what_it_tells_of_an_article_is_kept(offer: Offer, parser: Parser) -> None:
    code = "    print('no message')\n    return Parsed(text, (body,), Facts(title='Day', outlet='As read'))"
    offer("memos", FORMATS, ".memo", _GIVES + code)
    assert endings() == (*OURS, ".memo")
    parsed = parser.parse(source())
    assert (parsed.facts, parsed.regions[0].kind) == (Facts(title="Day", outlet="As read"), Region.BODY)


def test_a_source_that_names_another_article_does_not_take_its_place(offer: Offer, service: Service) -> None:
    told = "    return Parsed(text, (body,), Facts(outlet='As read', url='https://orrin.example/quay'))"
    offer("memos", FORMATS, ".memo", _GIVES + told)
    add(service, "The quay stays shut.", url="https://orrin.example/quay")
    ingested = add(service, "The quay is open.", name="day.memo", outlet="As given")
    assert (ingested.outcome, ingested.article_id and ingested.version) == (Outcome.ADDED, 1)
    facts = service.corpus.record.article(ingested.article_id or "").facts
    assert (facts.outlet, facts.url) == ("As given", "https://orrin.example/quay")


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("    raise KeyError('speaker')", r"failed: KeyError: 'speaker' \(broken\.py, line 8\)"),
        ("    raise SystemExit", "failed: SystemExit"),
        ("    return text", "gave what is no article: not a Parsed"),
        ("    return Parsed(' ', ())", "no word"),
        ("    return Parsed('half \\ud800', (body,))", "not valid Unicode"),
        ("    return Parsed(text, (RegionSpan(Region.BODY, 0, 5),))", "'went on.' is in no region"),
        ("    return Parsed(text, (body, body))", "behind the one before"),
        ("    return Parsed(text, (RegionSpan('body', 0, len(text)),))", "is no region of it"),
        ("    return Parsed(text, (RegionSpan(Region.BODY, 'a', 'b'),))", "failed: TypeError"),
    ],
)
def test_what_it_gets_wrong_is_said_by_the_name_of_the_package(
    offer: Offer, parser: Parser, code: str, what: str
) -> None:
    offer("broken", FORMATS, ".memo", _GIVES + code)
    with pytest.raises(ReadingFailed, match=what) as told:
        parser.parse(source())
    assert told.value.message.startswith("day.memo: the reader of .memo in the package broken 2.1")


def test_a_fact_that_is_none_is_refused_as_if_we_were_given_it(offer: Offer, parser: Parser) -> None:
    offer("undated", FORMATS, ".memo", _GIVES + "    return Parsed(text, (body,), Facts(published='Monday'))")
    with pytest.raises(SourceError, match=r"as undated 2\.1 reads it: `published` is no date"):
        parser.parse(source())


def test_it_refuses_an_article_as_ours_do(offer: Offer, parser: Parser) -> None:
    offer("strict", FORMATS, ".memo", _GIVES + "    raise UnreadableSource('no memo', remedy='write one')")
    with pytest.raises(UnreadableSource, match="no memo"):
        parser.parse(source())


def test_it_is_bounded_however_small_the_article(offer: Offer, parser: Parser) -> None:
    offer("greedy", FORMATS, ".memo", _GIVES + "    return bytearray(2 ** 30)")
    with pytest.raises(TooMuchWork, match="of memory"):
        parser.parse(source())


def test_one_that_cannot_be_loaded_is_said_by_its_name(offer: Offer, parser: Parser) -> None:
    offer("needy", FORMATS, ".memo", "import nothing_of_the_name")
    with pytest.raises(ReadingFailed, match=r"needy 2\.1 cannot be loaded: ModuleNotFoundError"):
        parser.parse(source())


@pytest.mark.parametrize(
    ("name", "what"),
    [
        (".txt", r"usurper 2\.1 claims \.txt, which is Parley's own"),
        ("memo", r"memo \(usurper:offered\) of the package usurper 2\.1 is no ending"),
    ],
)
def test_it_takes_the_place_of_nothing(offer: Offer, parser: Parser, name: str, what: str) -> None:
    offer("usurper", FORMATS, name, _GIVES + "    return Parsed('Mine.', (body,))")
    with pytest.raises(PackageFault, match=what):
        parser.parse(source(name="day.txt"))


def test_two_of_one_name_are_refused(offer: Offer, parser: Parser) -> None:
    offer("first", FORMATS, ".memo", _GIVES)
    offer("second", FORMATS, ".memo", _GIVES)
    with pytest.raises(PackageFault, match=r"(first|second) 2\.1 and (first|second) 2\.1 both claim \.memo"):
        parser.parse(source())
