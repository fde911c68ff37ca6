"""A command reaches the corpus wherever it is, and both ways give the same."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from retrieval.article import Facts
from retrieval.errors import DataDirectoryLocked, ParleyError
from retrieval.sources import Source
from service.bootstrap import Service
from service.config import Settings
from service.desk.client import Client
from service.errors import InvalidRequest, ServiceRefused, ServiceUnreachable
from service.terminal.inprocess import InProcess
from service.terminal.local import CorpusAccess, ThroughService, open_access
from tests.conftest import MakeSettings, serving
from tests.running import free_port

TEXT = "The envoys met for two hours in the old customs house. “Nobody else spoke” — 🕊️."


@pytest.fixture(params=["in this process", "through the service"])
def access(request: pytest.FixtureRequest, service: Service) -> Iterator[CorpusAccess]:
    if request.param == "in this process":
        yield InProcess(service)
        return
    with serving(service) as http, Client(str(http.base_url), key=None) as client:
        yield ThroughService(client, str(http.base_url))


def test_an_article_goes_in_is_cited_and_goes_out(access: CorpusAccess) -> None:
    facts = Facts(outlet="Вісник", authors=("Ann", "Іван"), published="2025-08-17", language="en")
    (added,) = access.ingest([Source("a.txt", TEXT.encode(), facts, "desk/1")])
    assert added.line.startswith("a.txt: added as a_")
    (row,) = access.articles()
    assert (row["outlet"], row["authors"], row["published"]) == ("Вісник", ["Ann", "Іван"], "2025-08-17")
    answer = access.ask("How long did the envoys meet?")
    assert answer.cited[0].quote.text == TEXT[:54]
    assert access.shown_title(answer.cited[0]).startswith("[no title: The envoys met")
    (changed,) = access.ingest([Source("a.txt", TEXT.encode() + b" More.", facts, "desk/1")])
    assert "updated" in changed.line
    assert "version 2" in changed.line
    access.delete(row["id"])
    assert access.articles() == []
    # A title is shown for the version that was cited, whatever became of the article.
    assert access.shown_title(answer.cited[0]).startswith("[no title: The envoys met")


def test_refusals_are_told_line_by_line(access: CorpusAccess) -> None:
    sources = [
        Source("bad\x1b[31m.txt", b"\x00", Facts(), None),
        Source("good.txt", TEXT.encode(), Facts(), None),
        Source("a.pdf", b"%PDF", Facts(), None),
    ]
    lines = list(access.ingest(sources))
    assert [line.refused for line in lines] == [True, False, True]
    assert "\x1b" not in "".join(line.line for line in lines)
    assert len(access.articles()) == 1


@pytest.mark.parametrize("question", ["", "\ud800", "x" * 2001])
def test_what_is_no_question_is_the_same_error(access: CorpusAccess, question: str) -> None:
    with pytest.raises(InvalidRequest, match="the question: "):
        access.ask(question)


@pytest.mark.parametrize("id_", ["", "none", "a/b", "..", "?x", "#"])
def test_an_unknown_article_cannot_be_deleted(access: CorpusAccess, id_: str) -> None:
    with pytest.raises(ParleyError):
        access.delete(id_)


def test_a_directory_held_by_a_command_is_refused_by_name(service: Service) -> None:
    with (
        pytest.raises(DataDirectoryLocked, match="held by `a test`"),
        open_access(service.settings, command="another", say=print),
    ):
        raise AssertionError


def test_a_directory_held_by_a_service_is_reached_through_it(service: Service) -> None:
    with serving(service) as http:
        service.corpus.lock.announce(url=str(http.base_url))
        with open_access(service.settings, command="another", say=print) as access:
            assert isinstance(access, ThroughService)
            assert access.articles() == []


def test_a_service_that_was_starting_when_the_command_looked_is_reached_too(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.terminal.local.holder_of", lambda _: None)
    with serving(service) as http:
        service.corpus.lock.announce(url=str(http.base_url))
        with open_access(service.settings, command="another", say=print) as access:
            assert isinstance(access, ThroughService)


def test_a_directory_that_nobody_holds_is_opened_and_given_back(
    tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings: Settings = make_settings(tmp_path / "data")
    for _ in range(2):
        with open_access(settings, command="a test", say=print) as access:
            assert isinstance(access, InProcess)


def test_a_service_that_does_not_answer_is_named() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with Client(url, key=None) as client, pytest.raises(ServiceUnreachable, match=url):
        client.chat("Who?")


def test_what_is_not_parley_is_suspected_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(self: httpx.Client, *_: object, **__: object) -> httpx.Response:
        return httpx.Response(404, text="<h1>Another program</h1>")

    monkeypatch.setattr(httpx.Client, "request", other)
    with (
        Client("http://127.0.0.1:1", key=None) as client,
        pytest.raises(ServiceRefused, match="404") as caught,
    ):
        client.chat("Who?")
    assert "Parley" in caught.value.remedy
