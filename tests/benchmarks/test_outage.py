"""While the model fails, every question is answered, and the endpoint is spared."""

import pytest

from benchmarks.outage import each_fault, each_shape, judge_outage, leaving, outage, report, telling


@pytest.mark.slow
def test_an_outage_costs_few_calls_and_no_answer() -> None:
    outcome, calls = outage("503", questions=16)
    assert outcome.sound
    assert outcome.statuses == {200: 16}
    assert outcome.ends == {"whole": 8, "done": 8}
    assert calls <= 1.2
    assert outcome.degraded["model_suspended"] > 10


@pytest.mark.slow
def test_an_outage_of_the_judge_alone_is_told_and_keeps_nobody_from_the_model() -> None:
    outcome, calls = judge_outage(questions=8)
    assert outcome.sound
    assert outcome.degraded == {"judge_unavailable": 8}
    assert 0 < calls <= 1.2


@pytest.mark.slow
def test_every_fault_ends_in_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = each_fault(["drop", "cut", "idle", "garbage", "huge"], each=10)
    assert all(outcome.sound for outcome in found.values())
    assert leaving(times=2)
    assert telling(times=2)
    assert telling(times=2, judged=True)
    shapes = each_shape(each=2)
    report(found, shapes, {}, [0.1], [0.01], [0.01])
    printed = capsys.readouterr().out
    assert "5 faults, 50 questions: statuses {200: 50}" in printed
    assert "bad citations 0, swallowed 0" in printed
    assert all(outcome.sound for outcome in shapes.values())
