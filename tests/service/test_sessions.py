"""Which sessions of browsers have ended."""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest

from retrieval.database import Database
from service.keys import STALE_SECONDS
from service.sessions import Sessions


def test_an_ended_session_is_no_more_in_another_process_and_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'record.sqlite'}")
    now = [0.0]
    here, there = (Sessions(database, clock=lambda: now[0]) for _ in range(2))
    assert not there.ended("one")
    here.end("one", seconds=600)
    here.end("one", seconds=600)
    now[0] += STALE_SECONDS
    assert [each.ended("one") for each in (here, there, Sessions(database))] == [True] * 3
    assert not there.ended("other")
    monkeypatch.setattr("service.sessions.datetime", _Later)
    here.end("other", seconds=600)  # by now the first is over anyhow
    assert not Sessions(database).ended("one")
    database.close()


class _Later(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.now(tz) + timedelta(hours=1)
