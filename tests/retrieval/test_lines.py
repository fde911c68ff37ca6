"""Lines with their offsets, and the margin."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.lines import blocks, ends_sentence, is_hard_wrapped, lines

WRAPPED = (
    "The minister said on Sunday that the talks would go on until\nboth sides had signed the document, which "
    "had been written\ndown at last by the counterparts. She added that nothing\nelse was left to be agreed "
    "upon at this stage.\n\nA second paragraph follows the first and is broken just as\nthe first one was.\n"
)


@given(st.text("ab \t\n—😀", max_size=60))
def test_lines_hold_everything_but_white_space(text: str) -> None:
    found = list(lines(text))
    assert all(text[line.start : line.end] == line.text == line.text.strip() != "" for line in found)
    assert "".join("".join(line.text.split()) for line in found) == "".join(text.split())
    assert [line for block in blocks(found) for line in block] == found


def test_a_gap_is_a_blank_line_before() -> None:
    assert [line.gap for line in lines("a\nb\n \nc\n\n\nd")] == [False, False, True, True]
    assert [len(block) for block in blocks(tuple(lines("a\nb\n\nc")))] == [2, 1]


def test_a_margin_is_told_from_paragraphs_and_from_lists() -> None:
    assert is_hard_wrapped(WRAPPED)
    assert not is_hard_wrapped(WRAPPED.replace("\n", " "))
    assert not is_hard_wrapped("The minister spoke to reporters on Sunday in the city of Oslo.\n" * 9)
    assert not is_hard_wrapped("Ministers Agree on Guarantees for the North After Three Days\n" * 9)
    assert not is_hard_wrapped("a short line\nand another\n" * 9)


def test_final_marks_may_stand_inside_closing_quotes() -> None:
    assert ends_sentence("He said “yes.”")
    assert ends_sentence("Wait…")
    assert not ends_sentence("Peace “still far”")
    assert not ends_sentence("”")
