"""A language model behind any OpenAI-compatible chat-completions endpoint: words in, pieces of words out.

The one home of the OpenAI client, which is imported when an endpoint is made: most services have none.
Nothing that comes from the endpoint is trusted: it is bounded in size and time, and read by
service/model/pieces.py. Nothing that it says goes into an error, since that may be the key.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from prompts import Rendered
from service.model.breaker import Attempt, Breaker
from service.model.errors import AskerLeft, ModelFault
from service.model.faults import Attempted, late, refused, silent, suspended, unreachable
from service.model.http import http_client
from service.model.language_model import Schema, Spent, always_there
from service.model.manner import Manner
from service.model.pieces import LONGEST, Pieces

if TYPE_CHECKING:
    import openai

_LOOK = 0.025  # seconds between looks at whether anybody still waits
_AFTERWORD = 1.0  # seconds for what comes after the last word, such as the count of tokens
_NO_KEY = "none"  # the client wants one; it isn't sent


@dataclass(frozen=True, slots=True)
class Limits:
    """`idle` and `total` are seconds, `total` over all attempts and the waits between them; `longest` is
    in code points. The n-th wait is `pause` times n, unless the endpoint names one; a longer one than
    `patience` isn't waited for."""

    idle: float = 10.0
    total: float = 60.0
    retries: int = 2
    pause: float = 0.5
    patience: float = 5.0
    longest: int = LONGEST


@dataclass(slots=True)
class _Call:
    """One question to the model, shared by who asks and the thread that makes the requests. `said` ends
    with None or with what went wrong."""

    asked: Rendered
    schema: Schema | None
    spent: Spent
    turn: Attempt
    said: "queue.SimpleQueue[str | ModelFault | None]" = field(default_factory=queue.SimpleQueue)
    heard: bool = False

    def hear(self, piece: str) -> None:
        self.heard = True
        self.said.put(piece)


