"""What is fetched, and above all what isn't."""

import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

import pytest

from retrieval.article import Facts
from retrieval.collecting import collect, guarded
from retrieval.collecting.addresses import ENTRIES, Web
from retrieval.collecting.entries import NOTHING
from retrieval.collecting.guard import Address, is_global
from retrieval.errors import SourceError, SourceTooLarge, UnsupportedSource
from retrieval.sources import Source
from tests.retrieval.collecting.made import Reply, web

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
TEXT = b"The ferry of Vellinge sails on Tuesday."
LOOPBACK = ipaddress.ip_address("127.0.0.1")


def loopback_too(address: Address) -> bool:
    return address == LOOPBACK or is_global(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "::", "::1", "fe80::1", "fc00::1"),
        *("ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2002:a00:1::", "2001:db8::1", "2001:0:7f00:1::", "fec0::1"),
    ],
)
def test_what_is_not_on_the_open_internet_is_not_global(address: str) -> None:
    assert not is_global(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14"])
def test_what_is_on_the_open_internet_is(address: str) -> None:
    assert is_global(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_not_fetched_from_however_it_is_written(host: str) -> None:
    with web(lambda _: (200, PLAIN, TEXT)) as there, pytest.raises(SourceError):
        guarded()(there.at("/a.txt", host))
    assert there.asked == []


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/a", "file:///etc/passwd", "http:///a", "http://a:b@x.example/", "http://x:99999/"],
)
def test_only_plain_web_addresses_are_fetched(url: str) -> None:
    def nobody(host: str, port: int) -> Sequence[str]:
        raise AssertionError((host, port))

    with pytest.raises(SourceError):
        guarded(resolve=nobody)(url)


def test_one_address_that_is_not_global_is_one_too_many() -> None:
    with pytest.raises(UnsupportedSource, match="isn't on the open internet"):
        guarded(resolve=lambda *_: ["93.184.215.14", "10.0.0.7"])("http://two.example/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is looked up again, and then leads elsewhere, is never looked up again."""
    looked_up: list[str] = []

    def resolve(host: str, _: int) -> Sequence[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

    real = socket.getaddrinfo

    def numbers_alone(host: str, *more: object, **options: object) -> object:
        ipaddress.ip_address(host)
        return real(host, *more, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", numbers_alone)
    with web(lambda _: (200, PLAIN, TEXT)) as there:
        page = guarded(allowed=loopback_too, resolve=resolve)(there.at("/a?b=ü", "news.example"))
    assert (page.data, page.kind) == (TEXT, "text/plain")
    assert looked_up == ["news.example"]
    assert there.asked == [("/a?b=%C3%BC", f"news.example:{there.port}")]


def test_each_redirect_is_checked_and_there_are_at_most_three() -> None:
    def reply(path: str) -> Reply:
        number = int(path[1:])
        return (200, PLAIN, TEXT) if number == 0 else (302, {"Location": f"/{number - 1}"}, b"")

    with web(reply) as there:
        fetch = guarded(allowed=loopback_too)
        assert fetch(there.at("/3")).data == TEXT
        with pytest.raises(SourceError, match="more than 3 times"):
            fetch(there.at("/4"))


@pytest.mark.parametrize(
    "to", ["http://10.0.0.1/", "http://[::1]/", "file:///etc/passwd", "http://169.254.169.254/"]
)
def test_a_redirect_leads_to_nothing_that_could_not_be_named(to: str) -> None:
    with web(lambda _: (301, {"Location": to}, b"")) as there, pytest.raises(UnsupportedSource):
        guarded(allowed=loopback_too)(there.at("/"))


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with web(lambda _: (200, PLAIN, b"a proxy")) as proxy, web(lambda _: (200, PLAIN, TEXT)) as there:
        monkeypatch.setenv("http_proxy", proxy.at("/"))
        assert guarded(allowed=loopback_too)(there.at("/a.txt")).data == TEXT
    assert proxy.asked == []


def test_what_is_too_large_or_too_slow_or_broken_off_is_refused() -> None:
    packed = gzip.compress(bytes(5000))
    replies: dict[str, Reply | None] = {
        "/large": (200, PLAIN, bytes(1001)),
        "/bomb": (200, {**PLAIN, "Content-Encoding": "gzip"}, packed),
        "/gzip": (200, {**PLAIN, "Content-Encoding": "gzip"}, gzip.compress(TEXT)),
        "/short": (200, {**PLAIN, "Content-Length": "100"}, b"x"),
        "/br": (200, {**PLAIN, "Content-Encoding": "br"}, b"x"),
        "/gone": (404, {}, b""),
        "/slow": None,
    }
    with web(replies.__getitem__) as there:
        fetch = guarded(allowed=loopback_too, most=1000, seconds=0.2)
        assert fetch(there.at("/gzip")).data == TEXT
        for path in ("/large", "/bomb"):
            with pytest.raises(SourceTooLarge):
                fetch(there.at(path))
        for path, why in {"/slow": "took too long", "/gone": "404", "/br": "br", "/short": "fetched"}.items():
            with pytest.raises(SourceError, match=why):
                fetch(there.at(path))


# -- addresses and feeds, as `parley ingest` takes them


def entry(number: int, *, at: str = "Mon, 02 Mar 2026 09:30:00 +0100") -> str:
    return (
        f"<item><title>Talks &amp; tea {number}</title><link>/p{number}</link><pubDate>{at}</pubDate></item>"
    )


@pytest.mark.parametrize("trickle", [True, False])
def test_a_sender_that_says_no_end_is_stopped_in_time(*, trickle: bool) -> None:
    """Also one that sends on behind what it packed, of which nothing is kept."""
    sent = 0

    def send(listener: socket.socket) -> None:
        nonlocal sent
        taken, _ = listener.accept()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
        with taken, suppress(OSError):
            taken.recv(4096)
            packed = b"\r\n" if trickle else b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(TEXT)
            taken.sendall(head + packed)
            while sent < 2**28:
                taken.sendall(b"x" if trickle else b"x" * 65536)
                sent += 1 if trickle else 65536
                time.sleep(0.05 if trickle else 0)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        sending = threading.Thread(target=send, args=(listener,), daemon=True)
        sending.start()
        begun = time.monotonic()
        with pytest.raises(SourceError, match="took too long" if trickle else "more follows"):
            guarded(allowed=loopback_too, seconds=0.5 if trickle else 20)(
                f"http://127.0.0.1:{listener.getsockname()[1]}/"
            )
        assert time.monotonic() - begun < 3
        sending.join(5)
    assert sent < 2**27


def test_a_page_is_an_article_under_its_address() -> None:
    with web(lambda path: (200, PLAIN if path == "/a" else {"Content-Type": "image/png"}, TEXT)) as there:
        fetch = guarded(allowed=loopback_too)
        found = [*collect([there.at("/a"), there.at("/b")], fetch=fetch)]
    assert isinstance(found[0], Source)
    assert (found[0].data, found[0].facts) == (TEXT, Facts(url=there.at("/a")))
    assert found[0].name == f"127.0.0.1:{there.port}/a.txt"
    assert not isinstance(found[1], Source)
    assert "image/png, which isn't read" in str(found[1].error and found[1].error.message)


def test_a_feed_says_nothing_of_pages_of_another_host_nor_takes_their_address() -> None:
    def reply(path: str) -> Reply:
        if path == "/feed":
            links = (
                f"http://{host}:{there.port}{at}" for host, at in (("b.example", "/b"), ("a.example", "/on"))
            )
            items = "".join(f"<item><title>Ours</title><link>{link}</link></item>" for link in links)
            return 200, {"Content-Type": "text/xml"}, f"<rss><channel>{items}</channel></rss>".encode()
        moved = {"Location": there.at("/c", "b.example")}
        return (302, moved, b"") if path == "/on" else (200, PLAIN, path.encode())

    with web(reply) as there:
        fetch = guarded(allowed=loopback_too, resolve=lambda *_: ["127.0.0.1"])
        found = [*Web(fetch, NOTHING, pause=0).entry(there.at("/feed", "a.example")).read()]
        found += Web(fetch, NOTHING).entry(there.at("/on", "a.example")).read()
        wanted = [Facts(url=there.at(path, "b.example")) for path in ("/b", "/c", "/c")]
    assert [one.facts for one in found if isinstance(one, Source)] == wanted


def test_the_pages_of_a_feed_are_fetched_in_turn() -> None:
    items = entry(1) + entry(2, at="2026-03-02T09:30:00") + "".join(map(entry, range(3, ENTRIES + 3)))
    feed = f'<?xml version="1.0"?><!-- ours --><rss version="2.0"><channel>{items}</channel></rss>'.encode()
    slept: list[float] = []

    def reply(path: str) -> Reply:
        if path == "/p3":
            return 302, {"Location": "http://10.0.0.1/"}, b""
        return (200, {"Content-Type": "text/xml"}, feed) if path == "/feed" else (200, PLAIN, path.encode())

    with web(reply) as there:
        fetching = Web(guarded(allowed=loopback_too), NOTHING, sleep=slept.append)
        first, second, third, *more = fetching.entry(there.at("/feed")).read()
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert first.facts == Facts("Talks & tea 1", None, "2026-03-02T08:30:00+00:00", there.at("/p1"))
    assert second.facts.published == "2026-03-02"
    assert not isinstance(third, Source)
    assert "isn't on the open internet" in str(third.error and third.error.message)
    assert [type(one) for one in more[:-2]] == [Source] * (ENTRIES - 3)
    assert [str(one.why) for one in more[-2:] if not isinstance(one, Source)] == [
        "beyond the newest entries of its feed"
    ] * 2
    assert slept == [1.0] * ENTRIES
