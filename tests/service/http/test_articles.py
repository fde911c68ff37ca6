"""Articles in, listed, opened and deleted over HTTP; and whatever is no article kept out."""

import hashlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from retrieval.sources import MAX_BYTES
from service.bootstrap import Service
from tests.conftest import serving
from tests.service.http.test_chat import ask
from tests.service.http.wire_level import JSON, check_problem, send

TEXT = "The envoys met for two hours in the old customs house on Sunday.\r\nNobody “else” spoke — 🕊️."
STORED = TEXT.replace("\r\n", "\n")


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    with serving(service) as opened:
        yield opened


@pytest.fixture(scope="module")
def untouched(seeded_client: httpx.Client) -> Iterator[httpx.Client]:
    """Nothing may be stored by what is refused."""
    before = seeded_client.get("/v1/articles").content
    yield seeded_client
    assert seeded_client.get("/v1/articles").content == before


def post_file(client: httpx.Client, name: str, data: bytes, **fields: Any) -> httpx.Response:
    return client.post("/v1/articles", files={"file": (name, data)}, data=fields)


def test_an_article_as_json(client: httpx.Client) -> None:
    facts = {
        "title": "Envoys — “meet”",
        "outlet": "Вісник",
        "published": "2025-08-17T09:30:00+02:00",
        "url": "https://news.example/a",
        "authors": ["Ann Ray", "Іван"],
        "language": "en-GB",
    }
    reply = client.post("/v1/articles", json={"text": TEXT, **facts})
    assert reply.status_code == 201
    done = reply.json()
    assert set(done) == {"outcome", "article", "notes"}
    article = done["article"]
    assert set(article) == {
        *("id", "version", "title", "shown_title", "outlet", "published", "url", "authors", "language"),
        *("identity", "retrieved_at", "left_out", "latest_version", "sha256", "bytes_sha256", "length"),
        *("regions", "copy_of", "copies", "origins"),
    }
    assert (done["outcome"], article["version"], article["latest_version"]) == ("added", 1, 1)
    assert {key: article[key] for key in facts} == facts
    assert article["origins"] == dict.fromkeys(facts, "given")
    assert article["shown_title"] == {"text": "Envoys — “meet”", "origin": "article"}
    assert article["length"] == len(STORED)
    assert article["sha256"] == hashlib.sha256(STORED.encode()).hexdigest()
    assert article["bytes_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert client.get(f"/v1/articles/{article['id']}").json() == article
    assert client.get(f"/v1/articles/{article['id']}/text").content.decode() == STORED


def test_an_article_with_a_correction_and_a_post(client: httpx.Client) -> None:
    text = (
        "Ferry talks resume\n\nThe pilots of Vellinge said on Monday that they would go to sea in May.\n\n"
        "Correction: An earlier version of this article misstated the day of the vote.\n\n"
        "Nobody sails without us.\n— Jane Roe (@jroe) May 2, 2024\n\nThe port said that it would wait."
    )
    article = client.post("/v1/articles", json={"text": text}).json()["article"]
    assert {region["kind"] for region in article["regions"]} >= {"body", "note", "post"}
    assert client.get(f"/v1/articles/{article['id']}").json() == article


def test_an_article_as_a_form_is_the_same_article(client: httpx.Client) -> None:
    facts = {"outlet": "Вісник", "url": "https://news.example/a", "authors": ["Ann Ray", "Іван"]}
    first = post_file(client, "talks.txt", TEXT.encode(), **facts)
    assert (first.status_code, first.json()["outcome"]) == (201, "added")
    again = client.post("/v1/articles", json={"text": TEXT, **facts})
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    assert again.json()["article"] == first.json()["article"]
    changed = post_file(client, "talks.txt", TEXT.encode() + b" More.", **facts)
    assert (changed.status_code, changed.json()["outcome"]) == (200, "updated")
    assert changed.json()["article"]["version"] == 2
    assert client.get("/v1/articles").json()["total"] == 1


def test_an_identity_may_be_given(client: httpx.Client) -> None:
    one = client.post("/v1/articles", json={"text": "The first text of the day.", "id": "desk/1"}).json()
    two = client.post("/v1/articles", json={"text": "The second text of the day.", "id": "desk/1"}).json()
    other = client.post("/v1/articles", json={"text": "The second text of the day."}).json()
    assert one["article"]["id"] == two["article"]["id"] != other["article"]["id"]
    assert two["article"]["version"] == 2


def test_what_is_not_known_is_null_and_a_missing_title_is_marked_as_ours(client: httpx.Client) -> None:
    article = client.post("/v1/articles", json={"text": "el barco salió. " * 20}).json()["article"]
    unknown = ("title", "outlet", "published", "url")
    assert [article[key] for key in unknown] == [None] * 4
    assert article["authors"] == []
    assert article["shown_title"]["origin"] == "parley"
    assert len(article["shown_title"]["text"]) <= 80


def test_the_list_is_paged_the_latest_first(client: httpx.Client) -> None:
    added = [
        client.post("/v1/articles", json={"text": f"The report number {n} of the day."}).json()["article"][
            "id"
        ]
        for n in range(5)
    ]
    pages = [client.get("/v1/articles", params={"limit": 2, "offset": at}).json() for at in (0, 2, 4, 6)]
    assert [page["total"] for page in pages] == [5] * 4
    assert [len(page["articles"]) for page in pages] == [2, 2, 1, 0]
    assert [row["id"] for page in pages for row in page["articles"]] == added[::-1]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=501", "limit=x", "offset=-1", f"offset={9**40}", "limit=1.5", "limit="]
)
def test_a_page_that_cannot_be_is_refused(untouched: httpx.Client, query: str) -> None:
    check_problem(untouched.get(f"/v1/articles?{query}"), 422, "invalid_request")


