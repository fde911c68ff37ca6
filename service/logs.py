"""The log as JSON, a line an event, for what gathers logs. No question and no answer is in it: of an error
that nobody foresaw only its kind and where it happened, since its message may quote what was asked.
"""

import json
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from service.config import Settings
from service.wire import AnswerOut

_EVENTS = logging.getLogger("parley.events")
Say = Callable[[str], None]


def log_as_set(settings: Settings, *, say: Say) -> Say:
    """From here on in this process; gives what `say` is from here on. Text is logged as Python does it."""
    if settings.log_format == "text":
        return say
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _EVENTS.setLevel(logging.INFO)
    return _EVENTS.info


def tell(event: str, **facts: Any) -> None:
    """Counts, times and names out of code: nothing that anybody wrote."""
    _EVENTS.info(event, extra={"facts": facts})


def tell_of_answer(answer: AnswerOut) -> None:
    made, found = answer.produced_by, answer.diagnostics
    tell(
        "answer",
        answer_id=answer.id,
        status=answer.status,
        answerer=made.answerer,
        model=made.model,
        degraded=found.degraded,
        dropped=found.dropped,
        milliseconds=answer.timings,
    )


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            places = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace)]
            told["error"] = {"kind": kind.__name__, "at": places}
        return json.dumps(told, ensure_ascii=False, default=str)
