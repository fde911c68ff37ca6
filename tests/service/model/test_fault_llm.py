"""The scripted server as it is used by hand."""

import re
import subprocess
import sys

import httpx

from tests.conftest import REPOSITORY
from tests.fault_llm import FAULTS, SPEAKERS, FaultServer

COMMAND = [sys.executable, "-m", "tests.fault_llm"]


def test_it_lists_its_scripts() -> None:
    shown = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    listed = set(re.findall(r"(?m)^  (\S+)  +\S", shown.stdout))
    assert {*FAULTS, *SPEAKERS} <= listed


def test_it_runs_by_hand_and_says_where() -> None:
    command = [*COMMAND, "--port", "0", "--script", "echo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        try:
            assert process.stdout is not None
            (url,) = re.findall(r"PARLEY_LLM_BASE_URL=(\S+)", process.stdout.readline())
            asked = {"model": "m", "messages": [{"role": "user", "content": "Hello?"}]}
            answer = httpx.post(f"{url}/chat/completions", json=asked, trust_env=False).json()
            assert answer["choices"][0]["message"]["content"].strip() == "Hello?"
            assert process.stdout.readline() == "at once, with nothing\n"
        finally:
            process.kill()


def test_it_has_one_model_and_wants_its_key() -> None:
    with FaultServer(key="k") as server, httpx.Client(trust_env=False) as client:
        assert client.get(f"{server.url}/models").status_code == 401
        listed = client.get(f"{server.url}/models", headers={"Authorization": "Bearer k"}).json()
        assert [model["id"] for model in listed["data"]] == ["scripted"]
        assert client.get(server.url).status_code == 404
