"""Which articles a question may be answered from."""

from dataclasses import dataclass

from retrieval.record import Record
from retrieval.selecting import Wanted, select_articles
from service.errors import InvalidRequest
from service.wire import Filters


@dataclass(frozen=True, slots=True)
class Scope:
    """None is all. A day left out `undated` articles for want of a date, and `changed` as their text came
    later."""

    article_ids: frozenset[str] | None = None
    undated: int = 0
    changed: int = 0


def scope_of(record: Record, filters: Filters | None) -> Scope:
    """Raises InvalidRequest for an article that isn't there."""
    if filters is None or not filters.model_dump(exclude_none=True):
        return Scope()
    wanted = Wanted(
        ids=filters.article_ids,
        outlets=filters.outlets,
        no_outlet=filters.no_outlet or False,
        published_from=filters.from_,
        published_to=filters.to,
        as_of=filters.as_of,
    )
    unknown = set(filters.article_ids or ()) - record.existing(filters.article_ids or ())
    if unknown:
        raise InvalidRequest(
            f"filters.article_ids: there is no article {min(unknown)}",
            remedy="GET /v1/articles lists the articles; leave out those that were deleted.",
        )
    found = select_articles(record.database, wanted)
    return Scope(found.ids, found.undated, found.changed)
