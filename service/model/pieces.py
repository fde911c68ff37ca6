"""Reads the answer of a chat-completions endpoint from its bytes, bounded, trusting none of it.

Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) of chunk objects, or one
object where the endpoint doesn't stream (https://platform.openai.com/docs/api-reference/chat). Which of the
two is seen from the first byte: what an endpoint says about it is sometimes wrong.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.model.errors import ModelCutOff, ModelFault, ModelFiltered, ModelGarbage, ModelTooLong

LONGEST = 256 * 1024  # code points of an answer
MOST_BYTES = 16 * 1024 * 1024  # of its stream: some 300 bytes of wrapping come with each token
LONGEST_LINE = 1024 * 1024  # bytes
_MOST_TOKENS = 10**9  # of a count that is believed
_HIGH = range(0xD800, 0xDC00)  # the first half of a surrogate pair


@dataclass(frozen=True, slots=True)
class Usage:
    prompt_tokens: int
    completion_tokens: int


class Pieces:
    """`feed` gives the answer's words as they come; `end` says whether it came to its end. A piece is text
    that can be encoded: half a surrogate pair waits for the other half, or becomes U+FFFD."""

    def __init__(self, *, longest: int = LONGEST) -> None:
        self._longest = longest
        self._streams: bool | None = None
        self._pending = bytearray()
        self._bytes = 0
        self._length = 0
        self._half = ""
        self._finished = False
        self._fault: ModelFault | None = None  # raised at the end: the cost is told after it
        self.done = False
        """What comes after the end isn't read."""
        self.usage: Usage | None = None

    @property
    def whole(self) -> bool:
        """All words are there, though more may come about them, such as the tokens they cost."""
        return self.done or self._finished

    def feed(self, data: bytes) -> Iterator[str]:
        """What stands before a fault is given first. Raises ModelGarbage, ModelTooLong, ModelFiltered,
        ModelCutOff."""
        allowed = data[: MOST_BYTES - self._bytes]
        self._bytes += len(allowed)
        self._pending += allowed
        if self._streams is None and (begun := self._pending.lstrip(b"\xef\xbb\xbf \t\r\n")):
            self._streams = not begun.startswith(b"{")
        if self._streams and b"\n" in allowed:
            *lines, rest = bytes(self._pending).split(b"\n")
            self._pending = bytearray(rest)
            for line in lines:
                yield from self._line(line)
        if len(self._pending) > LONGEST_LINE or len(allowed) < len(data):
            raise _too_long()

    def end(self) -> Iterator[str]:
        """What is left to say. Raises as `feed` does, also where the end of the answer didn't come."""
        rest = bytes(self._pending)
        self._pending.clear()
        if self._streams:
            yield from self._line(rest)
        elif self._streams is not None:
            yield from self._chunk(_object(rest))
        if self._half:
            self._half = ""
            yield "\ufffd"
        if self._fault:
            raise self._fault
        if not self._length:
            raise ModelGarbage("the model's endpoint sent no answer")
        if not self.whole:
            raise ModelCutOff("the model's answer broke off")

    def _line(self, line: bytes) -> Iterator[str]:
        line = line.removeprefix(b"\xef\xbb\xbf")
        if self.done or not line.startswith(b"data:"):
            return
        if len(line) > LONGEST_LINE:
            raise _too_long()
        data = line[5:].strip()
        if data == b"[DONE]":
            self.done = True
        elif data:
            yield from self._chunk(_object(data))

    def _chunk(self, chunk: dict[str, Any]) -> Iterator[str]:
        if chunk.get("error"):
            raise ModelCutOff("the model's endpoint reported an error while it answered")
        self.usage = _usage(chunk.get("usage")) or self.usage
        choices = chunk.get("choices")
        if choices is None or choices == []:
            return  # such as a chunk that only counts tokens
        choice = choices[0] if isinstance(choices, list) else None
        if not isinstance(choice, dict):
            raise _no_completion()
        reason = choice.get("finish_reason")
        told = choice.get("delta") or choice.get("message") or {}
        piece = self._said(told)
        if reason == "content_filter" or (isinstance(told, dict) and told.get("refusal")):
            self._fault = ModelFiltered("the model's endpoint withheld the answer")
        elif reason == "length":
            self._fault = ModelTooLong("the model's answer reached the length that its endpoint allows")
        if piece and not isinstance(self._fault, ModelFiltered):
            yield piece
        self._finished = self._finished or isinstance(reason, str)

    def _said(self, told: object) -> str:
        content = told.get("content") if isinstance(told, dict) else 0
        if not isinstance(content, str | None):
            raise _no_completion()
        self._length += len(content or "")
        if self._length > self._longest:
            raise _too_long()
        return self._encodable(content) if content else ""

    def _encodable(self, content: str) -> str:
        content = self._half + content
        self._half = content[-1] if ord(content[-1]) in _HIGH else ""
        content = content[: len(content) - len(self._half)]
        return content.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        # Not `from exc`, which holds all that was sent.
        raise ModelGarbage("the model's endpoint sent what is no JSON") from None
    if not isinstance(found, dict):
        raise _no_completion()
    return found


def _usage(told: object) -> Usage | None:
    """What isn't a pair of counts isn't believed."""
    if not isinstance(told, dict):
        return None
    counts = [told.get("prompt_tokens"), told.get("completion_tokens", 0)]
    if not all(type(count) is int and 0 <= count <= _MOST_TOKENS for count in counts):
        return None
    return Usage(*counts)


def _no_completion() -> ModelFault:
    return ModelGarbage("the model's endpoint sent what is no chat completion")


def _too_long() -> ModelFault:
    return ModelTooLong("the model's answer is longer than is read")
