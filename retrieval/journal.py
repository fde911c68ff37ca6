"""The ingest journal: how far each article has come, so that a restart resumes or rolls back.

    received -> parsed -> embedded -> indexed -> visible        or -> refused, with the reason

`received` holds the bytes; everything after can be done again from them. Only `visible` is searchable.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from retrieval.article import Article, Facts, Origin
from retrieval.database import Database
from retrieval.parse import Parsed
from retrieval.record import article_id, put_setting
from retrieval.rows import facts_from_json, facts_to_json, origins_from_json
from retrieval.sources import Source
from retrieval.tables import article_versions, ingest_jobs, sources


class Step(StrEnum):
    RECEIVED = "received"
    PARSED = "parsed"
    EMBEDDED = "embedded"
    INDEXED = "indexed"
    VISIBLE = "visible"
    REFUSED = "refused"


_REVISES = "revises"  # beside the facts that a job has
_ENDED = (Step.VISIBLE, Step.REFUSED)


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    source: Source
    received_at: datetime


class Journal:
    def __init__(self, database: Database) -> None:
        self._database = database

    def receive(self, received: Sequence[Source], *, mark: tuple[str, str] | None = None) -> list[Job]:
        """Write the sources down, all or none; from here on a restart finishes them. `mark` is a setting
        of the corpus written in the same transaction."""
        now = datetime.now(UTC)
        jobs = []
        with self._database.write() as connection:
            for source in received:
                sha256 = hashlib.sha256(source.data).hexdigest()
                _keep_bytes(connection, sha256, source.data)
                row = _row(source, sha256, now)
                key = connection.execute(ingest_jobs.insert().values(row)).inserted_primary_key
                jobs.append(Job(key[0] if key else 0, source, now))
            if mark is not None:
                put_setting(connection, *mark)
        return jobs

    def advance(self, job_ids: Sequence[int], step: Step, *, error: str | None = None) -> None:
        with self._database.write() as connection:
            advance(connection, job_ids, step, error=error)

    def unfinished(self) -> list[Job]:
        """Jobs that a restart has to finish, the oldest first."""
        query = (
            sa.select(ingest_jobs, sources.c.data)
            .join(sources, sources.c.bytes_sha256 == ingest_jobs.c.bytes_sha256)
            .where(ingest_jobs.c.step.not_in(_ENDED))
            .order_by(ingest_jobs.c.id)
        )
        with self._database.read() as connection:
            return [_job(row) for row in connection.execute(query).mappings()]


def first_version(job: Job, parsed: Parsed) -> tuple[Article, str]:
    """The article that a job's source becomes, as its first version, and its identity."""
    told, found = asdict(job.source.facts), asdict(parsed.facts)
    facts = Facts(**{name: told[name] or found[name] for name in told})
    origins = dict(parsed.origins) | {name: Origin.GIVEN for name, value in told.items() if value}
    text_sha256 = hashlib.sha256(parsed.text.encode()).hexdigest()
    # Not by what it tells of itself: it would take another's place.
    identity = job.source.id or job.source.facts.url or text_sha256
    article = Article(
        id=article_id(identity),
        version=1,
        text=parsed.text,
        text_sha256=text_sha256,
        bytes_sha256=hashlib.sha256(job.source.data).hexdigest(),
        facts=facts,
        regions=parsed.regions,
        retrieved_at=datetime.now(UTC),
        origins=origins | dict(job.source.origins),
    )
    return article, identity


def advance(
    connection: sa.Connection, job_ids: Sequence[int], step: Step, *, error: str | None = None
) -> None:
    """The same inside a transaction of the caller's."""
    connection.execute(
        ingest_jobs.update()
        .where(ingest_jobs.c.id.in_(job_ids))
        .values(step=step, error=error, updated_at=datetime.now(UTC))
    )


def forget_jobs(connection: sa.Connection, unfinished: Sequence[int] = ()) -> None:
    """Those that ended, and these; with every source that neither a job nor an article has any more."""
    ended = ingest_jobs.c.step.in_(_ENDED)
    connection.execute(ingest_jobs.delete().where(sa.or_(ended, ingest_jobs.c.id.in_(unfinished))))
    kept = sa.union(sa.select(ingest_jobs.c.bytes_sha256), sa.select(article_versions.c.bytes_sha256))
    connection.execute(sources.delete().where(sources.c.bytes_sha256.not_in(kept)))


def _row(source: Source, sha256: str, now: datetime) -> dict[str, object]:
    return {
        "name": source.name,
        "given_id": source.id,
        "bytes_sha256": sha256,
        "facts": facts_to_json(source.facts, source.origins) | {_REVISES: source.revises},
        "step": Step.RECEIVED,
        "received_at": now,
        "updated_at": now,
    }


def _job(row: sa.RowMapping) -> Job:
    facts = dict(row["facts"])
    revises = facts.pop(_REVISES, None)
    known, origins = facts_from_json(facts), origins_from_json(facts)
    source = Source(row["name"], row["data"], known, row["given_id"], revises, origins)
    return Job(row["id"], source, row["received_at"].replace(tzinfo=UTC))


def _keep_bytes(connection: sa.Connection, sha256: str, data: bytes) -> None:
    known = connection.scalar(sa.select(sources.c.bytes_sha256).where(sources.c.bytes_sha256 == sha256))
    if known is None:
        connection.execute(sources.insert().values(bytes_sha256=sha256, data=data))
