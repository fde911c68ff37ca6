"""The reader of a model's answer: where the bytes are cut makes no difference, and nothing gets past it."""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.model import pieces as llm_pieces
from service.model.errors import ModelCutOff, ModelFault, ModelFiltered, ModelGarbage, ModelTooLong
from service.model.pieces import Pieces, Usage


def event(chunk: object, *, ascii_only: bool = False) -> bytes:
    return b"data: " + json.dumps(chunk, ensure_ascii=ascii_only).encode() + b"\n\n"


def chunk(content: object = None, *, finish: object = None, **beside: object) -> dict[str, Any]:
    delta = {} if content is None else {"content": content}
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **beside}


DONE = b"data: [DONE]\n\n"


def read(chunks: Iterable[bytes], **given: int) -> tuple[str, type[ModelFault] | None, Usage | None]:
    """All that was said, what went wrong, and what it cost."""
    pieces = Pieces(**given)
    said: list[str] = []
    try:
        for data in chunks:
            said.extend(pieces.feed(data))
            if pieces.done:
                break
        said.extend(pieces.end())
    except ModelFault as fault:
        return "".join(said), type(fault), pieces.usage
    assert all(said), "a piece without words"
    return "".join(said), None, pieces.usage


def cut(data: bytes, at: list[int]) -> list[bytes]:
    points = [0, *sorted(point % (len(data) + 1) for point in at), len(data)]
    return [data[start:end] for start, end in pairwise(points)]


words = st.lists(st.text(max_size=20), min_size=1, max_size=8)
cuts = st.lists(st.integers(0, 10_000), max_size=30)


@settings(deadline=None)
@given(words, cuts, st.booleans(), st.sampled_from([b"\n", b"\r\n"]))
def test_an_answer_is_read_alike_wherever_it_is_cut(
    said: list[str], at: list[int], ascii_only: bool, line_end: bytes
) -> None:
    usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
    chunks = [*map(chunk, said), chunk("!", finish="stop"), {"choices": [], "usage": usage}]
    data = b"".join(event(one, ascii_only=ascii_only) for one in chunks) + DONE
    found = read(cut(data.replace(b"\n", line_end), at))
    assert found == ("".join(said) + "!", None, Usage(3, 4))


