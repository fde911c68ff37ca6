"""What stands before every route: access, the size and pace of a body, and the headers of every answer."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retrieval.errors import ParleyError
from retrieval.sources import MAX_BYTES
from service.errors import Overloaded, TooLarge, TooSlow, Unauthorized
from service.http.access import CALLER, SLACK_EVENTS, Access
from service.http.admission import LATER
from service.http.openai_errors import COMPLETIONS, is_spoken_at
from service.http.problems import FAILED, SEE_LOG, BodyRefused, problem, problem_of
from service.http.rates import Rates
from service.http.sharing import Sharing

QUESTION_BYTES = 64 * 1024
HISTORY_BYTES = 1024 * 1024
ARTICLE_BYTES = MAX_BYTES + 64 * 1024  # the multipart wrapping, or JSON's escapes
BODY_SECONDS = 10.0

_LOG = logging.getLogger(__name__)


# By method and path, whether there is no room for another such request, with a body of so many bytes where it
# says how many.
Doors = Mapping[tuple[str, str], Callable[[int | None], bool]]
_ALIVE = ("/livez", "/healthz")


class Guard:
    """ASGI middleware, so that a refusal costs no parsing and a body is bounded before it is read.

    Who is too many is told so before anything is looked at, and that the process lives is said here too, both
    by an answer that is ready: at many times the load that is what is left to be done."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        access: Access,
        sharing: Sharing,
        rates: Rates | None = None,
        doors: Doors | None = None,
    ) -> None:
        self._app = app
        self._access = access
        self._sharing = sharing
        self._rates = rates or Rates(0)
        self._doors = doors or {}
        full = Overloaded("too many requests wait already", remedy=LATER)
        self._full = {path: _Ready(problem_of(full, path), sharing) for _, path in self._doors}
        self._alive = _Ready(JSONResponse({"status": "alive"}), sharing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if (ready := self._ready(scope)) is not None:
            await ready(scope, send)
            return
        request, answer = Request(scope), _Answer(send, self._sharing, scope)
        ended = self._sharing.preflight(scope) or self._refusal(request)
        if ended is not None:
            await ended(scope, receive, answer.send)
            return
        if scope["method"] == "HEAD":  # what GET would answer; the server leaves the body out
            scope = {**scope, "method": "GET"}
        body = BoundedBody(receive, limit=body_limit(scope["path"]))
        try:
            await self._app(scope, body.receive, answer.send)
        except Exception:  # the outermost edge: no traceback goes out
            _LOG.exception("%s %s failed", request.method, scope["path"])
            if answer.begun:
                raise
            for_openai = is_spoken_at(scope["path"])
            failed = problem("internal", FAILED, remedy=SEE_LOG, for_openai=for_openai)
            await failed(scope, receive, answer.send)

    def _ready(self, scope: Scope) -> "_Ready | None":
        method, path = scope["method"], scope["path"]
        if path in _ALIVE and method in ("GET", "HEAD") and _hosts(scope) == 1:
            return self._alive
        door = self._doors.get((method, path))
        return self._full[path] if door is not None and door(_declared(scope)) else None

    def _refusal(self, request: Request) -> Response | None:
        path = request.scope["path"]
        try:
            caller = self._access.check(request)
            if caller.counted is not None:
                self._rates.take(caller.counted)
            request.scope[CALLER] = caller
        except Unauthorized as error:
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                return RedirectResponse(f"/sign-in?next={quote(asked)}", 303)
            return problem_of(error, path)
        except ParleyError as error:
            return problem_of(error, path)
        declared = request.headers.get("content-length", "0")
        limit = body_limit(path)
        if not declared.isascii() or not declared.isdigit() or int(declared) > limit:
            return problem_of(_too_large(limit), path)
        return None


class BoundedBody:
    """Counts a body as it arrives, and gives a slow sender ten seconds for all of it."""

    def __init__(self, receive: Receive, *, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._seen = 0
        self._whole = False
        self._deadline = asyncio.get_running_loop().time() + BODY_SECONDS

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError as exc:
            late = f"the body did not arrive within {BODY_SECONDS:.0f} s"
            raise BodyRefused(TooSlow(late, remedy="Send it again, faster or smaller.")) from exc
        self._seen += len(message.get("body", b""))
        if self._seen > self._limit:
            raise BodyRefused(_too_large(self._limit))
        self._whole = not message.get("more_body", False)
        return message


def body_limit(path: str) -> int:
    if path == "/v1/articles":
        return ARTICLE_BYTES
    # A click in Slack comes with the whole message that was clicked in.
    return HISTORY_BYTES if path in ("/v1/chat", COMPLETIONS, SLACK_EVENTS) else QUESTION_BYTES


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body is larger than {limit // 1024} KiB", remedy="Send less at once.")


def _declared(scope: Scope) -> int | None:
    """How long the body is said to be; None where that isn't said, or is no number."""
    told = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(told[0]) if len(told) == 1 and told[0].isdigit() and len(told[0]) < 20 else None


def _hosts(scope: Scope) -> int:
    return sum(name == b"host" for name, _ in scope["headers"])


class _Ready:
    """A whole answer, made once."""

    def __init__(self, response: Response, sharing: Sharing) -> None:
        self._headers = response.raw_headers
        self._sharing = sharing
        self._status = response.status_code
        self._body = {"type": "http.response.body", "body": bytes(response.body)}

    async def __call__(self, scope: Scope, send: Send) -> None:
        start = {"type": "http.response.start", "status": self._status, "headers": list(self._headers)}
        await _Answer(send, self._sharing, scope).send(start)
        await send(self._body)


class _Answer:
    """Puts the headers on whatever is sent."""

    def __init__(self, send: Send, sharing: Sharing, scope: Scope) -> None:
        self._send = send
        self._headers = {**sharing.headers, **sharing.of(scope)}
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        await self._send(message)
