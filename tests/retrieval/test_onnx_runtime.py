import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.model_files import default_dir
from tests.conftest import REPOSITORY

OURS = ("retrieval", "service", "prompts", "evals", "benchmarks", "tests")
IMPORT = re.compile(r"(?m)^\s*(import|from)\b.*\bonnxruntime\b")
EMBED = "from retrieval import embed; embed.load(Path(sys.argv[1])).embed(['Talks began on Monday.'])"
CONVERT = "from retrieval import onnx_graph"


@pytest.mark.parametrize("does", [EMBED, CONVERT])
def test_nothing_is_kept_in_the_users_folders(tmp_path: Path, does: str) -> None:
    """onnxruntime's telemetry writes an id there as soon as it is imported."""
    home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    program = f"import sys; from pathlib import Path; {does}"
    subprocess.run(
        [sys.executable, "-c", program, str(default_dir())], check=True, env=home, cwd=REPOSITORY, timeout=120
    )
    assert list(tmp_path.iterdir()) == []


def test_it_is_imported_in_one_place() -> None:
    """Whatever imports it first decides for the whole process."""
    ours = [path for folder in OURS for path in (REPOSITORY / folder).rglob("*.py")]
    importing = [path for path in ours if IMPORT.search(path.read_text("utf-8"))]
    assert importing == [REPOSITORY / "retrieval" / "onnx_runtime.py"]
