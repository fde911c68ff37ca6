"""Our answer in the shapes of OpenAI's API.

The text is the statements, a blank line between them, each with its markers: "… [1][2]". A heading is a line
of its own. An annotation spans one marker, half-open, in Unicode code points. What a client that takes the
text for Markdown would make a link, an image or HTML of is broken by a character that isn't seen; `parley`
has every word as it is.
"""

import time
from collections.abc import Callable
from typing import Any, Literal

from pydantic import BaseModel

from service.answering.composed import inert
from service.http.completions.closing import sources
from service.http.completions.request import CompletionRequest
from service.wire import AnswerOut, CitationOut, StatementOut

Address = Callable[[CitationOut], str]
_GAP = "\n\n"


class UrlCitationOut(BaseModel):
    start_index: int
    end_index: int
    title: str
    url: str


class AnnotationOut(BaseModel):
    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitationOut


class CompletionMessageOut(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[AnnotationOut] = []


class ChoiceOut(BaseModel):
    index: Literal[0] = 0
    message: CompletionMessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class UsageOut(BaseModel):
    """Tokens of the language model that was asked, as far as its endpoint counts; zero where none was."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ParleyOut(AnswerOut):
    """The whole answer, as POST /v1/chat gives it; `ignored` is what was sent and changed nothing."""

    ignored: list[str]


class CompletionOut(BaseModel):
    """`parley` is null where a client asked for something of its own, such as a title for a conversation."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[ChoiceOut]
    usage: UsageOut
    parley: ParleyOut | None


class Told:
    """The text as it is told, statement by statement, and where its markers stand."""

    def __init__(self) -> None:
        self.text = ""
        self.markers: list[tuple[int, int, int]] = []  # citation, start, end
        self._above: str | None = None

    def add(self, statement: StatementOut) -> str:
        """What this adds to the text."""
        before = len(self.text)
        lead = _GAP if self.text else ""
        if statement.heading and statement.heading != self._above:
            lead += inert(statement.heading) + _GAP
        self._above = statement.heading
        self.text += lead + inert(statement.text) + (" " if statement.citations else "")
        for number in statement.citations:
            marker = f"[{number}]"
            self.markers.append((number, len(self.text), len(self.text) + len(marker)))
            self.text += marker
        return self.text[before:]

    def annotations(self, answer: AnswerOut, address: Address) -> list[AnnotationOut]:
        """None of what was withdrawn since."""
        cited = {citation.id: citation for citation in answer.cited}
        opens = {number: address(citation) for number, citation in cited.items()}
        return [
            AnnotationOut(
                url_citation=UrlCitationOut(
                    start_index=start, end_index=end, title=_title(cited[number]), url=opens[number]
                )
            )
            for number, start, end in self.markers
            if number in cited
        ]


def told(answer: AnswerOut) -> Told:
    """All of it."""
    said = Told()
    for statement in answer.statements:
        said.add(statement)
    return said


def completion(
    request: CompletionRequest, answer: AnswerOut, *, address: Address, closing: bool
) -> CompletionOut:
    """`closing`: with the list of sources."""
    said = told(answer)
    content = said.text + (sources(answer, address) if closing else "")
    message = CompletionMessageOut(content=content, annotations=said.annotations(answer, address))
    return CompletionOut(
        id=answer.id,
        created=int(time.time()),
        model=request.model,
        choices=[ChoiceOut(message=message)],
        usage=usage(answer),
        parley=whole(request, answer),
    )


def whole(request: CompletionRequest, answer: AnswerOut) -> ParleyOut:
    return ParleyOut(**dict(answer), ignored=request.ignored)


def usage(answer: AnswerOut | None) -> UsageOut:
    tokens = answer.diagnostics.tokens if answer else None
    asked, said = (tokens.prompt, tokens.completion) if tokens else (0, 0)
    return UsageOut(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)


def plain(value: BaseModel) -> dict[str, Any]:
    return value.model_dump(mode="json")


def _title(citation: CitationOut) -> str:
    article = citation.article
    return article.title or f"Untitled, {article.outlet or 'unknown outlet'}"
