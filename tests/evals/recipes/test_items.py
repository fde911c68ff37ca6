"""What can be changed, and into what."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.recipes.items import apply, changed_item, changed_name, items


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday 3.5 of 1,200 came, in May 1998.", ["Monday", "3.5", "1,200", "1998"]),
        ("Twelve or twenty; one B-52, 2nd place, 10-12 and mid-1990.", ["Twelve", "twenty"]),
        ("In March they may march in October.", ["October"]),
        ("$40 and €5 at 17:30", ["40", "5"]),
    ],
)
def test_items_that_can_be_changed(text: str, found: list[str]) -> None:
    assert list(items(text)) == found


@settings(deadline=None)
@given(
    text=st.from_regex(
        r"[a-zA-Z0-9,.$ -]{0,30} (Monday|three|12|1961|40|3\.5|1,200|June|fifty) [a-z0-9. ]{0,30}",
        fullmatch=True,
    ),
    seed=st.integers(0, 99),
)
def test_a_change_is_to_something_else_that_the_text_does_not_hold(text: str, seed: int) -> None:
    for item in items(text):
        changes = changed_item(item, text, Random(seed))
        assert apply(changes, text) != text or not changes
        assert not any(apply({new: "?"}, text) != text for new in changes.values())


@pytest.mark.parametrize(
    ("spellings", "old"),
    [
        (("Okafor", "Tom Okafor"), "Okafor"),
        (("Radio Nord", "the station"), "Radio Nord"),
        (("the union leader",), None),
        (("Union",), None),  # a word that the text has in lower case too
        (("Nobody",), None),
        (("Monday",), None),
        ((), None),
    ],
)
def test_names_are_replaced_by_invented_ones(spellings: tuple[str, ...], old: str | None) -> None:
    text = "On Monday the union leader Tom Okafor told Radio Nord: Union men are tired."
    changes = changed_name(spellings, text, Random(1))
    assert list(changes) == ([old] if old else [])


def test_a_small_number_changes_as_a_word_and_as_a_figure() -> None:
    changes = changed_item("three", "It took three hours. Three! 3 hours, 13 ships, 3.5 miles.", Random(1))
    changed = apply(changes, "It took three hours. Three! 3 hours, 13 ships, 3.5 miles.")
    assert re.fullmatch(r"It took (\w+) hours\. \w+! \d+ hours, 13 ships, 3\.5 miles\.", changed)
    assert "hree" not in changed
