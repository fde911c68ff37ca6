"""What a model says is read as it comes, however it is cut, and whatever it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.generative.streamed import LONGEST, Differing, Evidence, Stated, Streamed

ONE = {"text": 'He said “no” — "{" \\ 😀.', "evidence": [{"passage": "P1", "words": 'a "}" b'}]}
TWO = {"text": "She left.", "evidence": [{"passage": "P2", "words": "left"}]}
STATED = [
    Stated('He said “no” — "{" \\ 😀.', (Evidence("P1", 'a "}" b'),)),
    Stated("She left.", (Evidence("P2", "left"),)),
]
CONFLICT = {"about": "when", "evidence": [*ONE["evidence"], *TWO["evidence"]]}
WHOLE = {"statements": [ONE, TWO], "unanswered": ["where"], "conflicts": [CONFLICT]}


def read(pieces: list[str]) -> tuple[list[Stated], Streamed]:
    streamed = Streamed()
    return [stated for piece in pieces for stated in streamed.feed(piece)], streamed


@given(cuts=st.lists(st.integers(0, 400), max_size=20).map(sorted), ascii_only=st.booleans())
def test_how_an_answer_is_cut_makes_no_difference(cuts: list[int], ascii_only: bool) -> None:
    text = json.dumps(WHOLE, ensure_ascii=ascii_only)
    stated, streamed = read([text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)])
    assert stated == STATED
    assert streamed.unanswered == ("where",)
    evidence = (*STATED[0].evidence, *STATED[1].evidence)
    assert streamed.conflicts == (Differing("when", evidence),)
    assert streamed.closed
    assert streamed.malformed == 0


def test_a_statement_is_given_before_the_next_begins() -> None:
    streamed = Streamed()
    assert streamed.feed('{"statements": [' + json.dumps(ONE)) == STATED[:1]
    assert not streamed.closed
    assert streamed.feed(", " + json.dumps(TWO)) == STATED[1:]


@pytest.mark.parametrize(
    "text",
    [
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
        f"Here's \"it:\n```json\n{json.dumps([ONE, TWO])}\n```",
        f"{{oops}}\n{json.dumps(ONE)}\n{{]\n{json.dumps(TWO)}",
    ],
)
def test_lines_fences_and_faults_about_them_are_read_past(text: str) -> None:
    assert read([text])[0] == STATED


@pytest.mark.parametrize(
    "text",
    [
        '{"text": "\\ud800", "evidence": []}',
        '{"text": 7, "evidence": []}',
        '{"text": "a", "evidence": [}',
        '{"text": "a", "evidence": ' + "9" * 5000 + "e}",
        '{"statements": 7, "unanswered": "where", "conflicts": [7, {"about": "x", "evidence": 7}]}',
        "[" * 5000 + "{" * 5000,
        "",
        "null",
    ],
)
def test_what_is_no_statement_gives_none(text: str) -> None:
    stated, streamed = read([text])
    assert (stated, streamed.unanswered, streamed.conflicts) == ([], (), ())


@pytest.mark.parametrize("before", ["{" * 17, "x" * LONGEST])
def test_too_deep_or_too_long_is_given_up(before: str) -> None:
    stated, streamed = read([before, json.dumps(ONE)])
    assert (stated, streamed.given_up, streamed.closed) == ([], True, False)


@given(text=st.text(alphabet='{}[]",:\\ut7 \n') | st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for stated in read(list(text))[0]:
        assert stated.text
