"""Where a figure comes from: the code, the packages, the machine."""

import hashlib
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1]
_PACKAGES = ("parley", "chromadb", "llama-index-core", "onnxruntime", "tantivy", "numpy")


def revision() -> str:
    """The commit, with a digest of uncommitted changes behind a plus; "unknown" outside a checkout."""
    commit = _git("rev-parse", "HEAD")
    if not commit:
        return "unknown"
    changes = _git("diff", "HEAD", "--", "retrieval", "service", "prompts", "evals")
    return commit[:12] + (f"+{hashlib.sha256(changes.encode()).hexdigest()[:8]}" if changes else "")


def versions() -> dict[str, str]:
    found = {package: version(package) for package in _PACKAGES}
    return {"python": platform.python_version(), "machine": platform.machine(), **found}


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_CHECKOUT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
