"""docs/llamaindex.md, done as it says: another program, in an environment of its own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, SEEDS

PAGE = (REPOSITORY / "docs" / "llamaindex.md").read_text()


def _program() -> str:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 1
    return str(blocks[0])


def _run(python: Path | str, program: str, folder: Path) -> str:
    shutil.copytree(SEEDS, folder / "articles")
    done = subprocess.run(
        [str(python), "-c", program], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_program_of_the_page_runs(tmp_path: Path) -> None:
    printed = _run(sys.executable, _program(), tmp_path)
    assert "added" in printed
    assert printed.count("a_") >= 5, "five nodes with their articles"


@pytest.mark.slow
def test_it_runs_beside_llamaindex_own_openai_package(tmp_path: Path) -> None:
    """That package wants openai 2; needs a package index."""
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True, timeout=120)
    packages = [str(REPOSITORY), "llama-index-llms-openai"]
    subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, timeout=900)
    program = _program() + "\nimport openai, llama_index.llms.openai\nprint(openai.__version__)\n"
    (tmp_path / "work").mkdir()
    printed = _run(python, program, tmp_path / "work")
    assert printed.splitlines()[-1].startswith("2."), "the other program's openai major"
