"""One request to the scripted server, and all that can be done in answer to it."""

import http.server
import json
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LOOK = 0.02  # seconds between looks at whether the client is still there
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close at once, by a reset


class Gone(Exception):
    """The client left, or the server stops."""


@dataclass(slots=True)
class Received:
    """A chat request as it came. `left` is set as soon as its client is seen to have gone before the end;
    `over` once it is answered or given up."""

    headers: Mapping[str, str]
    body: Mapping[str, Any]
    at: float = field(default_factory=time.monotonic)
    left: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def system(self) -> str:
        return self._told("system")

    @property
    def user(self) -> str:
        return self._told("user")

    def _told(self, role: str) -> str:
        return "\n".join(str(m["content"]) for m in self.body.get("messages", []) if m["role"] == role)

    @property
    def schema(self) -> Any:
        """What the answer was asked to look like; None where nothing was asked."""
        form = self.body.get("response_format") or {}
        return (form.get("json_schema") or {}).get("schema")


class Exchange:
    """Answers one request. `text` is what the model says to it; the rest is how that arrives."""

    def __init__(
        self,
        handler: http.server.BaseHTTPRequestHandler,
        received: Received,
        text: str,
        stopping: threading.Event,
    ) -> None:
        self._handler = handler
        self._stopping = stopping
        self._chunked = False
        self.received = received
        self.text = text

    # -- whole answers -------------------------------------------------------------------------------------
    def refuse(self, status: int, message: str = "", *, code: str = "", **headers: str) -> None:
        """`headers` with underscores for hyphens."""
        error = {"message": message, "type": "error", "param": None, "code": code or None}
        self.raw(json.dumps({"error": error}).encode(), status=status, **headers)

    def raw(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self._handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.send_header("Content-Length", str(len(body)))
        self._handler.end_headers()
        self._write(body)

    def say(self, text: str | None = None) -> None:
        """As an honest server does: in pieces where it was asked to stream, else at once."""
        text = self.text if text is None else text
        if not self.received.streams:
            self.raw(json.dumps(self.completion(text)).encode())
            return
        self.begin()
        for word in words(text):
            self.piece(word)
        self.finish()

    # -- in pieces -----------------------------------------------------------------------------------------
    def begin(self, *, status: int = 200, content_type: str = "text/event-stream") -> None:
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type)
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()
        self._chunked = True

    def send(self, data: bytes) -> None:
        """One chunk of the body, on its way at once."""
        if data:
            self._write(b"%x\r\n%b\r\n" % (len(data), data))

    def event(self, chunk: object) -> None:
        self.send(event(chunk))

    def piece(self, text: str, *, finish: str | None = None) -> None:
        self.event(self.chunk({"content": text}, finish=finish))

    def finish(self, reason: str = "stop") -> None:
        self.event(self.chunk({}, finish=reason))
        if (self.received.body.get("stream_options") or {}).get("include_usage"):
            self.event({**self.chunk({}), "choices": [], "usage": self.usage(self.text)})
        self.send(b"data: [DONE]\n\n")
        self.end()

    def end(self) -> None:
        """The body ends as HTTP has it, whatever was in it."""
        self._write(b"0\r\n\r\n")
        self._chunked = False

    # -- what a chunk and a completion look like -----------------------------------------------------------
    def chunk(self, delta: Mapping[str, Any], *, finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
        return {**self._facts("chat.completion.chunk"), "choices": [choice]}

    def completion(self, text: str, *, finish: str = "stop") -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        return {**self._facts("chat.completion"), "choices": [choice], "usage": self.usage(text)}

    def usage(self, text: str) -> dict[str, int]:
        """A word counts as a token."""
        asked = len(f"{self.received.system} {self.received.user}".split())
        said = len(text.split())
        return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}

    def _facts(self, kind: str) -> dict[str, Any]:
        model = self.received.body.get("model", "")
        return {"id": "chatcmpl-1", "object": kind, "created": 1700000000, "model": model}

    # -- time and ends -------------------------------------------------------------------------------------
    def wait(self, seconds: float = 3600) -> None:
        """Raises Gone as soon as the client leaves or the server stops."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.check()
            time.sleep(min(_LOOK, left))
        self.check()

    def check(self) -> None:
        if self._stopping.is_set() or self._hung_up():
            raise Gone

    def cut(self) -> None:
        """The connection is gone in the middle of things."""
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        os.close(self._handler.connection.detach())
        self._handler.close_connection = True

    def over(self) -> None:
        """What was begun and not ended is cut."""
        if self._chunked:
            self.cut()
        self.received.over.set()

    def _hung_up(self) -> bool:
        if self._handler.connection.fileno() < 0:
            return False
        readable, _, _ = select.select([self._handler.connection], [], [], 0)
        if readable and not self._handler.connection.recv(1, socket.MSG_PEEK):
            self.received.left.set()
            return True
        return False

    def _write(self, data: bytes) -> None:
        if self._stopping.is_set():
            raise Gone
        self._handler.wfile.write(data)
        self._handler.wfile.flush()


def event(chunk: object) -> bytes:
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


def words(text: str) -> list[str]:
    """Which together are the text."""
    found = text.split(" ")
    return [word + " " for word in found[:-1]] + found[-1:]
