"""What became of a source."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.article import Span
from retrieval.errors import ParleyError


class Outcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one source. `article_id` and `version` are None, and `error` set, where it was
    refused. `left_out` is what isn't searched of a text that is too long. `duplicate_of` is the other name
    under which the same text came before. `notes` are what is told of the reading, such as how much of a page
    was hidden."""

    name: str
    outcome: Outcome
    article_id: str | None = None
    version: int | None = None
    error: ParleyError | None = None
    left_out: Span | None = None
    duplicate_of: str | None = None
    notes: tuple[str, ...] = ()
