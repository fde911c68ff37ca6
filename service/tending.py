"""What services that died have left is taken up by those that live, over a record that they share."""

import logging
import threading

from retrieval.corpus import Corpus
from retrieval.database import Duty
from retrieval.errors import ParleyError
from service.answers import AnswerStore

_EACH_SECONDS = 5.0
_LOG = logging.getLogger(__name__)


class Tending:
    """Begins at once, and goes on until `stop`; one service does it at a time."""

    def __init__(self, corpus: Corpus, answers: AnswerStore, *, each_seconds: float = _EACH_SECONDS) -> None:
        self._corpus = corpus
        self._answers = answers
        self._each = each_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tending", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Once nothing is being done any more."""
        self._ended.set()
        self._thread.join()

    def tend(self) -> None:
        """Questions are marked as interrupted, articles finished, what was deleted is erased."""
        database, ingester = self._corpus.record.database, self._corpus.ingester
        database.stay()
        with database.only(Duty.TENDING, patience=0) as mine:
            if not mine:
                return
            self._answers.interrupt_unfinished()
            ingester.finish_erasing()
            if ingester.unfinished():
                for done in ingester.resume():
                    _LOG.info("finished what was begun: %s", done.article_id)

    def _run(self) -> None:
        while not self._ended.wait(self._each):
            try:
                self.tend()
            except ParleyError as error:
                _LOG.warning("what was left is not yet seen to: %s. %s", error.message, error.remedy)
