"""What the reader learns from is as it was written: gold exists, words stand, sides keep apart."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from training import __main__ as training
from training.rows import Entails, joined, ours, public, split

pytestmark = pytest.mark.slow

FILES = sorted(training.OURS.glob("*.jsonl"))
PASSAGES = sorted(training.OURS.glob("passages-*.jsonl"))
WORLDS = sorted(training.OURS.glob("worlds-*.jsonl"))


@pytest.mark.parametrize("file", PASSAGES, ids=lambda file: file.stem)
def test_our_passages_are_whole(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        text, spans = joined(passage["sentences"])
        assert [text[span.start : span.end] for span in spans] == passage["sentences"]
        assert all(0 <= place < len(spans) for each in passage["questions"] for place in each["gold"])
        for pair in passage["pairs"]:
            assert pair["premise"] in text or not without(pair["premise"], passage["sentences"]), pair
            assert isinstance(pair["label"], bool)
            assert pair["hypothesis"] != pair["premise"]


@pytest.mark.parametrize("file", WORLDS, ids=lambda file: file.stem)
def test_our_worlds_are_whole(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        world = json.loads(line)
        articles = [each["sentences"] for each in world["articles"]]
        every = [sentence for sentences in articles for sentence in sentences]
        for each in world["questions"]:
            assert len(each["gold"]) == len({tuple(place) for place in each["gold"]}), each
            assert all(0 <= place < len(articles[number]) for number, place in each["gold"]), each
        for pair in world["pairs"]:
            assert not without(pair["premise"], every), pair
            assert isinstance(pair["label"], bool)
            assert pair["hypothesis"] != pair["premise"]


def test_a_world_is_asked_passage_by_passage(tmp_path: Path) -> None:
    long = " ".join(["word"] * 60) + "."
    world = {
        "articles": [
            {"title": "A", "outlet": "Post", "day": "2031-04-03", "sentences": ["Roe spoke.", long, long]},
            {"title": "B", "outlet": "Post", "day": "2031-04-04", "sentences": ["Doe left.", "Roe stayed."]},
        ],
        "questions": [{"q": "what did roe do", "gold": [[0, 0], [1, 1]]}, {"q": "who wept", "gold": []}],
        "pairs": [{"premise": "Roe spoke.", "hypothesis": "Doe spoke.", "label": False, "class": "speaker"}],
    }
    file = tmp_path / "worlds.jsonl"
    file.write_text(json.dumps(world) + "\n", encoding="utf-8")
    rows = ours([file], held_out=False)
    rows = rows if rows.asked else ours([file], held_out=True)
    found = [
        (
            row.question,
            row.passage.split()[0],
            [row.passage[row.sentences[at].start :][:4] for at in row.gold],
        )
        for row in rows.asked
    ]
    assert found == [
        ("what did roe do", "Roe", ["Roe "]),
        ("who wept", "Roe", []),
        ("what did roe do", "word", []),
        ("who wept", "word", []),
        ("what did roe do", "Doe", ["Roe "]),
        ("who wept", "Doe", []),
    ]
    assert rows.asked[0].lead == "A\nPost, 2031-04-03\n"
    assert [row.statement for row in rows.stated] == ["Doe spoke."]


def without(text: str, sentences: list[str]) -> str:
    """What is left of it when the sentences are taken out."""
    for sentence in sentences:
        text = text.replace(sentence, "")
    return text.strip()


def test_no_question_is_asked_twice_of_a_passage() -> None:
    for row in ours(FILES, held_out=False).asked:
        assert row.question.strip()
    asked = [(row.passage, row.question.casefold()) for row in ours(FILES, held_out=False).asked]
    assert len(asked) == len(set(asked))


def test_what_is_held_out_is_never_trained_on() -> None:
    trained, held = ours(FILES, held_out=False), ours(FILES, held_out=True)
    assert held.asked
    assert len(held.asked) < len(trained.asked) / 5
    assert not {row.passage for row in trained.asked} & {row.passage for row in held.asked}
    assert not {row.premise for row in trained.stated} & {row.premise for row in held.stated}


def test_public_rows_keep_what_answers(tmp_path: Path) -> None:
    passage = "The ferry sank on Monday. Nobody was hurt. The owner, Ann Roe, wept."
    at = passage.index("Ann Roe")
    rows = [
        {"src": "a", "q": "Who owns it?", "p": passage, "spans": [[at, at + 7]], "gold": [], "label": 1},
        {"src": "a", "q": "Who saw it?", "p": passage, "spans": [], "gold": [], "label": 0},
        {"src": "b", "q": "Did it sink?", "p": passage, "spans": [], "gold": [], "label": 1},
    ]
    pairs = [{"src": "c", "premise": passage, "hypothesis": "It sank.", "label": "entailment"}]
    write(tmp_path / "qa.jsonl.gz", rows)
    write(tmp_path / "nli.jsonl.gz", pairs)
    read = public(tmp_path)
    assert [(row.question, sorted(row.gold)) for row in read.asked] == [
        ("Who owns it?", [2]),
        ("Who saw it?", []),
    ]
    assert [row.label for row in read.stated] == [Entails.YES]
    assert [passage[span.start : span.end] for span in split(passage)] == passage.replace(". ", ".|").split(
        "|"
    )


def write(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
