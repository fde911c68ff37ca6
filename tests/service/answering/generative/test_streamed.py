"""What a model says is read as it comes, however it is cut, and whatever it is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.generative.streamed import LONGEST, Stated, Streamed

ONE = {"text": 'He said “no” — "{" \\ 😀.', "cites": ["P1.2", "P3.4"]}
TWO = {"text": "She left.", "cites": ["P2.1"]}
STATED = [
    Stated('He said “no” — "{" \\ 😀.', ("P1.2", "P3.4")),
    Stated("She left.", ("P2.1",)),
]
DIFFER = {"about": "when", "cites": ["P1.2", "P2.1"]}
PREMISE = {"assumed": "she stayed", "cites": ["P2.1"]}
WHOLE = {"premise": [PREMISE], "statements": [ONE, TWO], "unanswered": ["where"], "differ": [DIFFER]}


def read(pieces: list[str]) -> tuple[list[Stated], Streamed]:
    streamed = Streamed()
    return [stated for piece in pieces for stated in streamed.feed(piece)], streamed


@given(cuts=st.lists(st.integers(0, 400), max_size=20).map(sorted), ascii_only=st.booleans())
def test_how_an_answer_is_cut_makes_no_difference(cuts: list[int], ascii_only: bool) -> None:
    text = json.dumps(WHOLE, ensure_ascii=ascii_only)
    stated, streamed = read([text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)])
    assert stated == STATED
    assert streamed.unanswered == ("where",)
    assert streamed.differ == (Stated("when", ("P1.2", "P2.1")),)
    assert streamed.premise == (Stated("she stayed", ("P2.1",)),)
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
        '{"text": "\\ud800", "cites": []}',
        '{"text": 7, "cites": []}',
        '{"text": "a", "cites": [}',
        '{"text": "a", "cites": ' + "9" * 5000 + "e}",
        '{"statements": 7, "unanswered": "where", "differ": [7, {"about": "x", "cites": 7}]}',
        "[" * 5000 + "{" * 5000,
        "",
        "null",
    ],
)
def test_what_is_no_statement_gives_none(text: str) -> None:
    stated, streamed = read([text])
    assert (stated, streamed.unanswered, streamed.differ) == ([], (), ())


@pytest.mark.parametrize(
    "cites", [["P1.2", "P3.4"], "P1.2, P3.4", ["[P1.2]", "(P3.4)"], ["P1.2-P3.4"], {"P1.2": 1}, [["P1.2"]]]
)
def test_keys_are_read_however_they_are_written(cites: Any) -> None:
    (stated,), streamed = read([json.dumps({"text": "She left.", "cites": cites})])
    readable = not isinstance(cites, dict) and not isinstance(cites[0], list)
    assert stated.cites == (("P1.2", "P3.4") if readable else ())
    assert bool(streamed.malformed) != readable


def test_what_is_beside_the_statements_is_told_by_its_field() -> None:
    stated, streamed = read([json.dumps(PREMISE), json.dumps(DIFFER), '{"unanswered": ["why"]}'])
    assert (stated, streamed.unanswered) == ([], ("why",))
    assert streamed.premise == (Stated("she stayed", ("P2.1",)),)
    assert streamed.differ == (Stated("when", ("P1.2", "P2.1")),)


@pytest.mark.parametrize("before", ["{" * 17, "x" * LONGEST])
def test_too_deep_or_too_long_is_given_up(before: str) -> None:
    stated, streamed = read([before, json.dumps(ONE)])
    assert (stated, streamed.given_up, streamed.closed) == ([], True, False)


@given(text=st.text(alphabet='{}[]",:\\ut7 \n') | st.text())
def test_no_text_is_too_strange(text: str) -> None:
    for stated in read(list(text))[0]:
        assert stated.text