def test_a_deleted_article_is_never_cited_again_but_its_citations_open(client: httpx.Client) -> None:
    id_ = client.post("/v1/articles", json={"text": TEXT}).json()["article"]["id"]
    question = "How long did the envoys meet?"
    before = ask(client, question)
    assert before["citations"]
    deleted = client.delete(f"/v1/articles/{id_}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    for path in (f"/v1/articles/{id_}", f"/v1/articles/{id_}/text"):
        check_problem(client.get(path), 404, "not_found")
    check_problem(client.delete(f"/v1/articles/{id_}"), 404, "not_found")
    assert client.get("/v1/articles").json() == {"total": 0, "articles": []}
    after = ask(client, question, include=["hits"])
    assert (after["status"], after["citations"], after["diagnostics"]["hits"]) == ("abstained", [], [])
    assert after["produced_by"]["corpus_version"] == before["produced_by"]["corpus_version"] + 1
    old = client.get(f"/v1/articles/{id_}", params={"version": 1}).json()
    assert old["latest_version"] is None
    reopened = client.get(f"/v1/answers/{before['id']}").json()
    assert reopened == before
    link = reopened["citations"][0]["article"]["link"]
    assert before["citations"][0]["quote"]["text"] in client.get(link.partition("#")[0]).text


def test_a_replaced_version_is_not_cited_but_opens(client: httpx.Client) -> None:
    def put(hours: str) -> str:
        text = f"The envoys met for {hours} hours in the old customs house."
        id_: str = client.post("/v1/articles", json={"text": text, "id": "one"}).json()["article"]["id"]
        return id_

    question = "How long did the envoys meet?"
    put("two")
    assert "two hours" in ask(client, question)["text"]
    id_ = put("nine")
    answer = ask(client, question)
    assert "nine hours" in answer["text"]
    assert "two hours" not in answer["text"]
    assert {c["article"]["version"] for c in answer["citations"]} == {2}
    assert "two hours" in client.get(f"/v1/articles/{id_}/text", params={"version": 1}).text
    assert "nine hours" in client.get(f"/v1/articles/{id_}/text").text
    check_problem(client.get(f"/v1/articles/{id_}/text", params={"version": 3}), 404, "not_found")


def test_a_deleted_article_may_come_back(client: httpx.Client) -> None:
    id_ = client.post("/v1/articles", json={"text": TEXT}).json()["article"]["id"]
    client.delete(f"/v1/articles/{id_}")
    back = client.post("/v1/articles", json={"text": TEXT}).json()["article"]
    assert back["id"] == id_
    assert ask(client, "How long did the envoys meet?")["citations"]


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 422, "invalid_request"),
        ("a.txt", b"PK\x03\x04" + b"x" * 100, 422, "invalid_request"),
        ("a.txt", b"%PDF-1.7 text", 422, "invalid_request"),
        ("a.txt", b"", 422, "invalid_request"),
        ("a.txt", b" \r\n\t", 422, "invalid_request"),
        ("a.txt", b"\xef\xbb\xbf", 422, "invalid_request"),
        ("a.txt", b"The talks\x00 ended.", 422, "invalid_request"),
        ("a.txt", b"\xff\xfe\x00", 422, "invalid_request"),
        ("a.txt", b"\x81\x8d\x8f\x90\x9d" * 20, 422, "invalid_request"),
        ("a.txt", "Truncated: Зеленський".encode()[:-1], 422, "invalid_request"),
        ("a.odt", b"The talks ended.", 415, "unsupported_type"),
        ("a", b"The talks ended.", 415, "unsupported_type"),
        ("a.txt.exe", b"The talks ended.", 415, "unsupported_type"),
        ("../../etc/passwd", b"The talks ended.", 415, "unsupported_type"),
    ],
)
def test_a_file_that_is_no_article_is_refused(
    untouched: httpx.Client, name: str, data: bytes, status: int, code: str
) -> None:
    check_problem(post_file(untouched, name, data), status, code)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": " \n"},
        {"text": "\ufeff"},
        {"text": "The talks\x00 ended."},
        {"text": "The talks\x07\x07\x07\x07\x07 ended."},
        {"text": 5},
        {"text": "The talks ended.", "titel": "x"},
        {"text": "The talks ended.", "title": ""},
        {"text": "The talks ended.", "title": "x" * 1001},
        {"text": "The talks ended.", "published": "Sunday"},
        {"text": "The talks ended.", "published": "2025-08-17T10:00"},
        {"text": "The talks ended.", "published": "2025-W33-7"},
        {"text": "The talks ended.", "title": "two\nlines"},
        {"text": "The talks ended.", "language": "the English one"},
        {"text": "The talks ended.", "url": "https://:80/news"},
        {"text": "The talks ended.", "url": "javascript:alert(1)"},
        {"text": "The talks ended.", "url": "ftp://news.example"},
        {"text": "The talks ended.", "url": "https://news.example/a b"},
        {"text": "The talks ended.", "authors": "Ann"},
        {"text": "The talks ended.", "authors": [""]},
        {"text": "The talks ended.", "version": 7},
        ["The talks ended."],
        "The talks ended.",
    ],
)
def test_json_that_is_no_article_is_refused(untouched: httpx.Client, body: object) -> None:
    check_problem(untouched.post("/v1/articles", json=body), 422, "invalid_request")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{",
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b"[" * 50_000,
        b'{"text": "a", "\\ud800": 1}',
    ],
    ids=lambda body: repr(body[:30]),
)
def test_a_body_that_is_no_json_is_refused(untouched: httpx.Client, body: bytes) -> None:
    check_problem(send(untouched, "POST", "/v1/articles", JSON, body=body), 422, "invalid_request")


