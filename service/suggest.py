"""Questions to begin with, drawn from the articles at hand: who is quoted there, and to whom they spoke."""

from collections import Counter
from threading import Lock

from retrieval.article import Region
from retrieval.record import Record
from retrieval.search import Searcher
from service.answering.answer import Said
from service.answering.attribution import attribute

_ARTICLES = 20
_QUESTIONS = 3


class Suggestions:
    """Worked out once for each version of the corpus. Safe to share between threads."""

    def __init__(self, record: Record, searcher: Searcher) -> None:
        self._record = record
        self._searcher = searcher
        self._lock = Lock()
        self._found: tuple[int, list[str]] | None = None

    def questions(self) -> list[str]:
        """Up to three, none where nobody is quoted by name."""
        now = self._record.corpus_version()
        with self._lock:
            if self._found is None or self._found[0] != now:
                self._found = (now, self._work_out())
            return self._found[1]

    def _work_out(self) -> list[str]:
        said = [
            one
            for row in self._record.article_rows(limit=_ARTICLES)
            for one in self._said(row.id, row.version)
        ]
        asked: dict[str, str] = {}
        for (speaker, listener), _ in Counter((s.speaker, s.to or s.venue) for s in said).most_common():
            if speaker is None or listener is None or not (_is_name(speaker) and _is_name(listener)):
                continue
            # One question a person, whether the article gives the whole name or the last.
            asked.setdefault(speaker.split()[-1], f"What did {speaker} say to {listener}?")
        for speaker, _ in Counter(s.speaker for s in said).most_common():
            if speaker is not None and _is_name(speaker):
                asked.setdefault(speaker.split()[-1], f"What did {speaker} say?")
        return list(asked.values())[:_QUESTIONS]

    def _said(self, article_id: str, version: int) -> list[Said]:
        opened = self._searcher.open(article_id, version)
        body = [s for chunk in opened.chunks for s in chunk.sentences if s.region is Region.BODY]
        return [said for said in attribute(opened.article.text, body) if said is not None]


def _is_name(words: str) -> bool:
    return words[:1].isupper() and words.isprintable() and len(words) <= 40
