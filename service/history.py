"""The versions of an article, on the wire."""

from itertools import pairwise
from typing import Literal

from pydantic import BaseModel

from retrieval.database import Database
from retrieval.history import Version, history


class ChangedOut(BaseModel):
    """A fact of an article: null, or no author, is unknown."""

    fact: Literal["title", "outlet", "published", "url", "authors", "language"]
    before: str | list[str] | None
    after: str | list[str] | None


class VersionOut(BaseModel):
    """`changed` and `text_changed` are against the version before it that is kept; the first has none."""

    version: int
    retrieved_at: str
    outcome: Literal["added", "updated"]
    text_changed: bool
    changed: list[ChangedOut]


class HistoryOut(BaseModel):
    """`latest_version` is the one that is searched; null where the article was deleted."""

    id: str
    latest_version: int | None
    deleted_at: str | None
    versions: list[VersionOut]


def history_out(database: Database, article_id: str) -> HistoryOut:
    """Raises ArticleNotFound."""
    found = history(database, article_id)
    return HistoryOut(
        id=article_id,
        latest_version=found.current,
        deleted_at=found.deleted_at and found.deleted_at.isoformat(),
        versions=[_out(now, before) for before, now in pairwise([None, *found.versions]) if now],
    )


def _out(now: Version, before: Version | None) -> VersionOut:
    changed = {} if before is None else now.changed(before)
    return VersionOut.model_validate(
        {
            "version": now.number,
            "retrieved_at": now.retrieved_at.isoformat(),
            "outcome": "added" if now.number == 1 else "updated",
            "text_changed": before is not None and before.text_sha256 != now.text_sha256,
            "changed": [
                {"fact": fact, "before": _shown(was), "after": _shown(is_)}
                for fact, (was, is_) in changed.items()
            ],
        }
    )


def _shown(fact: object) -> object:
    return list(fact) if isinstance(fact, tuple) else fact
