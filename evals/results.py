"""What a run keeps of each case: all that is needed to score again without asking again."""

from dataclasses import dataclass, field

from evals.cases import CaseKind, Split


@dataclass(frozen=True, slots=True)
class ResultStatement:
    """`kind` is quote, paraphrase or notice; `citations` are ids of the result's citations."""

    text: str
    kind: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResultCitation:
    """`doc_id` is the suite document's, None where the cited article is none of them. `exact`: the text of
    that document, `[start:end]`, equals `quote`. `elsewhere`: the target has the article and the suite
    hasn't, so that neither can be told."""

    id: int
    doc_id: str | None
    start: int
    end: int
    quote: str
    exact: bool
    speaker: str | None = None
    to: str | None = None
    venue: str | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class ResultHit:
    """A retrieved passage, best first; a score is None where that search didn't bring it."""

    doc_id: str
    start: int
    end: int
    dense: float | None
    lexical: float | None
    fused: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was asked for the case: requests, and tokens as far as its endpoint counts."""

    requests: int
    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class CaseResult:
    """`status` as on the wire; `error` is set, and the rest empty, where the target failed on this case.
    `degraded` is the code of what kept a language model from answering, `dropped` counts what verification
    refused of what it said, by reason. `conflicts` are the citations that are held against each other."""

    case_id: str
    kind: CaseKind | None
    split: Split
    trial: int
    question: str
    standalone_question: str
    status: str
    text: str
    statements: tuple[ResultStatement, ...] = ()
    citations: tuple[ResultCitation, ...] = ()
    hits: tuple[ResultHit, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    error: str | None = None
    confidence: float | None = None
    degraded: str | None = None
    dropped: dict[str, int] = field(default_factory=dict)
    usage: Usage | None = None
    conflicts: tuple[tuple[int, ...], ...] = ()
