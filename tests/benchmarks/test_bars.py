"""Smaller ones of the bars, held. How much is answered is for the bench to say, where nothing else runs."""

import pytest

from benchmarks.bars import WIDE, followers, place, stopping, ten_times

pytestmark = pytest.mark.slow


def test_beyond_its_capacity_a_service_goes_on_and_tells_the_rest_when_to_come_back() -> None:
    with place(queue_seconds=1.0) as at:
        at.model.seconds = 0.3
        seen = ten_times(at, seconds=3)
    assert set(seen.loaded.statuses) <= {200, 503}
    assert seen.loaded.statuses[503] > seen.loaded.statuses[200]
    assert seen.loaded.silent == 0


def test_whoever_follows_an_answer_takes_little_and_hears_its_end() -> None:
    with place(llm_idle_seconds=120, llm_seconds=120) as at:
        seen = followers(at, count=60, seconds=0.5, asked=2)
    assert seen.ends == {"done": 61}
    assert seen.mib < 30


def test_stopped_every_stream_ends_once_and_the_process_in_time() -> None:
    with place(**WIDE) as at:
        seen = stopping(at, streams=50)
    assert (sum(seen.ends.values()), set(seen.ends)) == (50, {"done", "error"})
    assert seen.code == 0
    assert seen.seconds <= 25  # as docs/operations.md has it
