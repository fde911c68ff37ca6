"""How several outlets that carry a text are named."""

import pytest

from service.carried import also_in
from tests.service.slack.making import citation


@pytest.mark.parametrize(
    ("others", "more", "told"),
    [
        ([], 0, ""),
        (["Radio Elm"], 0, "also in Radio Elm"),
        (["Radio Elm", "Tide Post"], 0, "also in Radio Elm and Tide Post"),
        (["Radio Elm", "Tide\n Post", "radio elm"], 0, "also in Radio Elm and Tide Post"),
        (["A", "B", "C", "D", None], 3, "also in A, B, C and 5 more"),
        (["A", None], 0, "also in A and 1 more"),
        ([None], 0, "also in 1 more article"),
        ([None, "marl wire"], 0, "also in 2 more articles"),
    ],
)
def test_the_others_are_named_each_once(others: list[str | None], more: int, told: str) -> None:
    cited = citation(outlet="Marl Wire", also_in=others)
    assert also_in(cited.model_copy(update={"also_in_more": more})) == told