@pytest.mark.parametrize(
    "fields",
    [{"titel": "x"}, {"published": "Sunday"}, {"title": ""}, {"authors": ["Ann", ""]}, {"text": "other"}],
)
def test_a_form_with_a_wrong_field_is_refused(untouched: httpx.Client, fields: dict[str, Any]) -> None:
    check_problem(post_file(untouched, "a.txt", b"The talks ended.", **fields), 422, "invalid_request")


def test_a_page_is_read_as_it_is_seen_and_says_of_itself_what_nobody_gave(client: httpx.Client) -> None:
    page = (
        '<html><head><meta property="og:site_name" content="Kelp Courier"></head><body><nav>Tides</nav>'
        "<article><h1>Kelp farms may stay</h1><p>By Ona Reed</p><p>Published 19 August 2025</p>"
        "<p>Tove Lind said on Sunday that the kelp farms may stay for nine years.</p><p hidden>They go.</p>"
        "</article></body></html>"
    )
    done = post_file(client, "a.html", page.encode(), outlet="Given Gazette").json()
    article = done["article"]
    assert done["notes"] == ["hidden parts left out: 1"]
    assert (article["title"], article["outlet"], article["authors"]) == (
        *("Kelp farms may stay", "Given Gazette"),
        ["Ona Reed"],
    )
    assert article["bytes_sha256"] == hashlib.sha256(page.encode()).hexdigest()
    assert article["origins"] == {
        "title": "headline",
        "outlet": "given",
        "authors": "byline",
        "published": "published line",
    }
    (listed,) = [one for one in client.get("/v1/articles").json()["articles"] if one["id"] == article["id"]]
    assert listed["origins"] == article["origins"]
    shown = client.get(f"/articles/{article['id']}").text
    assert "Title by its headline; Outlet as given with it; Date by its line of publication" in shown
    (said,) = client.get("/v1/statements", params={"article_id": article["id"]}).json()["statements"]
    assert (said["speaker"], said["day"]) == ("Tove Lind", "2025-08-17")


