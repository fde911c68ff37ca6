"""What a program that has Parley inside imports, and what it is told where it can't."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import parley
from service.bootstrap import open_service
from tests.conftest import REPOSITORY
from tests.running import environment

PAGE = REPOSITORY / "docs" / "embedding.md"


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """In a folder whose packages come first, as those of a program's own do."""
    command = [sys.executable, "-c", f"import sys; sys.path.append({str(REPOSITORY)!r})\n{code}"]
    env = environment(folder / "data", seeds=True)
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, check=False, timeout=120, env=env
    )


def test_every_name_is_there() -> None:
    assert [name for name in parley.__all__ if not hasattr(parley, name)] == []
    assert parley.open_service is open_service
    with pytest.raises(AttributeError, match="no attribute 'open_sesame'"):
        parley.open_sesame  # noqa: B018


@pytest.mark.slow
def test_it_loads_neither_models_nor_slack(tmp_path: Path) -> None:
    heavy = {"chromadb", "onnxruntime", "slack_bolt", "tantivy"}
    done = run(f"import parley; print(sorted({heavy!r} & set(sys.modules)))", tmp_path)
    assert done.stdout == "[]\n", done.stderr


def test_beside_a_package_of_the_same_name_it_says_which_and_what_to_do(tmp_path: Path) -> None:
    other = tmp_path / "service" / "__init__.py"
    other.parent.mkdir()
    other.write_text("MINE = True\n")
    done = run("import parley", tmp_path)
    assert done.returncode == 1
    told = f"ImportError: Parley's package `service` is hidden by another of that name, in {other}: rename"
    assert told in done.stderr


@pytest.mark.slow
def test_the_example_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"<!-- runs -->\n```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    done = run(example, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Ukraine" in done.stdout
