"""A command's view of the corpus when no service runs: this process opens it itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from retrieval.sources import Source
from service.articles import article_out, summary
from service.bootstrap import Service
from service.terminal.local import IngestLine, ingested, question_request, refused
from service.terminal.text import quoted_title
from service.wire import AnswerOut, CitationOut

_PAGE = 500


class InProcess:
    url = ""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._record = service.corpus.record

    def ask(self, question: str) -> AnswerOut:
        return self._service.chat.ask(question_request(question))

    def ingest(self, sources: Iterable[Source]) -> Iterator[IngestLine]:
        for done in self._service.corpus.ingester.ingest(sources):
            if done.error is not None or done.article_id is None or done.version is None:
                assert done.error is not None
                yield refused(done.name, done.error)
            else:
                left_out = None if done.left_out is None else done.left_out.start
                yield ingested(
                    done.name, done.outcome.value, done.article_id, done.version, left_out=left_out
                )

    def articles(self) -> list[dict[str, Any]]:
        total = self._record.article_count()
        rows = [r for at in range(0, total, _PAGE) for r in self._record.article_rows(limit=_PAGE, offset=at)]
        return [summary(row).model_dump() for row in rows]

    def delete(self, id_: str) -> None:
        self._service.corpus.ingester.delete(id_)

    def purge(self, id_: str) -> None:
        self._service.purge(id_)

    def shown_title(self, citation: CitationOut) -> str:
        article = self._record.article(citation.article.id, version=citation.article.version)
        return quoted_title(article_out(article, latest_version=None).model_dump())
