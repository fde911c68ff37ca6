"""A link to one answer for somebody without a key; signing out; what is told of a wrong address."""

import html
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from service.bootstrap import Service
from service.links import LINK_SECONDS, PageLinks
from tests.conftest import MakeSettings, add, serving
from tests.service.web.reader import read

pytestmark = pytest.mark.slow

KEY = "a-key-of-the-tests-that-is-long"
HEADERS = {"Authorization": f"Bearer {KEY}"}
PAGE = {"Accept": "text/html"}


@pytest.fixture
def guarded(service: Service, make_settings: MakeSettings) -> Iterator[httpx.Client]:
    add(service, "Miners vote\n\nThe miners of Kell voted for the pact by 412 to 98, their union said.")
    settings = make_settings(service.settings.data_dir, api_key=KEY)
    with serving(replace(service, settings=settings)) as client:
        yield client


def asked(client: httpx.Client) -> dict[str, object]:
    question = {"question": "How did the miners of Kell vote?"}
    answer: dict[str, object] = client.post("/v1/chat", json=question, headers=HEADERS).json()
    return answer


def test_a_shared_answer_opens_with_its_sources_and_nothing_else(guarded: httpx.Client) -> None:
    answer = asked(guarded)
    assert guarded.post(f"/v1/answers/{answer['id']}/share").status_code == 401
    shared = guarded.post(f"/v1/answers/{answer['id']}/share", headers=HEADERS).json()
    assert shared["expires"]
    page = guarded.get(shared["link"])
    assert page.status_code == 200
    assert "412 to 98" in read(page.text).named("main").text
    held = held_in(page.text)
    assert held["statements"] == answer["statements"]
    for citation in held["citations"]:
        link = urlsplit(citation["article"]["link"])
        opened = read(guarded.get(f"{link.path}?{link.query}").text)
        assert opened.marked() == citation["quote"]["text"]
        assert not opened.has("edit")
        assert not opened.has("held")
    for other in (
        shared["link"].partition("?")[0],
        shared["link"].replace("/shared/", "/v1/answers/"),
        re.sub("expires=.", "expires=9", shared["link"]),
        f"{shared['link']}x",
        f"/v1/conversations/{answer['conversation_id']}",
    ):
        assert guarded.get(other).status_code == 401, other


def test_a_shared_answer_tells_nothing_of_the_turns_beside_it(guarded: httpx.Client) -> None:
    first = asked(guarded)
    question = {"question": "And what did it say about wages?", "conversation_id": first["conversation_id"]}
    second = guarded.post("/v1/chat", json={**question, "include": ["hits"]}, headers=HEADERS).json()
    assert second["standalone_question"] != second["question"]
    link = guarded.post(f"/v1/answers/{second['id']}/share", headers=HEADERS).json()["link"]
    page = guarded.get(link).text
    for told in (second["standalone_question"], second["conversation_id"], "fused"):
        assert told not in html.unescape(page)
    notices = [said["text"] for said in held_in(page)["statements"] if said["kind"] == "notice"]
    assert all("isn’t shared" in text for text in notices)


def test_the_links_of_a_shared_answer_end_with_it(guarded: httpx.Client) -> None:
    answer = asked(guarded)
    soon = PageLinks(KEY, clock=lambda: time.time() - LINK_SECONDS + 600)
    link = soon.signed(f"/shared/{answer['id']}")
    ends = re.findall(r"expires=(\d+)", link)
    held = held_in(guarded.get(link).text)
    assert held["citations"]
    assert all(re.findall(r"expires=(\d+)", one["article"]["link"]) == ends for one in held["citations"])


def held_in(page: str) -> Any:
    return json.loads(read(page).named("shared").attributes["data-answer"] or "")


def test_a_shared_answer_goes_with_its_conversation(guarded: httpx.Client) -> None:
    answer = asked(guarded)
    link = guarded.post(f"/v1/answers/{answer['id']}/share", headers=HEADERS).json()["link"]
    guarded.delete(f"/v1/conversations/{answer['conversation_id']}", headers=HEADERS)
    gone = guarded.get(link, headers=PAGE)
    assert (gone.status_code, gone.headers["content-type"]) == (404, "text/html; charset=utf-8")
    nothing = guarded.post(f"/v1/answers/{answer['id']}/share", headers=HEADERS)
    assert nothing.status_code == 404


def test_without_a_key_a_link_is_open_and_for_good(seeded_client: httpx.Client) -> None:
    answer = seeded_client.post("/v1/chat", json={"question": "How long did the Alaska summit last?"}).json()
    shared = seeded_client.post(f"/v1/answers/{answer['id']}/share").json()
    assert shared == {"link": f"/shared/{answer['id']}", "expires": None}
    assert "three hours" in html.unescape(seeded_client.get(shared["link"]).text)


def test_signing_out_ends_what_signing_in_began(guarded: httpx.Client) -> None:
    guarded.post("/sign-in", data={"key": KEY, "next": "/"})
    assert guarded.get("/articles", headers=PAGE).status_code == 200
    assert 'action="/sign-out"' in guarded.get("/articles", headers=PAGE).text
    assert guarded.post("/sign-out").headers["location"] == "/sign-in"
    assert guarded.get("/articles", headers=PAGE).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["/nowhere", "/shared/ans_0", "/articles/none/more"])
def test_a_wrong_address_has_a_page_for_people_and_a_problem_for_programs(
    seeded_client: httpx.Client, path: str
) -> None:
    shown = seeded_client.get(path, headers=PAGE)
    assert shown.status_code == 404
    assert read(shown.text).has("problem")
    assert seeded_client.get(path).json()["code"] == "not_found"
    assert seeded_client.get(f"/v1{path}", headers=PAGE).json()["code"] == "not_found"


def test_a_service_without_a_key_has_nothing_to_sign_out_of(seeded_client: httpx.Client) -> None:
    assert "/sign-out" not in seeded_client.get("/articles").text
