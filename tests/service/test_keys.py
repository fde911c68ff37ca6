"""Keys as they are made, named, listed and ended, over the record."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retrieval.database import Database
from service.answers import AnswerStore, turn_of
from service.errors import KeyRefused, Unauthorized
from service.keys import STALE_SECONDS, Keys, KeyScope, keys_in
from service.wire import ChatRequest
from tests.conftest import MakeSettings

READ = [KeyScope.READ]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'record.sqlite'}")
    yield opened
    opened.close()


def test_another_process_sees_a_change_within_a_second(database: Database) -> None:
    now = 100.0
    serving, beside = Keys(database, clock=lambda: now), Keys(database)
    assert not serving.any
    made = beside.create("Else", READ)
    assert serving.holder(made.token.encode()) is None
    now += STALE_SECONDS
    assert serving.holder(made.token.encode()) == made.key
    beside.revoke("Else")
    now += STALE_SECONDS
    assert serving.holder(made.token.encode()) is None
    assert (STALE_SECONDS, serving.any) == (1.0, True)


def test_a_key_is_live_until_its_end(database: Database) -> None:
    end = datetime.now(UTC) + timedelta(days=3)
    key = Keys(database).create("Else", READ, expires_at=end).key
    assert [key.state(end - timedelta(seconds=1)), key.state(end)] == ["live", "expired"]
    with pytest.raises(KeyRefused, match="is past"):
        Keys(database).create("Finn", READ, expires_at=datetime.now(UTC))


def test_two_that_live_have_two_names(database: Database) -> None:
    keys = Keys(database)
    first = keys.create("Else", READ)
    with pytest.raises(KeyRefused, match="a key Else already"):
        keys.create("Else", READ)
    keys.revoke("Else")
    second = keys.create("Else", READ)
    assert keys.revoke("Else").id == second.key.id
    with pytest.raises(KeyRefused, match="2 keys") as refused:
        keys.erase("Else")
    assert first.key.id in refused.value.remedy
    assert keys.erase(first.key.id).id == first.key.id
    assert [key.id for key in keys.listed()] == [second.key.id]
    with pytest.raises(KeyRefused, match="no key Gro"):
        keys.revoke("Gro")


@pytest.mark.parametrize("name", ["", " Else", "El\nse", "x" * 65, "k_0123456789ab", "\x1b[31m"])
def test_a_name_that_would_mislead_is_none(database: Database, name: str) -> None:
    with pytest.raises(KeyRefused, match="can't be named"):
        Keys(database).create(name, READ)


def test_keys_come_before_the_first_start_too(tmp_path: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(tmp_path / "new")
    with keys_in(settings) as keys:
        keys.create("Else", READ)
    with keys_in(settings) as keys:
        assert [key.name for key in keys.listed()] == ["Else"]


def test_the_last_key_is_erased_only_to_open_the_service_again(database: Database) -> None:
    keys = Keys(database)
    first, second = (keys.create(name, READ).key for name in ("Else", "Finn"))
    keys.erase("Finn")
    for _ in range(2):  # revoked or not
        with pytest.raises(KeyRefused, match="Else is the last key") as refused:
            keys.erase(first.id)
        assert "--reopen" in refused.value.remedy
        keys.revoke("Else")
    assert keys.erase("Else", reopen=True).id == first.id != second.id
    assert keys.listed() == []


@pytest.mark.parametrize("end", ["revoke", "erase"])
def test_by_a_key_that_was_taken_back_no_question_is_taken_down(database: Database, end: str) -> None:
    keys, answers = Keys(database), AnswerStore(database)
    key = keys.create("Else", READ).key
    answers.claim(turn_of(ChatRequest(question="Who spoke?"), key.principal, None))
    keys.create("Ib", READ)
    getattr(keys, end)("Else")
    with pytest.raises(Unauthorized, match="taken back"):
        answers.claim(turn_of(ChatRequest(question="Who spoke then?"), key.principal, None))
