"""What is older than PARLEY_RETENTION_DAYS goes, from the record and its files, and the rest stays."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retrieval.errors import RecordInUse
from service.bootstrap import Service, open_service
from service.kept import feedback, turns
from service.retention import Retention
from service.titles import titles
from service.wire import ChatRequest, FeedbackIn
from tests.conftest import MakeSettings
from tests.remains import remains

pytestmark = pytest.mark.slow

OLD = "Did Grumblewick meet the ambassador of Tolvandia?"
NEW = "Did Farthingale meet the ambassador of Ostrevia?"
LEANS = "And Farthingale?"
WORDS = ["Grumblewick", "Tolvandia", "Peppersnatch", "Quillroost"]


def asked(
    service: Service, question: str, *, days_ago: int, conversation: str | None = None
) -> tuple[str, str]:
    request = ChatRequest(question=question, conversation_id=conversation)
    answer = service.chat.ask(request, principal="somebody")
    at = datetime.now(UTC) - timedelta(days=days_ago, hours=1)
    with service.corpus.record.database.write() as connection:
        connection.execute(turns.update().where(turns.c.id == answer.id).values(asked_at=at))
    return answer.id, answer.conversation_id


def test_at_the_start_what_is_too_old_is_in_no_file(tmp_path: Path, make_settings: MakeSettings) -> None:
    data = tmp_path / "data"
    service = open_service(make_settings(data), command="a test")
    old, whole = asked(service, OLD, days_ago=30)
    service.conversations.rename(whole, "Peppersnatch", principal="somebody")
    said = FeedbackIn(rating="down", reason="outdated", comment="Quillroost")
    service.feedback.put(old, said, principal="somebody")
    _, half = asked(service, OLD, days_ago=31)
    kept, _ = asked(service, LEANS, days_ago=29, conversation=half)
    assert "Tolvandia" in service.answers.get(kept, principal="somebody").standalone_question
    service.close()
    assert len({each.rpartition(" ")[2].lower() for each in remains(data, WORDS)}) == len(WORDS)
    service = open_service(make_settings(data, retention_days=30), command="a test")
    try:
        assert remains(data, WORDS) == []
        (left,) = service.answers.conversation(half, principal="somebody").turns
        assert left.answer is not None
        assert (left.answer.id, left.answer.standalone_question) == (kept, LEANS)
        with service.corpus.record.database.read() as connection:
            assert not [row for table in (feedback, titles) for row in connection.execute(table.select())]
    finally:
        service.close()


def test_it_goes_on_daily_also_after_it_failed(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(service, OLD, days_ago=8)
    _, kept = asked(service, NEW, days_ago=6)
    delete, tries = service.answers.delete_older, []

    def at_first_refused(than: datetime) -> int:
        tries.append(than)
        if len(tries) == 1:
            raise RecordInUse("a backup runs", remedy="Wait.")
        return delete(than)

    monkeypatch.setattr(service.answers, "delete_older", at_first_refused)
    retention = Retention(service.answers, 7, each_seconds=0.01)
    retention.start()
    while len(tries) < 3:
        time.sleep(0.01)
    retention.stop()
    held = service.conversations.listed(limit=10, principal="somebody").conversations
    assert [one.id for one in held] == [kept]
