"""What may be asked after an answer: of whoever speaks and is named where it was cited, what the articles
answer with something that wasn't told yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pydantic import BaseModel

from retrieval.article import Article, Span
from retrieval.errors import ArticleNotFound
from service.answering import EXTRACTIVE, Answer, Status
from service.answering.said import reported
from service.english import NameKind, mentions, plain_words
from service.wire import AnswerOut, ChatRequest, CitationOut

_QUESTIONS = 3
_TRIED = 5  # each is answered once, to see
_CITED = 3  # articles that are looked through
_LONGEST = 40  # code points of a name


class NextOut(BaseModel):
    """Up to three questions that go on from an answer, none that was asked in its conversation."""

    questions: list[str]


@dataclass(frozen=True, slots=True)
class NextQuestions:
    """`answer` answers a question without storing it."""

    article_of: Callable[[str, int], Article]
    answer: Callable[[ChatRequest], Answer]

    def after(self, answer: AnswerOut, said: Sequence[AnswerOut], begin: Sequence[str]) -> list[str]:
        """`said` is all that its conversation answered, `begin` what may be asked of the articles at all."""
        asked = {_plain(text) for one in said for text in (one.question, one.standalone_question)}
        told = {_place(one) for each in said for one in each.cited}
        fresh = dict.fromkeys(chain(self._going_on(answer), begin))
        left = (question for question in fresh if _plain(question) not in asked)
        return list(islice(filter(lambda one: self._adds(one, told), islice(left, _TRIED)), _QUESTIONS))

    def _adds(self, question: str, told: set[tuple[str, int]]) -> bool:
        found = self.answer(ChatRequest(question=question, answerer=EXTRACTIVE))
        cited = {(one.quote.article_id, one.quote.start) for one in found.citations}
        return found.status is Status.ANSWERED and bool(cited - told)

    def _going_on(self, answer: AnswerOut) -> Iterator[str]:
        """Of those who speak nearest to what was cited, then of what is named in it."""
        heard = f" {_plain(answer.standalone_question)} "
        firsts = {one.article.id: one for one in reversed(answer.cited)}
        cited = [one for one in answer.cited if firsts[one.article.id] is one][:_CITED]
        for citation in cited:
            for who, to in self._speakers(citation):
                if f" {_last(who)} " not in heard:
                    yield f"What did {who} say to {to}?" if to else f"What did {who} say?"
        for citation in cited:
            for mention in mentions(citation.quote.text):
                named = mention.text.removeprefix("the ")
                if mention.kind is not NameKind.DAY and _is_name(named) and f" {_last(named)} " not in heard:
                    yield f"What do the articles say about {mention.text}?"

    def _speakers(self, citation: CitationOut) -> list[tuple[str, str | None]]:
        """Each once, with the first listener; none of an article that was erased meanwhile."""
        try:
            article = self.article_of(citation.article.id, citation.article.version)
        except ArticleNotFound:
            return []
        said = [one for one in reported(article) if one.who and not one.depth and _is_name(one.who)]
        said.sort(key=lambda one: _apart(one.sentence, citation))
        found: dict[str, tuple[str, str | None]] = {}
        for one in said:
            to = one.to or one.venue
            if one.who:
                found.setdefault(_last(one.who), (one.who, to if to and _is_name(to) else None))
        return list(found.values())


def _apart(sentence: Span, citation: CitationOut) -> int:
    quote = citation.quote
    return max(0, sentence.start - quote.end, quote.start - sentence.end)


def _place(citation: CitationOut) -> tuple[str, int]:
    return citation.article.id, citation.quote.start


def _plain(text: str) -> str:
    return " ".join(plain_words(text))


def _last(name: str) -> str:
    return (plain_words(name) or [""])[-1]


def _is_name(words: str) -> bool:
    plain = words.isprintable() and len(words) <= _LONGEST
    return plain and words[:1].isupper() and len(words.removeprefix("The ").split()) > 1
