"""A record of an earlier release opens with all that it holds."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import retrieval.migrations
from retrieval.backup import back_up, restore
from retrieval.database import SCHEMA_HEAD, Database
from retrieval.errors import ArticleWithdrawn
from service.answers import AnswerStore
from service.wire import AnswerOut
from tests.retrieval.made import corpus_in

ANSWER = {
    "status": "answered",
    "statements": [],
    "citations": [],
    "unanswered": [],
    "conflicts": [],
    "produced_by": {"answerer": "extractive", "model": None, "prompt": None, "corpus_version": 1},
    "diagnostics": {"dropped": {}, "degraded": None},
    "timings": {"total": 1.5},
}


def first_release(file: Path) -> None:
    as_of(file, "0001")


def as_of(file: Path, schema: str) -> None:
    """An empty record as that schema had it."""
    engine = sa.create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", "retrieval:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, schema)
    engine.dispose()


def test_what_older_answers_cite_is_held_and_what_was_deleted_is_erased(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    first_release(file)
    cited = {"id": "a_1", "version": 1}
    body = ANSWER | {"question": "Where?", "citations": [{"article": cited}]}
    version = ("Secretly told.", "x", "s", "{}", "[]", "2026-01-01 00:00:00.000000")
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO sources VALUES ('s', 'Secretly told.')")
        for id_ in ("a_1", "a_2"):
            connection.execute("INSERT INTO articles VALUES (?, ?, NULL, '2026-01-02 00:00:00')", (id_, id_))
            columns = "article_id, version, text, text_sha256, bytes_sha256, facts, regions, retrieved_at"
            values = (id_, 1, *version)
            connection.execute(f"INSERT INTO article_versions ({columns}) VALUES (?,?,?,?,?,?,?,?)", values)
        row = ("ans_1", "c_1", json.dumps(body), "2026-01-01 00:00:00.000000")
        connection.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", row)
    connection.close()
    with corpus_in(tmp_path) as corpus:
        assert corpus.record.article("a_1", version=1).text == "Secretly told."
        with pytest.raises(ArticleWithdrawn):
            corpus.record.article("a_2", version=1)
        assert not corpus.ingester.finish_erasing()


def test_answers_of_the_first_release_become_turns(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    first_release(file)
    conversation = "c_" + "a" * 32
    answers = [
        ANSWER
        | {"id": f"ans_{number:032x}", "conversation_id": conversation, "text": f"Nr. {number} — 🕊️"}
        | {"question": f"Question {number}?", "standalone_question": f"Question {number}?"}
        for number in range(1201)
    ]
    rows = [
        (a["id"], conversation, json.dumps(a), f"2026-01-01 00:{n // 60:02}:{n % 60:02}.000000")
        for n, a in enumerate(answers)
    ]
    with sqlite3.connect(file) as connection:
        connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", reversed(rows))
    connection.close()
    database = Database(f"sqlite:///{file}")
    store = AnswerStore(database)
    told = store.conversation(conversation).turns
    assert [turn.answer for turn in told] == [AnswerOut.model_validate(answer) for answer in answers]
    assert [turn.question for turn in told] == [answer["question"] for answer in answers]
    assert {turn.state for turn in told} == {"answered"}
    assert told[61].asked_at.isoformat() == "2026-01-01T00:01:01+00:00"
    assert store.get("ans_" + "0" * 31 + "5").text == "Nr. 5 — 🕊️"
    database.close()


_EVERY = ScriptDirectory(str(Path(retrieval.migrations.__file__).parent)).walk_revisions()
_EARLIER = [pytest.param(each.revision, marks=pytest.mark.slow) for each in _EVERY if each.down_revision]
_TEXT = "Naïve — “so” 🕊️.\u2028The mayor of Paide said that the bridge stays closed."


@pytest.mark.parametrize("schema", ["0001", *_EARLIER])
def test_from_every_earlier_schema_the_articles_come_bit_for_bit(tmp_path: Path, schema: str) -> None:
    """Opened, backed up and put back."""
    file, digest = tmp_path / "data" / "record.sqlite", hashlib.sha256(_TEXT.encode()).hexdigest()
    file.parent.mkdir()
    as_of(file, schema)
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO sources VALUES ('s', ?)", (_TEXT.encode(),))
        connection.execute("INSERT INTO articles (id, identity) VALUES ('a_1', 'bridge')")
        connection.execute("INSERT INTO corpus_settings VALUES ('corpus_version', '1')")
        columns = "article_id, version, text, text_sha256, bytes_sha256, facts, regions, retrieved_at"
        values = ("a_1", 1, _TEXT, digest, "s", "{}", "[]", "2026-01-01 00:00:00.000000")
        connection.execute(f"INSERT INTO article_versions ({columns}) VALUES (?,?,?,?,?,?,?,?)", values)
        connection.execute("UPDATE articles SET current_version = 1")
    connection.close()
    Database(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA_HEAD,)
    contents = back_up(file.parent, tmp_path / "backup")
    assert contents.texts == {("a_1", 1): digest}
    assert restore(tmp_path / "elsewhere", tmp_path / "backup").contents.texts == contents.texts
