"""How an answer came about, on the wire."""

from dataclasses import fields
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from retrieval.article import Hit


class Told(BaseModel):
    """Read from a value of ours, field by field by name, or from JSON that we have stored."""

    model_config = ConfigDict(from_attributes=True)


def flat(*given: Any) -> dict[str, Any]:
    """The fields of all, of those that have the same name the first's."""
    return {f.name: getattr(one, f.name) for one in reversed(given) for f in fields(one)}


def unset(value: object) -> bool:
    return value is None


def empty(value: object) -> bool:
    return not value


class HitOut(Told):
    article_id: str
    version: int
    start: int
    end: int
    dense: float | None
    lexical: float | None
    fused: float

    @model_validator(mode="before")
    @classmethod
    def _with_its_chunk(cls, given: object) -> object:
        return flat(given, given.chunk) if isinstance(given, Hit) else given


class TokensOut(Told):
    """What a language model was asked for the answer, as far as its endpoint counts."""

    requests: int
    prompt: int
    completion: int


class WordedOut(Told):
    """A statement in a language model's words: told as it was written, or why not. `judge` is what the judge
    said of it, null where it wasn't asked."""

    told: bool
    reasons: list[str]
    judge: Literal["yes", "no", "failed"] | None


def no_items(value: object) -> bool:
    return not value


class DiagnosticsOut(Told):
    """`left_out` counts by reason the passages found that a language model wasn't shown. `worded` are its
    statements, in the order that it made them."""

    dropped: dict[str, int]
    degraded: str | None
    hits: list[HitOut] | None = Field(None, exclude_if=unset)
    left_out: dict[str, int] | None = Field(None, exclude_if=unset)
    tokens: TokensOut | None = Field(None, exclude_if=unset)
    worded: list[WordedOut] = Field(default=[], exclude_if=no_items)
