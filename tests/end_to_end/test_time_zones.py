"""Where the process stands, and when its clock is put forward, changes nothing that it says."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from service.bootstrap import Service
from service.wire import AnswerOut, ChatRequest
from tests.conftest import add

_ZONES = ("UTC", "Pacific/Kiritimati", "America/Los_Angeles", "America/St_Johns")
_QUESTIONS = ("When did the envoys meet?", "Give me a timeline", "What happened on Sunday?")


@pytest.fixture(autouse=True)
def _back_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    time.tzset()


def _told(service: Service, question: str) -> dict[str, Any]:
    answer = AnswerOut.model_validate(service.chat.answer(ChatRequest(question=question)))
    told: dict[str, Any] = json.loads(answer.model_dump_json(exclude={"id", "conversation_id", "timings"}))
    return told


def test_a_zone_changes_no_answer(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    # The last hour before clocks are put forward, and days on either side of the date line.
    for at in ("2026-03-29T00:30:00+00:00", "2026-03-28T23:30:00-10:00", "2026-03-29"):
        text = f"The envoys met in Tartu on Sunday. Grain was discussed at {at[:10]} by both sides."
        add(service, text, id_=at, published=at, title="Envoys meet in Tartu", outlet="Tartu Post")
    told = []
    for zone in _ZONES:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        told.append([_told(service, question) for question in _QUESTIONS])
    assert told[0][0]["status"] == "answered"
    assert all(other == told[0] for other in told[1:])
    done = add(service, "A pilot boat sank off Narva.")  # written down in UTC, whatever the zone
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    assert done.article_id is not None
    retrieved = service.corpus.record.article(done.article_id).retrieved_at
    assert abs((datetime.now(UTC) - retrieved).total_seconds()) < 3600
