"""The ingest journal: how far each article has come, so that a restart resumes or rolls back.

    received -> parsed -> embedded -> indexed -> visible        or -> refused, with the reason

`received` holds the bytes; everything after can be done again from them. Only `visible` is searchable.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from retrieval.article import Article, Facts, Origin
from retrieval.database import Database
from retrieval.failpoints import reached
from retrieval.parse import Parsed
from retrieval.record import article_id, put_setting
from retrieval.rows import facts_from_json, facts_to_json, origins_from_json, read_from_json, read_to_json
from retrieval.sources import Source
from retrieval.tables import article_versions, articles, ingest_jobs, sources


class Step(StrEnum):
    RECEIVED = "received"
    PARSED = "parsed"
    EMBEDDED = "embedded"
    INDEXED = "indexed"
    VISIBLE = "visible"
    REFUSED = "refused"


_RECEIVED = ingest_jobs.insert().returning(ingest_jobs.c.id, sort_by_parameter_order=True)
_REVISES, _READ = "revises", "read"  # beside the facts that a job has
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
        of = [hashlib.sha256(source.data).hexdigest() for source in received]
        rows = [
            _row(source, sha256, now) | {"owner": self._database.process}
            for source, sha256 in zip(received, of, strict=True)
        ]
        with self._database.write() as connection:
            _keep_bytes(connection, dict(zip(of, (source.data for source in received), strict=True)))
            ids = list(connection.scalars(_RECEIVED, rows)) if rows else []
            if mark is not None:
                put_setting(connection, *mark)
        reached("journal.received")
        return [Job(id_, source, now) for id_, source in zip(ids, received, strict=True)]

    def advance(self, job_ids: Sequence[int], step: Step, *, error: str | None = None) -> None:
        with self._database.write() as connection:
            advance(connection, job_ids, step, error=error)
        reached(f"journal.{step}")

    def let_go(self, job_ids: Collection[int]) -> None:
        """Of those that haven't ended, any process may finish them."""
        its = ingest_jobs.c.id.in_(job_ids), ingest_jobs.c.step.not_in(_ENDED)
        with self._database.write() as connection:
            connection.execute(ingest_jobs.update().where(*its).values(owner=None))

    def unfinished(self) -> list[Job]:
        """Jobs that wait to be finished, or that this process is at work on, the oldest first."""
        with self._database.read() as connection:
            return self._left(connection)

    def take_up(self, *, but: Collection[int] = ()) -> list[Job]:
        """The same, and nobody else is to finish them from here on."""
        with self._database.write() as connection:
            left = [job for job in self._left(connection) if job.id not in but]
            its = ingest_jobs.update().where(ingest_jobs.c.id.in_([job.id for job in left]))
            connection.execute(its.values(owner=self._database.process))
        return left

    def _left(self, connection: sa.Connection) -> list[Job]:
        begun = ingest_jobs.c.step.not_in(_ENDED)
        owners = set(connection.scalars(sa.select(ingest_jobs.c.owner).where(begun).distinct()))
        gone = self._database.gone(connection, owners) | {self._database.process}
        query = (
            sa.select(ingest_jobs, sources.c.data)
            .join(sources, sources.c.bytes_sha256 == ingest_jobs.c.bytes_sha256)
            .where(begun, sa.func.coalesce(ingest_jobs.c.owner, "").in_({owner or "" for owner in gone}))
            .order_by(ingest_jobs.c.id)
        )
        return [_job(row) for row in connection.execute(query).mappings()]


def first_version(job: Job, parsed: Parsed) -> tuple[Article, str]:
    """The article that a job's source becomes, as its first version, and its identity."""
    told, found = asdict(job.source.facts), asdict(parsed.facts)
    facts = Facts(**{name: told[name] or found[name] for name in told})
    given = {} if job.source.read else {name: Origin.GIVEN for name, value in told.items() if value}
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
        origins={**parsed.origins, **given, **job.source.origins},
    )
    return article, identity


def first_names(database: Database, article_ids: Sequence[str]) -> dict[str, str]:
    """By article, the name under which the version that is found was received first, as long as the journal
    knows it."""
    its = article_versions.c
    current = sa.and_(its.article_id == articles.c.id, its.version == articles.c.current_version)
    jobs = ingest_jobs.c
    known_by_text = sa.and_(jobs.given_id.is_(None), jobs.facts["url"].as_string().is_(None))
    received = sa.and_(jobs.bytes_sha256 == its.bytes_sha256, jobs.step == Step.VISIBLE, known_by_text)
    query = (
        sa.select(its.article_id, jobs.name)
        .select_from(article_versions.join(articles, current).join(ingest_jobs, received))
        .where(its.article_id.in_(article_ids))
        .order_by(jobs.id.desc())  # so that the first is what stays
    )
    with database.read() as connection:
        return {row.article_id: row.name for row in connection.execute(query)}


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
        "facts": facts_to_json(source.facts, source.origins)
        | {_REVISES: source.revises, _READ: source.read and read_to_json(source.read)},
        "step": Step.RECEIVED,
        "received_at": now,
        "updated_at": now,
    }


def _job(row: sa.RowMapping) -> Job:
    facts = dict(row["facts"])
    revises, read = facts.pop(_REVISES, None), facts.pop(_READ, None)
    known, origins = facts_from_json(facts), origins_from_json(facts)
    before = None if read is None else read_from_json(read)
    source = Source(row["name"], row["data"], known, row["given_id"], revises, origins, before)
    return Job(row["id"], source, row["received_at"].replace(tzinfo=UTC))


def _keep_bytes(connection: sa.Connection, data: Mapping[str, bytes]) -> None:
    its = sources.c.bytes_sha256
    known = set(connection.scalars(sa.select(its).where(its.in_(data))))
    new = [{"bytes_sha256": sha256, "data": data[sha256]} for sha256 in data if sha256 not in known]
    if new:
        connection.execute(sources.insert(), new)
