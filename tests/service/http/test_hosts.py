"""By which names the service is asked, and from which pages: no page of another site, also one that was
rebound to this address, and yet every probe, neighbour and proxy."""

from collections.abc import Iterator

import httpx
import pytest

from service.bootstrap import open_service
from tests.conftest import MakeSettings, serving
from tests.service.http.wire_level import JSON, Reply, address, check_problem, send, stall

KEY = "a-key-for-these-tests"
BEARER = ("Authorization", f"Bearer {KEY}")
PATHS = ("/", "/v1/articles", "/v1/openapi.json", "/static/parley.css", "/sign-in")
FOREIGN = [
    "rebound.example",
    "rebound.example:80",
    "REBOUND.example.",
    "127.0.0.1.rebound.example",
    "localhost.rebound.example",
    "rebound-localhost",
    "localhost@rebound.example",
    "rebound.example@localhost",
    "rebound.example/@localhost",
    "localhost, rebound.example",
    "localhost/livez?",
    "10.0.0.1",
    "192.168.1.20:8000",
    "203.0.113.9",
    "0.0.0.0",
    "127.1",
    "2130706433",
    "0x7f000001",
    "[::]",
    "[::2]:8000",
    "[::ffff:10.0.0.1]",
    "[fd00::1]",
    "xn--lcalhost-54a",
    "l\xf3calhost",
    "",
    "[broken",
    "@",
    ".",
    "*",
]


