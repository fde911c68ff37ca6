"""Who may ask: not whoever lacks the key."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from retrieval.database import Database
from retrieval.errors import ParleyError
from service.bootstrap import open_service
from service.errors import Unauthorized
from service.http.access import ATTEMPTS_A_MINUTE, COOKIE, SESSION_SECONDS, Access
from service.sessions import Sessions
from tests.conftest import MakeSettings, serving
from tests.service.http.wire_level import check_problem, send

KEY = "a-key-for-these-tests"
BEARER = {"Authorization": f"Bearer {KEY}"}
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def keyed(make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data = tmp_path_factory.mktemp("keyed")
    settings = make_settings(data, api_key=KEY, public_url="https://parley.example.org")
    service = open_service(settings, command="a test")
    with serving(service) as client:
        yield client
    service.close()


def test_without_the_key_nothing_is_told(keyed: httpx.Client) -> None:
    routes = ["/v1/articles", "/v1/articles/a_1", "/v1/answers/x", "/v1/openapi.json", "/", "/articles", "/x"]
    for path in routes:
        reply = keyed.get(path)
        check_problem(reply, 401, "unauthorized")
        assert reply.headers["www-authenticate"] == "Bearer"
    check_problem(keyed.post("/v1/chat", json={"question": "Who?"}), 401, "unauthorized")
    check_problem(keyed.post("/v1/articles", json={"text": "x"}), 401, "unauthorized")
    check_problem(keyed.delete("/v1/articles/a_1"), 401, "unauthorized")


def test_the_key_opens(keyed: httpx.Client) -> None:
    assert keyed.get("/v1/articles", headers=BEARER).status_code == 200
    assert keyed.get("/v1/articles", headers={"Authorization": f"bearer  {KEY}"}).status_code == 200


@pytest.mark.parametrize(
    "value",
    [
        f"Bearer {KEY}x",
        f"Bearer {KEY[:-1]}",
        "Bearer",
        "Bearer ",
        f"Basic {KEY}",
        KEY,
        "Bearer ключ".encode().decode("latin-1"),
        f"Bearer {KEY} {KEY}",
    ],
)
def test_another_key_does_not(keyed: httpx.Client, value: str) -> None:
    check_problem(send(keyed, "GET", "/v1/articles", ("Authorization", value)), 401, "unauthorized")


@pytest.mark.parametrize("name", ["key", "api_key", "access_token", "token", "authorization"])
def test_a_key_in_the_address_is_not_one(keyed: httpx.Client, name: str) -> None:
    check_problem(keyed.get("/v1/articles", params={name: KEY}), 401, "unauthorized")


def test_health_and_what_the_sign_in_page_needs_are_open(keyed: httpx.Client) -> None:
    for path in ("/livez", "/readyz", "/sign-in", "/static/parley.css"):
        assert keyed.get(path).status_code == 200


def test_a_browser_is_sent_to_sign_in_and_back_to_the_quotation(keyed: httpx.Client) -> None:
    wanted = "/articles/a_1?version=2&quote=3-9"
    sent = keyed.get(wanted, headers=HTML)
    assert sent.status_code == 303
    form = keyed.get(sent.headers["location"])
    assert 'value="/articles/a_1?version=2&amp;quote=3-9"' in form.text
    signed = keyed.post("/sign-in", data={"key": KEY, "next": wanted})
    assert (signed.status_code, signed.headers["location"]) == (303, wanted)


def test_a_signed_in_browser_may_ask(keyed: httpx.Client) -> None:
    signed = keyed.post("/sign-in", data={"key": KEY})
    cookie = signed.headers["set-cookie"]
    assert {"httponly", "samesite=lax", "secure"} <= {part.strip().lower() for part in cookie.split(";")}
    assert KEY not in cookie
    token = cookie.partition(";")[0]
    assert send(keyed, "GET", "/v1/articles", ("Cookie", token)).status == 200


def test_a_wrong_key_signs_nobody_in(keyed: httpx.Client) -> None:
    for key in ("", "wrong", KEY + " ", "\udcff"):
        body = b"key=" + (b"%ff" if key == "\udcff" else key.encode())
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        reply = keyed.post("/sign-in", content=body, headers=kind)
        assert reply.status_code == 401
        assert "set-cookie" not in reply.headers
        assert 'role="alert"' in reply.text


def test_a_key_in_an_encoding_that_makes_no_text_signs_nobody_in(keyed: httpx.Client) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=b; charset=utf-7"}
    body = b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n+2AA-\r\n--b--\r\n'
    assert keyed.post("/sign-in", content=body, headers=kind).status_code == 401


def cookies(access: Access) -> list[str]:
    expires, _, signature = access.session().partition(".")
    end, _, rest = expires.partition("~")
    later = f"{int(end) + 1}~{rest}"
    flipped = signature[:-1] + ("A" if signature[-1] != "A" else "B")
    return [
        f"{later}.{signature}",
        f"{expires}.{flipped}",
        f"{expires}.",
        f".{signature}",
        expires,
        signature,
        "",
        ".",
        f"{'9' * 5000}.{signature}",
        f"-1.{signature}",
        f"{expires}.é",
        f"٣.{signature}",
        f"{expires}.{signature}.{signature}",
    ]


@pytest.fixture(scope="module")
def access(make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Access]:
    folder = tmp_path_factory.mktemp("access")
    with closing(Database(f"sqlite:///{folder / 'record.sqlite'}")) as database:
        yield Access(make_settings(folder, api_key=KEY), sessions=Sessions(database))


def asking(cookie: str) -> Request:
    headers = [(b"host", b"127.0.0.1"), (b"cookie", f"{COOKIE}={cookie}".encode())]
    scope = {"type": "http", "method": "GET", "path": "/v1/articles", "headers": headers, "query_string": b""}
    return Request(scope)


def test_a_tampered_session_is_none(access: Access) -> None:
    access.check(asking(access.session()))
    for cookie in cookies(access):
        with pytest.raises(Unauthorized):
            access.check(asking(cookie))


def test_a_session_expires(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    token = access.session()
    now = time.time()
    monkeypatch.setattr("service.http.access.time.time", lambda: now + SESSION_SECONDS - 60)
    access.check(asking(token))
    monkeypatch.setattr("service.http.access.time.time", lambda: now + SESSION_SECONDS + 60)
    with pytest.raises(Unauthorized):
        access.check(asking(token))


def test_who_signs_out_ends_the_session_for_every_copy_of_it(keyed: httpx.Client) -> None:
    both = [keyed.post("/sign-in", data={"key": KEY}).headers["set-cookie"].partition(";")[0] for _ in "12"]
    keyed.cookies.clear()
    for cookie in both:
        assert keyed.get("/v1/articles", headers={"Cookie": cookie}).status_code == 200
    assert keyed.post("/sign-out", headers={"Cookie": both[0]}).status_code == 303
    keyed.cookies.clear()
    found = [keyed.get("/v1/articles", headers={"Cookie": cookie}).status_code for cookie in both]
    assert found == [401, 200]
    assert keyed.post("/sign-out", headers={"Cookie": both[0]}).status_code == 303  # once more


def test_wrong_keys_are_too_many_from_one_address(make_settings: MakeSettings, tmp_path: Path) -> None:
    service = open_service(make_settings(tmp_path / "data", api_key=KEY), command="a test")
    with serving(service) as client:
        tried = [client.post("/sign-in", data={"key": "wrong"}).status_code for _ in range(12)]
        assert tried == [401] * ATTEMPTS_A_MINUTE + [429] * 2
        refused = client.post("/sign-in", data={"key": KEY})
        assert refused.status_code == 429
        assert "Too many wrong keys" in refused.text
        assert 0 < int(refused.headers["retry-after"]) <= 6
        assert client.get("/v1/articles", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    service.close()


def test_a_session_of_another_key_is_none(
    access: Access, make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Access(make_settings(tmp_path_factory.mktemp("other"), api_key="quite-another-key-here"))
    keyless = Access(make_settings(tmp_path_factory.mktemp("keyless")))
    for session in (other.session(), keyless.session()):
        with pytest.raises(Unauthorized):
            access.check(asking(session))


@pytest.mark.parametrize(
    "next_path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "evil.example",
        "",
        " //evil.example",
    ],
)
def test_sign_in_leads_nowhere_else(keyed: httpx.Client, next_path: str) -> None:
    signed = keyed.post("/sign-in", data={"key": KEY, "next": next_path})
    assert (signed.status_code, signed.headers["location"]) == (303, "/")
    form = keyed.get("/sign-in", params={"next": next_path})
    assert 'name="next" value="/"' in form.text


def test_a_refusal_is_an_error_of_ours(access: Access) -> None:
    with pytest.raises(ParleyError) as caught:
        access.check(asking("x"))
    assert KEY not in f"{caught.value.message}{caught.value.remedy}"
