"""Rows made of others say of themselves what is true of them."""

import random

from retrieval.article import Span
from training.altering import Elsewhere, thinned, verbatim, without_answer
from training.rows import Asked, Entails, joined

PASSAGE, SPANS = joined(["The ferry sank on Monday.", "Its owner, Ann Roe, wept.", "Nobody was hurt."])
AT = PASSAGE.index("Ann Roe")
ROW = Asked("a", "who owns the ferry", PASSAGE, SPANS, frozenset({1}), (Span(AT, AT + 7),))


def texts(row: Asked) -> list[str]:
    return [row.passage[span.start : span.end] for span in row.sentences]


def test_without_what_answers_nothing_answers() -> None:
    left = without_answer(ROW)
    assert left is not None
    assert texts(left) == ["The ferry sank on Monday.", "Nobody was hurt."]
    assert left.passage == "The ferry sank on Monday. Nobody was hurt."
    assert not left.gold
    assert not left.spans


def test_what_would_leave_too_little_is_left_alone() -> None:
    assert without_answer(Asked("a", "who", *joined(["One.", "Two."]), frozenset({0}))) is None
    assert without_answer(Asked("a", "who", PASSAGE, SPANS, frozenset())) is None
    short = Asked("a", "who", *joined(["One.", "Two."]), frozenset({0}))
    assert thinned(short, random.Random(1)) == short


def test_a_thinned_passage_keeps_what_answers() -> None:
    for seed in range(10):
        row = thinned(ROW, random.Random(seed))
        assert len(row.sentences) == 2
        assert [texts(row)[place] for place in row.gold] == ["Its owner, Ann Roe, wept."]
        assert [row.passage[span.start : span.end] for span in row.spans] == ["Ann Roe"]


def test_elsewhere_a_question_meets_what_shares_its_words_or_anything_but_its_own_passage() -> None:
    near, near_spans = joined(["A ferry was painted.", "It shone."])
    rows = [ROW, Asked("a", "what shone", near, near_spans, frozenset({1}))]
    rows += [Asked("a", f"which {n}", *joined([f"Text {n}.", "End."]), frozenset({0})) for n in range(8)]
    rows.append(Asked("b", "of another source", *joined(["Ferry.", "Ferry."]), frozenset({0})))
    elsewhere = Elsewhere(rows, random.Random(1))
    met = [other for _ in range(200) if (other := elsewhere.put(ROW)) is not None]
    assert all(other.question == ROW.question and not other.gold and not other.spans for other in met)
    assert {other.source for other in met} == {"a"}
    assert ROW.passage not in {other.passage for other in met}
    assert sum(other.passage == near for other in met) > len(met) / 3


def test_a_sentence_is_borne_out_by_itself() -> None:
    for seed in range(10):
        pair = verbatim(ROW, random.Random(seed))
        assert pair.statement in texts(ROW)
        assert pair.statement in pair.premise
        assert pair.premise in ROW.passage
        assert pair.label is Entails.YES
