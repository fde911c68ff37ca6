"""Who may ask, and for what: the Host and Origin of a request, the key, and the signed-in browser.

A keyless service on loopback is open to DNS rebinding, so Host and Origin are checked from the start. Whoever
bears the key is no page that was rebound, and may come by any name. A cookie or a signed link excuses
nothing: a browser sends those by itself. What a proxy forwards of either header (X-Forwarded-Host,
Forwarded) is never read, since a page can send that too.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from starlette.requests import Request

from service.addresses import Host, host_of, origin_of
from service.config import OWNER, Settings
from service.errors import BadRequest, Forbidden, Unauthorized
from service.given import is_loopback
from service.http.rates import Rates, place_of
from service.keys import Key, Keys, KeyScope
from service.links import PageLinks
from service.sessions import Sessions
from service.slack_settings import INSTALL, REDIRECT

COOKIE = "parley_session"
CALLER = "parley.caller"  # in the scope of a request that was let in
SESSION_SECONDS = 12 * 3600
ATTEMPTS_A_MINUTE = 10  # to sign in with a wrong key, from one address
# Slack has no key: it signs what it sends, and its route checks that.
SLACK_EVENTS = "/slack/events"
# A kubelet or a load balancer asks by the address of a container, which no setting knows.
HEALTH = ("/livez", "/readyz", "/healthz")
METRICS = "/metrics"
_OPEN = ("/sign-in", "/sign-out", "/static/")
_SHOWN = 100  # characters of a header, in a refusal


@dataclass(frozen=True, slots=True)
class Caller:
    """`counted`: as whom the requests of a minute are counted, None where they aren't. `key_id`: of a key in
    the record."""

    principal: str
    scopes: frozenset[KeyScope]
    counted: str | None = None
    key_id: str | None = None

    def must(self, scope: KeyScope) -> None:
        """Raises Forbidden, which names the scope, where the key isn't good for it."""
        if scope not in self.scopes:
            has = ", ".join(sorted(self.scopes))
            raise Forbidden(
                f"this needs a key with the scope {scope}; yours has {has}",
                remedy=f"Use another, as of `parley keys create NAME --scopes {scope}`.",
            )


ANYBODY = Caller(OWNER, frozenset(KeyScope))
_HOUSE = replace(ANYBODY, counted="key")
_READER = Caller(OWNER, frozenset({KeyScope.READ}))


