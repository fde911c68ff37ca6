"""A conversation or an article that was deleted is in no file, while the service runs and after; what a purge
takes, no answer tells any more."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from retrieval.private import make_private
from service.answers import AnswerStore
from service.bootstrap import Service, open_service
from service.keys import KeyScope, keys_in
from service.wire import AnswerOut, ChatRequest, FeedbackIn
from service.withdrawal import WITHDRAWN
from tests.conftest import MakeSettings, add, serving
from tests.remains import remains

NEWS = "Zvorblunck told Qwyxandrov that the glimpfarnth of Жорблункова had lasted for nineteen hours."
OTHER = "The ferry crews of Kungsbacka agreed on a timetable for nineteen winter sailings."
ASKED = "How many hours did the glimpfarnth of Zvorblunck last?"
WORDS = ["Qwyxandrov", "glimpfarnth", "Жорблункова", "Brumthaxel"]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def news(service: Service) -> str:
    add(service, OTHER, title="Ferries")
    id_ = add(service, NEWS, title="Brumthaxel").article_id
    assert id_ is not None
    return id_


@pytest.fixture
def client(service: Service, news: str) -> Iterator[httpx.Client]:
    with serving(service) as client:
        yield client


def ask(client: httpx.Client, question: str, **more: object) -> dict[str, object]:
    headers = {"Idempotency-Key": str(more.pop("key"))} if "key" in more else {}
    reply = client.post("/v1/chat", json={"question": question, **more}, headers=headers)
    assert reply.status_code == 200, reply.text
    answer: dict[str, object] = reply.json()
    return answer


def test_a_deleted_conversation_is_in_no_file(client: httpx.Client, service: Service, data_dir: Path) -> None:
    asked = "Did Wobblestrake see the quimbelfance of Drogmantel?"
    gone = ask(client, asked, key="k-1")
    ask(client, "And the flonkertwist?", conversation_id=gone["conversation_id"])
    said = {"rating": "down", "comment": "Snarpledoodle disagrees."}
    assert client.post(f"/v1/answers/{gone['id']}/feedback", json=said).is_success
    named = {"title": "Tirrelwasp"}
    assert client.patch(f"/v1/conversations/{gone['conversation_id']}", json=named).is_success
    words = ["Wobblestrake", "quimbelfance", "Drogmantel", "flonkertwist", "Snarpledoodle", "Tirrelwasp"]
    assert remains(data_dir, words)
    assert client.delete(f"/v1/conversations/{gone['conversation_id']}").status_code == 204
    assert remains(data_dir, words) == []


def test_an_erased_key_is_in_no_file_with_all_that_was_asked_by_it(
    client: httpx.Client, service: Service, data_dir: Path
) -> None:
    made = service.keys.create("Oggleby of Trumpelwitz", list(KeyScope))
    question = ChatRequest(question="Did Wobblestrake see the quimbelfance?")
    answer = service.chat.ask(question, principal=made.key.principal)
    service.conversations.rename(answer.conversation_id, "Tirrelwasp", principal=made.key.principal)
    said = FeedbackIn(rating="down", reason="unsupported", comment="Snarpledoodle disagrees.")
    service.feedback.put(answer.id, said, principal=made.key.principal)
    kept = service.keys.create("Hennepin", [KeyScope.READ]).key
    words = ["Oggleby", "Trumpelwitz", "Wobblestrake", "Tirrelwasp", "Snarpledoodle", "unsupported"]
    words += [made.key.id, answer.id]
    with keys_in(service.settings) as beside:
        beside.revoke(made.key.id)
        assert {where.rpartition(": ")[2] for where in remains(data_dir, words)} >= set(words)
        beside.erase(made.key.name)
        assert remains(data_dir, words) == []
        assert [key.id for key in beside.listed()] == [kept.id]


def test_a_deleted_article_stays_for_the_answers_that_cite_it_and_goes_with_the_last(
    client: httpx.Client, news: str, data_dir: Path
) -> None:
    answer = ask(client, ASKED)
    assert client.delete(f"/v1/articles/{news}").status_code == 204
    assert {where.partition(":")[0] for where in remains(data_dir, WORDS)} == {"record.sqlite"}
    assert client.get(f"/v1/articles/{news}/text?version=1").text == NEWS
    client.delete(f"/v1/conversations/{answer['conversation_id']}")
    assert remains(data_dir, WORDS) == []
    assert client.get(f"/v1/articles/{news}/text?version=1").status_code == 410


def test_a_purged_article_is_in_no_file_and_no_answer(
    client: httpx.Client, service: Service, news: str, data_dir: Path
) -> None:
    before = ask(client, ASKED, key="k-1")
    other = ask(client, "What did the ferry crews agree on?")
    follow = ask(client, "And how many sailings?", conversation_id=before["conversation_id"])
    assert "glimpfarnth" in str(before["text"])
    for _ in range(2):
        assert client.delete(f"/v1/articles/{news}", params={"purge": "true"}).status_code == 204
    for path in ("", "/text", "?version=1"):
        gone = client.get(f"/v1/articles/{news}{path}")
        assert (gone.status_code, gone.json()["code"]) == (410, "withdrawn")
    page = client.get(f"/articles/{news}?version=1&quote=0-10")
    assert (page.status_code, "Withdrawn" in page.text) == (410, True)
    after = client.get(f"/v1/answers/{before['id']}").json()
    cited = {c["id"] for c in before["citations"] if c["article"]["id"] == news}  # type: ignore[attr-defined]
    assert cited
    assert [c for c in after["citations"] if c["id"] in cited] == [
        {"id": number, "withdrawn": True} for number in sorted(cited)
    ]
    assert "Zvorblunck told" not in str(after)
    assert WITHDRAWN in after["text"]
    for said in after["statements"]:
        assert after["text"][said["start"] : said["end"]] == said["text"]
        assert "".join(part["text"] for part in said["parts"]) == said["text"]
    assert ask(client, ASKED, key="k-1") == after
    told = client.get(f"/v1/answers/{before['id']}/events").text
    assert '"withdrawn":true' in told
    turns = client.get(f"/v1/conversations/{before['conversation_id']}").json()["turns"]
    assert turns[0]["answer"] == after
    assert turns[1]["answer"]["id"] == follow["id"]
    assert client.get(f"/v1/answers/{other['id']}").json() == other
    # What people asked is theirs, and stays until they delete it.
    assert remains(data_dir, [word for word in WORDS if word not in ASKED]) == []


def test_what_is_purged_while_an_answer_is_made_is_not_stored_with_it(
    service: Service, news: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = type(service.answers).finish

    def purged_first(store: object, answer: object) -> object:
        service.purge(news)
        return finish(store, answer)  # type: ignore[arg-type]

    monkeypatch.setattr(type(service.answers), "finish", purged_first)
    answer = service.chat.ask(ChatRequest(question="How long did it last in Жорблункова?"))
    assert answer.citations
    assert all(citation.model_dump().get("withdrawn") for citation in answer.citations)
    assert answer == service.answers.get(answer.id)
    assert remains(data_dir, ["Qwyxandrov", "Brumthaxel"]) == []


def test_what_is_purged_while_a_question_that_follows_is_answered_is_not_in_its_words(
    service: Service, news: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = service.chat.ask(ChatRequest(question="Who spoke of nineteen hours in Жорблункова?"))
    assert first.citations
    finish, understood = AnswerStore.finish, []

    def purged_first(store: AnswerStore, answer: AnswerOut) -> AnswerOut:
        understood.append(answer.standalone_question)
        service.purge(news)
        return finish(store, answer)

    with monkeypatch.context() as patch:
        patch.setattr(AnswerStore, "finish", purged_first)
        follow = ChatRequest(question="What else did he say?", conversation_id=first.conversation_id)
        answer = service.chat.ask(follow)
    assert "Zvorblunck" in understood[0]
    assert answer.standalone_question == "What else did he say?"
    assert answer == service.answers.get(answer.id)
    assert remains(data_dir, ["Zvorblunck", "Qwyxandrov", "Brumthaxel"]) == []
    later = ChatRequest(question="And the ferry crews of Kungsbacka?", conversation_id=first.conversation_id)
    assert WITHDRAWN not in service.chat.ask(later).text


def test_nobody_else_may_read_what_is_kept(data_dir: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(data_dir)
    open_service(settings, command="a test").close()
    for path in (data_dir, *data_dir.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)  # as earlier releases left them
    before = os.umask(0o022)
    make_private()
    opened = open_service(settings, command="a test")
    try:
        add(opened, NEWS)
        with serving(opened) as client:
            ask(client, ASKED)
            modes = {p: stat.S_IMODE(p.lstat().st_mode) for p in (data_dir, *data_dir.rglob("*"))}
    finally:
        opened.close()
        os.umask(before)
    assert len(modes) > 10
    assert {p: oct(m) for p, m in modes.items() if m != (0o700 if p.is_dir() else 0o600)} == {}
