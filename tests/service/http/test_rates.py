"""So many requests a minute by the key, and what isn't counted."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from service.bootstrap import open_service
from service.errors import RateLimited
from service.http import rates
from service.http.rates import Rates, place_of
from service.links import PageLinks
from tests.conftest import MakeSettings, serving
from tests.service.http.wire_level import check_problem

KEY = "a-key-for-these-tests"
BEARER = {"Authorization": f"Bearer {KEY}"}


class Clock:
    def __init__(self) -> None:
        self.now = 1e6

    def __call__(self) -> float:
        return self.now


def taken(rates_: Rates, who: str = "key", *, most: int = 1_000) -> int:
    """How many are taken until one is refused."""
    for number in range(most):
        try:
            rates_.take(who)
        except RateLimited:
            return number
    return most


@pytest.mark.parametrize("per_minute", [1, 7, 59, 60, 61, 600])
def test_a_minutes_requests_may_come_at_once_and_then_at_their_rate(per_minute: int) -> None:
    clock = Clock()
    limited = Rates(per_minute, clock=clock)
    assert taken(limited) == per_minute
    clock.now += 60 / per_minute
    assert taken(limited) == 1
    clock.now += 30
    assert taken(limited) == per_minute // 2
    clock.now += 3_600
    assert taken(limited) == per_minute


@pytest.mark.parametrize("per_minute", [1, 7, 60, 600])
def test_whoever_waits_as_long_as_it_says_is_let_in(per_minute: int) -> None:
    clock = Clock()
    limited = Rates(per_minute, clock=clock)
    taken(limited)
    for _ in range(20):
        clock.now += 0.3
        taken(limited)
        with pytest.raises(RateLimited) as caught:
            limited.take("key")
        assert caught.value.seconds >= 1
        assert caught.value.seconds - 60 / per_minute < 1  # no longer than it must be, in whole seconds
        clock.now += caught.value.seconds
        limited.take("key")


def test_a_refusal_costs_nothing() -> None:
    clock = Clock()
    limited = Rates(60, clock=clock)
    taken(limited)
    for _ in range(100):
        assert taken(limited) == 0
    clock.now += 1
    assert taken(limited) == 1


def test_one_has_nothing_to_do_with_another() -> None:
    limited = Rates(5, clock=Clock())
    assert taken(limited, "one") == 5
    assert taken(limited, "other") == 5
    assert taken(limited, "one") == 0


def test_none_is_any_number() -> None:
    assert taken(Rates(0, clock=Clock())) == 1_000


def test_what_is_remembered_is_bounded_and_the_busy_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST", 3)
    limited = Rates(5, clock=Clock())
    taken(limited, "busy", most=3)
    for number in range(50):
        limited.take(f"once-{number}")
        if number in (1, 3):
            limited.take("busy")
        assert len(limited._full_at) <= 3
        if number == 4:
            assert taken(limited, "busy") == 0


@pytest.fixture
def slow(make_settings: MakeSettings, tmp_path: Path) -> Iterator[httpx.Client]:
    """Three requests a minute."""
    settings = make_settings(tmp_path / "data", api_key=KEY, requests_per_minute=3)
    service = open_service(settings, command="a test")
    with serving(service) as client:
        yield client
    service.close()


def test_beyond_the_limit_a_client_is_told_when_to_come_back(slow: httpx.Client) -> None:
    assert slow.post("/v1/chat", json={"question": "Who met?"}, headers=BEARER).status_code == 200
    assert slow.get("/v1/articles", headers=BEARER).status_code == 200
    assert slow.get("/v1/nothing", headers=BEARER).status_code == 404
    reply = slow.post("/v1/chat", json={"question": "Who met?"}, headers=BEARER)
    body = check_problem(reply, 429, "rate_limited")
    assert body["retryable"] is True
    assert 1 <= int(reply.headers["retry-after"]) <= 20
    assert "PARLEY_REQUESTS_PER_MINUTE" in body["remedy"]


def test_neither_health_nor_what_needs_no_key_is_counted(slow: httpx.Client) -> None:
    for _ in range(5):
        for path in ("/livez", "/readyz", "/healthz", "/sign-in", "/static/parley.css"):
            assert slow.get(path, headers=BEARER).status_code == 200
        assert slow.post("/sign-in", data={"key": KEY}).status_code == 303
        slow.cookies.clear()
        check_problem(slow.get("/v1/articles", headers={"Authorization": "Bearer x"}), 401, "unauthorized")
        check_problem(slow.post("/v1/chat", content=b"", headers={"Host": "x.example"}), 403, "forbidden")
    for _ in range(3):
        assert slow.get("/v1/articles", headers=BEARER).status_code == 200
    for path in ("/livez", "/readyz"):
        assert slow.get(path, headers=BEARER).status_code == 200


def test_browsers_are_counted_under_the_key_that_they_signed_in_with(slow: httpx.Client) -> None:
    for _ in range(3):
        cookie = slow.post("/sign-in", data={"key": KEY}).headers["set-cookie"].partition(";")[0]
        slow.cookies.clear()
        assert slow.get("/", headers={"Cookie": cookie}).status_code == 200
    check_problem(slow.get("/v1/articles", headers=BEARER), 429, "rate_limited")


def test_guests_of_links_are_counted_under_their_address_and_take_nobodys_place(slow: httpx.Client) -> None:
    link = PageLinks(KEY).signed(f"/articles/a_{'0' * 32}?version=1&quote=0-1")
    assert [slow.get(link).status_code for _ in range(4)] == [404, 404, 404, 429]
    assert "from this address" in slow.get(link).json()["detail"]
    assert slow.get("/v1/articles", headers=BEARER).status_code == 200


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "address 192.0.2.7/32"),
        ("2001:db8:1:2:3:4:5:6", "address 2001:db8:1:2::/64"),
        ("proxy.sock", "address proxy.sock"),
        (None, "address "),
    ],
)
def test_by_what_a_guest_is_counted(host: str | None, counted: str) -> None:
    client = None if host is None else (host, 1)
    assert place_of(Request({"type": "http", "client": client})) == counted


def test_without_a_key_there_is_no_limit(make_settings: MakeSettings, tmp_path: Path) -> None:
    service = open_service(make_settings(tmp_path / "data", requests_per_minute=1), command="a test")
    with serving(service) as client:
        for headers in ({}, BEARER):
            for _ in range(5):
                assert client.get("/v1/articles", headers=headers).status_code == 200
    service.close()
