"""A judge's opinions: asked for, kept, and read with suspicion."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.asking import Asking, Metered
from evals.errors import ResultsError
from evals.judge import (
    JUDGEMENTS,
    Judgement,
    Support,
    judge_all,
    judgements_of,
    read_judgements,
    read_opinion,
)
from evals.results import CaseResult, Usage
from prompts import load
from service.model import ModelTimeout
from tests.evals.making import LOSS, PORT, REOPENED, case, citation, claim, notice, result, right
from tests.evals.saying import Scripted

FULL = '{"support": "full", "why": "It says so."}'
NONE = '{"support": "none", "why": "It says nothing of it."}'


def judged(folder: Path, model: Scripted, *results: CaseResult) -> list[Judgement]:
    asking = Asking()
    return judge_all(results, Metered(model, asking), asking, folder)


def test_each_cited_claim_is_judged_by_its_quotations_alone(tmp_path: Path) -> None:
    model = Scripted(lambda asked: FULL if REOPENED in asked.user else NONE, name="strict")
    of = result(
        case(),
        claim("It reopened.", 1),
        claim("It lost money.", 2),
        notice("No more is known."),
        citations=(citation(1, "port", REOPENED), citation(2, "port", LOSS, speaker="Brandt")),
    )
    first, second = judged(tmp_path, model, of)
    assert (first.support, second.support) == (Support.FULL, Support.NONE)
    assert (first.statement, first.why, first.model) == (0, "It says so.", "strict")
    assert first.usage == Usage(1, 10, len(FULL.split(" ")))
    assert (first.prompt_version, first.prompt_hash) == (load("judge").version, load("judge").hash)
    asked = model.asked[1].user
    assert "It lost money." in asked
    assert f"Brandt: {LOSS}" in asked
    assert REOPENED not in asked
    assert PORT not in asked


def test_what_was_judged_is_kept_and_not_judged_again(tmp_path: Path) -> None:
    model = Scripted(FULL)
    once = judged(tmp_path, model, right(case()))
    assert judged(tmp_path, model, right(case())) == once
    assert len(model.asked) == 2
    assert judgements_of([right(case())], tmp_path) == once
    changed = result(case(), claim("Other words.", 1), citations=(citation(1, "port", REOPENED),))
    assert judgements_of([changed], tmp_path) == []
    judged(tmp_path, model, changed)
    assert len(model.asked) == 3


def test_the_judge_who_judged_last_counts(tmp_path: Path) -> None:
    judged(tmp_path, Scripted(FULL, name="mild"), right(case()))
    judged(tmp_path, Scripted(NONE, name="strict"), right(case()))
    assert {j.model for j in judgements_of([right(case())], tmp_path)} == {"strict"}
    assert len(read_judgements(tmp_path)) == 4


@pytest.mark.parametrize("model", [Scripted("Well, yes."), Scripted("", fault=ModelTimeout("late"))])
def test_what_cannot_be_read_is_said_and_asked_for_again(tmp_path: Path, model: Scripted) -> None:
    found = judged(tmp_path, model, right(case()))
    assert {j.support for j in found} == {Support.UNREADABLE}
    assert judgements_of([right(case())], tmp_path) == found
    assert {j.support for j in judged(tmp_path, Scripted(FULL), right(case()))} == {Support.FULL}


@pytest.mark.parametrize(
    ("said", "support"),
    [
        (FULL, Support.FULL),
        (f"Sure!\n```json\n{NONE}\n```", Support.NONE),
        ('{"thinking": "hm"} {"support": "partial", "why": 3}', Support.PARTIAL),
        ('{"support": "unreadable"}', Support.UNREADABLE),
        ('{"support": "FULL"}', Support.UNREADABLE),
        ('{"support": ["full"]}', Support.UNREADABLE),
        ("full", Support.UNREADABLE),
        ("", Support.UNREADABLE),
    ],
)
def test_an_opinion_is_read_whatever_stands_about_it(said: str, support: Support) -> None:
    assert read_opinion(said)[0] is support


@given(st.text(alphabet='{}[]":, fulnopartiesw\\', max_size=80))
def test_nothing_that_a_judge_says_breaks_it(said: str) -> None:
    support, why = read_opinion(said)
    assert support in Support
    assert isinstance(why, str)


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    (tmp_path / JUDGEMENTS).write_text(json.dumps({"case_id": "c1"}) + "\n")
    with pytest.raises(ResultsError, match="line 1 is no judgement"):
        read_judgements(tmp_path)
