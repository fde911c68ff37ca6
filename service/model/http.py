"""The HTTP that a language model is asked by: what goes out is named here, what comes in is bounded."""

import math
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import cast

import certifi
import httpx

LONGEST_REFUSAL = 16 * 1024  # bytes that are read of an answer that is none
# Whatever else the client would send (its platform, its version, headers from the environment) stays here.
_SENT = frozenset({"host", "accept", "content-type", "content-length", "authorization", "connection"})


def http_client(*, idle: float, encrypted: bool, with_key: bool) -> httpx.AsyncClient:
    """No proxy from the environment, no redirect followed, no address that isn't asked for."""
    verify = _authorities() if encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(
        transport=_Guarded(httpx.AsyncHTTPTransport(verify=verify, trust_env=False), with_key=with_key),
        timeout=httpx.Timeout(idle),
        trust_env=False,
        follow_redirects=False,
    )


def _authorities() -> ssl.SSLContext:
    """The usual ones, and the machine's or, where SSL_CERT_FILE names them, an organisation's own."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _Guarded(httpx.AsyncBaseTransport):
    def __init__(self, inner: httpx.AsyncBaseTransport, *, with_key: bool) -> None:
        self._inner = inner
        self._sent = _SENT if with_key else _SENT - {"authorization"}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() in self._sent}
        headers |= {"accept-encoding": "identity", "user-agent": "parley"}
        # A new one: the client reads its own headers again from the one it made.
        passed = httpx.Request(
            request.method,
            request.url,
            headers=headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        response = await self._inner.handle_async_request(passed)
        # It wasn't asked for, and a few bytes could unfold into gigabytes.
        response.headers.pop("content-encoding", None)
        if response.status_code >= 300:
            response.headers["content-type"] = "application/json"  # its own might name no character set
            response.stream = _Short(cast("httpx.AsyncByteStream", response.stream))
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Short(httpx.AsyncByteStream):
    """The beginning of a body that is read whole."""

    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = LONGEST_REFUSAL
        async for data in self._inner:
            yield data[:left]
            left -= len(data)
            if left <= 0:
                return

    async def aclose(self) -> None:
        await self._inner.aclose()


def retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """Seconds from now, of a Retry-After header in either of its forms (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _until(value, now or datetime.now(UTC))
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _until(date: str, now: datetime) -> float | None:
    try:
        when = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
