"""Keys of the record: whom they let in, to what, whose conversations are whose, and how they end."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from service.bootstrap import Service, open_service
from service.http import create_app, dependencies
from service.http.access import COOKIE, HEALTH, SLACK_EVENTS
from service.kept import access_keys
from service.keys import Created, KeyScope, keys_in
from tests.conftest import MakeSettings, add, serving
from tests.service.http.test_ownership import PATHS, ROWS, absent, kind_of, told
from tests.service.http.wire_level import check_problem
from tests.service.web.reader import read

pytestmark = pytest.mark.slow

KEY = "the-key-of-the-house"
QUESTION = "How long did the divers search?"
UNSCOPED = {*HEALTH, SLACK_EVENTS, "/sign-in", "/sign-out", "/static/{name}"}
SCOPES = (dependencies.READ, dependencies.ASK, dependencies.INGEST, dependencies.ADMIN)


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def make(service: Service, name: str, *scopes: str, **more: Any) -> Created:
    """As the command line does it, beside the service that runs."""
    with keys_in(service.settings) as keys:
        return keys.create(name, [KeyScope(scope) for scope in scopes], **more)


@pytest.fixture(scope="module", autouse=True)
def _seen_at_once() -> Iterator[None]:
    """How long a change stays unseen is held in test_keys.py above."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.keys.STALE_SECONDS", 0.0)
        yield


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Service]:
    settings = make_settings(tmp_path_factory.mktemp("keys"), api_key=KEY, requests_per_minute=0)
    opened = open_service(settings, command="a test")
    add(opened, "Divers searched the Sound of Luva for eleven hours on Friday.")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(house: Service) -> Iterator[httpx.Client]:
    with serving(house) as client:
        yield client


@pytest.fixture(scope="module")
def two(house: Service) -> tuple[str, str]:
    with keys_in(house.settings) as keys:
        made = [keys.create(name, [KeyScope.READ, KeyScope.ASK]) for name in ("Asta", "Bo")]
    return made[0].token, made[1].token


def ask(client: httpx.Client, token: str) -> dict[str, Any]:
    reply = client.post("/v1/chat", json={"question": QUESTION}, headers=bearing(token))
    assert reply.status_code == 200, reply.text
    told: dict[str, Any] = reply.json()
    return told


def browser_at(client: httpx.Client) -> httpx.Client:
    """One that isn't signed in."""
    return httpx.Client(base_url=client.base_url, timeout=30, trust_env=False, verify=False)


def test_each_route_names_one_scope_or_is_open(house: Service) -> None:
    for route in create_app(house).routes:
        if isinstance(route, APIRoute):
            scopes = [one for one in route.dependencies if one in SCOPES]
            assert len(scopes) == (0 if route.path in UNSCOPED else 1), route.path


@pytest.mark.parametrize("scope", list(KeyScope))
def test_a_key_is_good_for_its_scope_alone(house: Service, client: httpx.Client, scope: KeyScope) -> None:
    token = make(house, f"only {scope}", scope).token
    for name, row in ROWS.items():
        method, path = name.split(" ")
        path = path.replace("{", "").replace("}", "")
        reply = client.request(method, path, json=row.body, headers=bearing(token))
        if row.scope in (None, scope):
            assert reply.status_code not in (401, 403), name
        else:
            assert (reply.status_code, reply.json()["code"]) == (403, "forbidden"), name
            assert f"the scope {row.scope};" in reply.json()["detail"], name


def test_a_purge_takes_an_administrators_key(house: Service, client: httpx.Client) -> None:
    id_ = add(house, "The lighthouse of Luva was sold.").article_id
    ingests, both = (make(house, "clerk", "ingest").token, make(house, "head", "ingest", "admin").token)
    refused = client.delete(f"/v1/articles/{id_}?purge=true", headers=bearing(ingests))
    check_problem(refused, 403, "forbidden")
    assert "scope admin" in refused.json()["detail"]
    assert client.delete(f"/v1/articles/{id_}?purge=true", headers=bearing(both)).status_code == 204


def test_what_belongs_to_another_key_is_not_there(client: httpx.Client, two: tuple[str, str]) -> None:
    """Each operation that names what somebody owns, by two keys and the house's, of each other's."""
    tokens = (*two, KEY)
    held = [ask(client, token) for token in tokens]
    for name in [name for name in PATHS if kind_of(name) != "article"]:
        method, path = name.split(" ")
        for token in tokens:
            nobodys = absent(name)
            others = [one["id" if kind_of(name) == "answer" else "conversation_id"] for one in held]
            del others[tokens.index(token)]
            replies = [
                told(
                    client.request(
                        method, re.sub(r"\{\w+\}", id_, path), json=ROWS[name].body, headers=bearing(token)
                    ),
                    id_,
                )
                for id_ in (nobodys, *others)
            ]
            assert replies[0][0] == 404
            assert replies[1:] == replies[:1] * 2, name
    for token, own in zip(tokens, held, strict=True):
        listed = client.get("/v1/conversations", headers=bearing(token)).text
        assert [one["conversation_id"] in listed for one in held] == [one is own for one in held]
        assert client.get(f"/v1/answers/{own['id']}", headers=bearing(token)).json() == own


