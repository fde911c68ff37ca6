"""How several outlets that carry a text are named."""

from types import SimpleNamespace
from typing import cast

import pytest
from mcp_types import TextContent

from service.carried import also_in
from service.desk import Desk
from service.links import PageLinks
from service.mcp.tools import Tools
from tests.service.slack.making import answer, citation, quoted


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


def test_an_assistant_is_told_who_else_carries_a_source() -> None:
    cited = citation(outlet="Marl Wire", also_in=["Radio Elm"])
    asked = answer(quoted("It was said: ", ("“The talks were held in Alaska.”", 1)), citations=[cited])
    desk = SimpleNamespace(ask=lambda *_, **__: asked, link=lambda _: None, url="")
    tools = Tools(cast("Desk", desk), PageLinks(None), workers=1, patience=1.0)
    told = tools.ask("Where were they held?")
    (content,) = told.content
    assert isinstance(content, TextContent)
    assert "Marl Wire, “Talks”, 2025-08-17; also in Radio Elm." in content.text
    assert told.structured_content is not None
    assert told.structured_content["sources"][0]["also_in"] == "also in Radio Elm"
