"""What a client was told, and whether the service stands by it after it was killed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from retrieval.record import article_id

GONE = ""  # the text of what is not there
_NAMES = tuple(f"port-{n}" for n in range(6))
_TOPICS = ("grain convoys", "ferry fares", "the customs house", "dredging", "the pilots' pay", "cold stores")
_MOST = 50


@dataclass
class Newsroom:
    """`texts` are what was acknowledged, by name; `maybe` what the last call, which nobody answered, may have
    made of one. `asked` are requests by their Idempotency-Key, `answers` what each was answered."""

    chance: random.Random
    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_NAMES, GONE))
    maybe: tuple[str, str] | None = None
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    conversation: str | None = None
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10**9)))

    # -- what it does

    def act(self, client: httpx.Client, what: str) -> None:
        """Raises httpx.TransportError where the service dies."""
        acts = {"add": self.add, "update": self.update, "ask": self.ask, "reindex": self.reindex}
        if what in acts:
            acts[what](client)
        else:
            self.remove(client, purge=what == "purge")

    def add(self, client: httpx.Client) -> None:
        absent = [name for name, text in self.texts.items() if not text]
        if not absent:
            self.remove(client)
        self._send(client, self.chance.choice(absent or [n for n, text in self.texts.items() if not text]))

    def update(self, client: httpx.Client) -> None:
        self._send(client, self._present(client))

    def remove(self, client: httpx.Client, *, purge: bool = False) -> None:
        name = self._present(client)
        self.maybe = name, GONE
        if purge:  # which changes what quotes it
            self.answers = {key: {"id": answer["id"]} for key, answer in self.answers.items()}
        gone = client.delete(f"/v1/articles/{article_id(name)}", params={"purge": str(purge).lower()})
        assert gone.status_code == 204, gone.text
        self.texts[name], self.maybe = GONE, None

    def ask(self, client: httpx.Client) -> None:
        key = f"key-{next(self.numbers)}"
        topic, name = self.chance.choice(_TOPICS), self.chance.choice(_NAMES)
        question = f"What did the harbour master of {name} say about {topic}?"
        self.asked[key] = {"question": question, "conversation_id": self.conversation}
        self._ask(client, key)

    def reindex(self, client: httpx.Client) -> None:
        self._present(client)
        begun = client.post("/v1/reindex")
        assert begun.status_code == 202, begun.text
        while client.get("/v1/reindex").json()["state"] == "going":
            pass

    def _present(self, client: httpx.Client) -> str:
        present = [name for name, text in self.texts.items() if text]
        if not present:
            self.add(client)
        return self.chance.choice(present or [name for name, text in self.texts.items() if text])

    def _send(self, client: httpx.Client, name: str) -> None:
        text = _article(name, next(self.numbers))
        self.maybe = name, text
        sent = client.post("/v1/articles", json={"id": name, "text": text})
        assert sent.status_code in (200, 201), sent.text
        self.texts[name], self.maybe = text, None

    def _ask(self, client: httpx.Client, key: str) -> None:
        given = client.post("/v1/chat", json=self.asked[key], headers={"Idempotency-Key": key})
        assert given.status_code == 200, given.text
        answer = given.json()
        known = self.answers.setdefault(key, answer)
        assert known.items() <= answer.items()
        self.conversation = self.conversation or answer["conversation_id"]

    # -- what it then looks at

    def check(self, client: httpx.Client) -> None:
        """Nothing that was acknowledged is lost, nothing is half there, nothing is there twice."""
        for name in _NAMES:
            self._check_article(client, name)
        self.maybe = None
        listed = [article["id"] for article in client.get("/v1/articles").json()["articles"]]
        assert sorted(listed) == sorted(article_id(name) for name, text in self.texts.items() if text)
        self._check_turns(client)

    def _check_article(self, client: httpx.Client, name: str) -> None:
        told = client.get(f"/v1/articles/{article_id(name)}/text")
        text = told.text if told.status_code == 200 else GONE
        allowed = {self.texts[name], *([self.maybe[1]] if self.maybe and self.maybe[0] == name else [])}
        assert text in allowed, f"{name}: {text[:80]!r} is none of {[t[:80] for t in allowed]}"
        self.texts[name] = text
        if text:
            assert self._passages(client, name) == text.replace("\n", "")

    def _passages(self, client: httpx.Client, name: str) -> str:
        """All that is found of it, in order: the whole text, and none of it twice."""
        wanted = {"query": "the harbour master said", "filters": {"article_ids": [article_id(name)]}}
        hits = client.post("/v1/search", json=wanted | {"limit": _MOST}).json()["hits"]
        passages = sorted((hit["passage"]["start"], hit["passage"]["text"]) for hit in hits)
        return "".join(text for _, text in passages).replace("\n", "")

    def _check_turns(self, client: httpx.Client) -> None:
        """The same answer for the same key; and each question is in its conversation once."""
        for key in list(self.asked)[-3:]:
            self._ask(client, key)
        if self.conversation is not None:
            turns = client.get(f"/v1/conversations/{self.conversation}").json()["turns"]
            ids = [turn["answer"]["id"] for turn in turns if turn["answer"]]
            assert len(ids) == len(set(ids)) == len(turns)
            assert set(ids) <= {answer["id"] for answer in self.answers.values()}


def _article(name: str, number: int) -> str:
    """Of several passages, each of which tells its number."""
    return "\n\n".join(
        f"In notice {number} the harbour master of {name} spoke about {topic}. "
        f"He said that {topic} would be decided on day {number}, after the port council had met. "
        f"The council heard {number + 3} shipowners, who asked that {topic} be left as they were, "
        f"and it was told by the mayor that no money was set aside for notice {number}."
        for topic in _TOPICS
    )