class Access:
    """`keys`: those of the record, beside PARLEY_API_KEY, which is good for everything. `keyed`: whether
    one is wanted for another reason. `sessions`: which of its browsers' have ended; without them no cookie
    lets anybody in."""

    def __init__(
        self,
        settings: Settings,
        keys: Keys | None = None,
        *,
        keyed: Callable[[], bool] = lambda: False,
        sessions: Sessions | None = None,
    ) -> None:
        key = settings.api_key.get_secret_value() if settings.api_key else None
        self._key = key.encode() if key is not None else None
        self._keys = keys
        self._keyed = keyed
        self._sessions = sessions
        self.attempts = Rates(ATTEMPTS_A_MINUTE)
        # What is signed without a setting to sign it with lasts as long as this process.
        secret = key or secrets.token_urlsafe()
        self._secret = hmac.digest(secret.encode(), b"parley session 2", hashlib.sha256)
        self.links = PageLinks(secret, wanted=self.wants_key, lives=self.lives)
        self._open = (*HEALTH, METRICS) if settings.metrics == "open" else HEALTH
        # Whoever comes back from Slack brings what this browser was given.
        self._unkeyed = {REDIRECT} | ({INSTALL} if settings.slack_install == "open" else set())
        self._local_url = settings.public_url or settings.local_url
        public = origin_of(settings.public_url or "")
        own = urlsplit(settings.local_url).hostname or ""
        self._hosts = {settings.host, own, *settings.allowed_hosts, *([public.name] if public else [])}
        self._origins = {*settings.allowed_origins, *([str(public)] if public else [])}

    def wants_key(self) -> bool:
        """Whether there is any, also one that lets nobody in any more."""
        return self._key is not None or (self._keys is not None and self._keys.any) or self._keyed()

    def check(self, request: Request) -> Caller:
        """Who sent it. A browser is counted under the key that it signed in with, whoever comes by a
        link or to install under its address, and nobody where no key is needed.

        Raises BadRequest without one Host, Forbidden for a foreign Host or Origin, Unauthorized for want of
        a key."""
        host = _one_host(request)
        path = request.scope["path"]
        if path in self._open:
            return ANYBODY
        bearer = self._bearer(request)
        if bearer is None:
            self._check_host(host)
        self._check_origin(request, host_of(host))
        if not self.wants_key() or path == SLACK_EVENTS or path.startswith(_OPEN):
            return ANYBODY
        if path in self._unkeyed:
            return replace(ANYBODY, counted=place_of(request))
        if self.linked(request):
            return replace(_READER, counted=place_of(request))
        if bearer is not None:  # a monitor takes no place from those who ask
            return replace(bearer, counted=None) if path == METRICS else bearer
        if (signed_in := self._signed_in(request)) is not None:
            return signed_in
        raise Unauthorized(
            "this service requires a key",
            remedy="Send it as `Authorization: Bearer KEY`, or sign in at /sign-in.",
        )

    def knows(self, request: Request) -> bool:
        """Whether more than a link lets it in: a key, a signed-in browser, or that none is needed."""
        by = self._bearer(request) or self._signed_in(request)
        return by is not None or not self.wants_key()

    def holder(self, given: str) -> Caller | None:
        """Whose key that is; anybody's will do where none is required."""
        if not self.wants_key():
            return ANYBODY
        sent = given.encode("utf-8", "surrogatepass")
        if self._key is not None and hmac.compare_digest(sent, self._key):
            return _HOUSE
        key = self._keys.holder(sent) if self._keys is not None else None
        return None if key is None else _caller(key)

    def lives(self, principal: str) -> bool:
        """Not a principal whose key was revoked or has expired."""
        id_ = principal.removeprefix("key:")
        return id_ == principal or self._by_id(id_) is not None

    def session(self, caller: Caller = ANYBODY) -> str:
        """A signed, expiring token for a browser that gave a key; it ends with the key."""
        ends, by = int(time.time()) + SESSION_SECONDS, f"~{caller.key_id}" if caller.key_id else ""
        told = f"{ends}~{secrets.token_hex(8)}{by}"
        return f"{told}.{self._signature(told)}"

    def sign_out(self, request: Request) -> None:
        """End the browser's session, also for whoever copied it."""
        if self._sessions is not None and self._signed_in(request) is not None:
            self._sessions.end(request.cookies[COOKIE], seconds=SESSION_SECONDS)

    def _check_host(self, given: str) -> None:
        host = host_of(given)
        if host is not None and (host.name in self._hosts or is_loopback(host.name)):
            return
        name = host.name if host is not None else "that name"
        bearing = "" if not self.wants_key() else ", or send the key as `Authorization: Bearer KEY`"
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

    def linked(self, request: Request) -> bool:
        """By a signed link, which only reads, and opens one page."""
        raw: bytes = request.scope.get("raw_path") or b""
        query: bytes = request.scope["query_string"]
        target = f"{raw.decode('latin-1')}?{query.decode('latin-1')}"
        return request.method in ("GET", "HEAD") and self.links.opens(target)

    def _bearer(self, request: Request) -> Caller | None:
        """Nobody where no key is wanted: a page that was rebound could send any."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return self.holder(given.strip()) if scheme.lower() == "bearer" and self.wants_key() else None

    def _signed_in(self, request: Request) -> Caller | None:
        if self._sessions is None:
            return None
        cookie = request.cookies.get(COOKIE, "")
        told, _, signature = cookie.partition(".")
        # Signed first: what is signed is of ours, and needs no further checks.
        if not hmac.compare_digest(signature.encode(), self._signature(told).encode()):
            return None
        expires, _, rest = told.partition("~")
        if int(expires) < time.time() or self._sessions.ended(cookie):
            return None
        key_id = rest.partition("~")[2]
        if key_id:
            key = self._by_id(key_id)
            return None if key is None else _caller(key)
        # One from when no key was wanted opens nothing once one is.
        return None if self._key is None else _HOUSE

    def _by_id(self, id_: str) -> Key | None:
        return self._keys.live(id_) if self._keys is not None else None

    def _signature(self, told: str) -> str:
        # By a key of its own for this use, so that a token says nothing of the API key.
        signed = hmac.digest(self._secret, told.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def _caller(key: Key) -> Caller:
    return Caller(key.principal, key.scopes, counted=key.id, key_id=key.id)


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
