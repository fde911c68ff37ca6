"""The first minutes with Parley: it says what it does, its curl line works, and a restart loses nothing."""

import signal
from pathlib import Path

import httpx

from tests.running import run_line, started


def test_from_nothing_to_an_answer_and_back_after_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with started(data, seeds=True) as first:
        assert first.said[0] == "Starting Parley ..."
        assert sum(line.startswith("Ingesting the seed articles: ") for line in first.said) == 2
        assert f"Ready with 2 articles on {first.url}" in first.said
        assert f"curl -s {first.url}/v1/chat" in first.said[-1]
        answer = run_line(first.said[-1])
        assert answer["status"] == "answered", "the line to try is a question that the articles answer"
        assert answer["citations"]
        with httpx.Client(base_url=first.url, trust_env=False, timeout=30) as client:
            question = {"question": "How long did the Alaska summit last?"}
            asked = client.post("/v1/chat", json=question)
            assert "three hours" in asked.json()["text"]
            listed = client.get("/v1/articles").content
            (link, *_) = [c["article"]["link"] for c in asked.json()["citations"]]
            page = client.get(link).text
        code, last = first.stop(signal.SIGTERM)
        assert (code, last.strip()) == (0, "Stopped; everything is stored.")
    with started(data, seeds=True) as second:
        assert not [line for line in second.said if "Ingesting" in line]
        with httpx.Client(base_url=second.url, trust_env=False, timeout=30) as client:
            assert client.get("/v1/articles").content == listed
            assert client.get(f"/v1/answers/{asked.json()['id']}").content == asked.content
            assert client.get(link).text == page
            assert client.get(f"/v1/answers/{answer['id']}").json() == answer
            again = client.post("/v1/chat", json=question).json()
    assert again["text"] == asked.json()["text"]
    assert again["citations"] == asked.json()["citations"]
