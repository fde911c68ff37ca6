"""Keys in the record: whom the service lets in, and to what.

Of a key the record has the SHA-256 alone. A slow hash would guard what people think up, which can be guessed;
nobody guesses 256 random bits. They are looked up by that digest, so that the time it takes says nothing of
the key. A key that was revoked or has expired stays listed until it is erased: were it gone, the service
whose last key ends would stand open.
"""

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from retrieval.database import Database, zoned
from retrieval.erasure import RECORD, mark, rewrite_record
from retrieval.errors import DataDirectoryLocked
from retrieval.identity import refuse_lost
from retrieval.lock import DataDirectoryLock
from retrieval.postgres import postgres_url
from retrieval.private import RECORD_NAME, keep_private
from service.answers import AnswerStore
from service.config import KEY_PRINCIPAL, Settings
from service.errors import KeyRefused
from service.kept import access_keys

STALE_SECONDS = 1.0
_ID = re.compile(r"k_[0-9a-f]{12}")
_MARK = "pk_"
_NAME = 64  # characters


class KeyScope(StrEnum):
    """What a key may be good for, each for itself: none takes in another."""

    READ = "read"
    ASK = "ask"
    INGEST = "ingest"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    name: str
    scopes: frozenset[KeyScope]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    @property
    def principal(self) -> str:
        """Whose conversations and answers it opens."""
        return KEY_PRINCIPAL + self.id

    def state(self, now: datetime) -> str:
        """`live`, `revoked` or `expired`."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now else "live"


@dataclass(frozen=True, slots=True)
class Created:
    """`token` is what is sent as the key, and is kept nowhere."""

    key: Key
    token: str


class Keys:
    """Changed here, it is seen by a service that runs over the same record within a second."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._seen: Mapping[str, Key] = {}  # by digest
        self._at = float("-inf")

    @property
    def any(self) -> bool:
        """Also of those that let nobody in any more."""
        return bool(self._lately())

    def holder(self, token: bytes) -> Key | None:
        """The live key that this is."""
        return _live(self._lately().get(hashlib.sha256(token).hexdigest()))

    def live(self, id_: str) -> Key | None:
        return _live(next((key for key in self._lately().values() if key.id == id_), None))

    def create(
        self, name: str, scopes: Collection[KeyScope], *, expires_at: datetime | None = None
    ) -> Created:
        """Raises KeyRefused for a name that can't be or that a live key has, and for an end that is past."""
        now, token = datetime.now(UTC), _MARK + secrets.token_urlsafe(32)
        key = Key(f"k_{secrets.token_hex(6)}", name, frozenset(scopes), now, expires_at, None)
        _refuse_unfit(key, now)
        row = {"digest": hashlib.sha256(token.encode()).hexdigest(), **_row(key)}
        with self._database.write() as connection:
            if any(_live(other) for other in _named(connection, name)):
                raise KeyRefused(
                    f"there is a key {name} already", remedy="Revoke that one, or name this another."
                )
            connection.execute(access_keys.insert().values(row))
        return Created(key, token)

    def listed(self) -> list[Key]:
        """The oldest first."""
        return list(self._read().values())

    def revoke(self, name_or_id: str) -> Key:
        """From then on it lets nobody in; what was asked by it stays. Raises KeyRefused."""
        with self._database.write() as connection:
            found = _named(connection, name_or_id)
            key = _one([key for key in found if key.revoked_at is None] or found, name_or_id)
            its = access_keys.c.id == key.id, access_keys.c.revoked_at.is_(None)
            connection.execute(access_keys.update().where(*its).values(revoked_at=datetime.now(UTC)))
        return key

    def erase(self, name_or_id: str, *, reopen: bool = False) -> Key:
        """With its name and whatever was asked by it, from the disk too. The last one only to `reopen` the
        service to everybody. Raises KeyRefused; DataDirectoryError where that is gone, but a file can't be
        rewritten now: the next start does."""
        with self._database.write() as connection:
            key = _one(_named(connection, name_or_id), name_or_id)
            others = sa.select(access_keys.c.id).where(access_keys.c.id != key.id).limit(1)
            if not reopen and connection.scalar(others) is None:
                raise _last(key)
            its = access_keys.c.id == key.id, access_keys.c.revoked_at.is_(None)
            # First, so that no question is taken down by it any more: `AnswerStore.claim` looks.
            connection.execute(access_keys.update().where(*its).values(revoked_at=datetime.now(UTC)))
        AnswerStore(self._database).delete_all(principal=key.principal)
        with self._database.write() as connection:
            connection.execute(access_keys.delete().where(access_keys.c.id == key.id))
            mark(connection, RECORD)
        rewrite_record(self._database)
        return key

    def _lately(self) -> Mapping[str, Key]:
        if self._clock() - self._at >= STALE_SECONDS:
            self._seen, self._at = self._read(), self._clock()
        return self._seen

    def _read(self) -> dict[str, Key]:
        query = sa.select(access_keys).order_by(access_keys.c.created_at, access_keys.c.id)
        with self._database.read() as connection:
            return {row["digest"]: _key(row) for row in connection.execute(query).mappings()}


