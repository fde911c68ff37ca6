"""Of what a hostile model hands in nothing false is served."""

import subprocess
import sys

import pytest

from benchmarks.hostile_model import Outcome, run
from benchmarks.hostile_ways import WAYS
from benchmarks.minimal_pairs import hand_written


def sound(outcome: Outcome, *, count: int) -> None:
    assert sum(outcome.outputs.values()) == count
    assert set(outcome.outputs) == set(WAYS)
    assert +outcome.bad_citations == {}
    assert +outcome.bad_texts == {}
    assert outcome.shown == []
    assert outcome.refused == 0
    assert outcome.worded > 0


def test_no_output_gets_anything_false_through() -> None:
    sound(run(hand_written(), seed=5, count=200, show=5), count=200)


@pytest.mark.slow
def test_no_output_of_many_does() -> None:
    sound(run(hand_written(), seed=6, count=10_000, show=5), count=10_000)


@pytest.mark.slow
def test_it_runs_by_itself() -> None:
    command = [sys.executable, "-m", "benchmarks.hostile_model", "--outputs", "20"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "20 outputs of a hostile model" in done.stdout
