"""Packages for one slow test, each pinned by hash, in a folder of their own outside the repository."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import platformdirs

from tests.conftest import REPOSITORY

LOCKS = REPOSITORY / "tests" / "overlays"
_LONGEST = 900  # seconds


def overlay(name: str) -> Path:
    """The folder with the packages of tests/overlays/NAME.lock; installed the first time, from the package
    index that pip is set up with."""
    lock = LOCKS / f"{name}.lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    python = f"{sys.implementation.cache_tag}-{sys.platform}"
    folder = Path(platformdirs.user_cache_path("parley-tests")) / f"{name}-{python}-{digest}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=folder.parent))
        try:
            _install(lock, made)
            made.rename(folder)
        except BaseException:
            shutil.rmtree(made)
            if not folder.is_dir():  # else another worker was quicker
                raise
    return folder


def over(folder: Path) -> dict[str, str]:
    """An environment in which the packages of the folder go before all others of the same name."""
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{REPOSITORY}"}


def _install(lock: Path, folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    wanted = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--target", str(folder)]
    done = subprocess.run(
        [*pip, *wanted, "-r", str(lock)], capture_output=True, text=True, check=False, timeout=_LONGEST
    )
    assert done.returncode == 0, f"{lock.name} could not be installed:\n{done.stderr[-2000:]}"
