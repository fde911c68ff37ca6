"""Hosts and origins, whichever way they are written."""

import pytest

from service.addresses import Host, host_of, origin_of


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("harbour", Host("harbour", None)),
        ("Harbour.Example.ORG", Host("harbour.example.org", None)),
        ("harbour.example.org.", Host("harbour.example.org", None)),
        ("harbour.example.org.:8443", Host("harbour.example.org", 8443)),
        ("harbour:", Host("harbour", None)),
        ("my_harbour:1", Host("my_harbour", 1)),
        ("xn--80ak6aa92e.example", Host("xn--80ak6aa92e.example", None)),
        ("10.1.2.3:65535", Host("10.1.2.3", 65535)),
        ("[::1]:8000", Host("::1", 8000)),
        ("[FD00:0:0::1]", Host("fd00::1", None)),
        ("a", Host("a", None)),
    ],
)
def test_a_host_is_known_by_one_spelling(text: str, host: Host) -> None:
    assert host_of(text) == host


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "..",
        "a..b",
        ".a",
        "a b",
        "a,b",
        "a\t",
        "a\n",
        "user@localhost",
        "user:word@localhost",
        "localhost/livez",
        "localhost?",
        "localhost#",
        "localhost\\x",
        "localhost%00",
        "localhost%2e",
        "localhost:65536",
        "localhost:8000:1",
        "localhost:+80",
        "localhost:\u0663",
        "l\u043ecalhost",
        "localhost\u3002",
        "::1",
        "[::1",
        "[::1]x",
        "[fe80::1%eth0]",
        "[127.0.0.1]",
        "[]",
        "http://localhost",
        "a" * 255,
    ],
)
def test_what_is_no_host_is_none(text: str) -> None:
    assert host_of(text) is None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("https://Desk.Example.org", "https://desk.example.org"),
        ("HTTPS://desk.example.org:443", "https://desk.example.org"),
        ("http://desk.example.org:80", "http://desk.example.org"),
        ("http://desk.example.org:443", "http://desk.example.org:443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_known_by_one_spelling(text: str, same: str) -> None:
    assert str(origin_of(text)) == same


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "*",
        "desk.example.org",
        "ftp://desk",
        "https://",
        "https://desk/",
        "https://a@desk",
        "file://",
    ],
)
def test_what_is_no_origin_is_none(text: str) -> None:
    assert origin_of(text) is None


@pytest.mark.parametrize(
    ("origin", "host", "at"),
    [
        ("https://desk", "desk", True),
        ("https://desk", "desk:443", True),
        ("http://desk", "desk:443", False),
        ("http://desk:8000", "DESK:8000", True),
        ("http://desk:8000", "desk", False),
        ("http://desk", "desk.example", False),
        ("http://[::1]:1", "[0:0::1]:1", True),
    ],
)
def test_pages_come_from_a_host_by_the_port_of_their_scheme(origin: str, host: str, at: bool) -> None:
    page, server = origin_of(origin), host_of(host)
    assert page is not None
    assert server is not None
    assert page.is_at(server) is at
