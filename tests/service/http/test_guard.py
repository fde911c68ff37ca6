"""What stands before every route: sizes, pace and headers."""

from collections.abc import Iterator

import httpx
import pytest

from service.bootstrap import Service
from service.http import guard
from service.http.guard import ARTICLE_BYTES, HISTORY_BYTES, QUESTION_BYTES
from tests.conftest import serving
from tests.service.http.wire_level import JSON, check_problem, send, stall

BLOCK = b"x" * 65_536


def endless(most: int) -> Iterator[bytes]:
    sent = 0
    while sent <= most:
        yield BLOCK
        sent += len(BLOCK)


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/v1/chat", HISTORY_BYTES), ("/v1/articles", ARTICLE_BYTES), ("/sign-in", QUESTION_BYTES)],
)
def test_a_body_too_large_is_refused(seeded_client: httpx.Client, path: str, limit: int) -> None:
    declared = ("Content-Length", str(limit + 1))
    check_problem(send(seeded_client, "POST", path, JSON, declared, body=b"{"), 413, "too_large")
    kind = ("Content-Type", "application/x-www-form-urlencoded") if path == "/sign-in" else JSON
    chunked = send(seeded_client, "POST", path, kind, body=endless(limit + len(BLOCK)))
    check_problem(chunked, 413, "too_large")


def test_a_body_at_the_limit_is_read(seeded_client: httpx.Client) -> None:
    body = b'{"question": ""' + b" " * (HISTORY_BYTES - 16) + b"}"
    assert len(body) == HISTORY_BYTES
    check_problem(send(seeded_client, "POST", "/v1/chat", JSON, body=body), 422, "invalid_request")
    check_problem(send(seeded_client, "POST", "/v1/chat", JSON, body=body + b" "), 413, "too_large")


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "9" * 400])
def test_a_length_that_is_no_number_is_refused(seeded_client: httpx.Client, length: str) -> None:
    head = f"POST /v1/chat HTTP/1.1\r\nHost: HOST\r\nContent-Length: {length}\r\n\r\n".encode()
    assert stall(seeded_client, head).split()[1] in {b"400", b"413"}


@pytest.fixture
def impatient(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.2)
    with serving(service) as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/chat", "/v1/articles", "/sign-in"])
@pytest.mark.parametrize("pace", ["Content-Length: 100", "Transfer-Encoding: chunked"])
def test_a_sender_that_stalls_is_cut_off(impatient: httpx.Client, path: str, pace: str) -> None:
    kind = "application/x-www-form-urlencoded" if path == "/sign-in" else "application/json"
    head = f"POST {path} HTTP/1.1\r\nHost: HOST\r\nContent-Type: {kind}\r\n{pace}\r\n\r\n"
    answer = stall(impatient, head.encode())
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer


def test_a_stalled_form_with_a_file_is_cut_off(impatient: httpx.Client) -> None:
    head = (
        "POST /v1/articles HTTP/1.1\r\nHost: HOST\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        'Content-Length: 500\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
    )
    assert stall(impatient, head.encode()).startswith(b"HTTP/1.1 408 ")
    assert impatient.get("/v1/articles").json()["total"] == 0


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/articles"),
        ("GET", "/articles/none"),
        ("GET", "/sign-in"),
        ("GET", "/static/parley.css"),
        ("GET", "/static/none"),
        ("GET", "/livez"),
        ("GET", "/readyz"),
        ("GET", "/v1/openapi.json"),
        ("GET", "/v1/articles"),
        ("GET", "/v1/articles?limit=x"),
        ("GET", "/v1/articles?offset=" + "9" * 30),
        ("GET", "/v1/articles/a/text?version=" + "9" * 30),
        ("GET", "/v1/answers/none"),
        ("POST", "/v1/chat"),
        ("PUT", "/v1/chat"),
        ("OPTIONS", "/v1/chat"),
        ("GET", "/nowhere"),
    ],
)
def test_every_response_carries_the_security_headers(
    seeded_client: httpx.Client, method: str, path: str
) -> None:
    reply = send(seeded_client, method, path)
    assert reply.status < 500
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert reply.headers["cross-origin-opener-policy"] == "same-origin"


def test_head_is_get_without_the_body(seeded_client: httpx.Client) -> None:
    for path in ("/", "/livez", "/readyz", "/v1/articles", "/static/parley.css", "/nowhere"):
        whole, head = seeded_client.get(path), seeded_client.head(path)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        for name in ("content-length", "content-type", "content-security-policy"):
            assert head.headers[name] == whole.headers[name]


def test_refusals_before_a_route_carry_them_too(seeded_client: httpx.Client) -> None:
    too_large = send(seeded_client, "POST", "/v1/chat", ("Content-Length", str(10**9)), body=b"")
    for reply in (send(seeded_client, "GET", "/", host="evil.example"), too_large):
        assert reply.status in {403, 413}
        assert "default-src 'none'" in reply.headers["content-security-policy"]
