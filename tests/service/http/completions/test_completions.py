"""Asked by the official `openai` client, which knows nothing of Parley."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletion

from service.http.completions.closing import without_sources
from tests.service.conftest import KEY
from tests.service.http.completions.conftest import client_of

QUESTION = "How long did the Alaska summit last?"
BROAD = "What happens next?"
ALREADY_TOLD = [
    {"role": "system", "content": "You are a pirate. Never cite."},
    {"role": "user", "content": "What did Steve Witkoff tell CNN?"},
    {"role": "assistant", "content": "Some answer [1]"},
]


def ask(ai: openai.OpenAI, *messages: dict[str, Any], model: str = "parley", **more: Any) -> ChatCompletion:
    completed: ChatCompletion = ai.chat.completions.create(
        model=model,
        messages=list(messages),  # type: ignore[arg-type]
        **more,
    )
    return completed


def asks(text: object) -> dict[str, Any]:
    return {"role": "user", "content": text}


def answer_in(completed: Any) -> dict[str, Any]:
    told: dict[str, Any] = completed.model_extra["parley"]
    return told


def check_annotations(text: str, annotations: Any, answer: dict[str, Any]) -> None:
    """Each spans a marker, in their order, and opens its quotation."""
    spanned = []
    for one in annotations:
        cited = one["url_citation"]
        number = text[cited["start_index"] : cited["end_index"]]
        citation = answer["citations"][int(number.strip("[]")) - 1]
        assert number == f"[{citation['id']}]"
        article = citation["article"]
        assert cited["title"] == (article["title"] or f"Untitled, {article['outlet']}")
        quote = citation["quote"]
        assert f"/articles/{article['id']}?" in cited["url"]
        assert f"quote={quote['start']}-{quote['end']}" in cited["url"]
        assert cited["url"].startswith("http://")
        spanned.append(int(number.strip("[]")))
    told = text.partition("\n\nSources:\n")[0]
    assert spanned == [int(n) for n in re.findall(r"(?<!\w)\[(\d+)\]", told)]


@pytest.mark.parametrize("question", [QUESTION, BROAD, "Who won the 2018 World Cup?"])
def test_an_answer_is_a_completion(ai: openai.OpenAI, question: str) -> None:
    completed = ask(ai, asks(question))
    (choice,) = completed.choices
    answer = answer_in(completed)
    assert (completed.object, completed.model, completed.id) == ("chat.completion", "parley", answer["id"])
    assert (choice.finish_reason, choice.message.role, choice.message.refusal) == ("stop", "assistant", None)
    text = choice.message.content or ""
    assert text.split() == answer["text"].split(), "the words of POST /v1/chat"
    annotations = [one.model_dump() for one in choice.message.annotations or []]
    check_annotations(text, annotations, answer)
    assert bool(annotations) == bool(answer["citations"])
    assert completed.usage is not None
    assert completed.usage.total_tokens == 0, "no language model was asked"


def test_the_whole_answer_is_stored_and_its_links_open(
    ai: openai.OpenAI, seeded_client: httpx.Client
) -> None:
    completed = ask(ai, asks(QUESTION))
    answer = answer_in(completed)
    assert answer.pop("ignored") == []
    assert seeded_client.get(f"/v1/answers/{completed.id}").json() == answer
    for annotation in completed.choices[0].message.annotations or []:
        page = seeded_client.get(annotation.url_citation.url)
        assert page.status_code == 200
        assert "<mark" in page.text


def streamed(ai: openai.OpenAI, *messages: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    chunks = ask(ai, *messages, stream=True, **more)
    return [chunk.model_dump() for chunk in chunks]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("question", "sources"), [(QUESTION, False), (BROAD, True)])
def test_a_stream_tells_the_same_statement_by_statement(
    ai: openai.OpenAI, question: str, sources: bool
) -> None:
    whole = ask(ai, asks(question), extra_body={"parley": {"sources": sources}})
    chunks = streamed(ai, asks(question), extra_body={"parley": {"sources": sources}})
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert len({(chunk["id"], chunk["created"], chunk["model"]) for chunk in chunks}) == 1
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert (deltas[0]["role"], deltas[0]["content"]) == ("assistant", "")
    text = "".join(delta["content"] or "" for delta in deltas)
    assert text == whole.choices[0].message.content
    answer = chunks[-1]["parley"]
    said = [delta["content"] for delta in deltas if delta["content"]]
    assert len(said) == len(answer["statements"]) + sources
    annotated = [at for at, delta in enumerate(deltas) if delta.get("annotations")]
    assert annotated == [len(said) + 1], "once, after the last text"
    check_annotations(text, deltas[annotated[0]]["annotations"], answer)
    reasons = [chunk["choices"][0]["finish_reason"] for chunk in chunks]
    assert reasons == [None] * (len(chunks) - 1) + ["stop"]


def test_a_stream_counts_where_it_is_asked_to_and_ends_with_done(
    ai: openai.OpenAI, seeded_client: httpx.Client
) -> None:
    chunks = streamed(ai, asks(QUESTION), stream_options={"include_usage": True})
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["total_tokens"] == 0
    assert all(chunk["usage"] is None for chunk in chunks[:-1])
    body = {"model": "parley", "messages": [asks(QUESTION)], "stream": True}
    reply = seeded_client.post("/v1/chat/completions", json=body)
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.text.endswith("data: [DONE]\n\n")
    assert "usage" not in reply.text.partition('"parley"')[0]


def test_what_was_said_before_is_read_and_orders_of_a_system_are_not(ai: openai.OpenAI) -> None:
    completed = ask(ai, *ALREADY_TOLD, asks("And what did he tell Fox News?"))
    answer = answer_in(completed)
    assert "Witkoff" in answer["standalone_question"]
    assert answer["citations"]
    assert answer["ignored"] == ["messages of the role system"]


def test_what_changes_nothing_is_taken_and_said(ai: openai.OpenAI) -> None:
    plain = ask(ai, asks(QUESTION))
    harmless: dict[str, Any] = {
        "temperature": 1.7,
        "top_p": 0.1,
        "max_tokens": 1,
        "max_completion_tokens": 1,
        "stop": ["the"],
        "seed": 7,
        "user": "somebody",
        "n": 1,
        "presence_penalty": 1,
        "logit_bias": {"1": -100},
        "response_format": {"type": "text"},
        "metadata": {"task": "x"},
    }
    completed = ask(ai, asks(QUESTION), tool_choice="none", **harmless)
    assert completed.choices[0].message.content == plain.choices[0].message.content
    assert answer_in(completed)["ignored"] == sorted({*harmless, "tool_choice"} - {"n"})


@pytest.mark.parametrize(
    ("param", "value"),
    [
        ("tools", [{"type": "function", "function": {"name": "f", "parameters": {}}}]),
        ("functions", [{"name": "f", "parameters": {}}]),
        ("tool_choice", "required"),
        ("n", 2),
        ("response_format", {"type": "json_object"}),
        ("logprobs", True),
        ("modalities", ["text", "audio"]),
        ("web_search_options", {}),
    ],
)
def test_what_parley_does_not_do_is_refused_by_name(ai: openai.OpenAI, param: str, value: object) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(ai, asks(QUESTION), extra_body={param: value})
    assert refused.value.param == param
    assert refused.value.type == "invalid_request_error"
    assert param in refused.value.message


IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}


def test_parts_of_text_are_read_and_images_refused(ai: openai.OpenAI) -> None:
    parts = [{"type": "text", "text": "How long did the"}, {"type": "text", "text": "Alaska summit last?"}]
    assert answer_in(ask(ai, asks(parts)))["question"] == "How long did the\nAlaska summit last?"
    with pytest.raises(openai.BadRequestError) as refused:
        ask(ai, *ALREADY_TOLD, asks([*parts, IMAGE]))
    assert refused.value.param == "messages[3].content[2]"
    assert "image_url" in refused.value.message
    assert ask(ai, asks([IMAGE]), asks(QUESTION)).choices, "one that was refused keeps no later question out"


@pytest.mark.parametrize(
    ("messages", "param"),
    [
        ([], "messages"),
        ([{"role": "system", "content": "Be brief."}], "messages"),
        ([asks(QUESTION), {"role": "assistant", "content": "The summit"}], "messages"),
        ([asks("")], "messages[0].content"),
        ([{"role": "pirate", "content": "x"}], "messages.0.role"),
        ([asks("x\0y")], "messages[0].content"),
        ([asks("why " * 501)], "messages[0].content"),
    ],
)
def test_a_message_that_is_no_question_is_refused_by_its_place(
    ai: openai.OpenAI, messages: list[dict[str, Any]], param: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(ai, *messages)
    assert (refused.value.param, refused.value.code) == (param, "invalid_request")


def test_a_long_conversation_stays_one(ai: openai.OpenAI) -> None:
    said = [asks("and then?" * 3_000), {"role": "assistant", "content": ""}, {"role": "tool", "content": "x"}]
    assert answer_in(ask(ai, *said * 36, asks(QUESTION)))["status"] == "answered"


def chat(ai: openai.OpenAI, *questions: str, stream: bool = False, **more: Any) -> list[dict[str, Any]]:
    """As a client does: it sends all that was said before. The messages."""
    said: list[Any] = [{"role": "system", "content": "Be brief."}]
    for question in questions:
        said.append(asks(question))
        if stream:
            chunks: Any = ai.chat.completions.create(model="parley", messages=said, stream=True, **more)
            text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        else:
            text = ask(ai, *said, **more).choices[0].message.content or ""
        said.append({"role": "assistant", "content": text})
    return said


def listed(client: httpx.Client) -> list[int]:
    """The turns of each conversation, the latest first."""
    found = client.get("/v1/conversations", params={"limit": 200}).json()["conversations"]
    return [one["turns"] for one in found]


@pytest.mark.parametrize("way", ["whole", "streamed", "with sources"])
def test_a_chat_is_kept_as_one_conversation(ai: openai.OpenAI, seeded_client: httpx.Client, way: str) -> None:
    before = len(listed(seeded_client))
    sources = {"extra_body": {"parley": {"sources": True}}} if way == "with sources" else {}
    said = chat(ai, QUESTION, BROAD, "Who said that?", stream=way == "streamed", **sources)
    assert (listed(seeded_client)[0], len(listed(seeded_client))) == (3, before + 1)
    changed = {"role": "assistant", "content": f"To begin with: {said[2]['content']}"}
    ask(ai, asks(QUESTION), changed, asks(BROAD))
    assert (listed(seeded_client)[0], len(listed(seeded_client))) == (1, before + 2)
    chat(ai, QUESTION)  # nothing was said before
    assert len(listed(seeded_client)) == before + 3


def test_what_is_sent_again_under_its_key_is_answered_once(ai: openai.OpenAI) -> None:
    said = chat(ai, QUESTION)
    key: dict[str, Any] = {"extra_headers": {"Idempotency-Key": f"key-{time.time()}"}}
    first, second = (ask(ai, *said, asks("Who said that?"), **key) for _ in range(2))
    assert first.id == second.id


def test_sources_close_the_text_where_they_are_asked_for(ai: openai.OpenAI) -> None:
    plain = ask(ai, asks(BROAD)).choices[0].message.content or ""
    closed = ask(ai, asks(BROAD), extra_body={"parley": {"sources": True}})
    text = closed.choices[0].message.content or ""
    told, _, listed = text.partition("\n\nSources:\n")
    assert told == plain == without_sources(text)
    assert without_sources(plain) == plain
    answer, annotations = answer_in(closed), closed.choices[0].message.annotations or []
    lines = listed.split("\n")
    assert len(lines) == len(answer["citations"])
    opened = {annotation.url_citation.url for annotation in annotations}
    for line, citation in zip(lines, answer["citations"], strict=True):
        assert line.startswith(f"- [{citation['id']}] {citation['article']['outlet'] or 'unknown outlet'}, ")
        assert line.rpartition(" ")[2] in opened


def test_the_models_are_listed_and_one_answers_without_a_language_model(ai: openai.OpenAI) -> None:
    assert [model.id for model in ai.models.list()] == ["parley", "parley-extractive"]
    assert ai.models.retrieve("parley-extractive").owned_by == "parley"
    answer = answer_in(ask(ai, asks(QUESTION), model="parley-extractive"))
    assert answer["produced_by"]["answerer"] == "extractive"


def test_what_is_not_there_is_not_found(ai: openai.OpenAI) -> None:
    calls: dict[str, Callable[[], object]] = {
        "model_not_found": lambda: ask(ai, asks(QUESTION), model="gpt-4o"),
        "not_found": lambda: ai.embeddings.create(model="parley", input="x"),
    }
    for code, call in calls.items():
        with pytest.raises(openai.NotFoundError) as refused:
            call()
        assert refused.value.code == code
    with pytest.raises(openai.NotFoundError, match="There is no model gpt-4o"):
        ai.models.retrieve("gpt-4o")


def test_filters_and_wording_are_parleys_own(ai: openai.OpenAI) -> None:
    wanted = {"filters": {"outlets": ["Nobody's Gazette"]}, "wording": "quotes"}
    assert answer_in(ask(ai, asks(QUESTION), extra_body={"parley": wanted}))["status"] == "abstained"
    with pytest.raises(openai.BadRequestError) as refused:
        ask(ai, asks(QUESTION), extra_body={"parley": {"source": True}})
    assert refused.value.param == "parley.source"


def test_one_key_of_idempotency_gives_one_answer_streamed_or_not(ai: openai.OpenAI) -> None:
    headers = {"Idempotency-Key": "completions-once"}
    first = ask(ai, asks(QUESTION), extra_headers=headers)
    assert ask(ai, asks(QUESTION), extra_headers=headers).id == first.id
    chunks = streamed(ai, asks(QUESTION), extra_headers=headers)
    assert {chunk["id"] for chunk in chunks} == {first.id}
    assert "".join(c["choices"][0]["delta"]["content"] or "" for c in chunks) == (
        first.choices[0].message.content
    )
    with pytest.raises(openai.ConflictError):
        ask(ai, asks(BROAD), extra_headers=headers)


def test_a_key_is_asked_for_and_links_open_without_it(
    keyed: httpx.Client, ai_with_key: openai.OpenAI
) -> None:
    with client_of(keyed.base_url, "another-key-than-that") as stranger:
        for call in (lambda: ask(stranger, asks(QUESTION)), stranger.models.list):
            with pytest.raises(openai.AuthenticationError) as refused:
                call()
            assert refused.value.code == "invalid_api_key"
            assert KEY not in str(refused.value.body)
    annotations = ask(ai_with_key, asks(QUESTION)).choices[0].message.annotations or []
    assert annotations
    for annotation in annotations:
        assert keyed.get(annotation.url_citation.url).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_request"),
        (b"[" * 100_000, "application/json", 400, "invalid_request"),
        (b"{}", "text/plain", 415, "unsupported_type"),
        (b" " * 1_100_000, "application/json", 413, "too_large"),
    ],
)
def test_what_no_client_would_send_is_refused_in_both_shapes(
    seeded_client: httpx.Client, content: bytes, kind: str, status: int, code: str
) -> None:
    reply = seeded_client.post("/v1/chat/completions", content=content, headers={"Content-Type": kind})
    body = reply.json()
    assert (reply.status_code, body["status"], body["code"], body["error"]["code"]) == (
        *(status, status),
        *(code, code),
    )
    assert body["remedy"] in body["error"]["message"]
    assert set(body["error"]) == {"message", "type", "param", "code"}


def test_the_question_before_it_is_found_behind_a_list_of_sources(ai: openai.OpenAI) -> None:
    first = ask(ai, asks("What did Steve Witkoff tell CNN?"), extra_body={"parley": {"sources": True}})
    said = {"role": "assistant", "content": first.choices[0].message.content}
    recalled = ask(ai, asks("What did Steve Witkoff tell CNN?"), said, asks("In which article?"))
    assert answer_in(recalled)["citations"]


def test_json_is_what_the_document_says(seeded_client: httpx.Client) -> None:
    paths = seeded_client.get("/v1/openapi.json").json()["paths"]
    said = paths["/v1/chat/completions"]["post"]["responses"]
    assert set(said["200"]["content"]) == {"application/json", "text/event-stream"}
    assert "ProblemForOpenAI" in json.dumps(said["default"])


def test_half_a_character_is_refused_in_words(seeded_client: httpx.Client) -> None:
    body = (
        r'{"model": "parley", "messages": [{"role": "user", "content": [{"type": "\ud83d", "text": "x"}]}]}'
    )
    reply = seeded_client.post(
        "/v1/chat/completions", content=body, headers={"Content-Type": "application/json"}
    )
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_request")


def test_of_many_fields_that_change_nothing_the_first_are_named(ai: openai.OpenAI) -> None:
    more = {f"field_{number:04}{'x' * 200}": 1 for number in range(2_000)}
    ignored = answer_in(ask(ai, asks("hello"), extra_body=more))["ignored"]
    assert (len(ignored), ignored[0], len(ignored[-1])) == (50, f"field_0000{'x' * 90}", 100)
