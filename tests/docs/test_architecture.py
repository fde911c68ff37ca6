"""Whoever follows a page to a file finds it."""

import re
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
FILES = [
    path.relative_to(REPOSITORY).as_posix()
    for top in (
        "benchmarks",
        "docker",
        "evals",
        "parley",
        "prompts",
        "retrieval",
        "service",
        "tests",
        "training",
    )
    for path in (REPOSITORY / top).rglob("*.py")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    named = set(re.findall(r"`([\w/-]+\.py)`", text))
    assert sorted(n for n in named if not any(f"/{file}".endswith(f"/{n}") for file in FILES)) == []


def test_every_file_that_the_code_names_is_there() -> None:
    code = [file for file in FILES if not file.startswith(("docker/", "tests/"))]
    named = {
        (file, name)
        for file in code
        for name in re.findall(r"[\w/]+\.py\b", (REPOSITORY / file).read_text("utf-8"))
    }
    assert len(named) > 20
    assert sorted((f, n) for f, n in named if not any(f"/{each}".endswith(f"/{n}") for each in FILES)) == []


def test_every_room_has_its_line() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    rooms = [
        path.parent for path in (REPOSITORY / "service").rglob("__init__.py") if path.parent.name != "service"
    ]
    assert [room.name for room in rooms if f"{room.name}`" not in text and f"/{room.name}`" not in text] == []
