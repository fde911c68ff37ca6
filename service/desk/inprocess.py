"""The desk in this process."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from retrieval.article import opening
from retrieval.outcome import Ingested
from retrieval.sources import Source
from service.about import about
from service.answering import Citation, Statement
from service.answers import QuestionTurn
from service.articles import ArticleEdit, ArticleOut, ArticleSummary, HistoryOut, ShownTitle, shown_title
from service.articles_shown import shown, summaries
from service.bootstrap import Service
from service.config import OWNER
from service.desk.desk import Hearer, chat_request
from service.desk.links import reader_links
from service.editing import edit
from service.finding import find
from service.found import FoundList, SearchIn
from service.history import history_out
from service.listener import NOBODY
from service.statements import ReportedList, ReportedQuery
from service.wire import AboutOut, AnswerOut, CitationOut, FeedbackIn, Filters, StatementOut

_PAGE = 500


class InProcessDesk:
    url = ""

    def __init__(self, service: Service) -> None:
        self.database = service.corpus.record.database
        self.link = reader_links(service.settings, address=service.settings.public_url)
        self._service = service
        self._record = service.corpus.record

    def ask(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        principal: str = OWNER,
        key: str | None = None,
        hearer: Hearer | None = None,
        filters: Filters | None = None,
    ) -> AnswerOut:
        request = chat_request(question, conversation_id, filters)
        listener = NOBODY if hearer is None else _Passing(hearer)
        return self._service.chat.ask(request, principal=principal, key=key, listener=listener)

    def answer(self, answer_id: str, *, principal: str = OWNER) -> AnswerOut:
        return self._service.answers.get(answer_id, principal=principal)

    def rate(self, answer_id: str, given: FeedbackIn, *, principal: str = OWNER, author: str = "") -> None:
        self._service.feedback.put(answer_id, given, principal=principal, author=author)

    def about(self) -> AboutOut:
        return about(self._record, self._service.chat.suggestions)

    def shown_title(self, citation: CitationOut) -> ShownTitle:
        article = self._record.article(citation.article.id, version=citation.article.version)
        return shown_title(article.facts, opening(article))

    def forget(self, conversation_ids: Sequence[str], *, principal: str = OWNER) -> None:
        self._service.answers.delete_conversations(conversation_ids, principal=principal)

    def ingest(self, sources: Iterable[Source]) -> Iterator[Ingested]:
        return iter(self._service.corpus.ingester.ingest(sources))

    def articles(self) -> list[ArticleSummary]:
        pages = range(0, self._record.article_count(), _PAGE)
        rows = (self._record.article_rows(limit=_PAGE, offset=at) for at in pages)
        return [one for page in rows for one in summaries(self._record, page)]

    def article(self, article_id: str, *, version: int | None = None) -> ArticleOut:
        return shown(self._record, self._record.article(article_id, version=version))

    def text(self, article_id: str, *, version: int) -> str:
        return self._record.article(article_id, version=version).text

    def search(self, asked: SearchIn) -> FoundList:
        public_url = self._service.settings.public_url
        return find(self._service.chat, self._record, asked, public_url=public_url)

    def statements(self, query: ReportedQuery) -> ReportedList:
        return self._service.statements.listed(query)

    def history(self, article_id: str) -> HistoryOut:
        return history_out(self.database, article_id)

    def edit(self, article_id: str, given: ArticleEdit) -> Ingested:
        title = self.article(article_id).shown_title
        return replace(edit(self._service.corpus, article_id, given), name=title.text)

    def delete(self, article_id: str) -> None:
        self._service.corpus.ingester.delete(article_id)

    def purge(self, article_id: str) -> None:
        self._service.purge(article_id)


class _Passing:
    """A chat's listener that tells a hearer, in the words of the wire. Nobody leaves."""

    left = False

    def __init__(self, hearer: Hearer) -> None:
        self._hearer = hearer

    def begun(self, turn: QuestionTurn) -> None: ...

    def stage(self, name: str) -> None:
        self._hearer.stage(name)

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> None:
        self._hearer.statement(
            StatementOut.model_validate(statement), [CitationOut.model_validate(c) for c in citations]
        )
