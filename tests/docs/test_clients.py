"""docs/clients.md, done as it says: each program run, in this environment and in one of other packages."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from service.config import Settings
from service.http.completions.request import LONGEST, TURNS
from service.links import LINK_SECONDS
from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "clients.md").read_text("utf-8")
BETWEEN = "----"
ADDRESS = "http://127.0.0.1:8000"


def programs(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE)


def in_one(found: list[str]) -> str:
    """One process for all: most of each is to import what it uses."""
    return f'print("{BETWEEN}")\n'.join(found)


def printed(program: str, client: httpx.Client, *command: str | Path, suffix: str, folder: Path) -> str:
    """Run against the service of the tests, wherever that serves."""
    assert ADDRESS in program
    file = folder / f"program{suffix}"
    file.write_text(program.replace(ADDRESS, str(client.base_url).rstrip("/")), "utf-8")
    done = subprocess.run(
        [*command, file], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def check(text: str) -> None:
    """It has an answer, and where its quotation opens."""
    assert re.search(r"[“«].+[”»] \[1\]", text), text
    assert re.search(r"http://127\.0\.0\.1:\d+/articles/a_[0-9a-f]{32}\?version=1&quote=\d+-\d+", text), text


@pytest.mark.slow
def test_the_programs_of_the_official_client_run(seeded_client: httpx.Client, tmp_path: Path) -> None:
    found = [program for program in programs("python") if "from openai import" in program]
    assert len(found) == 2
    told = printed(in_one(found), seeded_client, sys.executable, suffix=".py", folder=tmp_path)
    for one in told.split(BETWEEN):
        check(one)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the client's other major, LlamaIndex's and LangChain's. It needs a
    package index, and says so where there is none."""
    folder = tmp_path_factory.mktemp("other")
    uv = Path(sys.executable).parent / "uv"
    subprocess.run(
        [uv, "venv", "--quiet", "--python", sys.executable, folder / "venv"], check=True, timeout=60
    )
    python = folder / "venv" / "bin" / "python"
    packages = ("openai>=2,<3", "llama-index-llms-openai-like", "langchain-openai")
    done = subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", python, *packages],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(packages)} could not be installed: {done.stderr}"
    return python


@pytest.mark.slow
def test_every_program_runs_beside_the_clients_other_major(
    other: Path, seeded_client: httpx.Client, tmp_path: Path
) -> None:
    found = [*programs("python"), "import openai\nprint(openai.__version__)\n"]
    assert len(found) == 5
    *told, major = printed(in_one(found), seeded_client, other, suffix=".py", folder=tmp_path).split(BETWEEN)
    assert major.strip().startswith("2.")
    for one in told:
        check(one)


@pytest.mark.slow
def test_the_program_in_javascript_runs(seeded_client: httpx.Client, tmp_path: Path) -> None:
    """It needs Node and a package index, and says so where there is none."""
    (program,) = programs("javascript")
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node, "there is no node to run it"
    assert npm, "there is no npm to fetch its package"
    done = subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "openai"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"openai could not be installed: {done.stderr}"
    check(printed(program, seeded_client, node, suffix=".mjs", folder=tmp_path))


def test_the_page_says_what_is() -> None:
    text = re.sub(r"\s+", " ", PAGE)
    assert f"the last {TURNS}, {LONGEST:,} characters of each" in text
    assert f"for {LINK_SECONDS // 86_400} days" in text
    named = set(re.findall(r"PARLEY_[A-Z_]+", text))
    assert named <= {f"PARLEY_{name.upper()}" for name in Settings.model_fields}
    (assistant,) = programs("json")
    assert json.loads(assistant)["mcpServers"]["parley"]["args"] == ["mcp"]
