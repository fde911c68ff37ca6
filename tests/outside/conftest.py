"""Packages outside the tree: one installed as an operator would, others written for what they get wrong."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.outside import offered

HEARING = Path(__file__).parent / "hearing"
Offer = Callable[..., Path]


@pytest.fixture(scope="session")
def hearing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that it is installed in."""
    built, installed = tmp_path_factory.mktemp("built") / "hearing", tmp_path_factory.mktemp("installed")
    shutil.copytree(HEARING, built)
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index")
    own = ("--no-deps", "--no-build-isolation", "--target", installed, built)
    subprocess.run([*pip, *own], check=True, timeout=120)
    return installed


@pytest.fixture
def offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    """Install, for this process and those it starts, a package of one module with one entry point."""
    folder = tmp_path / "site"

    def install(package: str, group: str, name: str, code: str, *, attribute: str = "offered") -> Path:
        info = folder / f"{package}-2.1.dist-info"
        info.mkdir(parents=True)
        (folder / f"{package}.py").write_text(code, "utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 2.1\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {package}:{attribute}\n", "utf-8")
        offered.cache_clear()
        return folder

    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    before = set(sys.modules)
    yield install
    for module in set(sys.modules) - before:
        if Path(getattr(sys.modules[module], "__file__", None) or "/").is_relative_to(folder):
            del sys.modules[module]
    offered.cache_clear()
