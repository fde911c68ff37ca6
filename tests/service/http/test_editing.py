"""What is known of an article is changed; its text never is."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from retrieval.revising import revised
from retrieval.sources import Source
from service.bootstrap import Service
from tests.conftest import serving
from tests.service.http.wire_level import check_problem

pytestmark = pytest.mark.slow

TEXT = "Tram drivers settle\n\nThe tram drivers settled on Tuesday for 3 percent.\n\nNobody objected."
MARKDOWN = "# Tram drivers settle\n\nThe tram drivers *settled* on Tuesday for 3 percent."
PAGE = "<h1>Tram drivers settle</h1><p>The tram drivers settled on Tuesday for 3 percent.</p><p>So it is.</p>"


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    with serving(service) as opened:
        yield opened


def added(client: httpx.Client, name: str = "a.txt", text: str = TEXT, **facts: str) -> dict[str, object]:
    article: dict[str, object] = client.post(
        "/v1/articles", files={"file": (name, text.encode())}, data=facts
    ).json()["article"]
    return article


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt", TEXT), ("a.md", MARKDOWN), ("a.txt", TEXT + "\n" * 9_000), ("a.html", PAGE)],
)
def test_other_facts_make_a_new_version_of_the_same_text(client: httpx.Client, name: str, text: str) -> None:
    before = added(client, name, text, outlet="Tram News", published="2025-05-01")
    reply = client.patch(
        f"/v1/articles/{before['id']}",
        json={"outlet": "Tramway Post", "authors": ["Lea Orr"], "published": None},
    )
    assert reply.status_code == 200
    after = reply.json()["article"]
    assert (after["outlet"], after["authors"], after["published"]) == ("Tramway Post", ["Lea Orr"], None)
    assert (after["id"], after["version"], after["title"]) == (before["id"], 2, before["title"])
    assert (after["sha256"], after["regions"]) == (before["sha256"], before["regions"])
    assert (after["origins"]["title"], after["origins"]["outlet"]) == ("headline", "given")
    answer = client.post("/v1/chat", json={"question": "What did the tram drivers settle for?"}).json()
    assert {one["article"]["outlet"] for one in answer["citations"]} == {"Tramway Post"}
    assert client.get(f"/v1/articles/{before['id']}", params={"version": 1}).json()["outlet"] == "Tram News"


def test_what_is_as_it_was_makes_no_new_version(client: httpx.Client) -> None:
    before = added(client, outlet="Tram News")
    reply = client.patch(f"/v1/articles/{before['id']}", json={"outlet": "Tram News"}).json()
    assert (reply["outcome"], reply["article"]["version"]) == ("unchanged", 1)


@pytest.mark.parametrize(
    ("edit", "status"),
    [
        ({"published": "soon"}, 422),
        ({"url": "ftp://x"}, 422),
        ({"text": "Other"}, 422),
        ({"language": "?"}, 422),
    ],
)
def test_an_edit_that_cannot_be_is_refused(client: httpx.Client, edit: dict[str, str], status: int) -> None:
    before = added(client)
    assert client.patch(f"/v1/articles/{before['id']}", json=edit).status_code == status
    assert client.get(f"/v1/articles/{before['id']}").json()["version"] == 1


def test_an_article_that_is_gone_is_not_edited(client: httpx.Client) -> None:
    gone = added(client)
    client.delete(f"/v1/articles/{gone['id']}")
    for id_, status in ((gone["id"], (404, 410)), ("a_" + "0" * 32, (404,))):
        assert client.patch(f"/v1/articles/{id_}", json={"outlet": "X"}).status_code in status


def test_the_address_of_a_deleted_article_says_that_it_was(service: Service) -> None:
    with serving(service) as client:
        id_ = client.post("/v1/articles", json={"text": "The ferrymen of Kell met the mayor."}).json()[
            "article"
        ]["id"]
        client.post("/v1/chat", json={"question": "Whom did the ferrymen of Kell meet?"})
        client.delete(f"/v1/articles/{id_}")
        page = client.get(f"/articles/{id_}", headers={"Accept": "text/html"})
        assert (page.status_code, "was deleted" in page.text) == (404, True)
        assert client.get(f"/v1/articles/{id_}").json()["detail"] == f"article {id_} was deleted"
        edited = client.patch(f"/v1/articles/{id_}", json={"title": "Ferrymen"})
        assert edited.status_code == 404
        again = client.post("/v1/articles", json={"text": "The ferrymen of Kell met the mayor."})
        assert (again.status_code, again.json()["outcome"]) == (201, "added")


@pytest.mark.parametrize("moment", ["before its bytes are read", "after"])
def test_a_text_that_was_sent_anew_meanwhile_is_not_edited(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    its = {"id": "ferry desk", "title": "Ferrymen"}
    id_ = client.post("/v1/articles", json={**its, "text": "The ferrymen of Kell met."}).json()["article"][
        "id"
    ]
    later = {"id": "ferry desk", "title": "Ferrymen agree", "text": "The ferrymen of Kell agreed."}

    def overtaken(*given: Any) -> Source:
        source = revised(*given) if moment == "after" else None
        client.post("/v1/articles", json=later)
        return source or revised(*given)

    monkeypatch.setattr("service.editing.revised", overtaken)
    check_problem(client.patch(f"/v1/articles/{id_}", json={"outlet": "Kell Post"}), 409, "conflict")
    assert client.get(f"/v1/articles/{id_}/text").text == later["text"]
    known = client.get(f"/v1/articles/{id_}").json()
    assert (known["title"], known["outlet"], known["version"]) == ("Ferrymen agree", None, 2)
