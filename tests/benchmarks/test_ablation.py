"""Whether an ablation sees a rule vanish."""

import pytest

from benchmarks.ablation import print_talk, switches
from service.answering import PARLEY, Rule


def test_a_rule_that_vanishes_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    switched = {str(rule): PARLEY.without(rule) for rule in (Rule.UNWRAPPED, Rule.SMALL_TALK, Rule.VENUE)}
    assert print_talk(switched) == {"unwrapped", "small_talk"}
    assert "smalltalk -" in capsys.readouterr().out


def test_every_rule_has_a_switch_and_every_number_another_value() -> None:
    switched = switches()
    assert set(Rule) <= set(switched)
    assert all(policy.changes() for policy in switched.values())
