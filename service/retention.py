"""What is older than the settings keep is erased, at the start and once a day."""

import logging
import threading
from datetime import UTC, datetime, timedelta

from retrieval.errors import ParleyError
from service.answers import AnswerStore

_DAY_SECONDS = 24 * 3600.0
_LOG = logging.getLogger(__name__)


class Retention:
    """Of conversations each question with its answer and what was said of it, by when it was asked; `days` is
    a whole number."""

    def __init__(self, answers: AnswerStore, days: int, *, each_seconds: float = _DAY_SECONDS) -> None:
        self._answers = answers
        self._kept = timedelta(days=days)
        self._each = each_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        """Erase now, and from then on until `stop`."""
        self.erase()
        self._thread.start()

    def stop(self) -> None:
        """Once nothing is being erased any more."""
        self._ended.set()
        self._thread.join()

    def erase(self) -> None:
        """What keeps it from being done is logged, and the next time does it."""
        try:
            self._answers.delete_older(datetime.now(UTC) - self._kept)
        except ParleyError as error:
            _LOG.warning("what is too old is not yet erased: %s. %s", error.message, error.remedy)

    def _run(self) -> None:
        while not self._ended.wait(self._each):
            self.erase()
