"""The suites that recipes are tried on."""

from pathlib import Path

import pytest

from tests.evals.deriving import write_others, write_public, write_towns


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    return write_towns(tmp_path)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return write_public(tmp_path)


@pytest.fixture
def others(tmp_path: Path) -> Path:
    return write_others(tmp_path)
