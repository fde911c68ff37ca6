"""A connection from its first byte: bounds on a request's head, which uvicorn leaves open.

Without them a client that says nothing, or never ends its head, holds a connection or memory for good.
"""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from service.http.problems import problem

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 10.0
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


def _malformed() -> bytes:
    reply = problem("bad_request", "this is not HTTP", remedy="Send a request of HTTP/1.1.")
    head = b"".join(b"%s: %s\r\n" % header for header in reply.raw_headers)
    return b"HTTP/1.1 400 Bad Request\r\n" + head + b"connection: close\r\n\r\n" + bytes(reply.body)


class Connection(HttpToolsProtocol):
    """Closed where a head takes too long; answered with 431 where it is too large, and with a problem where
    it is no request: uvicorn's own answer to that is a line of text."""

    _deadline: TimerHandle | None = None
    _in_head = True
    _head_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._head_bytes > HEAD_BYTES:
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        elif self._deadline is None and self._idle():  # blank lines, or the rest of a body that was refused
            self._expect_head()

    def send_400_response(self, msg: str) -> None:
        self.transport.write(_malformed())
        self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._deadline is None:
            self._expect_head()

    def on_headers_complete(self) -> None:
        self._cancel()
        self._in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_head = True

    def _idle(self) -> bool:
        latest: RequestResponseCycle | None = self.cycle
        return latest is None or latest.response_complete

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._late)

    def _late(self) -> None:
        if self._idle():
            self.transport.close()
        else:  # the next request came early, while this one is still being answered
            self._expect_head()

    def _cancel(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
