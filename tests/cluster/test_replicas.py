"""Two services over one record and one index, as processes of their own: what one is told, both know, and
what befalls one, or the servers beneath them, loses nothing."""

import signal
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cluster.servers import Servers, wait_for
from tests.running import Running, environment, run, started

pytestmark = pytest.mark.slow

TEXTS = [
    f"The quarry council of {place} will vote on the gravel levy on {day} May, {who} of the masons’ guild "
    "said.\n\n"
    f"{who} told the council that the guild would accept {number} crowns a ton and no more than that."
    for place, day, who, number in (
        ("Aldmoor", 3, "Runa Falk", 11),
        ("Bexwick", 7, "Otto Brandt", 13),
        ("Carrow", 12, "Signe Holm", 17),
        ("Dunmere", 19, "Pavel Orlik", 23),
        ("Eastry", 28, "Nadia Cole", 29),
        ("Farleigh", 30, "Hugo Lind", 31),
    )
]
LEVY = "When will the quarry council of Aldmoor vote on the gravel levy?"


@pytest.fixture(scope="module")
def settings(servers: Servers) -> Mapping[str, Any]:
    return servers.places.of(__name__)


@pytest.fixture(scope="module")
def replicas(
    settings: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Running]]:
    """Both start at once, on an empty record: each in a folder of its own, where nothing is kept."""
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    with ExitStack() as running, ThreadPoolExecutor(2) as pool:
        opening = [started(folder / "data", **settings) for folder in folders]
        yield list(pool.map(running.enter_context, opening))
        assert [list(folder.rglob("*.sqlite*")) for folder in folders] == [[], []]


def post(replica: Running, path: str, body: Mapping[str, object], **headers: str) -> httpx.Response:
    url = f"{replica.url}/v1/{path}"
    return httpx.post(url, json=body, headers=headers, timeout=60, trust_env=False)


def asked(replica: Running, question: str, **more: object) -> dict[str, Any]:
    reply = post(replica, "chat", {"question": question} | more)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


def cited(answer: Mapping[str, Any]) -> set[str]:
    return {citation["article"]["id"] for citation in answer["citations"]}


def sent(replica: Running, text: str, id_: str) -> httpx.Response:
    return post(replica, "articles", {"text": text, "id": id_})


def test_what_one_is_told_both_know_at_once(replicas: list[Running]) -> None:
    one, two = replicas
    added = sent(one, TEXTS[0], "aldmoor").json()["article"]
    answer = asked(two, LEVY)
    assert cited(answer) == {added["id"]}
    more = asked(one, "Who said that?", conversation_id=answer["conversation_id"])
    assert "Runa Falk" in more["text"]
    held = httpx.get(f"{two.url}/v1/conversations/{answer['conversation_id']}", trust_env=False).json()
    assert [turn["question"] for turn in held["turns"]] == [LEVY, "Who said that?"]
    changed = sent(two, TEXTS[0].replace("3 May", "4 May"), "aldmoor").json()["article"]
    assert (changed["id"], changed["version"]) == (added["id"], 2)
    assert "4 May" in asked(one, LEVY)["text"]
    gone = httpx.delete(f"{two.url}/v1/articles/{added['id']}?purge=true", timeout=60, trust_env=False)
    assert gone.is_success
    assert not cited(asked(one, LEVY))
    assert "Falk" not in httpx.get(f"{one.url}/v1/answers/{answer['id']}", trust_env=False).text


def test_the_one_that_is_killed_amid_work_loses_nothing(
    replicas: list[Running], settings: Mapping[str, Any], tmp_path: Path
) -> None:
    one, _ = replicas
    with started(tmp_path / "third", **settings) as third, ThreadPoolExecutor(12) as pool:
        begun = threading.Barrier(len(TEXTS) + 4 + 1)

        def add(number: int) -> str | None:
            begun.wait()
            with suppress(httpx.HTTPError):
                return str(sent(third, TEXTS[number], f"text {number}").json()["article"]["id"])
            return None

        def ask(number: int) -> None:
            begun.wait()
            with suppress(httpx.HTTPError):
                post(third, "chat", {"question": f"{LEVY} {number}"}, **{"Idempotency-Key": f"key-{number}"})

        adding = [pool.submit(add, number) for number in range(len(TEXTS))]
        asking = [pool.submit(ask, number) for number in range(4)]
        begun.wait()
        wait_for(lambda: any(future.done() for future in adding + asking))
        third.process.send_signal(signal.SIGKILL)
        third.process.wait()
        acknowledged = {id_ for future in adding if (id_ := future.result()) is not None}
    listed = httpx.get(f"{one.url}/v1/articles?limit=100", trust_env=False).json()["articles"]
    assert acknowledged <= {article["id"] for article in listed}
    for number in range(4):  # also those that were being answered
        key = {"Idempotency-Key": f"key-{number}"}
        assert post(one, "chat", {"question": f"{LEVY} {number}"}, **key).status_code == 200
    for number, text in enumerate(TEXTS):  # whoever got no acknowledgement sends it again
        assert sent(one, text, f"text {number}").is_success
    count = httpx.get(f"{one.url}/readyz", trust_env=False).json()["articles"]
    assert count == len(TEXTS)


def checked(settings: Mapping[str, Any], folder: Path) -> str:
    done = run("check-index", env=environment(folder / "own", **settings))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("server", ["postgres", "chroma"])
def test_a_server_that_was_away_is_asked_again_without_a_restart(
    servers: Servers, replicas: list[Running], server: str
) -> None:
    sent(replicas[0], TEXTS[1], "text 1")
    beneath = getattr(servers, server)
    beneath.stop()
    away = [post(replica, "chat", {"question": LEVY}) for replica in replicas]
    assert [(reply.status_code, reply.json()["code"]) for reply in away] == [(503, "not_ready")] * 2
    assert "parley@" not in "".join(reply.text for reply in away)
    beneath.start()
    question = "When will the quarry council of Bexwick vote on the gravel levy?"
    for replica in replicas:
        wait_for(lambda at=replica: post(at, "chat", {"question": question}).is_success)  # type: ignore[misc]
        assert "7 May" in asked(replica, question)["text"]


def test_the_sums_are_right_in_the_end(
    replicas: list[Running], settings: Mapping[str, Any], tmp_path: Path
) -> None:
    assert "The index is sound." in checked(settings, tmp_path)
    counts = [httpx.get(f"{replica.url}/readyz", trust_env=False).json() for replica in replicas]
    assert counts == [{"status": "ready", "articles": len(TEXTS)}] * 2
