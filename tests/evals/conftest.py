"""A suite over two articles, and Parley over them."""

from collections.abc import Iterator

import pytest

from evals.cases import Suite
from evals.suite import load
from evals.target import InProcess
from tests.evals.making import write_suite
from tests.evals.scripted import LINES


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return load(write_suite(tmp_path_factory.mktemp("suites") / "harbour", LINES)).suite


@pytest.fixture(scope="session")
def in_process(harbour: Suite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    with InProcess(harbour, tmp_path_factory.mktemp("target") / "data") as target:
        target.ingest(harbour)
        yield target
