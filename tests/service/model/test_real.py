"""The client against llama.cpp's own server and a small model: the wire as it really is."""

import json
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from prompts import Rendered
from service.model.endpoint import Endpoint, Limits
from service.model.errors import AskerLeft, ModelRefused, ModelTooLong
from service.model.language_model import Schema, Spent
from tests import llama_server

pytestmark = pytest.mark.slow

PATIENT = Limits(idle=120, total=300)
ASKED = Rendered("You answer in English, at length.", "Tell a story about a treaty.")
SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "verdict": {"type": "string", "enum": ["yes", "no", "unknown"]},
        "sure": {"type": "boolean"},
    },
    "required": ["verdict", "sure"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with llama_server.running() as base_url:
        yield base_url


@pytest.fixture
def endpoint(url: str) -> Iterator[Endpoint]:
    made = Endpoint(url, llama_server.MODEL, key=llama_server.KEY, limits=PATIENT)
    with closing(made):
        yield made


def test_it_lists_its_model(url: str) -> None:
    headers = {"Authorization": f"Bearer {llama_server.KEY}"}
    listed = httpx.get(f"{url}/models", headers=headers, trust_env=False).json()["data"]
    assert [model["id"] for model in listed] == [llama_server.MODEL]


def test_it_answers_in_pieces_to_its_end_or_to_its_length(endpoint: Endpoint) -> None:
    spent = Spent()
    said: list[str] = []
    try:
        for piece in endpoint.say(ASKED, spent=spent):
            said.append(piece)  # noqa: PERF402 - what was said before a fault counts
    except ModelTooLong:
        assert spent.completion_tokens == llama_server.LONGEST
    assert len(said) > 10
    assert spent.requests == 1
    assert spent.prompt_tokens > 10
    assert spent.completion_tokens >= len(said)


def test_it_keeps_to_a_schema(endpoint: Endpoint) -> None:
    spent = Spent()
    for question in ("Is snow white?", "Was a treaty signed on the Moon?"):
        said = "".join(endpoint.say(Rendered("Answer.", question), schema=SCHEMA, spent=spent))
        answer = json.loads(said)
        assert answer.keys() == {"verdict", "sure"}
        assert answer["verdict"] in {"yes", "no", "unknown"}
    assert spent.requests == 2, "the richest manner is taken at once"


def test_it_answers_others_after_somebody_left(endpoint: Endpoint) -> None:
    heard: list[str] = []
    with pytest.raises(AskerLeft):
        heard.extend(endpoint.say(ASKED, left=lambda: len(heard) > 3))
    assert "".join(endpoint.say(Rendered("Answer.", "Is snow white?"), schema=SCHEMA))


def test_it_wants_its_key(url: str) -> None:
    with (
        closing(Endpoint(url, llama_server.MODEL, key="another-one", limits=PATIENT)) as endpoint,
        pytest.raises(ModelRefused, match="401"),
    ):
        list(endpoint.say(ASKED))