def test_a_form_that_is_none_is_refused(untouched: httpx.Client) -> None:
    check_problem(untouched.post("/v1/articles", files={"other": b"x"}), 422, "invalid_request")
    two = [("file", ("a.txt", b"One text.")), ("file", ("b.txt", b"Two texts."))]
    check_problem(untouched.post("/v1/articles", files=two), 422, "invalid_request")
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        reply = send(untouched, "POST", "/v1/articles", ("Content-Type", kind), body=b"no parts")
        check_problem(reply, 422, "invalid_request")


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "utf-7", "unicode_escape", "zip", "none"])
def test_no_encoding_that_a_form_names_is_a_failure_of_ours(untouched: httpx.Client, encoding: str) -> None:
    kind = f"multipart/form-data; boundary=b; charset={encoding}"
    part = b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\n+2AA- \\ud800 \xe9\r\n--b--\r\n'
    reply = send(untouched, "POST", "/v1/articles", ("Content-Type", kind), body=part)
    check_problem(reply, 422, "invalid_request")


@pytest.mark.parametrize("kind", ["text/plain", "application/pdf", "application/x-www-form-urlencoded", ""])
def test_another_type_of_body_is_refused(untouched: httpx.Client, kind: str) -> None:
    headers = [("Content-Type", kind)] if kind else []
    reply = send(untouched, "POST", "/v1/articles", *headers, body=b"The talks ended.")
    check_problem(reply, 415, "unsupported_type")


def test_an_article_too_large_is_refused(untouched: httpx.Client) -> None:
    check_problem(post_file(untouched, "a.txt", b"a " * (MAX_BYTES // 2 + 1)), 413, "too_large")
    check_problem(untouched.post("/v1/articles", json={"text": "a" * 2 * MAX_BYTES}), 413, "too_large")


@pytest.mark.parametrize("id_", ["none", f"a_{'0' * 32}", "%00", "a_%ff", "a" * 3000])
def test_an_unknown_article_is_not_found(untouched: httpx.Client, id_: str) -> None:
    for path in (f"/v1/articles/{id_}", f"/v1/articles/{id_}/text", f"/v1/articles/{id_}?version=1"):
        check_problem(untouched.get(path), 404, "not_found")
    check_problem(untouched.delete(f"/v1/articles/{id_}"), 404, "not_found")


@pytest.mark.parametrize("version", ["0", "-1", "x", "1.5", str(9**40), ""])
def test_a_version_that_cannot_be_is_refused(untouched: httpx.Client, version: str) -> None:
    id_ = untouched.get("/v1/articles").json()["articles"][0]["id"]
    for path in (f"/v1/articles/{id_}", f"/v1/articles/{id_}/text"):
        reply = untouched.get(path, params={"version": version})
        check_problem(reply, 422, "invalid_request")
