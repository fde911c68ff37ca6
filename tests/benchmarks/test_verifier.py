"""The verifier's yardstick: its pairs are pairs, its mutants are false, and it runs without data."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import mutation, restatements
from benchmarks.minimal_pairs import CLASSES, Story, hand_written, in_turn, pairs, sentences, written
from benchmarks.mutants import judged
from benchmarks.verifier import Rate, passes, singles, wilson
from service.answering.verified import ALL_CHECKS, Check

pytestmark = pytest.mark.slow

PAIRS = pairs(hand_written(), seed=1, each=30)


def test_a_pair_cites_its_quotation_and_differs() -> None:
    for pair in PAIRS:
        assert pair.true != pair.false
        assert 0 <= pair.start < pair.end <= len(pair.text)
    assert {pair.cls for pair in PAIRS} == set(CLASSES)


def test_the_same_seed_gives_the_same_pairs() -> None:
    assert pairs(hand_written(), seed=1, each=30) == PAIRS
    assert pairs(hand_written(), seed=2, each=30) != PAIRS


def test_what_was_written_by_hand_is_served_and_its_corruptions_are_not() -> None:
    told = {(pair.start, pair.true): pair for pair in PAIRS}.values()
    assert [pair.true for pair in told if not passes(pair, pair.true)] == []
    slipped = [pair.false for pair in PAIRS if passes(pair, pair.false)]
    assert len(slipped) <= len(PAIRS) // 50, slipped


@pytest.mark.parametrize(
    ("sentence", "restated"),
    [
        ("“We will go,” Roe said.", {"Roe said: “We will go.”", "Roe said that they would go."}),
        ("Roe said that it rained.", {"According to Roe, it rained.", "Roe stated that it rained."}),
        ("On Monday, Roe left.", {"Roe left on Monday."}),
        ("Roe saw two ferries.", {"Roe saw 2 ferries."}),
        ("Roe, who is old, left.", {"Roe, who is old, left."}),
    ],
)
def test_restatements_keep_the_meaning(sentence: str, restated: set[str]) -> None:
    made = {restatements.restate(sentence, random.Random(seed)) for seed in range(60)}
    texts = {each.text for each in made if each}
    assert restated <= texts


def test_sentences_are_prose_of_a_fair_length() -> None:
    text = "Short. " + "The ferries of the town run late on most days. " + "He said “it was open. " * 4
    assert [text[start:end] for start, end in sentences(text)] == [
        "The ferries of the town run late on most days."
    ]


def test_corpora_are_taken_in_turn() -> None:
    first, second = [Story("a"), Story("b")], [Story("c")]
    order = [story.text for story in in_turn([first, second], seed=1)]
    assert order[1] == "c"
    assert sorted(order) == ["a", "b", "c"]


def test_no_mutant_is_served_and_no_true_quotation_refused() -> None:
    outcome = judged([story.text for story in hand_written()], seed=3, count=300)
    assert sum(outcome.false.values()) == 300
    assert outcome.shown == []
    assert sum(outcome.refused.values()) == 0


def test_wilsons_interval() -> None:
    # Ten of ten, from the formula's own page: [0.722, 1].
    assert [round(bound, 3) for bound in wilson(10, 10)] == [0.722, 1.0]
    assert [round(bound, 3) for bound in wilson(5, 10)] == [0.237, 0.763]
    assert wilson(0, 0) == (0.0, 1.0)
    assert str(Rate(5, 10)).split() == ["5/10", "0.500", "[0.237,", "0.763]"]


def test_it_runs_without_data() -> None:
    command = [sys.executable, "-m", "benchmarks.verifier", "--mutants", "20", "--each", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "minimal pairs" in done.stdout
    assert "20 mutated: bad citations served 0" in done.stdout


def test_a_mutant_of_the_code_differs_in_one_place() -> None:
    made = mutation.mutants("answering/composed/compose")
    assert made
    assert len({mutant.source for mutant in made}) > len(made) * 0.9
    for module in mutation.MODULES:
        files = [str(mutation.source_file(module)), *mutation.test_files(module)]
        assert [file for file in files if not Path(file).is_file()] == []


WRITTEN = written()
GROUPS = {"moved": 60, "allegation_fact": 60, "allegation_nested": 60, "speaker_lost": 60}


def test_pairs_written_by_hand_are_pairs_and_enough() -> None:
    assert all(pair.true != pair.false for pair in WRITTEN)
    for group, least in GROUPS.items():
        assert sum(pair.cls.startswith(group) for pair in WRITTEN) >= least


def test_nothing_false_is_served_of_what_was_written_by_hand() -> None:
    assert [pair.false for pair in WRITTEN if passes(pair, pair.false)] == []


def test_a_single_statement_may_have_several_quotations(tmp_path: Path) -> None:
    row = {"text": "Roe left.", "quotes": ["It rained.", "Roe left in May."], "true": True, "class": "cut"}
    file = tmp_path / "made.jsonl"
    file.write_text("\n".join(json.dumps({**row, "text": text}) for text in (row["text"], "Doe left.")))
    assert [single.passes() for single in singles(file)] == [True, False]


@pytest.mark.slow
@pytest.mark.parametrize("check", list(Check))
def test_each_check_is_needed(check: Check) -> None:
    assert any(passes(pair, pair.false, ALL_CHECKS - {check}) for pair in WRITTEN)
