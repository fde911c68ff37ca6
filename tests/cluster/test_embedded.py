"""What isn't run on the servers: every entry means something, and what has a record is run."""

from pathlib import Path

import pytest

from tests.cluster.embedded import EMBEDDED, NEITHER, left_out

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("part", [*EMBEDDED, *NEITHER])
def test_what_is_named_is_there(part: str) -> None:
    path, _, test = part.partition("::")
    assert (REPOSITORY / path).exists()
    if test:
        assert f"def {test.partition('[')[0]}" in (REPOSITORY / path).read_text("utf-8")


def test_a_test_that_has_a_record_is_run_wherever_it_stands() -> None:
    within = "tests/service/english/test_words.py::test_one"
    assert left_out(within, ["tmp_path"])
    assert not left_out(within, ["tmp_path", "make_settings", "seeded"])
