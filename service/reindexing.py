"""The index made anew while the old one is searched."""

import logging
import threading

from retrieval import maintain
from retrieval.corpus import Corpus
from retrieval.errors import ParleyError
from service.articles import ReindexOut

_LOG = logging.getLogger(__name__)
_FAULT = "A fault of Parley, which its log tells. The index in use stays. Try again."


class _Stopped(ParleyError):
    pass


class Reindexing:
    """One at a time, on a thread of its own."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._lock = threading.Lock()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.now = ReindexOut()

    def start(self) -> ReindexOut:
        """Begin, unless it goes on already."""
        with self._lock:
            if self.now.state != "going" and not self._stopping:
                self.now = ReindexOut(state="going", total=self._corpus.record.chunk_count())
                self._thread = threading.Thread(target=self._run, name="reindex", daemon=True)
                self._thread.start()
        return self.now

    def stop(self) -> None:
        """Once nothing is written any more; what was filled is dropped."""
        with self._lock:
            self._stopping = True
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        corpus = self._corpus
        try:
            total = maintain.rebuild(corpus.record, corpus.index, corpus.embedder, say=self._tell)
        except ParleyError as error:
            _LOG.warning("the index was not made anew: %s", error.message)
            self.now = ReindexOut(state="failed", failed=f"{error.message}. {error.remedy}")
        except Exception:  # noqa: BLE001 - nobody else sees it end
            _LOG.exception("the index was not made anew")
            self.now = ReindexOut(state="failed", failed=_FAULT)
        else:
            self.now = ReindexOut(state="done", done=total, total=total)

    def _tell(self, done: int, total: int) -> None:
        if self._stopping:
            raise _Stopped("the service was stopped meanwhile", remedy="Run `parley reindex` again.")
        self.now = ReindexOut(state="going", done=done, total=total)
