"""The shapes on the wire: what a client sends, and our answer exactly as it is sent and stored."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from retrieval.article import Hit
from retrieval.sources import is_date
from service.answering.answer import Answer, Citation, Diagnostics, ProducedBy, Statement

ArticleId = Annotated[str, StringConstraints(pattern=r"^a_[0-9a-f]{32}$")]
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
    """Undated articles fit no date. `as_of` leaves out what was published later."""

    article_ids: Annotated[list[ArticleId], Field(max_length=500)] | None = None
    outlets: Annotated[list[Words], Field(max_length=100)] | None = None
    from_: When | None = Field(None, alias="from")
    to: When | None = None
    as_of: When | None = None


class ChatRequest(Strict):
    question: Annotated[Words, Field(max_length=2_000, description="In code points.")]
    conversation_id: ConversationId | None = None
    history: Annotated[list[TurnIn], Field(max_length=100)] | None = None
    filters: Filters | None = None
    answerer: Literal["extractive", "generative"] | None = None
    include: Annotated[list[Literal["hits"]], Field(max_length=1)] | None = None


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


class PartOut(BaseModel):
    text: str
    origin: Literal["article", "parley"]
    citation: int | None


class StatementOut(BaseModel):
    id: str
    kind: Literal["quote", "paraphrase", "notice"]
    text: str
    start: int
    end: int
    parts: list[PartOut]
    citations: list[int]


class CitedArticleOut(BaseModel):
    id: str
    version: int
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    sha256: str
    link: str


class QuoteOut(BaseModel):
    text: str
    start: int
    end: int


class SaidOut(BaseModel):
    speaker: str | None
    to: str | None
    venue: str | None
    when: str | None


class CitationOut(BaseModel):
    id: int
    article: CitedArticleOut
    quote: QuoteOut
    said: SaidOut | None
    check: Literal["exact", "normalised"]


class WithdrawnOut(BaseModel):
    """In the place of a citation whose article was purged."""

    id: int
    withdrawn: Literal[True] = True


Cited = CitationOut | WithdrawnOut


class ConflictOut(BaseModel):
    about: str
    citations: list[int]


class PromptOut(BaseModel):
    name: str
    version: str
    hash: str


class ProducedByOut(BaseModel):
    answerer: Literal["extractive", "generative"]
    model: str | None
    prompt: PromptOut | None
    corpus_version: int


class HitOut(BaseModel):
    article_id: str
    version: int
    start: int
    end: int
    dense: float | None
    lexical: float | None
    fused: float


class TokensOut(BaseModel):
    """What a language model was asked for the answer, as far as its endpoint counts."""

    requests: int
    prompt: int
    completion: int


def _unset(value: object) -> bool:
    return value is None


class DiagnosticsOut(BaseModel):
    """`left_out` counts by reason the passages found that a language model wasn't shown."""

    dropped: dict[str, int]
    degraded: str | None
    hits: list[HitOut] | None = Field(None, exclude_if=_unset)
    left_out: dict[str, int] | None = Field(None, exclude_if=_unset)
    tokens: TokensOut | None = Field(None, exclude_if=_unset)


class AnswerOut(BaseModel):
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

    @property
    def cited(self) -> list[CitationOut]:
        """The citations that weren't withdrawn."""
        return [citation for citation in self.citations if isinstance(citation, CitationOut)]


class TurnOut(BaseModel):
    """`interrupted`: the service stopped while it answered; ask again."""

    question: str
    asked_at: datetime
    state: Literal["answered", "in_progress", "interrupted"]
    answer: AnswerOut | None


class ConversationOut(BaseModel):
    id: str
    turns: list[TurnOut]


class Problem(BaseModel):
    """RFC 9457, with a code of ours and what to do about it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    remedy: str
    retryable: bool


def answer_out(answer: Answer) -> AnswerOut:
    plain: dict[str, Any] = {
        name: getattr(answer, name)
        for name in ("id", "conversation_id", "question", "standalone_question", "text", "timings")
    }
    return AnswerOut(
        **plain,
        status=answer.status.value,
        statements=[statement_out(statement) for statement in answer.statements],
        citations=[citation_out(citation) for citation in answer.citations],
        unanswered=list(answer.unanswered),
        conflicts=[ConflictOut(about=c.about, citations=list(c.citations)) for c in answer.conflicts],
        produced_by=_produced_by(answer.produced_by),
        diagnostics=_diagnostics(answer.diagnostics),
    )


def _diagnostics(known: Diagnostics) -> DiagnosticsOut:
    tokens = known.tokens
    return DiagnosticsOut(
        dropped=known.dropped,
        degraded=known.degraded,
        hits=None if known.hits is None else [hit_out(hit) for hit in known.hits],
        left_out=known.left_out,
        tokens=None if tokens is None else TokensOut.model_validate(asdict(tokens)),
    )


def hit_out(hit: Hit) -> HitOut:
    return HitOut(
        article_id=hit.chunk.article_id,
        version=hit.chunk.version,
        start=hit.chunk.start,
        end=hit.chunk.end,
        dense=hit.dense,
        lexical=hit.lexical,
        fused=hit.fused,
    )


def _produced_by(produced: ProducedBy) -> ProducedByOut:
    made_by = produced.made_by
    return ProducedByOut.model_validate(
        {
            "answerer": made_by.answerer,
            "model": made_by.model,
            "prompt": None if made_by.prompt is None else asdict(made_by.prompt),
            "corpus_version": produced.corpus_version,
        }
    )


def statement_out(statement: Statement) -> StatementOut:
    return StatementOut(
        id=statement.id,
        kind=statement.kind.value,
        text=statement.text,
        start=statement.start,
        end=statement.end,
        parts=[PartOut(text=p.text, origin=p.origin.value, citation=p.citation) for p in statement.parts],
        citations=list(statement.citations),
    )


def citation_out(citation: Citation) -> CitationOut:
    article, quote, said = citation.article, citation.quote, citation.said
    return CitationOut.model_validate(
        {
            "id": citation.id,
            "article": {
                "id": article.id,
                "version": article.version,
                "title": article.facts.title,
                "outlet": article.facts.outlet,
                "published": article.facts.published,
                "url": article.facts.url,
                "sha256": article.sha256,
                "link": article.link,
            },
            "quote": {"text": quote.text, "start": quote.start, "end": quote.end},
            "said": None
            if said is None
            else {"speaker": said.speaker, "to": said.to, "venue": said.venue, "when": said.when},
            "check": citation.check,
        }
    )
