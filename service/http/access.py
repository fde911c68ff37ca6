"""Who may ask: the Host and Origin of a request, the key, and the signed-in browser.

A keyless service on loopback is open to DNS rebinding, so Host and Origin are checked from the start.
"""

import base64
import hashlib
import hmac
import time
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request

from service.config import Settings, is_loopback
from service.errors import Forbidden, Unauthorized
from service.links import PageLinks

COOKIE = "parley_session"
SESSION_SECONDS = 12 * 3600
# Slack has no key: it signs what it sends, and its route checks that.
SLACK_EVENTS = "/slack/events"
_OPEN = ("/livez", "/readyz", "/sign-in", "/static/")


class Access:
    def __init__(self, settings: Settings) -> None:
        self._key = settings.api_key.get_secret_value().encode() if settings.api_key else None
        self._links = PageLinks(settings.api_key.get_secret_value() if settings.api_key else None)
        public = urlsplit(settings.public_url or "").hostname
        self._hosts = {host for host in (settings.host, public) if host}

    def check(self, request: Request) -> None:
        """Raises Forbidden for a foreign Host or Origin, Unauthorized for want of a key."""
        host = _split(f"//{request.headers.get('host', '')}").hostname or ""
        if not self._known(host):
            raise Forbidden(
                f"this service does not answer as {host or 'a host without a name'}",
                remedy="Use the address that it serves on, or set PARLEY_PUBLIC_URL to this one.",
            )
        origin = request.headers.get("origin")
        if origin is not None and not self._same_site(origin, request.headers["host"]):
            raise Forbidden(
                f"requests from pages of {origin} are not accepted", remedy="Use Parley's own page."
            )
        path = request.url.path
        if self._key is None or path == SLACK_EVENTS or path.startswith(_OPEN) or self._linked(request):
            return
        if not (self._bears_key(request) or self._signed_in(request)):
            raise Unauthorized(
                "this service requires its key",
                remedy="Send it as `Authorization: Bearer KEY`, or sign in at /sign-in.",
            )

    def is_key(self, given: str) -> bool:
        """In constant time; any key will do where none is required."""
        return self._key is None or hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self._key)

    def session(self) -> str:
        """A signed, expiring token for a browser that gave the key."""
        expires = str(int(time.time()) + SESSION_SECONDS)
        return f"{expires}.{self._signature(expires)}"

    def _known(self, host: str) -> bool:
        return host in self._hosts or is_loopback(host)

    def _same_site(self, origin: str, host: str) -> bool:
        return _split(origin).netloc == host

    def _linked(self, request: Request) -> bool:
        """By a signed link, which only reads, and opens one page."""
        raw: bytes = request.scope.get("raw_path") or b""
        query: bytes = request.scope["query_string"]
        target = f"{raw.decode('latin-1')}?{query.decode('latin-1')}"
        return request.method in ("GET", "HEAD") and self._links.opens(target)

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


def _split(address: str) -> SplitResult:
    """Nothing, where it cannot be an address, such as one with a broken IPv6 host."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
