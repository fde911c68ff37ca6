"""The page has words for whatever an answer's diagnostics may name."""

import re
from importlib import import_module

import pytest

from service.answering.generative import JUDGE_UNAVAILABLE
from service.answering.verified.restated import Rule
from service.model import ModelFault
from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "service/web/static/words.js").read_text("utf-8")
CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")


def listed(name: str) -> set[str]:
    table = PAGE.split(f"const {name} = {{", 1)[1].split("};", 1)[0]
    return set(re.findall(r"(?m)^    (\w+): ", table))


@pytest.mark.parametrize(
    "module",
    [
        "composed.assembly",
        "generative.evidence",
        "generative.heard",
        "verified.cut",
        "verified.restated.judged",
        "verified.support",
        "verified.verify",
    ],
)
def test_every_reason_to_leave_something_out_has_words(module: str) -> None:
    found = vars(import_module(f"service.answering.{module}"))
    constants = {name: value for name, value in found.items() if name.isupper()}
    reasons = {v for n, v in constants.items() if isinstance(v, str) and CODE.fullmatch(v) and n[0] != "_"}
    assert reasons
    assert reasons <= listed("DROPPED")


def test_so_has_every_rule() -> None:
    assert set(Rule) <= listed("DROPPED")


def test_every_reason_to_do_without_a_model_has_words() -> None:
    codes = {fault.code for fault in ModelFault.__subclasses__()} | {
        import_module("service.answering.generative.generative").UNVERIFIED,
        JUDGE_UNAVAILABLE,
    }
    assert codes <= listed("DEGRADED")
