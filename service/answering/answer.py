"""What an answer is: statements, each tied to quotations that stand in an article.

An answerer proposes `Draft`s; verification and numbering turn them into an `Answer`. The invariants:
every statement but a notice has a citation; in a `quote` every part of origin `article` equals its
citation's quote; the parts of a statement, joined, are its text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.article import Facts, Hit, Quote


class StatementKind(StrEnum):
    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    NOTICE = "notice"


class Origin(StrEnum):
    ARTICLE = "article"
    MODEL = "model"  # or a package's answerer: words that its citation bears out
    PARLEY = "parley"


class Status(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    ABSTAINED = "abstained"
    CLARIFICATION = "clarification"


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it, to whom, where and when: strings as the article has them, None where it doesn't say."""

    speaker: str | None = None
    to: str | None = None
    venue: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A run of a proposed statement. `quote` is set exactly where the words are an article's.

    `check` tells whether the answerer's own words equalled the quotation or its normalised twin.
    """

    text: str
    quote: Quote | None = None
    said: Said | None = None
    check: str = "exact"


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as an answerer proposes it, before verification and numbering. `instead` are the quotations
    that take its place, with who said them, where its own words aren't borne out. `heading` is what it is to
    stand under (headings.py). `once`: not told where its quotation was told, or bears out what was."""

    kind: StatementKind
    parts: tuple[DraftPart, ...]
    instead: tuple["Draft", ...] = ()
    heading: str | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class ProposedConflict:
    """Quotations that say different things about the same matter."""

    about: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PromptUsed:
    name: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Which answerer made it: of a generative one, with which model and prompt."""

    answerer: str = "extractive"
    model: str | None = None
    prompt: PromptUsed | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a language model was asked for an answer, as far as its endpoint counts."""

    requests: int = 0
    prompt: int = 0
    completion: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(
            self.requests + other.requests, self.prompt + other.prompt, self.completion + other.completion
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an answerer makes of a question: its drafts and the parts of the question left unanswered.

    `confidence`, in [0, 1], is how sure the answerer is that the passages answer; None where it can't say.
    `degraded` is the code of what kept a better answerer from answering. `refused` counts by reason what the
    answerer itself kept back, `left_out` the passages that it wasn't shown.
    """

    status: Status
    drafts: tuple[Draft, ...]
    unanswered: tuple[str, ...] = ()
    confidence: float | None = None
    conflicts: tuple[ProposedConflict, ...] = ()
    made_by: Maker = Maker()
    degraded: str | None = None
    refused: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] | None = None
    tokens: Tokens | None = None


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    origin: Origin
    citation: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """`start` and `end` mark the statement in the answer's text, citation markers left out. `heading`, words
    of ours that claim nothing, is what it stands under, with those that follow and have the same."""

    id: str
    kind: StatementKind
    text: str
    start: int
    end: int
    parts: tuple[Part, ...]
    citations: tuple[int, ...]
    heading: str | None = None


def heading_line(heading: str | None, before: str | None) -> str:
    """The line of an answer's text that opens a statement, if the one before doesn't stand under the same."""
    return f"{heading}\n" if heading and heading != before else ""


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """`title` is as known, or None; `link` opens our page of that version with the quotation marked."""

    id: str
    version: int
    facts: Facts
    sha256: str
    link: str


@dataclass(frozen=True, slots=True)
class Citation:
    """`check` tells whether the answerer's own words equalled the stored quotation or its normalised twin.
    `also_in` are the first of the other articles that carry the same text, `also_in_more` counts the rest;
    `also_in_nearly` where one of those that are named carries it with other words somewhere."""

    id: int
    article: CitedArticle
    quote: Quote
    said: Said | None
    check: str = "exact"
    also_in: tuple[CitedArticle, ...] = ()
    also_in_more: int = 0
    also_in_nearly: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    about: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProducedBy:
    made_by: Maker
    corpus_version: int


@dataclass(frozen=True, slots=True)
class Worded:
    """What became of a statement in an answerer's own words: told as it was written, or why it wasn't, and
    the word of a judge, if one was asked."""

    told: bool
    reasons: tuple[str, ...] = ()
    judge: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """`dropped` counts what verification refused, by reason. `hits` are kept only when asked for. `left_out`
    counts by reason the passages that a language model wasn't shown, `tokens` what it was asked. `worded` are
    the statements in its words that came to be verified, in their order."""

    dropped: dict[str, int] = field(default_factory=dict)
    degraded: str | None = None
    hits: tuple[Hit, ...] | None = None
    confidence: float | None = None
    left_out: dict[str, int] | None = None
    tokens: Tokens | None = None
    worded: tuple[Worded, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    id: str
    conversation_id: str
    question: str
    standalone_question: str
    status: Status
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    unanswered: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    produced_by: ProducedBy
    diagnostics: Diagnostics
    timings: dict[str, float]
