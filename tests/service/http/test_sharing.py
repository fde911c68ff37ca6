"""Which pages of others may call the API, and frame ours."""

from collections.abc import Iterator

import httpx
import pytest

from service.bootstrap import open_service
from tests.conftest import MakeSettings, serving
from tests.service.http.wire_level import check_problem

KEY = "a-key-for-other-pages"
THEIRS = "https://desk.example.org"
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


@pytest.fixture(scope="module")
def shared(make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = make_settings(
        tmp_path_factory.mktemp("shared"),
        api_key=KEY,
        allowed_origins=f"{THEIRS},https://other.example.org:8443",
        frame_ancestors=THEIRS,
    )
    opened = open_service(settings, command="a test")
    with serving(opened) as client:
        yield client
    opened.close()


def allowed(reply: httpx.Response) -> str | None:
    found: str | None = reply.headers.get("access-control-allow-origin")
    return found


def test_a_page_that_is_named_may_read_answers_also_refusals(shared: httpx.Client) -> None:
    bearer = {"Authorization": f"Bearer {KEY}"}
    for path, headers, status in (
        ("/v1/about", bearer, 200),
        ("/v1/about", {}, 401),
        ("/v1/nothing", bearer, 404),
        ("/livez", {}, 200),
    ):
        reply = shared.get(path, headers=headers | {"Origin": THEIRS})
        assert (reply.status_code, allowed(reply), reply.headers["vary"]) == (status, THEIRS, "Origin")
        assert "access-control-allow-credentials" not in reply.headers
        assert allowed(shared.get(path, headers=headers)) is None


def test_a_browser_may_ask_before_it_sends(shared: httpx.Client) -> None:
    reply = shared.options("/v1/chat", headers=ASKS | {"Origin": THEIRS})
    assert (reply.status_code, reply.content, allowed(reply)) == (204, b"", THEIRS)
    assert "PATCH" in reply.headers["access-control-allow-methods"]
    for name in ("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"):
        assert name in reply.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    "origin", ["https://foe.example.org", "http://desk.example.org", f"{THEIRS}.foe.example"]
)
def test_a_page_that_is_not_named_may_not(shared: httpx.Client, origin: str) -> None:
    for reply in (
        shared.options("/v1/chat", headers=ASKS | {"Origin": origin}),
        shared.get("/v1/about", headers={"Origin": origin, "Authorization": f"Bearer {KEY}"}),
    ):
        check_problem(reply, 403, "forbidden")
        assert allowed(reply) is None


def test_none_is_named_at_first(seeded_client: httpx.Client) -> None:
    reply = seeded_client.options("/v1/chat", headers=ASKS | {"Origin": THEIRS})
    check_problem(reply, 403, "forbidden")
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert "vary" not in reply.headers


def test_a_page_that_is_named_may_frame_ours(shared: httpx.Client) -> None:
    policy = shared.get("/sign-in").headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors {THEIRS}")


def test_nothing_that_is_told_is_kept_by_a_browser_but_its_style(seeded_client: httpx.Client) -> None:
    answer = seeded_client.post("/v1/chat", json={"question": "How long did the Alaska summit last?"}).json()
    for path in (
        "/",
        "/articles",
        f"/shared/{answer['id']}",
        "/v1/conversations",
        "/v1/articles",
        "/nowhere",
    ):
        assert seeded_client.get(path).headers["cache-control"] == "no-store", path
    assert "immutable" in seeded_client.get("/static/parley.css").headers["cache-control"]