def test_a_browser_signs_in_with_any_key_and_has_what_the_key_has(
    house: Service, client: httpx.Client, two: tuple[str, str]
) -> None:
    token = two[0]
    answer = ask(client, token)
    with browser_at(client) as browser:
        assert browser.post("/sign-in", data={"key": token}).status_code == 303
        assert browser.get(f"/v1/answers/{answer['id']}").status_code == 200
        assert "Sign out" in browser.get("/").text
        check_problem(browser.get("/metrics"), 403, "forbidden")
        told, _, signature = browser.cookies[COOKIE].partition(".")
        others = client.get("/v1/conversations", headers=bearing(two[1]))
        assert others.status_code == 200
        forged = f"{told.partition('~')[0]}.{signature}"
        reply = client.get("/v1/conversations", headers={"Cookie": f"{COOKIE}={forged}"})
        check_problem(reply, 401, "unauthorized")


def test_a_revoked_key_its_sessions_and_its_shared_links_end(house: Service, client: httpx.Client) -> None:
    made = make(house, "Cara", "read", "ask")
    answer = ask(client, made.token)
    link = client.post(f"/v1/answers/{answer['id']}/share", headers=bearing(made.token)).json()["link"]
    held = json.loads(read(client.get(link).text).named("shared").attributes["data-answer"] or "")
    body = {"model": "parley", "messages": [{"role": "user", "content": QUESTION}]}
    told = client.post("/v1/chat/completions", json=body, headers=bearing(made.token)).json()
    annotation = told["choices"][0]["message"]["annotations"][0]["url_citation"]["url"]
    sources = [held["citations"][0]["article"]["link"], annotation]
    with browser_at(client) as browser:
        assert browser.post("/sign-in", data={"key": made.token}).status_code == 303
        assert browser.get("/v1/about").status_code == 200
        assert [client.get(one).status_code for one in (link, *sources)] == [200] * 3
        with keys_in(house.settings) as keys:
            keys.revoke("Cara")
        check_problem(browser.get("/v1/about"), 401, "unauthorized")
    assert [client.get(one).status_code for one in (link, *sources)] == [404, 401, 401]
    check_problem(client.get("/v1/about", headers=bearing(made.token)), 401, "unauthorized")
    assert client.post("/sign-in", data={"key": made.token}).status_code == 401


def test_a_key_ends_when_it_expires(house: Service, client: httpx.Client) -> None:
    made = make(house, "brief", "read", expires_at=datetime.now(UTC) + timedelta(hours=1))
    assert client.get("/v1/about", headers=bearing(made.token)).status_code == 200
    with house.corpus.record.database.write() as connection:
        brief = access_keys.update().where(access_keys.c.id == made.key.id)
        connection.execute(brief.values(expires_at=datetime.now(UTC)))
    check_problem(client.get("/v1/about", headers=bearing(made.token)), 401, "unauthorized")


def test_the_first_key_closes_a_service_and_the_last_doesnt_open_it(
    service: Service, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(service) as client:
        assert client.get("/v1/about").status_code == 200
        signed_in = client.post("/sign-in", data={"key": "any"})
        assert signed_in.status_code == 303
        made = make(service, "first", "read", "ask")
        check_problem(client.get("/v1/about"), 401, "unauthorized")  # also with the cookie from before
        assert client.get("/v1/about", headers=bearing(made.token)).status_code == 200
        assert client.get("/v1/openapi.json", headers=bearing(made.token)).json()["security"] == [{"key": []}]
        with keys_in(service.settings) as keys:
            keys.revoke(made.key.id)
        check_problem(client.get("/v1/about"), 401, "unauthorized")
        with keys_in(service.settings) as keys:
            keys.erase("first", reopen=True)
        assert client.get("/v1/about").status_code == 200


def test_only_the_digest_is_kept(house: Service) -> None:
    made = make(house, "Dag", "read")
    assert len(made.token) >= 43
    assert made.token.startswith("pk_")
    files = [path for path in house.settings.data_dir.rglob("*") if path.is_file()]
    assert not [path for path in files if made.token.encode() in path.read_bytes()]


def test_a_page_offers_what_the_key_is_good_for(client: httpx.Client, house: Service) -> None:
    article = client.get("/v1/articles", headers=bearing(KEY)).json()["articles"][0]

    def offered(*scopes: str) -> set[str]:
        key = KEY if not scopes else make(house, f"page-{'-'.join(scopes)}", *scopes).token
        paths = ("/", "/articles", f"/articles/{article['id']}")
        shown = [read(client.get(path, headers=bearing(key)).text) for path in paths]
        hidden = {
            e.attributes["id"]
            for page in shown
            for e in page.elements
            if "hidden" in e.attributes and "id" in e.attributes
        }
        named = {
            name
            for page in shown
            for name in ("composer", "chosen", "adding", "edit", "delete", "no-asking", "no-adding")
            if page.has(name)
        }
        purges = any(e.attributes.get("name") == "purge" for e in shown[2].elements)
        return (named - hidden) | ({"purge"} if purges else set())

    assert offered("read") == {"no-asking", "no-adding"}
    assert offered("read", "ask") == {"composer", "chosen", "no-adding"}
    assert offered("read", "ask", "ingest") == {"composer", "chosen", "adding", "edit", "delete"}
    assert offered() == {"composer", "chosen", "adding", "edit", "delete", "purge"}
