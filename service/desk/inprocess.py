"""The desk in this process."""

from collections.abc import Sequence

from retrieval.record import Record
from service.about import about
from service.answering.answer import Citation, Statement
from service.answers import AnswerStore, QuestionTurn
from service.bootstrap import Service
from service.chat import Chat
from service.conversation.suggest import Suggestions
from service.desk.desk import Hearer, chat_request
from service.desk.links import ReaderLinks, reader_links
from service.feedback import FeedbackStore
from service.wire import AboutOut, AnswerOut, CitationOut, FeedbackIn, StatementOut


class ServiceDesk:
    def __init__(
        self,
        chat: Chat,
        answers: AnswerStore,
        feedback: FeedbackStore,
        record: Record,
        suggestions: Suggestions,
        links: ReaderLinks,
    ) -> None:
        self._chat = chat
        self._answers = answers
        self._feedback = feedback
        self._record = record
        self._suggestions = suggestions
        self.link = links

    def ask(
        self, question: str, *, conversation_id: str, principal: str, key: str, hearer: Hearer
    ) -> AnswerOut:
        request = chat_request(question, conversation_id)
        return self._chat.ask(request, principal=principal, key=key, listener=_Passing(hearer))

    def answer(self, answer_id: str, *, principal: str) -> AnswerOut:
        return self._answers.get(answer_id, principal=principal)

    def rate(self, answer_id: str, given: FeedbackIn, *, principal: str, author: str) -> None:
        self._feedback.put(answer_id, given, principal=principal, author=author)

    def about(self) -> AboutOut:
        return about(self._record, self._suggestions)

    def forget(self, conversation_ids: Sequence[str], *, principal: str) -> None:
        self._answers.delete_conversations(conversation_ids, principal=principal)


def service_desk(service: Service) -> ServiceDesk:
    """With the parts of an opened service."""
    settings, record = service.settings, service.corpus.record
    return ServiceDesk(
        service.chat,
        service.answers,
        service.feedback,
        record,
        service.chat.suggestions,
        reader_links(settings, address=settings.public_url),
    )


class _Passing:
    """A chat's listener that tells a hearer, in the words of the wire. Nobody in Slack leaves."""

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
