"""Who may ask: the Host and Origin of a request, the key, and the signed-in browser.

A keyless service on loopback is open to DNS rebinding, so Host and Origin are checked from the start. Whoever
bears the key is no page that was rebound, and may come by any name. A cookie or a signed link excuses
nothing: a browser sends those by itself. What a proxy forwards of either header (X-Forwarded-Host,
Forwarded) is never read, since a page can send that too.
"""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import urlsplit

from starlette.requests import Request

from service.addresses import Host, host_of, origin_of
from service.config import Settings
from service.errors import BadRequest, Forbidden, Unauthorized
from service.given import is_loopback
from service.links import PageLinks

COOKIE = "parley_session"
SESSION_SECONDS = 12 * 3600
# Slack has no key: it signs what it sends, and its route checks that.
SLACK_EVENTS = "/slack/events"
# A kubelet or a load balancer asks by the address of a container, which no setting knows.
HEALTH = ("/livez", "/readyz", "/healthz")
METRICS = "/metrics"
_OPEN = ("/sign-in", "/sign-out", "/static/")
_SHOWN = 100  # characters of a header, in a refusal


class Access:
    def __init__(self, settings: Settings) -> None:
        self._key = settings.api_key.get_secret_value().encode() if settings.api_key else None
        self.links = PageLinks(settings.api_key.get_secret_value() if settings.api_key else None)
        self._open = (*HEALTH, METRICS) if settings.metrics == "open" else HEALTH
        self._local_url = settings.public_url or settings.local_url
        public = origin_of(settings.public_url or "")
        own = urlsplit(settings.local_url).hostname or ""
        self._hosts = {settings.host, own, *settings.allowed_hosts, *([public.name] if public else [])}
        self._origins = {*settings.allowed_origins, *([str(public)] if public else [])}

    def check(self, request: Request) -> str | None:
        """Who is counted for it: the key's holders, each signed-in browser, or nobody where no key is needed.

        Raises BadRequest without one Host, Forbidden for a foreign Host or Origin, Unauthorized for want of
        a key."""
        host = _one_host(request)
        path = request.scope["path"]
        if path in self._open:
            return None
        by_key = self._key is not None and self._bears_key(request)
        if not by_key:
            self._check_host(host)
        self._check_origin(request, host_of(host))
        if self._key is None or path == SLACK_EVENTS or path.startswith(_OPEN) or self._linked(request):
            return None
        if by_key:
            return None if path == METRICS else "key"  # a monitor takes no place from those who ask
        if self._signed_in(request):
            return request.cookies[COOKIE]
        raise Unauthorized(
            "this service requires its key",
            remedy="Send it as `Authorization: Bearer KEY`, or sign in at /sign-in.",
        )

    def knows(self, request: Request) -> bool:
        """Whether more than a link lets it in: the key, a signed-in browser, or that none is needed."""
        return self._key is None or self._bears_key(request) or self._signed_in(request)

    def is_key(self, given: str) -> bool:
        """In constant time; any key will do where none is required."""
        return self._key is None or hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self._key)

    def session(self) -> str:
        """A signed, expiring token for a browser that gave the key."""
        expires = str(int(time.time()) + SESSION_SECONDS)
        return f"{expires}.{self._signature(expires)}"

    def _check_host(self, given: str) -> None:
        host = host_of(given)
        if host is not None and (host.name in self._hosts or is_loopback(host.name)):
            return
        name = host.name if host is not None else "that name"
        bearing = "" if self._key is None else ", or send the key as `Authorization: Bearer KEY`"
        raise Forbidden(
            f"this service does not answer to the header Host: {_shown(given)}",
            remedy=f"Use {self._local_url}{bearing}; or, where it is to answer to {name} too, add that to "
            "PARLEY_ALLOWED_HOSTS.",
        )

    def _check_origin(self, request: Request, host: Host | None) -> None:
        for given in request.headers.getlist("origin"):
            origin = origin_of(given)
            own = origin is not None and (
                str(origin) in self._origins or (host is not None and origin.is_at(host))
            )
            if not own:
                raise Forbidden(
                    f"this service takes no requests from pages with the header Origin: {_shown(given)}",
                    remedy="Use Parley's own page. If that is it, behind a proxy that changes Host, set "
                    "PARLEY_PUBLIC_URL to this origin, or add it to PARLEY_ALLOWED_ORIGINS.",
                )

    def _linked(self, request: Request) -> bool:
        """By a signed link, which only reads, and opens one page."""
        raw: bytes = request.scope.get("raw_path") or b""
        query: bytes = request.scope["query_string"]
        target = f"{raw.decode('latin-1')}?{query.decode('latin-1')}"
        return request.method in ("GET", "HEAD") and self.links.opens(target)

    def _bears_key(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.is_key(given.strip())

    def _signed_in(self, request: Request) -> bool:
        expires, _, signature = request.cookies.get(COOKIE, "").partition(".")
        # Signed first: what is signed is a number of ours, and needs no further checks.
        signed = hmac.compare_digest(signature.encode(), self._signature(expires).encode())
        return signed and int(expires) >= time.time()

    def _signature(self, expires: str) -> str:
        # A key of its own for this use, so that a token says nothing of the API key.
        secret = hmac.digest(self._key or b"", b"parley session", hashlib.sha256)
        signed = hmac.digest(secret, expires.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def _one_host(request: Request) -> str:
    """HTTP/1.0 has none, as some load balancers speak it. RFC 9112, 3.2."""
    given = request.headers.getlist("host")
    if len(given) > 1:
        raise BadRequest(
            f"the request has {len(given)} Host headers: {', '.join(map(_shown, given))}",
            remedy="Send one Host header.",
        )
    if not given and request.scope.get("http_version") != "1.0":
        raise BadRequest("the request has no Host header", remedy="Send one, as HTTP/1.1 asks for.")
    return given[0] if given else ""


def _shown(header: str) -> str:
    """As it was sent, with nothing in it that a terminal or a page would act on."""
    return json.dumps(header if len(header) <= _SHOWN else f"{header[:_SHOWN]}...")