@contextmanager
def keys_in(settings: Settings, *, make: bool = True) -> Iterator[Keys]:
    """Of the record that the settings name, also while a service has it; where none is there in the data
    directory, one is made, if it is to `make` one. Raises KeyRefused, and what opening the record raises."""
    if settings.shared_record is not None:
        with closing(Database(postgres_url(settings.shared_record))) as shared:
            yield Keys(shared)
        return
    data_dir = settings.data_dir
    if not make and not (data_dir / RECORD_NAME).exists():
        raise KeyRefused(
            f"there are no keys: {data_dir} holds no record",
            remedy="Check PARLEY_DATA_DIR; `parley keys create` makes a key, and the record for it.",
        )
    with ExitStack() as held:
        beside = False
        try:
            lock = DataDirectoryLock(data_dir, command="parley keys")
            held.callback(lock.release)
            refuse_lost(data_dir)
            keep_private(data_dir)
        except DataDirectoryLocked:
            beside = True
        database = Database(sa.URL.create("sqlite", database=str(data_dir / RECORD_NAME)), beside=beside)
        held.callback(database.close)
        yield Keys(database)


def _live(key: Key | None) -> Key | None:
    return key if key is not None and key.state(datetime.now(UTC)) == "live" else None


def _named(connection: sa.Connection, name_or_id: str) -> list[Key]:
    its = sa.or_(access_keys.c.id == name_or_id, access_keys.c.name == name_or_id)
    return [_key(row) for row in connection.execute(sa.select(access_keys).where(its)).mappings()]


def _one(found: list[Key], name_or_id: str) -> Key:
    if not found:
        raise KeyRefused(f"there is no key {name_or_id}", remedy="`parley keys list` shows which there are.")
    if len(found) > 1:
        ids = " and ".join(key.id for key in found)
        raise KeyRefused(
            f"{len(found)} keys have had the name {name_or_id}", remedy=f"Name one by its id: {ids}."
        )
    return found[0]


def _last(key: Key) -> KeyRefused:
    return KeyRefused(
        f"{key.name} is the last key: without it, and without PARLEY_API_KEY, the service lets everybody in",
        remedy="Make another key first, or revoke this one without --erase, which keeps the service closed; "
        "or add --reopen.",
    )


def _refuse_unfit(key: Key, now: datetime) -> None:
    name = key.name
    if not name.isprintable() or name != name.strip() or not 0 < len(name) <= _NAME or _ID.fullmatch(name):
        raise KeyRefused(
            f"a key can't be named {name[:_NAME]!r}",
            remedy=f"Give it 1 to {_NAME} characters, no blank at either end, and not the shape of an id.",
        )
    if key.expires_at is not None and key.expires_at <= now:
        raise KeyRefused(f"{key.expires_at:%Y-%m-%d} is past", remedy="Let the key expire later.")


def _row(key: Key) -> dict[str, Any]:
    told = {name: getattr(key, name) for name in ("id", "name", "created_at", "expires_at", "revoked_at")}
    return told | {"scopes": ",".join(scope for scope in KeyScope if scope in key.scopes)}


def _key(row: sa.RowMapping) -> Key:
    created, expires, revoked = (row[name] for name in ("created_at", "expires_at", "revoked_at"))
    return Key(
        id=row["id"],
        name=row["name"],
        scopes=frozenset(KeyScope(scope) for scope in row["scopes"].split(",") if scope),
        created_at=zoned(created),
        expires_at=expires and zoned(expires),
        revoked_at=revoked and zoned(revoked),
    )
