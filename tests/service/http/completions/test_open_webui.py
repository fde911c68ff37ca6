"""What Open WebUI sends of a chat, as its source has it, and what it looks for in reply.

In backend/open_webui: routers/openai.py (models, chat), routers/tasks.py (its own tasks), utils/middleware.py
(sources).
"""

import json
import re
from typing import Any

import httpx
import pytest

from tests.service.conftest import KEY

pytestmark = pytest.mark.slow

HEADERS = {
    "Authorization": f"Bearer {KEY}",
    "Content-Type": "application/json",
    "X-OpenWebUI-User-Name": "Ana",
}
QUESTION = "How long did the Alaska summit last?"
HISTORY = f"USER: {QUESTION}\nASSISTANT: It lasted three hours. [1]"


def task(instruction: str, output: str, history: str = HISTORY) -> str:
    return (
        f"### Task:\n{instruction}\n### Guidelines:\n- Be concise.\n### Output:\nJSON format: {output}\n"
        f"### Chat History:\n<chat_history>\n{history}\n</chat_history>"
    )


def sent(client: httpx.Client, **body: Any) -> httpx.Response:
    return client.post("/v1/chat/completions", json=body, headers=HEADERS)


def conversations(client: httpx.Client) -> int:
    listed = client.get("/v1/conversations", headers=HEADERS)
    assert listed.status_code == 200
    return len(listed.json()["conversations"])


def sources_shown(stream: str) -> tuple[str, list[str]]:
    """As its middleware reads a stream: the text, and the addresses of sources in order, each once."""
    text, opened = "", {}
    for line in stream.split("\n"):
        data = line.removeprefix("data: ")
        if not line.startswith("data: ") or data == "[DONE]":
            continue
        chunk = json.loads(data)
        assert "error" not in chunk
        for choice in chunk["choices"]:
            delta = choice["delta"]
            text += delta.get("content") or ""
            for one in delta.get("annotations") or ():
                assert one["type"] == "url_citation"
                opened[one["url_citation"]["url"]] = one["url_citation"]["title"]
    return text, list(opened)


def test_the_connection_is_checked_by_the_models(keyed: httpx.Client) -> None:
    listed = keyed.get("/v1/models", headers=HEADERS).json()
    assert listed["object"] == "list"
    assert [model["id"] for model in listed["data"]] == ["parley", "parley-extractive"]


def test_a_chat_is_streamed_and_each_number_is_a_source(keyed: httpx.Client) -> None:
    system = {"role": "system", "content": "Answer in emoji."}
    said = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": ""}]
    asked = {"role": "user", "content": "What happens next?"}
    reply = sent(
        keyed,
        model="parley",
        messages=[system, *said, asked],
        stream=True,
        stream_options={"include_usage": True},
        temperature=0.8,
        max_tokens=128,
    )
    assert reply.headers["content-type"].startswith("text/event-stream")
    text, opened = sources_shown(reply.text)
    numbers = list(dict.fromkeys(int(n) for n in re.findall(r"(?<!\w)\[(\d+)\]", text)))
    assert numbers == list(range(1, len(opened) + 1)), "it shows [n] as the n-th source"
    assert all(keyed.get(address).status_code == 200 for address in opened), "without a key"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (task("Generate a concise title.", '{ "title": "your concise title here" }'), {"title": QUESTION}),
        (
            task("Generate a title.", '{ "title": "..." }', f"USER: {'Why, ' * 30}oh why?\nASSISTANT: So."),
            {"title": f"{('Why, ' * 30)[:79].rstrip()}…"},
        ),
        (task("Generate 1-3 broad tags.", '{ "tags": ["tag1", "tag2", "tag3"] }'), {"tags": []}),
        (task("Suggest 3-5 questions.", '{ "follow_ups": ["Question 1?"] }'), {"follow_ups": []}),
        (task("Analyze the chat history.", '{ "queries": ["query1"] }'), {"queries": []}),
        (task("You are an autocompletion system.", '{ "text": "<completion>" }'), {"text": ""}),
        (task("Describe a picture.", '{ "prompt": "Your description" }'), {}),
        (task("Generate a title.", '{ "title": "..." }', "USER: " + "x" * 5_000), {"title": "x" * 80 + "…"}),
    ],
)
def test_what_it_wants_for_itself_is_no_question(
    keyed: httpx.Client, content: str, wanted: dict[str, Any], stream: bool
) -> None:
    before = conversations(keyed)
    reply = sent(
        keyed,
        model="parley",
        messages=[{"role": "user", "content": content}],
        stream=stream,
        max_completion_tokens=1_000,
    )
    if stream:
        text, opened = sources_shown(reply.text)
        assert opened == []
    else:
        text = reply.json()["choices"][0]["message"]["content"]
        assert reply.json()["parley"] is None
    assert json.loads(text) == wanted
    assert conversations(keyed) == before


def test_a_question_about_a_title_is_one(keyed: httpx.Client) -> None:
    asked = [{"role": "user", "content": "What title does the first article have?"}]
    assert sent(keyed, model="parley", messages=asked).json()["parley"]["statements"]


def test_its_tools_are_refused_in_words_that_it_shows(keyed: httpx.Client) -> None:
    tool = {"type": "function", "function": {"name": "search_web", "parameters": {"type": "object"}}}
    asked = [{"role": "user", "content": QUESTION}]
    reply = sent(keyed, model="parley", messages=asked, tools=[tool], stream=True)
    assert reply.status_code == 400
    assert reply.json()["error"]["message"].startswith("tools: ")


def test_a_task_is_what_the_user_sends_and_asks_no_more_than_an_answer(keyed: httpx.Client) -> None:
    wants = task("Generate a title.", '{ "title": "..." }')
    by_system = sent(keyed, model="parley", messages=[{"role": "system", "content": wants}])
    assert by_system.json()["error"]["param"] == "messages"
    several = sent(keyed, model="parley", messages=[{"role": "user", "content": wants}], n=5)
    assert several.json()["error"]["param"] == "n"
