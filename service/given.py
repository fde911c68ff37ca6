"""What a setting's value may be: checks that refuse it, in words that don't hold it."""

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr


def not_empty(path: object) -> object:
    """An empty path would be the current folder."""
    if path == "":
        raise ValueError("is empty")
    return path


def absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def has_host(url: str) -> str:
    if not urlsplit(url).hostname:
        raise ValueError("names no host")
    return url


def reachable(url: str) -> str:
    """Where a model is asked: nothing in it but scheme, host, port and path."""
    found = urlsplit(url)  # raises ValueError where the host is no host
    if found.scheme not in {"http", "https"} or not found.hostname:
        raise ValueError("must begin with http:// or https:// and a host")
    if found.username is not None or found.password is not None:
        raise ValueError("holds a name or a password; a key has a setting of its own, which ends in _API_KEY")
    if found.query or found.fragment or not url.isascii() or re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ValueError("must end with its path, as in http://127.0.0.1:11434/v1")
    _ = found.port  # raises ValueError where it is none
    found.hostname.encode("idna")  # and this where no name could be looked up
    return url


def sendable(key: SecretStr) -> SecretStr:
    """A header takes no more than this, and the error that it would give quotes it."""
    if not re.fullmatch(r"[\x21-\x7e]+", key.get_secret_value()):
        raise ValueError("must be visible ASCII characters, without spaces")
    return key


def safe_for_secrets(url: str) -> str:
    if urlsplit(url).scheme != "https" and not is_loopback(urlsplit(has_host(url)).hostname or ""):
        raise ValueError("is not https, and a token is sent there")
    return has_host(url)


def begins(prefix: str) -> Callable[[SecretStr], SecretStr]:
    """Slack's tokens are told apart by how they begin, and easily mistaken for each other. One that no header
    takes would be quoted by the error that it gives."""

    def check(token: SecretStr) -> SecretStr:
        given = token.get_secret_value()
        if not given.startswith(prefix):
            raise ValueError(f"does not begin with {prefix}")
        if not given.isascii() or not given.isprintable() or " " in given:
            raise ValueError("must be visible ASCII characters, without spaces")
        return token

    return check


def given_channel(given: str) -> str:
    """The id of a channel of Slack's: its name may change."""
    if given[:1] not in ("C", "G") or not (given.isascii() and given.isalnum() and given == given.upper()):
        raise ValueError("has one that is no channel's id, as C0123ABCD is: a channel's details show it")
    return given


def each(check: Callable[[str], str]) -> Callable[[object], object]:
    """Of a list with commas; an empty one is none at all."""

    def split(given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(check(one.strip()) for one in given.split(",")) if given.strip() else ()

    return split


Folder = Annotated[Path, BeforeValidator(not_empty), AfterValidator(absolute)]


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
