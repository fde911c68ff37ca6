"""What can happen between a model and who asks it, each by name: `@fault(name, about)` registers one."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.fault_llm.exchange import Exchange, event, words

Plays = Callable[[Exchange], None]

PACE = 0.02  # seconds between the pieces of a slow answer
HUGE = 5 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    about: str
    plays: Plays


FAULTS: dict[str, Fault] = {}


def fault(name: str, about: str) -> Callable[[Plays], Plays]:
    def register(plays: Plays) -> Plays:
        assert name not in FAULTS, f"there are two faults {name}"
        FAULTS[name] = Fault(name, about, plays)
        return plays

    return register


@fault("whole", "no fault: the answer, in pieces where asked to stream")
def _whole(exchange: Exchange) -> None:
    exchange.say()


# -- it isn't taken ----------------------------------------------------------------------------------------
def _status(name: str, status: int, message: str, *, code: str = "", **headers: str) -> None:
    @fault(name, f"status {status}" + "".join(f", {k.replace('_', '-')}: {v}" for k, v in headers.items()))
    def _(exchange: Exchange) -> None:
        exchange.refuse(status, message, code=code, **headers)


_status("429", 429, "Slow down.")
_status("429-soon", 429, "Slow down.", Retry_After="0")
_status("429-later", 429, "Slow down.", Retry_After="3600")
_status("429-nonsense", 429, "Slow down.", Retry_After="when hell freezes over")
_status("500", 500, "Something broke.")
_status("502", 502, "Bad gateway.")
_status("503", 503, "Loading model.")
_status("529", 529, "Overloaded.")
_status("400", 400, "Bad request.")
_status("400-filter", 400, "The prompt was filtered.", code="content_filter")
_status("403", 403, "Not yours.")
_status("404", 404, "The model does not exist.", code="model_not_found")
_status("413", 413, "Too large.")
_status("redirect", 307, "Over there.", Location="http://127.0.0.1:9/v1/chat/completions")


@fault("401", "status 401, and the key in its message")
def _unauthorized(exchange: Exchange) -> None:
    exchange.refuse(401, f"Incorrect API key: {exchange.received.headers.get('authorization')}")


@fault("429-date", "status 429, Retry-After: the date a second from now")
def _rate_limited_until(exchange: Exchange) -> None:
    when = datetime.now(UTC) + timedelta(seconds=1)
    exchange.refuse(429, "Slow down.", Retry_After=format_datetime(when, usegmt=True))


@fault("500-charset", "status 500 in a character set of which there is none")
def _unreadable_refusal(exchange: Exchange) -> None:
    exchange.raw(b"\xff Something broke.", status=500, Content_Type="text/plain; charset=hex")


@fault("400-deep", "status 400 with a body nested deeply")
def _deep_refusal(exchange: Exchange) -> None:
    exchange.raw(b"[" * 900 + b"]" * 900, status=400)


@fault("500-endless", "status 500 with a body that never ends")
def _endless_refusal(exchange: Exchange) -> None:
    exchange.begin(status=500, content_type="text/plain")
    while True:
        exchange.send(b"Something broke. " * 1000)


@fault("no-schema", "declines response_format of type json_schema")
def _no_schema(exchange: Exchange) -> None:
    if (exchange.received.body.get("response_format") or {}).get("type") == "json_schema":
        exchange.refuse(400, "'response_format.type' must be 'text' or 'json_object'")
    else:
        exchange.say()


@fault("no-format", "declines any response_format")
def _no_format(exchange: Exchange) -> None:
    if "response_format" in exchange.received.body:
        exchange.refuse(422, "response_format: Extra inputs are not permitted")
    else:
        exchange.say()


@fault("no-usage", "declines stream_options")
def _no_usage(exchange: Exchange) -> None:
    if "stream_options" in exchange.received.body:
        exchange.refuse(400, "Unrecognized request argument supplied: stream_options")
    else:
        exchange.say()


@fault("no-temperature", "declines temperature")
def _no_temperature(exchange: Exchange) -> None:
    if "temperature" in exchange.received.body:
        exchange.refuse(400, "Unsupported value: 'temperature' does not support 0 with this model.")
    else:
        exchange.say()


@fault("no-extras", "declines whatever isn't model, messages or stream, and doesn't say what")
def _no_extras(exchange: Exchange) -> None:
    if exchange.received.body.keys() - {"model", "messages", "stream"}:
        exchange.refuse(400, "Bad request.")
    else:
        exchange.say()


# -- it breaks off -----------------------------------------------------------------------------------------
def _half(exchange: Exchange) -> None:
    exchange.begin()
    for word in words(exchange.text)[: len(words(exchange.text)) // 2]:
        exchange.piece(word)


@fault("drop", "takes the request and drops the connection")
def _drop(exchange: Exchange) -> None:
    exchange.cut()


@fault("cut", "half an answer, then the connection is gone")
def _cut(exchange: Exchange) -> None:
    _half(exchange)
    exchange.wait(PACE)
    exchange.cut()


@fault("ends-early", "half an answer, then the stream ends as if that were all")
def _ends_early(exchange: Exchange) -> None:
    _half(exchange)
    exchange.end()


@fault("error-event", "half an answer, then an error in the stream")
def _error_event(exchange: Exchange) -> None:
    _half(exchange)
    exchange.event({"error": {"message": "the engine died", "type": "server_error"}})
    exchange.end()


@fault("length", "half an answer, finish_reason length")
def _length(exchange: Exchange) -> None:
    _half(exchange)
    exchange.finish("length")


@fault("filter", "half an answer, finish_reason content_filter")
def _filter(exchange: Exchange) -> None:
    _half(exchange)
    exchange.finish("content_filter")


@fault("refusal", "a refusal in the place of an answer")
def _refusal(exchange: Exchange) -> None:
    exchange.begin()
    exchange.event(exchange.chunk({"refusal": "I can't help with that."}))
    exchange.finish()


# -- it takes its time -------------------------------------------------------------------------------------
@fault("silent", "takes the request and says nothing")
def _silent(exchange: Exchange) -> None:
    exchange.wait()


@fault("silent-stream", "begins a stream and says nothing in it")
def _silent_stream(exchange: Exchange) -> None:
    exchange.begin()
    exchange.wait()


@fault("idle", "half an answer, then nothing, with the connection open")
def _idle(exchange: Exchange) -> None:
    _half(exchange)
    exchange.wait()


@fault("pings", "nothing but comments to keep the connection open")
def _pings(exchange: Exchange) -> None:
    exchange.begin()
    while True:
        exchange.send(b": ping\n\n")
        exchange.wait(PACE)


@fault("drip", "one word after the other, slowly, without end")
def _drip(exchange: Exchange) -> None:
    exchange.begin()
    while True:
        exchange.piece("and ")
        exchange.wait(PACE)


@fault("never-done", "the whole answer, and then neither [DONE] nor an end of the stream")
def _never_done(exchange: Exchange) -> None:
    exchange.begin()
    for word in words(exchange.text):
        exchange.piece(word)
    exchange.event(exchange.chunk({}, finish="stop"))
    exchange.wait()


# -- it is too much ----------------------------------------------------------------------------------------
@fault("endless", "words as fast as they are read, without end")
def _endless(exchange: Exchange) -> None:
    exchange.begin()
    while True:
        exchange.piece("and so on " * 100)


@fault("endless-empty", "chunks without words as fast as they are read, without end")
def _endless_empty(exchange: Exchange) -> None:
    exchange.begin()
    while True:
        exchange.send(event(exchange.chunk({})) * 100)


@fault("huge", "an answer of 5 MiB, streamed")
def _huge(exchange: Exchange) -> None:
    exchange.begin()
    for _ in range(HUGE // 1024):
        exchange.piece("x" * 1024)
    exchange.finish()


@fault("huge-line", "an answer of 5 MiB in one event")
def _huge_line(exchange: Exchange) -> None:
    exchange.begin()
    exchange.piece("x" * HUGE)
    exchange.finish()


@fault("bomb", "10 MiB of zeros as 10 KiB of gzip, though that wasn't asked for")
def _bomb(exchange: Exchange) -> None:
    exchange.raw(gzip.compress(bytes(10 * 1024 * 1024)), Content_Encoding="gzip")


# -- it is something else ----------------------------------------------------------------------------------
def _sends(name: str, about: str, *chunks: object) -> None:
    """Bytes are sent as they are, the rest as an event."""

    @fault(name, about)
    def _(exchange: Exchange) -> None:
        exchange.begin()
        for chunk in chunks:
            exchange.send(chunk if isinstance(chunk, bytes) else event(chunk))
        exchange.send(b"data: [DONE]\n\n")
        exchange.end()


def _choice(**given: object) -> dict[str, object]:
    return {"choices": [{"index": 0, **given}]}


_sends("garbage", "events that are no JSON", b'data: {"choices": [{"delta"\n\n')
_sends("not-utf-8", "an event that is no UTF-8", b'data: {"choices": "\xff\xfe"}\n\n')
_sends("html", "a page, where an answer should be", b"<html><body>It works!</body></html>\n")
_sends("a-list", "an event that is a list", [1, 2, 3])
_sends("choices-text", "choices that are text", {"choices": "none"})
_sends("choices-numbers", "choices that are numbers", {"choices": [1]})
_sends("content-number", "content that is a number", _choice(delta={"content": 1}))
_sends("content-parts", "content that is a list", _choice(delta={"content": [{"text": "a"}]}))
_sends("delta-text", "a delta that is text", _choice(delta="words"))
_sends("deep", "an event nested too deeply", b"data: " + b"[" * 100_000 + b"\n\n")
_sends("empty-choices", "no choice in any event", {"choices": []}, {"choices": None}, {})
_sends("no-words", "an answer without words", _choice(delta={}, finish_reason="stop"))
_sends("nothing", "a stream that is over as it begins")
_sends(
    "surrogates",
    "one emoji in two halves, and a half without another",
    b'data: {"choices": [{"delta": {"content": "a \\ud83d"}}]}\n\n',
    b'data: {"choices": [{"delta": {"content": "\\ude00 \\ud83d b"}, "finish_reason": "stop"}]}\n\n',
)


@fault("no-stream", "the whole answer as one object, whether or not asked to stream")
def _no_stream(exchange: Exchange) -> None:
    exchange.raw(json.dumps(exchange.completion(exchange.text)).encode())


@fault("bytes", "the whole answer, each byte alone: letters and events are split over chunks")
def _bytes(exchange: Exchange) -> None:
    exchange.begin(content_type="text/plain")
    whole = event(exchange.chunk({"content": exchange.text})) + event(exchange.chunk({}, finish="stop"))
    for byte in (whole + b"data: [DONE]\n\n").replace(b"\n", b"\r\n"):
        exchange.send(bytes([byte]))
    exchange.end()
