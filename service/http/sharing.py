"""Which pages of others may call the API, and frame ours: the headers that tell a browser.

No page may with somebody's cookies: one of another origin sends the key itself, or has none.
https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import Scope

from service.addresses import origin_of
from service.config import Settings

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
_TOLD = {
    "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Last-Event-ID",
    "Access-Control-Max-Age": "600",
}
_MAY_READ = "Retry-After, Content-Disposition"


class Sharing:
    """`headers` go on every answer."""

    def __init__(self, settings: Settings) -> None:
        self._origins = frozenset(settings.allowed_origins)
        self.headers: Mapping[str, str] = {
            "Content-Security-Policy": _POLICY + (" ".join(settings.frame_ancestors) or "'none'"),
            "Cache-Control": "no-store",  # but for what says otherwise itself, such as a style sheet
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        } | ({"Vary": "Origin"} if self._origins else {})

    def of(self, scope: Scope) -> Mapping[str, str]:
        """What goes on the answer to this request besides: none where its page may not read it."""
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        origin = origin_of(given[0]) if self._origins and len(given) == 1 else None
        if origin is None or str(origin) not in self._origins:
            return {}
        return {"Access-Control-Allow-Origin": given[0], "Access-Control-Expose-Headers": _MAY_READ}

    def preflight(self, scope: Scope) -> Response | None:
        """A browser asks, without the key, before it sends what another origin's page wants sent."""
        asks = any(name == b"access-control-request-method" for name, _ in scope["headers"])
        if scope["method"] != "OPTIONS" or not asks or not self.of(scope):
            return None
        return Response(status_code=204, headers=_TOLD)
