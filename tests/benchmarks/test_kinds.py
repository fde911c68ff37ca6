from pathlib import Path

import pytest

from benchmarks.kinds import is_right, main

HERE = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize(
    ("question", "kind", "right"),
    [
        ("whats in the deal", "terms", True),
        ("whats in the deal", "agreed", True),
        ("whats in the deal", "open", False),
        ("whats in the deal", "precise", False),
        ("when was the deal signed", "precise", True),
        ("when was the deal signed", "terms", False),
    ],
)
def test_a_question_is_right_by_its_kind(question: str, kind: str, right: bool) -> None:
    assert is_right(question, kind) is right


def test_most_are_read_as_they_are_meant(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(HERE / "kinds-test.jsonl")])
    first = next(line for line in capsys.readouterr().out.splitlines() if "broad right" in line).split()
    assert int(first[3]) >= 140
    assert int(first[7]) >= 75
