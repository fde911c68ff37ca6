"""What an assistant is told of an answer."""

from types import SimpleNamespace
from typing import cast

from mcp_types import TextContent

from service.desk import Desk
from service.links import PageLinks
from service.mcp.tools import Tools
from tests.service.slack.making import answer, citation, quoted


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
