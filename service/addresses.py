"""Hosts and origins in one spelling, so that two of them can be compared: as a browser writes them.

RFC 9110, 7.2 (Host); RFC 6454, 6.2 (Origin). None is what neither could be.
"""

import ipaddress
import re
from dataclasses import dataclass

# A name or an IPv4 address, or an IPv6 one in brackets. No user name, path, blank or letter beyond ASCII.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\.?)(?::([0-9]{0,5}))?")
_LONGEST = 254  # of a name in the DNS, with its last dot
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Host:
    """`port` is None where none is named."""

    name: str
    port: int | None


def host_of(text: str) -> Host | None:
    """Of a Host header, such as `Parley.example.org.:8000` or `[::1]:8000`."""
    found = _HOST.fullmatch(text)
    if found is None or len(found[1]) > _LONGEST:
        return None
    name, port = found[1].removesuffix(".").lower(), int(found[2]) if found[2] else None
    if port is not None and port > 65535:
        return None
    if not name.startswith("["):
        return None if ".." in name else Host(name, port)
    try:
        return Host(ipaddress.IPv6Address(name[1:-1]).compressed, port)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Origin:
    scheme: str
    name: str
    port: int

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}"

    def is_at(self, host: Host) -> bool:
        """Whether its pages come from that host, by the scheme's own port where none is named."""
        return (self.name, self.port) == (host.name, _PORTS[self.scheme] if host.port is None else host.port)


def origin_of(text: str) -> Origin | None:
    """Of an Origin header, or of an address that has no path."""
    scheme, _, rest = text.partition("://")
    host = host_of(rest)
    if host is None or scheme.lower() not in _PORTS:
        return None
    port = _PORTS[scheme.lower()] if host.port is None else host.port
    return Origin(scheme.lower(), host.name, port)


def given_host(text: str) -> str:
    """The name of one that a person wrote down, an IPv6 address with its brackets or without. Raises
    ValueError."""
    host = host_of(f"[{text}]" if text.count(":") > 1 and not text.startswith("[") else text)
    if host is None or host.port is not None:
        raise ValueError(
            f"{text!r} is no host's name; one is written without scheme, port or path, as in parley or "
            "news.example.org"
        )
    return host.name


def given_origin(text: str) -> str:
    """In the one spelling of it. Raises ValueError."""
    origin = origin_of(text)
    if origin is None:
        raise ValueError(f"{text!r} is no origin; one has no path, as in https://news.example.org")
    return str(origin)
