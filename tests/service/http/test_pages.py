"""The pages over HTTP: quotations marked by the server, nothing from any other host."""

import re
from urllib.parse import urlsplit

import httpx
import pytest

from service.bootstrap import Service
from tests.conftest import add, serving
from tests.service.web.reader import read

QUESTION = "How long did the Alaska summit last?"


def cited(client: httpx.Client) -> dict[str, object]:
    answer = client.post("/v1/chat", json={"question": QUESTION}).json()
    citation: dict[str, object] = answer["citations"][0]
    return citation


def test_the_link_of_a_citation_opens_its_quotation_marked(seeded_client: httpx.Client) -> None:
    citation = cited(seeded_client)
    article, quote = citation["article"], citation["quote"]
    assert isinstance(article, dict)
    assert isinstance(quote, dict)
    address = urlsplit(article["link"])
    assert address.fragment == "quote"
    reply = seeded_client.get(f"{address.path}?{address.query}")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    page = read(reply.text)
    assert page.marked() == quote["text"]
    assert page.named("quote").tag == "mark"


@pytest.mark.parametrize(
    "quote",
    ["5-3", "0-0", "-1-3", "x", "1", "1-", "-", "1-99999999", "٣-٤", "1-2-3", "9" * 29 + "-1", "9" * 60],
)
def test_what_is_no_quotation_is_said_to_be_none(seeded_client: httpx.Client, quote: str) -> None:
    id_ = seeded_client.get("/v1/articles").json()["articles"][0]["id"]
    reply = seeded_client.get(f"/articles/{id_}", params={"quote": quote})
    assert reply.status_code == 200
    page = read(reply.text)
    assert page.has("out-of-range")
    assert page.marked() == ""


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "9" * 40])
def test_a_version_that_is_none_opens_the_current_one(seeded_client: httpx.Client, version: str) -> None:
    id_ = seeded_client.get("/v1/articles").json()["articles"][0]["id"]
    reply = seeded_client.get(f"/articles/{id_}", params={"version": version})
    assert "version 1" in read(reply.text).named("version").text


@pytest.mark.parametrize(
    "path", ["/articles/none", "/articles/a_" + "0" * 32, "/articles/%00", "/articles/é"]
)
def test_an_unknown_article_has_a_page_that_says_so(seeded_client: httpx.Client, path: str) -> None:
    reply = seeded_client.get(path)
    assert reply.status_code == 404
    assert "No such article" in reply.text


def test_an_article_that_does_not_want_to_be_text_stays_text(service: Service) -> None:
    text = "The envoy <script>alert(1)</script> said “no” & left. <img src=x onerror=alert(1)> {{ 7*7 }}"
    done = add(service, text, title="<b>Bold</b>", outlet="<i>Out</i>", url="https://news.example/<x>")
    with serving(service) as client:
        page = client.get(f"/articles/{done.article_id}?quote=10-35").text
        listed = client.get("/articles").text
    assert read(page).marked() == text[10:35]
    for html in (page, listed):
        assert not read(html).tagged("b")
        assert not read(html).tagged("img")
        assert all("src" in script.attributes for script in read(html).tagged("script"))


def test_the_list_names_what_is_unknown(seeded_client: httpx.Client) -> None:
    page = seeded_client.get("/articles").text
    assert "unknown outlet" in page
    assert "undated" in page


def test_no_page_loads_anything_from_elsewhere(seeded_client: httpx.Client) -> None:
    id_ = seeded_client.get("/v1/articles").json()["articles"][0]["id"]
    ours = f"{seeded_client.base_url.host}:{seeded_client.base_url.port}"
    for path in ("/", "/articles", f"/articles/{id_}", "/sign-in", "/articles/none"):
        text = seeded_client.get(path).text
        found = {urlsplit(address).netloc for address in re.findall(r"https?://[^\s\"'<]+", text)}
        assert found <= {ours}, path
        for element in read(text).elements:
            loaded = element.attributes.get("src") or ""
            assert not loaded or loaded.startswith("/static/")


def test_static_files_are_kept_by_browsers_and_named_by_content(seeded_client: httpx.Client) -> None:
    page = seeded_client.get("/").text
    addresses = set(re.findall(r'"(/static/[^"]+)"', page))
    assert len(addresses) >= 4
    for address in addresses:
        reply = seeded_client.get(address)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"]
        assert reply.headers["etag"].strip('"') in address


@pytest.mark.parametrize("name", ["..%2f..%2fpages.py", "%2e%2e/pages.py", "none.js", "parley.css%00"])
def test_only_our_own_static_files_are_served(seeded_client: httpx.Client, name: str) -> None:
    assert seeded_client.get(f"/static/{name}").status_code == 404


def test_the_document_of_the_routes_is_served(seeded_client: httpx.Client) -> None:
    document = seeded_client.get("/v1/openapi.json").json()
    wanted = {"/v1/chat", "/v1/answers/{answer_id}", "/v1/articles", "/v1/articles/{article_id}/text"}
    assert wanted <= set(document["paths"])
    content = document["paths"]["/v1/articles"]["post"]["requestBody"]["content"]
    assert set(content) == {"application/json", "multipart/form-data"}
    assert seeded_client.get("/redoc").status_code == 404