@settings(deadline=None)
@given(st.text(min_size=1), cuts, st.booleans())
def test_an_answer_that_is_not_streamed_is_read_too(said: str, at: list[int], ascii_only: bool) -> None:
    answer = {"choices": [{"message": {"role": "assistant", "content": said}, "finish_reason": "stop"}]}
    data = json.dumps(answer, indent=1, ensure_ascii=ascii_only).encode()
    assert read(cut(data, at)) == (said, None, None)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["choices", "delta", "message", "content", "finish_reason", "refusal", "usage", "error",
         "prompt_tokens", "completion_tokens", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
lines = st.one_of(
    json_like.map(lambda found: b"data: " + json.dumps(found).encode() + b"\n"),
    json_like.map(lambda found: event(chunk(found))),
    json_like.map(lambda found: event(chunk("word", finish=found))),
    json_like.map(lambda found: event({"choices": [{"delta": found}]})),
    json_like.map(lambda found: event({"choices": [], "usage": found})),
    st.binary(max_size=30),
    st.sampled_from([b"data:", b"data: {", b"\n", b"\r", b": ping\n", DONE, b"\xef\xbb\xbf", b"{"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines, max_size=8).map(b"".join), cuts)
def test_whatever_is_sent_it_is_text_or_a_fault_and_alike_wherever_it_is_cut(
    data: bytes, at: list[int]
) -> None:
    said, fault, usage = read([data])
    said.encode()
    assert read(cut(data, at)) == (said, fault, usage)


@settings(deadline=None)
@given(st.binary(max_size=200).map(lambda tail: event(chunk("word")) + tail))
def test_an_answer_without_an_end_is_never_taken_for_whole(data: bytes) -> None:
    said, fault, _ = read([data])
    assert said.startswith("word")
    assert fault is not None


@settings(deadline=None)
@given(words, st.integers(0, 400))
def test_a_cut_answer_is_not_taken_for_whole(said: list[str], kept: int) -> None:
    """Unless all of its words are there."""
    data = b"".join(event(chunk(word)) for word in said)
    whole = data + event(chunk("!", finish="stop")) + DONE
    found, fault, _ = read([whole[: min(kept, len(data))]])
    assert "".join(said).startswith(found)
    assert fault in {ModelCutOff, ModelGarbage}


@pytest.mark.parametrize(
    ("last", "fault"),
    [
        (chunk(finish="length"), ModelTooLong),
        (chunk(finish="content_filter"), ModelFiltered),
        ({"choices": [{"delta": {"refusal": "No."}}]}, ModelFiltered),
        ({"error": {"message": "gone"}}, ModelCutOff),
        ([1], ModelGarbage),
        (chunk(7), ModelGarbage),
        ({"choices": {"0": 1}}, ModelGarbage),
        ({"choices": [None]}, ModelGarbage),
        ({"choices": [{"delta": [1]}]}, ModelGarbage),
    ],
)
def test_what_was_said_before_a_fault_is_given(last: object, fault: type[ModelFault]) -> None:
    assert read([event(chunk("All ")) + event(chunk("there")) + event(last)])[:2] == ("All there", fault)


def test_the_words_beside_the_reason_why_there_are_no_more_are_given() -> None:
    assert read([event(chunk("so far", finish="length"))])[:2] == ("so far", ModelTooLong)


@pytest.mark.parametrize("reason", ["stop", "length", "content_filter"])
def test_the_cost_is_known_however_the_answer_ended(reason: str) -> None:
    usage = {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 1}}
    assert read([event(chunk("word", finish=reason)) + event(usage) + DONE])[2] == Usage(3, 1)


def test_an_emoji_in_two_halves_is_one_and_half_an_emoji_is_none() -> None:
    data = b'data: {"choices": [{"delta": {"content": "a\\ud83d"}}]}\n'
    data += (
        b'data: {"choices": [{"delta": {"content": "\\ude00b\\udc00\\ud83d"}, "finish_reason": "stop"}]}\n'
    )
    assert read([data])[:2] == ("a\U0001f600b\ufffd\ufffd", None)


@pytest.mark.parametrize(
    "counts",
    [
        None,
        5,
        {},
        {"prompt_tokens": -1},
        {"prompt_tokens": True},
        {"prompt_tokens": 1e3},
        {"prompt_tokens": 10**12, "completion_tokens": 1},
    ],
)
def test_a_count_of_tokens_that_cannot_be_is_not_believed(counts: object) -> None:
    data = event(chunk("word", finish="stop", usage=counts)) + DONE
    assert read([data]) == ("word", None, None)


def test_an_answer_of_no_words_is_no_answer() -> None:
    assert read([event(chunk(finish="stop")) + DONE])[:2] == ("", ModelGarbage)


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_an_answer_has_a_longest(size: int) -> None:
    data = event(chunk("x" * 60)) * 2 + event(chunk(finish="stop"))
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    assert read(chunks, longest=120)[:2] == ("x" * 120, None)
    assert read(chunks, longest=119)[:2] == ("x" * 60, ModelTooLong)


def test_a_stream_and_a_line_have_a_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_pieces, "MOST_BYTES", 2000)
    monkeypatch.setattr(llm_pieces, "LONGEST_LINE", 500)
    assert read([b": ping\n" * 1000])[1] is ModelTooLong
    assert read([event(chunk("x" * 600, finish="stop"))])[:2] == ("", ModelTooLong)
    assert read([b'{"choices":' + b" " * 600])[1] is ModelTooLong
    assert read([event(chunk("x" * 300, finish="stop"))])[:2] == ("x" * 300, None)
