"""The shapes on the wire: what a client sends, and our answer exactly as it is sent and stored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from retrieval.sources import is_date
from service.account import DiagnosticsOut, Told, empty, flat, unset
from service.answering import CitedArticle, ProducedBy

ArticleId = Annotated[str, StringConstraints(pattern=r"^a_[0-9a-f]{32}$")]
Wording = Literal["quotes", "checked"]
AnswererName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,50}$")]
AnswerId = Annotated[str, StringConstraints(pattern=r"^ans_[0-9a-f]{32}$")]
ConversationId = Annotated[str, StringConstraints(pattern=r"^c_[0-9a-f]{32}$")]


def _no_control(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("holds a NUL or half of a surrogate pair")
    return text


def _date(text: str) -> str:
    if not is_date(text):
        raise ValueError("is neither YYYY-MM-DD nor RFC 3339 with an offset")
    return text


# The patterns are for the interface's document; the functions decide, and say what is wrong.
Words = Annotated[
    str,
    AfterValidator(_no_control),
    Field(json_schema_extra={"minLength": 1, "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}),
]
When = Annotated[
    str,
    AfterValidator(_date),
    Field(json_schema_extra={"pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$"}),
]


class Strict(BaseModel):
    """An unknown field is an error, so that a misspelt one isn't ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnIn(Strict):
    role: Literal["user", "assistant"]
    text: Annotated[Words, Field(max_length=20_000)]


class Filters(Strict):
    """Undated articles fit no date. `as_of` leaves out what was published later, and articles whose text has
    changed since."""

    article_ids: Annotated[list[ArticleId], Field(max_length=500)] | None = None
    outlets: Annotated[list[Words], Field(max_length=100)] | None = None
    no_outlet: bool | None = Field(None, description="Those whose outlet isn't known, beside `outlets`.")
    from_: When | None = Field(None, alias="from")
    to: When | None = None
    as_of: When | None = None


class ChatRequest(Strict):
    question: Annotated[Words, Field(max_length=2_000, description="In code points.")]
    conversation_id: ConversationId | None = None
    history: Annotated[list[TurnIn], Field(max_length=100)] | None = None
    in_place_of: AnswerId | None = Field(
        None,
        description="An answer of this conversation, such as one whose question was edited: it stays stored, "
        "and is no longer read as said before. This question is read as that one was.",
    )
    filters: Filters | None = None
    answerer: AnswererName | None = None
    wording: Wording | None = Field(
        None, description="`quotes`: a model's words only where they are a sentence cut short."
    )
    include: Annotated[list[Literal["hits"]], Field(max_length=1)] | None = None

    @model_validator(mode="after")
    def _in_a_conversation(self) -> "ChatRequest":
        if self.in_place_of is not None and self.conversation_id is None:
            raise ValueError(
                "`in_place_of` names an answer of the conversation: send its `conversation_id` too"
            )
        return self


class FeedbackIn(Strict):
    """What a reader thinks of an answer; `reason` says what is wrong with it."""

    rating: Literal["up", "down"]
    reason: Literal["wrong", "unsupported", "outdated", "missing"] | None = None
    comment: Annotated[Words, Field(max_length=2_000)] | None = None

    @model_validator(mode="after")
    def _reason_of_a_fault(self) -> "FeedbackIn":
        if self.rating == "up" and self.reason is not None:
            raise ValueError('a `reason` goes with the rating "down" alone')
        return self


class OutletOut(BaseModel):
    name: str
    articles: int


class AboutOut(BaseModel):
    """What may be asked about: `latest` is the calendar day of the newest article that has a date, `outlets`
    those with the most articles, the most first."""

    articles: int
    undated: int
    latest: str | None
    outlets: list[OutletOut]
    questions: list[str]


class PartOut(Told):
    text: str
    origin: Literal["article", "model", "parley"]
    citation: int | None


class StatementOut(Told):
    """`heading`, only where an answer is ordered by day, party or part, is Parley's, and claims nothing.
    Statements that follow one another with the same one stand under it together."""

    id: str
    kind: Literal["quote", "paraphrase", "notice"]
    text: str
    start: int
    end: int
    parts: list[PartOut]
    citations: list[int]
    heading: str | None = Field(None, exclude_if=unset)


class CitedArticleOut(Told):
    id: str
    version: int
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    sha256: str
    link: str

    @model_validator(mode="before")
    @classmethod
    def _with_facts(cls, given: object) -> object:
        return flat(given, given.facts) if isinstance(given, CitedArticle) else given


class QuoteOut(Told):
    text: str
    start: int
    end: int


class SaidOut(Told):
    speaker: str | None
    to: str | None
    venue: str | None
    when: str | None


class CitationOut(Told):
    """`also_in`, only where there are any: the first other articles that carry the same text, which counts
    once, each with the link that marks it there; `also_in_more` counts the rest;
    `also_in_nearly` where the text of one that is named differs somewhere."""

    id: int
    article: CitedArticleOut
    quote: QuoteOut
    said: SaidOut | None
    check: Literal["exact", "normalised"]
    also_in: list[CitedArticleOut] = Field([], exclude_if=empty)
    also_in_more: int = Field(0, exclude_if=empty)
    also_in_nearly: bool = Field(False, exclude_if=empty)


class WithdrawnOut(BaseModel):
    """In the place of a citation whose article was purged."""

    id: int
    withdrawn: Literal[True] = True


Cited = CitationOut | WithdrawnOut


class ConflictOut(Told):
    about: str
    citations: list[int]


class PromptOut(Told):
    name: str
    version: str
    hash: str


class ProducedByOut(Told):
    answerer: str
    model: str | None
    prompt: PromptOut | None
    corpus_version: int

    @model_validator(mode="before")
    @classmethod
    def _with_its_maker(cls, given: object) -> object:
        return flat(given, given.made_by) if isinstance(given, ProducedBy) else given


class AnswerOut(Told):
    id: str
    conversation_id: str
    question: str
    standalone_question: str
    status: Literal["answered", "partial", "abstained", "clarification"]
    text: str
    statements: list[StatementOut]
    citations: list[Cited]
    unanswered: list[str]
    conflicts: list[ConflictOut]
    produced_by: ProducedByOut
    diagnostics: DiagnosticsOut
    timings: dict[str, float]
    in_place_of: str | None = Field(None, exclude_if=unset, description="The answer that it replaces.")

    @property
    def cited(self) -> list[CitationOut]:
        """The citations that weren't withdrawn."""
        return [citation for citation in self.citations if isinstance(citation, CitationOut)]


class SharedOut(BaseModel):
    """`link` is a path where no public address is set. `expires` is null where no key is needed."""

    link: str
    expires: datetime | None


class TurnOut(BaseModel):
    """`interrupted`: the service stopped while it answered; ask again."""

    question: str
    asked_at: datetime
    state: Literal["answered", "in_progress", "interrupted"]
    answer: AnswerOut | None


class ConversationOut(BaseModel):
    id: str
    turns: list[TurnOut]


class ConversationSummary(BaseModel):
    """`title` is the name it was given (`named`), else its first question. `updated`: when the last question
    was asked. `turns`: how many there are."""

    id: str
    title: str
    named: bool
    updated: datetime
    turns: int


class ConversationList(BaseModel):
    """The one last asked in first. `next_cursor` is null at the end."""

    conversations: list[ConversationSummary]
    next_cursor: str | None


class ConversationExport(ConversationOut):
    title: str
    updated: datetime


class ConversationName(Strict):
    title: Annotated[Words, Field(max_length=200)]


class Problem(BaseModel):
    """RFC 9457, with a code of ours and what to do about it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    remedy: str
    retryable: bool
