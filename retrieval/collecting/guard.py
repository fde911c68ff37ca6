"""Fetching an address that somebody named, without reaching what only this machine reaches.

http and https alone; every address that the name resolves to must be a global one, and the connection goes to
the one that was checked, so that a second look-up can't change it; each of a few redirects is checked too;
no proxy. (OWASP, Server-Side Request Forgery Prevention.)
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import certifi

from retrieval.errors import SourceTooLarge, UnreadableSource, UnsupportedSource
from retrieval.sources import MAX_BYTES

SECONDS = 15.0
REDIRECTS = 3
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
_SCHEMES = {"http": 80, "https": 443}
_MOVED = {301, 302, 303, 307, 308}
_BLOCK = 64 * 1024
_AGENT = "Parley (fetches what its user named)"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CHECK = "Check the address."


@dataclass(frozen=True, slots=True)
class Page:
    """`url` is where it was found in the end, `kind` the media type that was sent with it, in lower case."""

    url: str
    kind: str
    data: bytes


Fetch = Callable[[str], Page]


def is_global(address: Address) -> bool:
    """Also by what an IPv6 address holds of IPv4: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inside.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and not is_global(one) for one in inside):
            return False
        if address.ipv4_mapped is not None:
            return True
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _resolved(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def guarded(
    *,
    allowed: Callable[[Address], bool] = is_global,
    resolve: Resolve = _resolved,
    seconds: float = SECONDS,
    most: int = MAX_BYTES,
) -> Fetch:
    """What fetches a page in `seconds`, redirects within, of at most `most` bytes. It raises SourceError."""

    def fetch(url: str) -> Page:
        ends, at = time.monotonic() + seconds, url
        for _ in range(REDIRECTS + 1):
            target = _target(at)
            address = _checked(target, resolve, allowed)
            found = _got(target, address, ends, most)
            if isinstance(found, Page):
                return found
            at = urljoin(target.geturl(), found)
        raise UnreadableSource(f"{url} leads on more than {REDIRECTS} times", remedy=_CHECK)

    return fetch


def _target(url: str) -> SplitResult:
    """As it is sent. Raises SourceError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        named = host.encode("idna").decode() if not host.isascii() else host
    except ValueError as exc:
        raise UnreadableSource(f"{url} is no address: {exc}", remedy=_CHECK) from exc
    if parts.scheme not in _SCHEMES or not named:
        raise UnsupportedSource(f"{url} is no http or https address", remedy=_CHECK)
    if parts.username is not None or parts.password is not None:
        raise UnsupportedSource(
            f"{parts.scheme}://{named} has a name or password in it", remedy="Leave it out."
        )
    shown = f"[{named}]" if ":" in named else named
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlsplit(urlunsplit((parts.scheme, f"{shown}:{port}" if port else shown, path, query, "")))


def _checked(target: SplitResult, resolve: Resolve, allowed: Callable[[Address], bool]) -> str:
    """The one address that is connected to."""
    host, port = target.hostname or "", target.port or _SCHEMES[target.scheme]
    try:
        found = resolve(host, port)
        addresses = [ipaddress.ip_address(one.partition("%")[0]) for one in found]
    except (OSError, ValueError) as exc:
        raise UnreadableSource(f"{host} is not found: {exc}", remedy=_CHECK) from exc
    if not addresses or not all(map(allowed, addresses)):
        raise UnsupportedSource(
            f"{target.geturl()} leads to an address that isn't on the open internet",
            remedy="Save what is there as a file and name that.",
        )
    return found[0]


def _got(target: SplitResult, address: str, ends: float, most: int) -> Page | str:
    """The page, or where it leads on to."""
    left = ends - time.monotonic()
    connection = _connection(target, address, max(left, 0.001))
    # Each wait has an end of its own; a sender that trickles is stopped by this one.
    late = threading.Timer(max(left, 0.001), _stop, [connection])
    late.daemon = True
    late.start()
    try:
        found = _answer(target, connection, most)
        if time.monotonic() >= ends:  # what was stopped may look like a whole one
            raise TimeoutError
        return found
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as exc:
        why = "took too long" if time.monotonic() >= ends else f"could not be fetched: {_words(exc)}"
        raise UnreadableSource(f"{target.geturl()} {why}", remedy="Try again later.") from exc
    finally:
        late.cancel()
        connection.close()


def _answer(target: SplitResult, connection: http.client.HTTPConnection, most: int) -> Page | str:
    path = target.path + (f"?{target.query}" if target.query else "")
    connection.request("GET", path, headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip, identity"})
    answer = connection.getresponse()
    if answer.status in _MOVED and (to := answer.getheader("Location")):
        return to
    if answer.status != http.client.OK:
        raise UnreadableSource(f"{target.geturl()} answered {answer.status}", remedy=_CHECK)
    kind = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
    return Page(target.geturl(), kind, _body(answer, target.geturl(), most))


def _body(answer: http.client.HTTPResponse, url: str, most: int) -> bytes:
    encoding = answer.getheader("Content-Encoding", "identity").strip().lower()
    if encoding not in ("gzip", "identity", ""):
        raise UnsupportedSource(f"{url} is sent as {encoding}", remedy="Save it as a file and name that.")
    inflating = zlib.decompressobj(31) if encoding == "gzip" else None
    found = bytearray()
    while block := answer.read1(_BLOCK):
        found += inflating.decompress(block, most + 1 - len(found)) if inflating else block
        if inflating and inflating.unused_data:  # it is kept, and copied with each block
            raise ValueError("more follows what was packed")
        if len(found) > most:
            raise SourceTooLarge(f"{url} is larger than {most // (1024 * 1024)} MiB", remedy="Save its text.")
    if inflating and not inflating.eof:
        raise ValueError("what was packed is cut short")
    if answer.length:  # it named more than came
        raise http.client.IncompleteRead(bytes(found), answer.length)
    return bytes(found)


def _connection(target: SplitResult, address: str, seconds: float) -> "_Pinned":
    host, port = target.hostname or "", target.port
    if target.scheme == "https":
        return _SecurePinned(host, port, address, seconds)
    return _Pinned(host, port, address, seconds)


class _Pinned(http.client.HTTPConnection):
    """To the address that was checked, under the name that was asked for."""

    def __init__(self, host: str, port: int | None, address: str, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        # `sock` is let go of where the sender closes, while its answer is still read.
        self.held: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.held = socket.create_connection((self._address, self.port), self.timeout)


class _SecurePinned(_Pinned):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        self.sock = self.held = _authorities().wrap_socket(self.sock, server_hostname=self.host)


@cache
def _authorities() -> ssl.SSLContext:
    """The machine's own, and the usual ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _stop(connection: "_Pinned") -> None:
    if connection.held is not None:
        try:
            connection.held.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _words(exc: Exception) -> str:
    return (exc.strerror if isinstance(exc, OSError) else None) or str(exc) or type(exc).__name__
