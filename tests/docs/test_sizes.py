"""Files and functions stay small: it is in the longest that code goes bad first."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import REPOSITORY

CODE = ("benchmarks", "evals", "parley", "prompts", "retrieval", "service", "training")


def files() -> Iterator[Path]:
    return (path for folder in CODE for path in sorted((REPOSITORY / folder).rglob("*.py")))


def function_lengths() -> Iterator[tuple[int, str]]:
    """In lines, with where it stands."""
    for path in files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                yield length, f"{path.relative_to(REPOSITORY)}:{node.lineno} {node.name}"


def test_no_file_has_more_than_300_lines() -> None:
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_text("utf-8").splitlines()) for path in files()
    }
    assert len(lengths) > 200
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_nineteen_of_twenty_functions_have_20_lines_at_the_most_and_none_more_than_60() -> None:
    lengths = sorted(function_lengths())
    long = [f"{length} {where}" for length, where in lengths if length > 20]
    share = len(long) / len(lengths)
    assert lengths[-1][0] <= 60, lengths[-1]
    assert share <= 0.05, f"{len(long)} of {len(lengths)} ({share:.1%}) are longer, such as {long[:20]}"
