"""What a command needs of the corpus, wherever it is: in this process, or in the running service that
holds the data directory. One process owns the directory, so a command goes through it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from retrieval.article import too_long
from retrieval.errors import DataDirectoryLocked, Holder, ParleyError
from retrieval.lock import holder_of
from retrieval.sources import Source
from service.config import Settings
from service.desk.client import Client
from service.errors import InvalidRequest
from service.invalid import fault
from service.terminal.text import harmless, quoted_title
from service.watch import watched
from service.wire import AnswerOut, ChatRequest, CitationOut

_PAGE = 500


@dataclass(frozen=True, slots=True)
class IngestLine:
    line: str
    refused: bool


class CorpusAccess(Protocol):
    """`url` is where links open, or empty."""

    url: str

    def ask(self, question: str) -> AnswerOut: ...

    def ingest(self, sources: Iterable[Source]) -> Iterator[IngestLine]: ...

    def articles(self) -> list[dict[str, Any]]: ...

    def delete(self, id_: str) -> None: ...

    def purge(self, id_: str) -> None: ...

    def shown_title(self, citation: CitationOut) -> str: ...


@contextmanager
def open_access(settings: Settings, *, command: str, say: Callable[[str], None]) -> Iterator[CorpusAccess]:
    """Raises DataDirectoryLocked where another process holds the directory and doesn't serve."""
    url = _served_on(holder_of(settings.data_dir))
    if url is None:
        # Not imported where a service does the work: it loads the models and the index.
        from service.bootstrap import open_service
        from service.terminal.inprocess import InProcess

        with watched(settings.frozen_seconds):
            try:
                service = open_service(settings, command=command, say=say)
            except DataDirectoryLocked as held:
                # Opening takes seconds, in which a service that was starting may have begun to serve.
                url = _served_on(held.holder)
                if url is None:
                    raise
            else:
                try:
                    yield InProcess(service)
                finally:
                    service.close()
                return
    with _through(url, settings) as access:
        yield access


@contextmanager
def _through(url: str, settings: Settings) -> Iterator["ThroughService"]:
    key = settings.api_key.get_secret_value() if settings.api_key else None
    with Client(url, key=key) as client:
        yield ThroughService(client, url)


def _served_on(holder: Holder | None) -> str | None:
    return holder.url if holder is not None else None


class ThroughService:
    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self.url = url

    def ask(self, question: str) -> AnswerOut:
        return AnswerOut.model_validate(self._client.chat(question_request(question).question))

    def ingest(self, sources: Iterable[Source]) -> Iterator[IngestLine]:
        for source in sources:
            facts = {key: value for key, value in asdict(source.facts).items() if value}
            if source.id is not None:
                facts["id"] = source.id
            try:
                done = self._client.ingest(source.name, source.data, facts)
            except ParleyError as error:
                yield refused(source.name, error)
            else:
                article = done["article"]
                left_out = article["left_out"]["start"] if article["left_out"] else None
                yield ingested(
                    source.name, done["outcome"], article["id"], article["version"], left_out=left_out
                )

    def articles(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            page = self._client.articles(limit=_PAGE, offset=len(found))
            found += page["articles"]
            if not page["articles"] or len(found) >= page["total"]:
                return found

    def delete(self, id_: str) -> None:
        self._client.delete(id_)

    def purge(self, id_: str) -> None:
        self._client.delete(id_, purge=True)

    def shown_title(self, citation: CitationOut) -> str:
        return quoted_title(self._client.article(citation.article.id, citation.article.version))


def question_request(question: str) -> ChatRequest:
    """Checked here too: a question that isn't Unicode could not even be sent. Raises InvalidRequest."""
    try:
        return ChatRequest(question=question)
    except ValidationError as exc:
        what = fault(exc.errors(include_url=False)[0])
        raise InvalidRequest(f"the question: {what}", remedy="Ask in 1 to 2,000 characters.") from exc


def ingested(name: str, outcome: str, article_id: str, version: int, *, left_out: int | None) -> IngestLine:
    """`left_out` is where what isn't searched begins, None where all is."""
    more = "" if left_out is None else f"; {too_long(left_out)}"
    return IngestLine(f"{harmless(name)}: {outcome} as {article_id} version {version}{more}", refused=False)


def refused(name: str, error: ParleyError) -> IngestLine:
    return IngestLine(harmless(f"{name}: refused: {error.message}. {error.remedy}"), refused=True)
