"""The versions of an article, on the wire."""

from itertools import pairwise

from retrieval.database import Database
from retrieval.history import Version, history
from service.articles import HistoryOut, VersionOut


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
