"""A long article holds up no small one and no deletion, and what isn't searched of it is told."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.article import Facts
from retrieval.embed import Embedder
from retrieval.sources import Source
from service.bootstrap import Service
from service.desk import through_service
from service.http.articles import LARGE
from tests.conftest import add, serving

SENTENCE = "The dredging of the Orne channel will cost more than the port had said in spring. "


def paragraphs(number: int) -> str:
    return "\n\n".join(f"{SENTENCE * 5}That was part {part}." for part in range(number))


def test_small_articles_and_deletions_pass_by(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = type(service.corpus.embedder)
    real, begun, go_on = kind.embed, threading.Event(), threading.Event()

    def embed(self: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) <= 50:
            return real(self, texts)
        begun.set()
        assert go_on.wait(60)
        return real(self, texts[:1]).repeat(len(texts), axis=0)

    monkeypatch.setattr(kind, "embed", embed)
    gone = add(service, "The old lighthouse was sold on Monday.").article_id
    replies: list[Any] = []
    with serving(service) as client:
        text = paragraphs(100)
        assert len(text) > LARGE
        giant = threading.Thread(
            target=lambda: replies.append(client.post("/v1/articles", json={"text": text}))
        )
        giant.start()
        try:
            assert begun.wait(60)
            small = client.post(
                "/v1/articles", json={"text": "The ferry to Hale sank at its berth on Friday."}
            )
            assert small.status_code == 201
            assert client.delete(f"/v1/articles/{gone}").status_code == 204
            assert [row["id"] for row in client.get("/v1/articles").json()["articles"]] == [
                small.json()["article"]["id"]
            ]
            assert replies == []
        finally:
            go_on.set()
            giant.join()
        assert replies[0].status_code == 201
        assert client.get("/v1/articles").json()["total"] == 2


def test_what_is_not_searched_is_told_wherever_the_article_is(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.chunks.MOST_CHUNKS", 2)
    text = paragraphs(6)
    with serving(service) as client:
        reply = client.post("/v1/articles", json={"text": text, "id": "long"})
        made = reply.json()["article"]
        left_out = made["left_out"]
        assert reply.status_code == 201
        assert 0 < left_out["start"] < left_out["end"] == len(text)
        assert client.get(f"/v1/articles/{made['id']}").json()["left_out"] == left_out
        (listed,) = client.get("/v1/articles").json()["articles"]
        assert listed["left_out"] == left_out
        again = client.post("/v1/articles", json={"text": text, "id": "long"}).json()
        assert (again["outcome"], again["article"]["left_out"]) == ("unchanged", left_out)
        assert client.get(f"/v1/articles/{made['id']}/text").text == text
        short = client.post("/v1/articles", json={"text": "The ferry to Hale sank."}).json()["article"]
        assert short["left_out"] is None
        with through_service(str(client.base_url), service.settings) as desk:
            source = Source("long.txt", f"{text} More.".encode(), Facts(), "longer")
            (done,) = desk.ingest([source])
            assert done.left_out is not None
            assert done.left_out.start == left_out["start"]
            assert [a.left_out.start for a in desk.articles() if a.left_out] == [left_out["start"]] * 2
