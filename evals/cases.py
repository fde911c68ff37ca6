"""What a suite is made of.

A suite is a folder: `suite.yaml`, a corpus (`corpus.jsonl`, or a list of article files in suite.yaml) and
`cases.jsonl`. docs/evals.md has the format; evals/suite.py reads it.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class CaseKind(StrEnum):
    SINGLE_FACT = "single_fact"
    ATTRIBUTION = "attribution"
    MULTI_SOURCE = "multi_source"
    CONFLICT = "conflict"
    UNANSWERABLE = "unanswerable"
    FALSE_PREMISE = "false_premise"
    TEMPORAL = "temporal"
    NUMERIC = "numeric"
    FOLLOW_UP = "follow_up"
    UNDERSPECIFIED = "underspecified"
    ADVERSARIAL = "adversarial"


class Split(StrEnum):
    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Document:
    """An article of a suite's corpus. `text` is what quotes and offsets refer to."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Gold. A null quote is gold at the level of the document."""

    doc_id: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that a good answer holds: `any` are its spellings, `evidence` indexes the case's evidence.
    After Voorhees (TREC 2003 QA): vital, or merely okay."""

    text: str
    vital: bool
    any: tuple[str, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldSaid:
    """Who said it: `speaker` in any of its spellings, `to` the listener or venue, `quote` the words."""

    speaker: tuple[str, ...]
    to: tuple[str, ...]
    quote: str | None


@dataclass(frozen=True, slots=True)
class CaseTurn:
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known of a right answer. `turns` are what was said before it, oldest
    first, the question itself left out. `kind` is None in external sets. `statuses` are those that a right
    answer has, where not every way to abstain or to ask back is right."""

    id: str
    question: str
    kind: CaseKind | None = None
    turns: tuple[CaseTurn, ...] = ()
    answerable: bool = True
    statuses: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    said: tuple[GoldSaid, ...] = ()
    forbidden: tuple[str, ...] = ()
    split: Split = Split.DEV
    notes: str = ""
    given_doc: str | None = None


@dataclass(frozen=True, slots=True)
class Gates:
    """What a run must hold: `floors` by metric name; `regression` compares with the baseline by case
    ("case") or by the paired interval ("interval"). `given`: suite.yaml says so, be it the same as here."""

    floors: dict[str, float] = field(default_factory=dict)
    invariants: tuple[str, ...] = ("quote_exactness",)
    regression: str = "interval"
    given: bool = field(default=False, compare=False)

    @property
    def are_set(self) -> bool:
        return self.given or self != Gates()


@dataclass(frozen=True, slots=True)
class Suite:
    """`refused` are the ids of articles that Parley doesn't take, with why; `unscored` the cases that need
    one. Neither is among `documents` and `cases`."""

    name: str
    version: str
    licence: str
    folder: Path
    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    gates: Gates
    baseline: Path | None
    extra: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unscored: tuple[Case, ...] = ()
