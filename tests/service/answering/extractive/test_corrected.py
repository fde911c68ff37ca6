import pytest

from service.answering.extractive import is_corrected

CORRECTION = "The choir has 48 singers, not 84, its conductor said."


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("The choir of 84 singers sang for the conductor.", True),
        ("The choir of 48 singers sang for the conductor.", False),
        ("The choir has grown from 48 singers to 84.", False),
        ("The bus has 84 seats.", False),
        (CORRECTION, False),
    ],
)
def test_the_old_figure_of_the_same_thing_is_corrected(text: str, corrected: bool) -> None:
    assert is_corrected(text, [CORRECTION, "The hall is full, not half empty."]) is corrected
