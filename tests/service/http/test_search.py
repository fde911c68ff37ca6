"""Passages found for a question, over HTTP."""

from typing import Any

import httpx
import pytest

from service.bootstrap import Service
from tests.conftest import add, serving
from tests.service.http.wire_level import check_problem

FERRIES = "The ferry crews of Mariehamn — “at last” — agreed 🕊️ on a timetable. Nobody paid a crown for it."
TOLLS = "Bridge tolls in Aarhus rose to nine crowns. Drivers complained to the ministry."


def found(client: httpx.Client, query: str, **more: object) -> dict[str, Any]:
    reply = client.post("/v1/search", json={"query": query, **more})
    assert reply.status_code == 200, reply.text
    told: dict[str, Any] = reply.json()
    return told


def test_passages_are_found_with_their_place_and_scores(service: Service) -> None:
    add(service, FERRIES, title="Ferries", outlet="Åland News", published="2026-03-01")
    gone = add(service, "The ferry crews of Mariehamn struck.").article_id
    add(service, TOLLS)
    assert gone is not None
    service.corpus.ingester.delete(gone)
    with serving(service) as client:
        told = found(client, "What did the ferry crews agree on?")
        first = told["hits"][0]
        article, passage = first["article"], first["passage"]
        assert (article["title"], article["outlet"]) == ("Ferries", "Åland News")
        text = client.get(f"/v1/articles/{article['id']}/text").text
        assert text[passage["start"] : passage["end"]] == passage["text"]
        assert [text[s["start"] : s["end"]] for s in first["sentences"]] == [
            s["text"] for s in first["sentences"]
        ]
        assert len(first["sentences"]) == 2
        assert "<mark" in client.get(article["link"]).text
        scores = [hit["fused"] for hit in told["hits"]]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == 2
        assert first["lexical"] > 0 < first["dense"]
        assert found(client, "ferry crews", limit=1)["hits"] == found(client, "ferry crews")["hits"][:1]
        dated = found(client, "crowns", filters={"from": "2026-01-01"})
        assert ([hit["article"]["id"] for hit in dated["hits"]], dated["undated"]) == ([article["id"]], 1)


def test_nothing_in_it_is_nothing_found(seeded_client: httpx.Client) -> None:
    assert found(seeded_client, "\u200b")["hits"] == []
    assert found(seeded_client, "envoy", filters={"outlets": ["Nobody's"]})["hits"] == []


INVALID: list[dict[str, Any]] = [
    {},
    {"query": " "},
    {"query": "x" * 2_001},
    {"query": "x", "limit": 0},
    {"query": "x", "limit": 101},
    {"query": "x", "k": 3},
    {"query": "x", "filters": {"from": "yesterday"}},
    {"query": "x", "filters": {"article_ids": ["a_" + "0" * 32]}},
]


@pytest.mark.parametrize("given", INVALID)
def test_a_search_that_cannot_be_is_refused(seeded_client: httpx.Client, given: dict[str, Any]) -> None:
    check_problem(seeded_client.post("/v1/search", json=given), 422, "invalid_request")
