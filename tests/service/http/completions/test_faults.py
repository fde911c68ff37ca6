"""By a language model, amid faults, of what is gone: as POST /v1/chat, in the words of OpenAI's API."""

from collections.abc import Iterator
from typing import Any

import openai
import pytest

from service.bootstrap import Service
from service.http import events as sse
from service.http.completions.streaming import Chunks
from service.searching import Searching
from tests.conftest import add, serving
from tests.service.http.completions.conftest import client_of
from tests.service.http.completions.test_completions import answer_in, ask, asks, streamed
from tests.service.http.modelled import Modelled, modelled
from tests.service.http.stuck import stuck

pytestmark = pytest.mark.slow

QUESTION = "What did Rubio say about borders and territories on NBC News?"
TEXT = "The envoys — “both” 🕊️ — met for two hours in Київ. Nobody else spoke."


@pytest.fixture(scope="module")
def world(seeded: Service) -> Iterator[Modelled]:
    with modelled(seeded) as made:
        yield made


@pytest.fixture(scope="module")
def by_model(world: Modelled) -> Iterator[openai.OpenAI]:
    with client_of(world.client.base_url) as client:
        yield client


@pytest.mark.slow
def test_a_language_model_answers_and_its_tokens_are_counted(
    by_model: openai.OpenAI, world: Modelled
) -> None:
    world.plays()
    completed = ask(by_model, asks(QUESTION))
    answer, usage = answer_in(completed), completed.usage
    assert answer["produced_by"]["answerer"] == "generative"
    assert usage is not None
    tokens = answer["diagnostics"]["tokens"]
    assert (usage.prompt_tokens, usage.completion_tokens) == (tokens["prompt"], tokens["completion"])
    assert usage.prompt_tokens > usage.completion_tokens > 0
    extractive = ask(by_model, asks(QUESTION), model="parley-extractive")
    assert answer_in(extractive)["produced_by"]["answerer"] == "extractive"
    assert extractive.usage is not None
    assert extractive.usage.total_tokens == 0


@pytest.mark.slow
@pytest.mark.parametrize("says", ["invents", "links", "prose"])
def test_nothing_unverified_is_streamed(by_model: openai.OpenAI, world: Modelled, says: str) -> None:
    world.plays(says=says)
    chunks = streamed(by_model, asks(QUESTION))
    answer = chunks[-1]["parley"]
    text = "".join(chunk["choices"][0]["delta"]["content"] or "" for chunk in chunks)
    assert text.split() == answer["text"].split()
    assert all(statement["citations"] or statement["kind"] == "notice" for statement in answer["statements"])
    assert "evil" not in text


@pytest.mark.slow
def test_a_model_that_fails_leaves_an_answer_that_says_so(by_model: openai.OpenAI, world: Modelled) -> None:
    world.plays("unauthorized")
    completed = ask(by_model, asks(QUESTION))
    assert completed.choices[0].finish_reason == "stop"
    assert answer_in(completed)["diagnostics"]["degraded"]


def test_a_failure_amid_a_stream_ends_it_with_an_error(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault nobody foresaw: secret")

    add(service, TEXT)
    monkeypatch.setattr(Searching, "search", broken)
    with serving(service) as client, client_of(client.base_url) as ai:
        with pytest.raises(openai.APIError, match="Parley failed on this request") as failed:
            streamed(ai, asks("How long did the envoys meet?"))
        assert failed.value.code == "internal"
        assert "secret" not in str(failed.value.body)
        with pytest.raises(openai.InternalServerError) as refused:
            ask(ai, asks("How long did the envoys meet?"))
        assert refused.value.type == "server_error"


def test_an_answer_that_cannot_be_told_ends_its_stream_with_an_error(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("a fault nobody foresaw: secret")

    add(service, TEXT)
    monkeypatch.setattr(Chunks, "_end", broken)
    body = {"model": "parley", "messages": [asks("How long did the envoys meet?")], "stream": True}
    with serving(service) as client:
        reply = client.post("/v1/chat/completions", json=body)
    assert '"code":"internal"' in reply.text
    assert reply.text.endswith("data: [DONE]\n\n")
    assert "secret" not in reply.text
    assert "could not be told" in caplog.text


def test_who_leaves_a_stream_is_noticed_and_a_quiet_one_is_kept_open(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse.Streams.__init__, "__kwdefaults__", {"heartbeat": 0.02})
    body = {"model": "parley", "messages": [asks("?")], "stream": True}
    with stuck(service) as (blocked, answerer), serving(blocked) as client:
        with client.stream("POST", "/v1/chat/completions", json=body) as response:
            lines = response.iter_lines()
            assert '"role":"assistant"' in next(lines)
            assert ":" in (next(lines), next(lines)), "a comment, which clients leave out"
            assert not answerer.left()
        assert answerer.leaves(timeout=20)


def test_what_was_purged_is_withdrawn_from_an_answer_given_again(service: Service) -> None:
    done = add(service, TEXT, outlet="[x](https://evil.example/?q=)", title="<img src=//evil.example>")
    assert done.article_id is not None
    headers = {"Idempotency-Key": "before-the-purge"}
    question = asks("How long did the envoys meet?")
    with serving(service) as client, client_of(client.base_url) as ai:
        options: dict[str, Any] = {"extra_headers": headers, "extra_body": {"parley": {"sources": True}}}
        before = ask(ai, question, **options).choices[0].message
        listed = (before.content or "").partition("\n\nSources:\n")[2]
        assert before.annotations
        assert not {"](", "<img"} & {listed[at : at + n] for at in range(len(listed)) for n in (2, 4)}
        service.purge(done.article_id)
        after = ask(ai, question, **options).choices[0].message
    assert after.annotations == []
    assert (after.content or "").endswith("\n\nSources:\n- [1] withdrawn")
    assert "envoys" not in (after.content or "")
