"""The first minutes with Parley: it says what it does, its curl line works, and a restart loses nothing."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import REPOSITORY
from tests.running import environment, free_port, run_line, started


@pytest.mark.slow
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


def checkout(folder: Path) -> Path:
    """What a clone would have, with what was changed here since."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listed, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    for name in names.strip("\0").split("\0"):
        if (REPOSITORY / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, folder / name)
    return folder


@contextmanager
def make_run(folder: Path, home: Path, *, port: int) -> Iterator[subprocess.Popen[str]]:
    """By a user who has nothing yet, and whose machine knows its package index."""
    home.mkdir()
    env = environment(folder / "data", seeds=True, port=port)
    del env["PARLEY_MODEL_DIR"]
    env = {name: value for name, value in env.items() if not re.match(r"XDG_.*_HOME|VIRTUAL_ENV|MAKE", name)}
    python = f"PYTHON={sys.base_prefix}/bin/python3"
    process = subprocess.Popen(
        ("make", "run", python),
        cwd=folder,
        env=env | {"HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )

    def end() -> None:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)

    too_long = threading.Timer(1800, end)
    too_long.start()
    try:
        yield process
    finally:
        too_long.cancel()
        end()
        process.communicate()


@pytest.mark.slow
def test_make_run_sets_itself_up_from_nothing_and_says_what_it_does(tmp_path: Path) -> None:
    """Needs a package index, and downloads what a user would."""
    home = tmp_path / "home"
    said: list[str] = []
    with make_run(checkout(tmp_path / "parley"), home, port=free_port()) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.rstrip("\n"))
            if line.startswith("  curl"):
                break
        whole = "\n".join(said)
        assert process.poll() is None, whole
        assert run_line(said[-1])["status"] == "answered"
        os.killpg(process.pid, signal.SIGINT)  # Ctrl-C
        rest, _ = process.communicate(timeout=60)
    assert "Stopped; everything is stored." in rest
    steps = ("Setting up Parley", "Installing the packages", "Installed ", "Fetching the", "Ready with 2")
    assert [step for step in steps if step not in whole] == []
    announced = float(_only(r"requirements\.lock: about (\d+) MB to download", whole))
    downloaded = float(_only(r"Installed \d+ packages \((\d+) MB\)", whole))
    assert abs(announced - downloaded) < 0.1 * downloaded, "the Makefile says how much that is"
    seconds = int(_only(r"Installed .* in (\d+) s", whole))
    spoken = re.findall(r"(?m)^  \d+ s: (?:.* packages found|all downloaded)", whole)
    assert len(spoken) >= seconds // 10 - 1
    kept = {path.name for path in (home / ".cache").iterdir()}
    assert {"parley"} <= kept <= {"pip", "parley"}, (
        "nothing in the user's cache but the model and what pip downloaded"
    )


def _only(pattern: str, text: str) -> str:
    (found,) = re.findall(pattern, text)
    return str(found)