@pytest.fixture(scope="module")
def keyed(make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Behind a proxy, in a network of containers."""
    settings = make_settings(
        tmp_path_factory.mktemp("keyed"),
        api_key=KEY,
        public_url="https://desk.example.org",
        allowed_hosts="archive, desk.internal,[fd00::7]",
        allowed_origins="https://desk.internal:8443",
        requests_per_minute=0,
    )
    service = open_service(settings, command="a test")
    with serving(service) as client:
        yield client
    service.close()


@pytest.fixture(scope="module")
def cookie(keyed: httpx.Client) -> tuple[str, str]:
    signed = keyed.post("/sign-in", data={"key": KEY})
    return "Cookie", signed.headers["set-cookie"].partition(";")[0]


def refused(reply: Reply, header: str, value: str, setting: str) -> None:
    body = check_problem(reply, 403, "forbidden")
    assert f'{header}: "{value}"' in body["detail"]
    assert setting in body["remedy"]


@pytest.mark.parametrize("host", FOREIGN)
def test_without_a_key_a_foreign_host_is_refused(seeded_client: httpx.Client, host: str) -> None:
    for path in PATHS:
        check_problem(send(seeded_client, "GET", path, host=host), 403, "forbidden")
    # None is required, so any would be the right one; it excuses nothing.
    check_problem(send(seeded_client, "GET", "/v1/articles", BEARER, host=host), 403, "forbidden")


@pytest.mark.parametrize("host", FOREIGN)
def test_nor_does_a_page_that_was_rebound_get_on_without_the_key(
    keyed: httpx.Client, cookie: tuple[str, str], host: str
) -> None:
    wrong = ("Authorization", f"Bearer {KEY}x")
    for headers in [(), (cookie,), (wrong,), (wrong, cookie)]:
        check_problem(send(keyed, "GET", "/v1/articles", *headers, host=host), 403, "forbidden")
    guess = ("Content-Type", "application/x-www-form-urlencoded")
    tried = send(keyed, "POST", "/sign-in", guess, host=host, body=f"key={KEY}".encode())
    check_problem(tried, 403, "forbidden")


@pytest.mark.parametrize(
    "forwarded",
    [
        ("X-Forwarded-Host", "localhost"),
        ("X-Forwarded-Host", "127.0.0.1"),
        ("Forwarded", "host=localhost"),
        ("X-Original-Host", "localhost"),
        ("X-Host", "localhost"),
    ],
)
def test_what_a_proxy_says_of_the_host_is_not_believed(
    seeded_client: httpx.Client, forwarded: tuple[str, str]
) -> None:
    reply = send(seeded_client, "GET", "/v1/articles", forwarded, host="rebound.example")
    refused(reply, "Host", "rebound.example", "PARLEY_ALLOWED_HOSTS")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1234", "localhost.", "127.0.0.1", "[::1]:8000", "127.1.2.3"]
)
def test_loopback_by_any_name_is_ours(seeded_client: httpx.Client, host: str) -> None:
    assert send(seeded_client, "GET", "/v1/articles", host=host).status == 200


@pytest.mark.parametrize("host", ["10.1.2.3:8000", "probe.example", "", "[broken", *FOREIGN[:3]])
def test_a_probe_may_ask_by_any_host(keyed: httpx.Client, seeded_client: httpx.Client, host: str) -> None:
    for client in (keyed, seeded_client):
        for path in ("/livez", "/healthz", "/readyz"):
            for method in ("GET", "HEAD"):
                assert send(client, method, path, host=host).status == 200
        check_problem(send(client, "POST", "/livez", host=host), 405, "method_not_allowed")


@pytest.mark.parametrize(
    "path", ["/livez/", "/livez/x", "/livezx", "/readyz/../v1/articles", "//livez", "/LIVEZ"]
)
def test_what_only_begins_like_a_probe_is_none(keyed: httpx.Client, path: str) -> None:
    check_problem(send(keyed, "GET", path, host="rebound.example"), 403, "forbidden")
    check_problem(send(keyed, "GET", path), 401, "unauthorized")


@pytest.mark.parametrize("host", ["archive:8000", "host.docker.internal", "10.1.2.3", "rebound.example"])
def test_whoever_bears_the_key_may_come_by_any_name(keyed: httpx.Client, host: str) -> None:
    assert send(keyed, "GET", "/v1/articles", BEARER, host=host).status == 200
    asked = send(keyed, "POST", "/v1/chat", BEARER, JSON, host=host, body=b'{"question": "Who met whom?"}')
    assert asked.status == 200


@pytest.mark.parametrize("host", ["desk.example.org", "Archive:8000", "desk.internal.", "[FD00:0::7]:80"])
def test_a_browser_may_come_by_the_names_that_are_set(
    keyed: httpx.Client, cookie: tuple[str, str], host: str
) -> None:
    assert send(keyed, "GET", "/sign-in", host=host).status == 200
    assert send(keyed, "GET", "/v1/articles", cookie, host=host).status == 200
    check_problem(send(keyed, "GET", "/v1/articles", host=host), 401, "unauthorized")


def test_a_refusal_says_what_would_let_it_in(keyed: httpx.Client) -> None:
    reply = send(keyed, "GET", "/v1/articles", host="archive.lan:8000")
    refused(reply, "Host", "archive.lan:8000", "archive.lan too, add that to PARLEY_ALLOWED_HOSTS")
    assert "Authorization: Bearer" in reply.json()["remedy"]
    reply = send(keyed, "POST", "/v1/chat", BEARER, ("Origin", "https://desk.lan"))
    refused(reply, "Origin", "https://desk.lan", "PARLEY_ALLOWED_ORIGINS")
    assert "PARLEY_PUBLIC_URL" in reply.json()["remedy"]


def test_what_is_told_of_a_header_is_short_and_harmless(keyed: httpx.Client) -> None:
    long = send(keyed, "GET", "/v1/articles", host="a" * 5_000)
    assert len(long.body) < 1_000
    odd = send(keyed, "GET", "/v1/articles", ("Origin", "https://\x9b31m<b>"))
    assert "\x9b" not in check_problem(odd, 403, "forbidden")["detail"]


ORIGINS = [
    "https://rebound.example",
    "null",
    "http://localhost.rebound.example",
    "http://127.0.0.1:1",
    "http://[broken",
    "",
    "file://",
    "*",
]


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_a_page_of_another_site_is_refused(seeded_client: httpx.Client, origin: str, method: str) -> None:
    reply = send(seeded_client, method, "/v1/articles", ("Origin", origin))
    check_problem(reply, 403, "forbidden")
    assert not [name for name in reply.headers if name.startswith("access-control")]


def test_our_own_page_may_ask(seeded_client: httpx.Client) -> None:
    own = ("Origin", f"http://{address(seeded_client)}")
    assert send(seeded_client, "GET", "/v1/articles", own).status == 200
    both = send(seeded_client, "GET", "/v1/articles", own, ("Origin", "https://rebound.example"))
    check_problem(both, 403, "forbidden")


def test_no_site_but_a_named_one_is_let_in_by_cors(keyed: httpx.Client, seeded_client: httpx.Client) -> None:
    asked = ("Access-Control-Request-Method", "POST")
    for client, headers in [
        (seeded_client, (("Origin", f"http://{address(seeded_client)}"), asked)),
        (keyed, (("Origin", "https://desk.example.org"), asked, BEARER)),
    ]:
        reply = send(client, "OPTIONS", "/v1/chat", *headers)
        check_problem(reply, 405, "method_not_allowed")
        assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "origin", ["https://desk.example.org", "https://desk.example.org:443", "https://desk.internal:8443"]
)
@pytest.mark.parametrize("host", ["127.0.0.1:8134", "archive:8000", "desk.example.org"])
def test_behind_a_proxy_that_sets_host_the_own_page_asks(
    keyed: httpx.Client, cookie: tuple[str, str], host: str, origin: str
) -> None:
    question = b'{"question": "Who met whom?"}'
    asked = send(keyed, "POST", "/v1/chat", ("Origin", origin), cookie, JSON, host=host, body=question)
    assert asked.status == 200
    by_key = send(keyed, "POST", "/v1/chat", ("Origin", origin), BEARER, JSON, host=host, body=question)
    assert by_key.status == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://desk.example.org",
        "https://desk.example.org:8443",
        "https://desk.internal",
        "https://desk.example.org.rebound.example",
        "https://rebound.example",
    ],
)
def test_another_page_behind_that_proxy_does_not(
    keyed: httpx.Client, cookie: tuple[str, str], origin: str
) -> None:
    forwarded = ("X-Forwarded-Host", "rebound.example")
    asked = send(
        keyed, "POST", "/v1/chat", ("Origin", origin), forwarded, cookie, JSON, host="archive", body=b"{}"
    )
    refused(asked, "Origin", origin, "PARLEY_ALLOWED_ORIGINS")


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/v1/articles", "/nothing"])
@pytest.mark.parametrize("second", ["localhost", "rebound.example"])
def test_two_hosts_are_no_request(keyed: httpx.Client, path: str, second: str) -> None:
    reply = send(keyed, "GET", path, ("host", second), BEARER, host="localhost")
    body = check_problem(reply, 400, "bad_request")
    assert f'"localhost", "{second}"' in body["detail"]


@pytest.mark.parametrize("path", [b"/livez", b"/v1/articles"])
def test_nor_is_one_without_a_host(keyed: httpx.Client, path: bytes) -> None:
    reply = stall(keyed, b"GET " + path + b" HTTP/1.1\r\n\r\n")
    assert reply.startswith(b"HTTP/1.1 400 ")
    assert b'"code":"bad_request"' in reply


def test_a_probe_of_before_there_were_hosts_is_answered(keyed: httpx.Client) -> None:
    for path in (b"/livez", b"/readyz"):
        assert stall(keyed, b"GET " + path + b" HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    assert stall(keyed, b"GET /articles HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 403 ")
