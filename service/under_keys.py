"""What came under an Idempotency-Key before: the same request again, or another."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from service.errors import RequestConflict
from service.kept import turns

KEY_LIFE = timedelta(hours=24)


def under_key(connection: sa.Connection, principal: str, key: str, now: datetime) -> sa.RowMapping | None:
    """Keys that are too old are let go of first, and their turns stay."""
    held = turns.c.principal == principal, turns.c.idempotency_key == key
    old = turns.update().where(*held, turns.c.asked_at < now - KEY_LIFE)
    connection.execute(old.values(idempotency_key=None, request_sha256=None))
    return connection.execute(sa.select(turns).where(*held)).mappings().first()


def refuse_other(earlier: sa.RowMapping, request_sha256: str | None) -> None:
    if earlier["request_sha256"] != request_sha256:
        raise RequestConflict(
            "this Idempotency-Key came with another request before",
            remedy="Use a key of its own for each request.",
        )


def refuse_second(id_: str, *, gone: Collection[str | None]) -> None:
    """Unless the process that answers the first is gone."""
    if not gone:
        raise RequestConflict(
            "the request of this Idempotency-Key is still being answered",
            remedy=f"Follow it at /v1/answers/{id_}/events, or ask again in a few seconds.",
        )
