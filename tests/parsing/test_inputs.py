"""Every input is read as its expected.json says, but for what known.json says isn't, each with a reason."""

import json
from functools import cache
from pathlib import Path

import pytest

from tests.parsing.checks import Check, Input, inputs

KNOWN = json.loads(Path(__file__).with_name("known.json").read_text(encoding="utf-8"))


@cache
def checks(one: Input) -> tuple[Check, ...]:
    return tuple(one.checks())


INPUTS = inputs()


@pytest.mark.parametrize("one", INPUTS, ids=lambda one: one.name)
def test_it_is_read_as_it_should_be(one: Input) -> None:
    wrong = {check.name: check.got for check in checks(one) if not check.held and check.name not in KNOWN}
    assert wrong == {}


def test_what_is_known_to_be_wrong_still_is() -> None:
    """So that a cure takes its line out of known.json."""
    read = {one.name for one in INPUTS}
    wrong = {check.name for one in INPUTS for check in checks(one) if not check.held}
    assert {name for name in KNOWN if name.split(" ")[0] in read} - wrong == set()
