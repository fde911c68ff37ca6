"""What is found where a person pointed, before it is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from retrieval.article import Facts
from retrieval.errors import ParleyError
from retrieval.sources import Source


class Skipped(StrEnum):
    """Why something is passed over, in words that follow "skipped, "."""

    HIDDEN = "hidden"
    NO_READER = "no reader for its type"
    LINK = "a link to a folder"
    OUTSIDE = "a link that leads outside"
    SAME = "named already"
    BEYOND = "beyond the newest entries of its feed"


@dataclass(frozen=True, slots=True)
class Left:
    """Not taken: refused where there is an `error`, else skipped."""

    name: str
    error: ParleyError | None = None
    why: Skipped | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """`count` articles, as far as that is known before they are read; `read` raises nothing of ours."""

    name: str
    count: int
    read: Callable[[], "Iterator[Source | Left]"]


@dataclass(frozen=True, slots=True)
class Given:
    """What is told of an article, and the identity that is declared for it, or None."""

    facts: Facts = field(default_factory=Facts)
    id: str | None = None

    def over(self, other: "Given") -> "Given":
        """Fact by fact, the other's where this tells none."""
        mine = {f.name: getattr(self.facts, f.name) for f in fields(Facts)}
        told = {name: fact for name, fact in mine.items() if fact}
        return Given(replace(other.facts, **told), self.id or other.id)

    def source(self, name: str, data: bytes) -> Source:
        return Source(name, data, self.facts, self.id)


NOTHING = Given()
