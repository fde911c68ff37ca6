"""The first minutes with Parley: it says what it does, its curl line works, and a restart loses nothing."""

import json
import shlex
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx

from tests.running import started


def run_line(line: str) -> dict[str, Any]:
    """The very line that was printed; where there is no curl, the same request by httpx."""
    if shutil.which("curl"):
        done = subprocess.run(
            ["sh", "-c", line],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={"PATH": "/usr/bin:/bin"},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    words = shlex.split(line)
    headers = dict(word.split(": ", 1) for at, word in enumerate(words) if words[at - 1] == "-H")
    body = words[words.index("-d") + 1]
    url = next(word for word in words if word.startswith("http"))
    replied: dict[str, Any] = httpx.post(
        url, content=body, headers=headers, trust_env=False, timeout=60
    ).json()
    return replied


def test_from_nothing_to_an_answer_and_back_after_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    began = time.monotonic()
    with started(data, seeds=True) as first:
        took = time.monotonic() - began
        assert first.said[0] == "Starting Parley ..."
        assert sum(line.startswith("Ingesting the seed articles: ") for line in first.said) == 2
        assert f"Ready with 2 articles on {first.url}" in first.said
        assert f"curl -s {first.url}/v1/chat" in first.said[-1]
        answer = run_line(first.said[-1])
        assert answer["question"] == "What do the articles report?"
        assert answer["text"]
        with httpx.Client(base_url=first.url, trust_env=False, timeout=30) as client:
            question = {"question": "How long did the Alaska summit last?"}
            asked = client.post("/v1/chat", json=question)
            assert "three hours" in asked.json()["text"]
            listed = client.get("/v1/articles").content
            (link, *_) = [c["article"]["link"] for c in asked.json()["citations"]]
            page = client.get(link).text
        code, last = first.stop(signal.SIGTERM)
        assert (code, last.strip()) == (0, "Stopped; everything is stored.")
    began = time.monotonic()
    with started(data, seeds=True) as second:
        assert time.monotonic() - began < took + 2  # no ingest this time; the margin is a busy machine's
        assert not [line for line in second.said if "Ingesting" in line]
        with httpx.Client(base_url=second.url, trust_env=False, timeout=30) as client:
            assert client.get("/v1/articles").content == listed
            assert client.get(f"/v1/answers/{asked.json()['id']}").content == asked.content
            assert client.get(link).text == page
            assert client.get(f"/v1/answers/{answer['id']}").json() == answer
            again = client.post("/v1/chat", json=question).json()
    assert again["text"] == asked.json()["text"]
    assert again["citations"] == asked.json()["citations"]


def test_the_line_of_a_service_with_a_key_names_the_key_without_showing_it(tmp_path: Path) -> None:
    key = "key-that-nobody-shows"
    with started(tmp_path / "data", api_key=key) as running:
        assert key not in "\n".join(running.said)
        assert "Ready with 0 articles" in "\n".join(running.said)
        line = running.said[-1]
        assert '-H "Authorization: Bearer $PARLEY_API_KEY"' in line
        assert run_line(f"PARLEY_API_KEY={key}; {line}")["status"] == "abstained"
        refused = run_line(f"PARLEY_API_KEY=another; {line}")
        assert refused["code"] == "unauthorized"
