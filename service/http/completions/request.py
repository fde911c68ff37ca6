"""What a client of OpenAI's API sends, as a question of ours.

https://platform.openai.com/docs/api-reference/chat/create
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.answering import EXTRACTIVE
from service.errors import InvalidRequest
from service.http.completions.closing import without_sources
from service.invalid import fault
from service.wire import ChatRequest, Filters, Strict, Wording, Words

AS_CONFIGURED, WITHOUT_MODEL = "parley", "parley-extractive"
ANSWERERS = {AS_CONFIGURED: None, WITHOUT_MODEL: EXTRACTIVE}
TURNS, LONGEST = 100, 20_000  # of what was said before: messages, and characters of each
IGNORED, _NAME = 50, 100  # fields that are told to change nothing, and characters of each
_TEXT = ("text", "input_text")
_ASIDE = ("system", "developer", "tool", "function")
_NEEDLESS: dict[str, tuple[object, ...]] = {
    # What is asked for besides an answer in words, with the values that ask for nothing.
    "tools": ([],),
    "functions": ([],),
    "tool_choice": ("none", "auto"),
    "function_call": ("none", "auto"),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
    "audio": (),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "web_search_options": (),
}
_REMEDY = "Leave it out: Parley answers in words of the articles, each sentence with its citations."


class PartIn(BaseModel):
    """Parts of the type `text` are read."""

    model_config = ConfigDict(frozen=True)

    type: Annotated[Words, Field(max_length=100)]
    text: str | None = None


class MessageIn(BaseModel):
    """`user` and `assistant` are what was said; a `system` or `developer` message changes nothing, since what
    Parley says is what the articles say."""

    model_config = ConfigDict(frozen=True)

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[PartIn] | None = None

    @property
    def text(self) -> str:
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return "\n".join(part.text or "" for part in self.content if part.type in _TEXT)


class OptionsIn(Strict):
    """What only Parley has; `sources`: close the text with a list of them."""

    sources: bool | None = None
    filters: Filters | None = None
    wording: Wording | None = None


class StreamOptionsIn(BaseModel):
    model_config = ConfigDict(frozen=True)

    include_usage: bool | None = None


class CompletionRequest(BaseModel):
    """Fields that aren't named here are taken, and change nothing."""

    model_config = ConfigDict(extra="allow", frozen=True)

    model: str = Field(max_length=200, description="`parley` answers as it is configured.")
    messages: list[MessageIn] = Field(
        min_length=1, max_length=10_000, description="The last one is the question."
    )
    stream: bool | None = None
    stream_options: StreamOptionsIn | None = None
    n: int | None = Field(None, description="1")
    parley: OptionsIn | None = None

    @property
    def options(self) -> OptionsIn:
        return self.parley or OptionsIn()

    @property
    def said(self) -> list[MessageIn]:
        """The messages of the conversation itself."""
        return [message for message in self.messages if message.role not in _ASIDE]

    @property
    def ignored(self) -> list[str]:
        """What was sent and changes nothing: so many at most, and of each the beginning."""
        roles = dict.fromkeys(message.role for message in self.messages if message.role in _ASIDE)
        sent = sorted(name for name, value in (self.model_extra or {}).items() if value is not None)
        named = [name[:_NAME].encode(errors="replace").decode() for name in sent[:IGNORED]]
        return [*(f"messages of the role {role}" for role in roles), *named]


def question_of(request: CompletionRequest) -> ChatRequest:
    """Raises InvalidRequest, which names the field."""
    said = [(at, m) for at, m in enumerate(request.messages) if m.role not in _ASIDE]
    if not said or said[-1][1].role != "user":
        raise _refused(
            "messages", "the last one is not the user's", remedy="Send the question as the last message."
        )
    at, asked = said[-1]
    _refuse_what_is_no_text(at, asked)
    history = [_turn(message) for _, message in said[:-1] if message.text.strip()][-TURNS:]
    try:
        return ChatRequest.model_validate(
            {
                "question": asked.text,
                "history": history or None,
                "filters": request.options.filters,
                "answerer": ANSWERERS[request.model],
                "wording": request.options.wording,
            }
        )
    except ValidationError as exc:
        raise _misread(exc, at) from exc


def _turn(message: MessageIn) -> dict[str, str]:
    text = without_sources(message.text) if message.role == "assistant" else message.text
    return {"role": message.role, "text": text.strip()[:LONGEST]}


def refuse_what_is_no_answer(request: CompletionRequest) -> None:
    """Raises InvalidRequest for what is asked for besides an answer in words."""
    if request.n not in (None, 1):
        raise _refused("n", "Parley gives one answer to a question", remedy="Leave it out, or send 1.")
    for name, harmless in _NEEDLESS.items():
        given = (request.model_extra or {}).get(name)
        if given is not None and given not in harmless:
            raise _refused(name, "Parley doesn't do this", remedy=_REMEDY)


def _refuse_what_is_no_text(at: int, message: MessageIn) -> None:
    parts: Sequence[PartIn] = message.content if isinstance(message.content, list) else ()
    for number, part in enumerate(parts):
        if part.type not in _TEXT:
            raise _refused(
                f"messages[{at}].content[{number}]",
                f"a part of the type {part.type[:50]} can't be read",
                remedy="Send text: Parley answers from the articles that it has.",
            )


def _misread(exc: ValidationError, at: int) -> InvalidRequest:
    first: dict[str, Any] = dict(exc.errors(include_url=False)[0])
    place = f"messages[{at}].content" if first["loc"][0] == "question" else "messages"
    return _refused(place, fault(first), remedy="Ask in 1 to 2,000 characters.")


def _refused(param: str, why: str, *, remedy: str) -> InvalidRequest:
    return InvalidRequest(f"{param}: {why}", remedy=remedy, param=param)
