"""The list of articles at the page: of some outlets and days, and what is found in them."""

from collections.abc import Iterator

import httpx
import pytest

from service.bootstrap import Service
from tests.conftest import add, serving
from tests.service.web.reader import Reader, read

pytestmark = pytest.mark.slow

FERRIES = "Ferry crews walk out\n\nThe ferry crews walked out on Monday over night shifts."
GRAIN = "Grain deal extended\n\nThe grain corridor was extended by sixty days, the mediator said."


@pytest.fixture
def listed(service: Service) -> Iterator[httpx.Client]:
    add(service, FERRIES, outlet="Coast Daily", published="2025-02-01", title="Ferry crews walk out")
    add(service, GRAIN, outlet="Plain Times", published="2025-03-01", title="Grain deal extended")
    add(service, "Undated notes\n\nNobody signed.", title="Undated notes")
    with serving(service) as client:
        yield client


def titles(page: Reader) -> set[str]:
    every = {"Ferry crews walk out", "Grain deal extended", "Undated notes"}
    return {element.text for element in page.tagged("a")} & every


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Ferry crews walk out", "Grain deal extended", "Undated notes"}),
        ("outlet=Coast+Daily", {"Ferry crews walk out"}),
        ("outlet=Coast+Daily&outlet=Plain+Times", {"Ferry crews walk out", "Grain deal extended"}),
        ("from=2025-02-02", {"Grain deal extended"}),
        ("to=2025-02-28", {"Ferry crews walk out"}),
        ("from=&to=", {"Ferry crews walk out", "Grain deal extended", "Undated notes"}),
        ("from=soon&page=x", {"Ferry crews walk out", "Grain deal extended", "Undated notes"}),
        ("outlet=Nobody", set()),
        ("outlet=", {"Undated notes"}),
        ("outlet=&outlet=Plain+Times", {"Grain deal extended", "Undated notes"}),
    ],
)
def test_the_list_is_narrowed(listed: httpx.Client, query: str, shown: set[str]) -> None:
    page = read(listed.get(f"/articles?{query}").text)
    assert titles(page) == shown
    chosen = [box for box in page.tagged("input") if box.attributes.get("name") == "outlet"]
    assert [box.attributes["value"] for box in chosen if "checked" in box.attributes] == [
        name
        for name in ("Coast Daily", "Plain Times", "")
        if f"outlet={name.replace(' ', '+')}" in query.split("&")
    ]


def test_what_is_found_opens_in_its_article_marked(listed: httpx.Client) -> None:
    page = read(listed.get("/articles", params={"find": "corridor"}).text)
    (passage,) = [a for a in page.tagged("a") if "corridor" in a.text]
    opened = read(listed.get((passage.attributes["href"] or "").partition("#")[0]).text)
    assert opened.marked() == passage.text
    nowhere = listed.get("/articles", params={"find": "corridor", "outlet": "Nobody"})
    assert "Nothing found" in nowhere.text


def test_the_words_are_marked_in_the_sentences_that_have_them(listed: httpx.Client) -> None:
    page = read(listed.get("/articles", params={"find": "the crew’s walks, extending"}).text)
    assert titles(page) == {"Ferry crews walk out", "Grain deal extended"}
    assert {mark.text for mark in page.tagged("mark")} == {"crews", "walked", "extended"}
    assert "Found in 2 articles" in page.elements[0].text
    assert "Nobody signed" not in page.elements[0].text


def test_a_word_of_a_title_finds_its_article(listed: httpx.Client, service: Service) -> None:
    add(service, "The pilots went home.", title="Harbour strike over")
    page = read(listed.get("/articles", params={"find": "strikes"}).text)
    assert "Found in one article." in page.elements[0].text
    assert "Harbour strike over" in page.elements[0].text


def test_what_no_article_has_is_said_to_be_in_none(listed: httpx.Client) -> None:
    page = read(listed.get("/articles", params={"find": "zzqqxx"}).text)
    assert "No article has this word." in page.elements[0].text
    assert page.tagged("mark") == []
    assert "No article has any of these words." in listed.get("/articles?find=zzqqxx+the+qqq").text


def test_one_article_is_not_told_in_the_plural(service: Service) -> None:
    add(service, FERRIES)
    with serving(service) as client:
        assert "One article, kept as it was received." in " ".join(client.get("/articles").text.split())


def test_the_asking_page_has_what_its_address_chooses(listed: httpx.Client) -> None:
    (id_,) = [a["id"] for a in listed.get("/v1/articles").json()["articles"] if a["outlet"] == "Plain Times"]
    page = read(listed.get("/", params={"article": [id_, "a_" + "0" * 32], "to": "2025-04-01"}).text)
    fields = {(box.attributes.get("name"), box.attributes.get("value")) for box in page.tagged("input")}
    assert {("article", id_), ("to", "2025-04-01")} <= fields
    assert ("article", "a_" + "0" * 32) not in fields


def test_a_question_may_be_asked_of_the_articles_of_no_known_outlet(listed: httpx.Client) -> None:
    asks = {"question": "Who won the regatta?", "filters": {"no_outlet": True}}
    answer = listed.post("/v1/chat", json=asks).json()
    assert answer["status"] == "abstained"
    assert answer["text"].endswith("Only the one article that was chosen was searched.")
    both = {"query": "walked out signed", "filters": {"no_outlet": True, "outlets": ["coast daily"]}}
    found = listed.post("/v1/search", json=both).json()["hits"]
    assert {hit["article"]["outlet"] for hit in found} == {None, "Coast Daily"}
