"""Reads the answer of a chat-completions endpoint from its bytes, bounded, trusting none of it.

Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) of chunk objects, or one
object where the endpoint doesn't stream (https://platform.openai.com/docs/api-reference/chat).
"""

import json
from collections.abc import Iterator
from typing import Any

from service.llm_errors import ModelCutOff, ModelFault, ModelFiltered, ModelGarbage, ModelTooLong

LONGEST = 256 * 1024  # code points of an answer
MOST_BYTES = 16 * 1024 * 1024  # of its stream: some 300 bytes of wrapping come with each token
LONGEST_LINE = 1024 * 1024  # bytes


class Pieces:
    """`feed` gives the answer's words as they come; `end` says whether it came to its end."""

    def __init__(self, *, streams: bool = True, longest: int = LONGEST) -> None:
        self._streams = streams
        self._longest = longest
        self._pending = bytearray()
        self._bytes = 0
        self._length = 0
        self._finish: str | None = None
        self._done = False

    @property
    def done(self) -> bool:
        """What comes after the end isn't read."""
        return self._done

    def feed(self, data: bytes) -> Iterator[str]:
        """What stands before a fault is given first. Raises ModelGarbage, ModelTooLong, ModelFiltered,
        ModelCutOff."""
        self._bytes += len(data)
        self._pending += data
        if self._bytes > MOST_BYTES:
            raise _too_long()
        if self._streams and b"\n" in data:
            *lines, rest = bytes(self._pending).split(b"\n")
            self._pending = bytearray(rest)
            yield from filter(None, map(self._line, lines))
        if len(self._pending) > LONGEST_LINE:
            raise _too_long()

    def end(self) -> Iterator[str]:
        """What is left to say. Raises as `feed` does, also where the end of the answer didn't come."""
        if not self._streams:
            yield self._chunk(_object(bytes(self._pending)))
        elif not self._done:
            yield self._line(bytes(self._pending))
        if self._finish is None and not self._done:
            if not self._length:
                raise ModelGarbage("the model's endpoint sent no answer")
            raise ModelCutOff("the model's answer broke off")

    def _line(self, line: bytes) -> str:
        if self._done or not line.startswith(b"data:"):
            return ""
        data = line[5:].strip()
        if data == b"[DONE]":
            self._done = True
            return ""
        return self._chunk(_object(data))

    def _chunk(self, chunk: dict[str, Any]) -> str:
        if chunk.get("error"):
            raise ModelCutOff("the model's endpoint reported an error while it answered")
        choices = chunk.get("choices")
        if choices is None or choices == []:
            return ""  # such as a chunk that only counts tokens
        choice = choices[0] if isinstance(choices, list) else None
        told = (choice.get("delta") or choice.get("message") or {}) if isinstance(choice, dict) else None
        content = told.get("content") if isinstance(told, dict) else 0
        if not isinstance(choice, dict) or not isinstance(content, str | None):
            raise ModelGarbage("the model's endpoint sent what is no chat completion")
        self._length += len(content or "")
        if self._length > self._longest:
            raise _too_long()
        self._finished(choice.get("finish_reason"))
        return content or ""

    def _finished(self, reason: object) -> None:
        if reason == "content_filter":
            raise ModelFiltered("the model's endpoint withheld the answer")
        if reason == "length":
            raise ModelCutOff("the model's answer reached its length")
        if isinstance(reason, str):
            self._finish = reason


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError) as exc:
        raise ModelGarbage("the model's endpoint sent what is no JSON") from exc
    if not isinstance(found, dict):
        raise ModelGarbage("the model's endpoint sent what is no chat completion")
    return found


def _too_long() -> ModelFault:
    return ModelTooLong("the model's answer is longer than is read")
