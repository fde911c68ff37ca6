"""Whoever asks at the desk, in this process or of a service over HTTP, gets the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from retrieval.article import Facts
from retrieval.errors import DataDirectoryLocked, ParleyError
from retrieval.outcome import Outcome
from retrieval.sources import Source
from service.articles import ArticleEdit
from service.bootstrap import Service
from service.config import Settings
from service.desk.client import Client
from service.desk.desk import Desk
from service.desk.opening import open_desk, service_desk, through_service
from service.errors import InvalidRequest, ServiceRefused, ServiceUnreachable
from service.statements import reported_query
from service.wire import Filters
from tests.conftest import MakeSettings, add, serving
from tests.running import free_port

TEXT = "The envoys met for two hours in the old customs house. “Nobody else spoke” — 🕊️."


@pytest.fixture(params=["in this process", "through the service"])
def desk(request: pytest.FixtureRequest, service: Service) -> Iterator[Desk]:
    if request.param == "in this process":
        yield service_desk(service)
        return
    with serving(service) as http, through_service(str(http.base_url), service.settings) as remote:
        yield remote


@dataclass
class Bot:
    """A chat surface, such as one for Discord, is no more than this: a message in, a text out."""

    desk: Desk
    conversations: dict[str, str] = field(default_factory=dict)

    def heard(self, channel: str, message: str) -> str:
        known = self.conversations.get(channel)
        try:
            answer = self.desk.ask(message, conversation_id=known, principal="discord:G1")
        except ParleyError as error:
            return f"{error.message}. {error.remedy}"
        self.conversations[channel] = answer.conversation_id
        links = [
            self.desk.link(citation) or self.desk.shown_title(citation).text for citation in answer.cited
        ]
        return "\n".join([answer.text, *links])


def test_a_chat_surface_of_ten_lines(desk: Desk, service: Service) -> None:
    add(service, "Ines Dahl of the guild met the ferry owners for two hours on Monday.", title="Ferries")
    bot = Bot(desk)
    assert bot.heard("one", "Who met the ferry owners?").startswith("“Ines Dahl of the guild met")
    again = "For how long?"
    assert bot.heard("one", again).startswith("“Ines Dahl of the guild met")
    assert bot.heard("one", again).endswith("\nFerries")
    assert bot.heard("two", again).startswith("What do you mean?")
    assert bot.heard("two", " ").startswith("the question: ")


def test_an_article_goes_in_is_cited_and_goes_out(desk: Desk) -> None:
    facts = Facts(outlet="Вісник", authors=("Ann", "Іван"), published="2025-08-17", language="en")
    (added,) = desk.ingest([Source("a.txt", TEXT.encode(), facts, "desk/1")])
    (row,) = desk.articles()
    assert (added.name, added.outcome, added.article_id) == ("a.txt", Outcome.ADDED, row.id)
    assert (row.outlet, row.authors, row.published) == ("Вісник", ["Ann", "Іван"], "2025-08-17")
    answer = desk.ask("How long did the envoys meet?")
    assert answer.cited[0].quote.text == TEXT[:54]
    assert desk.answer(answer.id) == answer
    (changed,) = desk.ingest([Source("a.txt", TEXT.encode() + b" More.", facts, "desk/1")])
    assert (changed.outcome, changed.version) == (Outcome.UPDATED, 2)
    desk.delete(row.id)
    assert desk.articles() == []
    # A title is shown for the version that was cited, whatever became of the article.
    title = desk.shown_title(answer.cited[0])
    assert (title.text[:15], title.origin) == ("The envoys met ", "parley")
    assert desk.text(answer.cited[0].article.id, version=1) == TEXT


def test_who_said_what_is_listed(desk: Desk, service: Service) -> None:
    add(service, "Ines Dahl told Radio Vik that the ferries would sail.\nIvar Moe denied it.", outlet="Vik")
    (one,) = desk.statements(reported_query(speaker="dahl", outlet="vik", words="sails")).statements
    assert (one.speaker, one.to) == ("Ines Dahl", "Radio Vik")
    assert desk.statements(reported_query(speaker="dahl", since="2025-01-01")).statements == []


def test_a_refused_source_stops_no_other(desk: Desk) -> None:
    sources = [
        Source("bad\x1b[31m.txt", b"\x00", Facts(), None),
        Source("good.txt", TEXT.encode(), Facts(), None),
        Source("a.odt", b"PK", Facts(), None),
    ]
    assert [done.error is None for done in desk.ingest(sources)] == [False, True, False]
    assert len(desk.articles()) == 1


@pytest.mark.parametrize("question", ["", "\ud800", "x" * 2001])
def test_what_is_no_question_is_the_same_error(desk: Desk, question: str) -> None:
    with pytest.raises(InvalidRequest, match="the question: "):
        desk.ask(question)


def test_what_is_no_conversation_is_named(desk: Desk) -> None:
    with pytest.raises(InvalidRequest, match="the conversation_id: "):
        desk.ask("Who met?", conversation_id="general")


@pytest.mark.parametrize("id_", ["", "none", "a/b", "..", "?x", "#"])
def test_an_unknown_article_cannot_be_deleted(desk: Desk, id_: str) -> None:
    for take_away in (desk.delete, desk.purge):
        with pytest.raises(ParleyError):
            take_away(id_)


def test_a_directory_held_by_a_command_is_refused_by_name(service: Service) -> None:
    with (
        pytest.raises(DataDirectoryLocked, match="held by `a test`"),
        open_desk(service.settings, command="another", say=print),
    ):
        raise AssertionError


def test_a_directory_held_by_a_service_is_reached_through_it(service: Service) -> None:
    with serving(service) as http:
        assert service.corpus.lock is not None
        service.corpus.lock.announce(url=str(http.base_url))
        with open_desk(service.settings, command="another", say=print) as desk:
            assert desk.url == str(http.base_url)
            assert desk.articles() == []


def test_a_service_that_was_starting_when_the_command_looked_is_reached_too(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.desk.opening.holder_of", lambda _: None)
    with serving(service) as http:
        assert service.corpus.lock is not None
        service.corpus.lock.announce(url=str(http.base_url))
        with open_desk(service.settings, command="another", say=print) as desk:
            assert desk.url == str(http.base_url)


def test_a_service_that_is_named_is_asked_whoever_holds_the_directory(
    service: Service, tmp_path: Path, make_settings: MakeSettings
) -> None:
    elsewhere = make_settings(tmp_path / "elsewhere")
    with serving(service) as http:
        url = str(http.base_url)
        with open_desk(elsewhere, command="another", say=print, url=url) as desk:
            assert desk.about().articles == 0
    assert not elsewhere.data_dir.exists()


def test_a_directory_that_nobody_holds_is_opened_and_given_back(
    tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings: Settings = make_settings(tmp_path / "data")
    for _ in range(2):
        with open_desk(settings, command="a test", say=print) as desk:
            assert desk.url == ""
            assert desk.about().articles == 0


def test_a_service_that_does_not_answer_is_named(service: Service) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with (
        through_service(url, service.settings) as desk,
        pytest.raises(ServiceUnreachable, match=url),
    ):
        desk.ask("Who?")


def test_what_is_not_parley_is_suspected_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(self: httpx.Client, *_: object, **__: object) -> httpx.Response:
        return httpx.Response(404, text="<h1>Another program</h1>")

    monkeypatch.setattr(httpx.Client, "request", other)
    with (
        Client("http://127.0.0.1:1", key=None) as client,
        pytest.raises(ServiceRefused, match="404") as caught,
    ):
        client.about()
    assert "Parley" in caught.value.remedy


def test_an_article_is_corrected_and_its_versions_are_told(desk: Desk) -> None:
    (added,) = desk.ingest([Source("a.txt", TEXT.encode(), Facts(title="Envoys"), None)])
    (copy,) = desk.ingest([Source("sub/б.txt", TEXT.encode(), Facts(), None)])
    assert (copy.outcome, copy.duplicate_of, copy.article_id) == (
        Outcome.DUPLICATE,
        "a.txt",
        added.article_id,
    )
    assert added.article_id is not None
    changes = ArticleEdit(outlet="Вісник", authors=["Ann"], title=None)
    edited = desk.edit(added.article_id, changes)
    assert (edited.name, edited.outcome, edited.version) == ("Envoys", Outcome.UPDATED, 2)
    list(desk.ingest([Source("b.txt", TEXT.encode() + b" More.", Facts(), "another")]))
    found = desk.history(added.article_id)
    assert [(one.version, one.outcome, one.text_changed) for one in found.versions] == [
        (1, "added", False),
        (2, "updated", False),
    ]
    assert [(one.fact, one.before, one.after) for one in found.versions[1].changed] == [
        ("title", "Envoys", None),
        ("outlet", None, "Вісник"),
        ("authors", [], ["Ann"]),
    ]
    assert (found.latest_version, found.deleted_at) == (2, None)


def test_a_question_is_asked_of_some_articles(desk: Desk) -> None:
    facts = (Facts(outlet="Quay", published="2026-03-01"), Facts(outlet="Pier"))
    texts = ("The ferry strike lasted nine days.", "The ferry strike lasted ten days.")
    sources = [Source("a.txt", text.encode(), known, None) for text, known in zip(texts, facts, strict=True)]
    list(desk.ingest(sources))
    asked = "How long did the ferry strike last?"
    assert desk.ask(asked, filters=Filters(outlets=["Pier"])).cited[0].quote.text == texts[1]
    answer = desk.ask(asked, filters=Filters.model_validate({"from": "2026-01-01", "as_of": "2026-03-02"}))
    assert [one.quote.text for one in answer.cited] == [texts[0]]
    assert "1 article without a date was left out of the search." in answer.text
