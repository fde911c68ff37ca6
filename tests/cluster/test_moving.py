"""A data directory goes into PostgreSQL and Chroma's server with all that it holds, into empty ones alone."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from service.bootstrap import open_service
from service.wire import ChatRequest, FeedbackIn
from tests.cluster.servers import Places
from tests.conftest import MakeSettings, add
from tests.retrieval.made import STEEL, TALKS
from tests.running import environment, run

pytestmark = pytest.mark.slow

QUESTION = "When will steel tariffs fall?"


def test_all_of_it_is_moved_once(tmp_path: Path, make_settings: MakeSettings, places: Places) -> None:
    data = tmp_path / "data"
    alone = {"record_url": None, "chroma_url": None, "chroma_database": "default_database"}
    service = open_service(make_settings(data, **alone), command="a test")
    added = add(service, STEEL, id_="steel", outlet="The Ledger", published="2026-03-01T10:00:00+01:00")
    add(service, TALKS, id_="talks")
    service.corpus.ingester.delete(add(service, "Grain ships sail on Sunday.").article_id or "")
    answer = service.chat.ask(ChatRequest(question=QUESTION))
    service.feedback.put(answer.id, FeedbackIn(rating="up"), author="U1")
    retrieved = service.corpus.record.article(added.article_id or "").retrieved_at
    service.close()

    there = dict(places.of(request_name := "moved"))
    _in_another_zone(there["record_url"])
    own = environment(data, chroma_database=there["chroma_database"], record_url="", chroma_url="")
    own = {name: value for name, value in own.items() if value}
    urls = ("--record-url", there["record_url"], "--chroma-url", there["chroma_url"])
    done = run("migrate-to", *urls, env=own)
    assert done.returncode == 0, done.stderr
    assert "article_versions: 2 rows" in done.stdout
    assert "turns: 1 rows" in done.stdout
    assert "Indexed 2 passages" in done.stderr

    moved = open_service(make_settings(tmp_path / "none", **places.of(request_name)), command="a test")
    try:
        assert moved.answers.get(answer.id) == answer
        assert moved.corpus.record.article(added.article_id or "").retrieved_at == retrieved
        again = moved.chat.ask(ChatRequest(question=QUESTION, conversation_id=answer.conversation_id))
        assert (again.text, again.citations) == (answer.text, answer.citations)
        assert len(moved.answers.conversation(answer.conversation_id).turns) == 2, "numbers go on"
        assert add(moved, "Grain ships sail on Monday.").article_id
    finally:
        moved.close()

    refused = run("migrate-to", *urls, env=own)
    assert refused.returncode == 1
    assert "isn't empty" in refused.stderr
    assert not (tmp_path / "none").exists() or not list((tmp_path / "none").rglob("*.sqlite"))


def _in_another_zone(url: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = connection.scalar(sa.text("SELECT current_database()"))
        connection.exec_driver_sql(f"ALTER DATABASE \"{name}\" SET timezone = 'Asia/Tokyo'")
    engine.dispose()
