"""Which articles a question may be answered from."""

from dataclasses import dataclass

from retrieval.record import Record
from service.errors import InvalidRequest
from service.wire import Filters


@dataclass(frozen=True, slots=True)
class Scope:
    """None is all. `undated` counts those that a date filter left out for want of a date."""

    article_ids: frozenset[str] | None = None
    undated: int = 0


def scope_of(record: Record, filters: Filters | None) -> Scope:
    """Raises InvalidRequest for an article that isn't there."""
    if filters is None or not filters.model_dump(exclude_none=True):
        return Scope()
    bounds = [day for day in (filters.to, filters.as_of) if day is not None]
    ids = record.select_articles(
        ids=filters.article_ids,
        outlets=filters.outlets,
        no_outlet=filters.no_outlet or False,
        published_from=filters.from_,
        published_to=min(bounds, key=lambda day: day[:10]) if bounds else None,
    )
    unknown = set(filters.article_ids or ()) - record.existing(filters.article_ids or ())
    if unknown:
        raise InvalidRequest(
            f"filters.article_ids: there is no article {min(unknown)}",
            remedy="GET /v1/articles lists the articles; leave out those that were deleted.",
        )
    dated = bool(bounds or filters.from_)
    return Scope(frozenset(ids), record.undated_count() if dated else 0)