class Endpoint:
    """Safe to share between threads. It has a thread of its own, on which all requests are made, so that
    each can be called off at any moment, also before the endpoint has said a word. `close` ends it."""

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        key: str | None = None,
        limits: Limits = Limits(),
        breaker: Breaker | None = None,
    ) -> None:
        self.name = model
        self._limits = limits
        self._breaker = breaker or Breaker()
        self._client = _client(base_url, key, limits)
        # The richest manner that has been taken. Until one has, and after none was, all are in doubt.
        self._manner = Manner()
        self._settled = False
        self._takes_none = False
        self._open = True
        self._opening = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="language model", daemon=True)
        self._thread.start()

    def close(self) -> None:
        with self._opening:
            was_open, self._open = self._open, False
        if not was_open:
            return
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        turn = self._breaker.admit()
        if turn is None:
            raise suspended(self.name)
        call = _Call(asked, schema, spent or Spent(), turn)
        try:
            doing = self._begun(call)
            try:
                yield from _heard(call, doing, left)
            finally:
                doing.cancel()
        finally:
            turn.over()

    def _begun(self, call: _Call) -> "Future[None]":
        """Either `close` finds it and ends it, or it isn't begun."""
        with self._opening:
            if not self._open:
                raise AskerLeft("the service stops, and asks the model nothing more")
            return asyncio.run_coroutine_threadsafe(self._converse(call), self._loop)

    # -- on the thread of its own --------------------------------------------------------------------------
    async def _shut(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.close()

    async def _converse(self, call: _Call) -> None:
        try:
            async with asyncio.timeout(self._limits.total):
                await self._tried(call)
        except ModelFault as fault:
            call.said.put(fault)
        except TimeoutError:
            call.turn.failed()
            call.said.put(late(self.name, self._limits.total))
        else:
            call.said.put(None)

    async def _tried(self, call: _Call) -> None:
        """Again only while nothing has been heard: what was said can't be taken back."""
        attempt = 0
        while True:
            try:
                await self._accepted(call)
            except Attempted as exc:
                if exc.fault.counts:
                    call.turn.failed()
                attempt += 1
                wait = self._limits.pause * attempt if exc.wait is None else exc.wait
                vain = call.heard or not exc.fault.again or wait > self._limits.patience
                if vain or attempt > self._limits.retries or not call.turn.allows_another():
                    raise exc.fault from None
                await asyncio.sleep(wait)
            else:
                call.turn.succeeded()
                return

    async def _accepted(self, call: _Call) -> None:
        """An attempt, in a plainer manner where the endpoint doesn't take the richer one. Where it takes
        none, it isn't the manner: the plainest alone is tried until it is taken again."""
        manner = Manner.plainest() if self._takes_none else self._manner
        while True:
            try:
                await self._attempt(call, manner)
            except Attempted as exc:
                if exc.told is None:
                    raise
                plainer = manner.plainer(exc.told, formed=call.schema is not None, blind=not self._settled)
                if plainer is None:
                    self._takes_none = not self._settled
                    raise
                manner = plainer
            else:
                return

    def _taken(self, manner: Manner) -> None:
        if self._takes_none:
            self._takes_none = False
        else:
            self._manner, self._settled = manner, True

    async def _attempt(self, call: _Call, manner: Manner) -> None:
        """Raises Attempted."""
        import openai

        pieces = Pieces(longest=self._limits.longest)
        call.spent.requests += 1
        try:
            await self._streamed(call, manner, pieces)
            for piece in pieces.end():
                call.hear(piece)
        except ModelFault as fault:
            raise Attempted(fault) from None
        except openai.APIStatusError as exc:
            after, told = exc.response.headers.get("retry-after"), exc.response.text.lower()
            raise refused(self.name, exc.status_code, told, after=after, settled=self._settled) from None
        except (openai.APITimeoutError, httpx.TimeoutException):
            raise Attempted(silent(self.name, self._limits.idle)) from None
        except (openai.OpenAIError, httpx.HTTPError, httpx.StreamError, OSError, UnicodeError) as exc:
            raise Attempted(unreachable(self.name, exc)) from None
        finally:
            if pieces.usage:
                call.spent.prompt_tokens += pieces.usage.prompt_tokens
                call.spent.completion_tokens += pieces.usage.completion_tokens

    async def _streamed(self, call: _Call, manner: Manner, pieces: Pieces) -> None:
        messages: Any = [
            {"role": "system", "content": _encodable(call.asked.system)},
            {"role": "user", "content": _encodable(call.asked.user)},
        ]
        create = self._client.chat.completions.with_streaming_response.create
        fields: dict[str, Any] = manner.fields(call.schema)
        async with create(model=self.name, messages=messages, stream=True, extra_body=fields) as reply:
            self._taken(manner)
            try:
                await self._read(reply.iter_bytes(), call, pieces)
            except (httpx.HTTPError, TimeoutError):
                if not pieces.whole:  # some never end the stream, or not well
                    raise

    async def _read(self, stream: AsyncIterator[bytes], call: _Call, pieces: Pieces) -> None:
        async with asyncio.timeout(None) as patience:
            async for data in stream:
                for piece in pieces.feed(data):
                    call.hear(piece)
                if pieces.done:
                    return
                if pieces.whole and patience.when() is None:
                    patience.reschedule(self._loop.time() + _AFTERWORD)


def _heard(call: _Call, doing: "Future[None]", left: Callable[[], bool]) -> Iterator[str]:
    while True:
        if left():
            raise AskerLeft("nobody waits for the answer any more")
        try:
            piece = call.said.get(timeout=_LOOK)
        except queue.Empty:
            _still(call, doing)
            continue
        if piece is None:
            return
        if isinstance(piece, ModelFault):
            raise piece
        yield piece


def _still(call: _Call, doing: "Future[None]") -> None:
    """Nothing was said: that is in order as long as somebody may say something."""
    if doing.done() and call.said.empty():
        try:
            doing.result()
        except CancelledError:
            raise AskerLeft("the service stopped while the model was asked") from None


def _encodable(text: str) -> str:
    """Half a surrogate pair can't be sent."""
    return text.encode("utf-8", "replace").decode()


def _client(base_url: str, key: str | None, limits: Limits) -> "openai.AsyncOpenAI":
    import openai

    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise ValueError("the key of a language model must be visible ASCII characters")  # and isn't quoted
    # Its debug log, which the environment can turn on, quotes questions.
    logging.getLogger("openai").setLevel(logging.WARNING)
    encrypted = base_url.lower().startswith("https:")
    http: Any = http_client(idle=limits.idle, encrypted=encrypted, with_key=bool(key))
    return openai.AsyncOpenAI(base_url=base_url, api_key=key or _NO_KEY, max_retries=0, http_client=http)
