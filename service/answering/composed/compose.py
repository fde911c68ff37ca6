"""Verified drafts become the statements, citations and text of an answer.

The text is the statements joined by a line break, each followed by its markers: "… [1][2]". What is an
article's stands in quotation marks of ours, parts of their own (marks.py); a paraphrase needs none. A
statement's `start` and `end` leave the markers out. A citation's number is that of its first appearance. A
heading is a line of its own, once above those that stand under it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.article import Article, Facts, Quote
from retrieval.wording import difference
from service.answering import (
    Citation,
    CitedArticle,
    Draft,
    DraftPart,
    Origin,
    Part,
    Statement,
    StatementKind,
    heading_line,
    marks_for,
)

QuoteKey = tuple[str, int, int, int]
_ALSO_IN = 10


@dataclass(frozen=True, slots=True)
class Composed:
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]


class Composer:
    """Numbers citations across the statements of one answer.

    `article_of` gives the version that a quote cites; `link` the address of a quotation's page; `elsewhere`
    the same words in other articles that carry the text.
    """

    def __init__(
        self,
        article_of: Callable[[str, int], Article],
        link: Callable[[Quote], str],
        *,
        elsewhere: Callable[[Quote], Sequence[Quote]] = lambda _: (),
    ) -> None:
        self.article_of = article_of
        self._link = link
        self._elsewhere = elsewhere
        self._citations: dict[QuoteKey, Citation] = {}
        self._statements: list[Statement] = []
        self._lines: list[str] = []

    def facts_of(self, article_id: str, version: int) -> Facts:
        return self.article_of(article_id, version).facts

    def compose(self, drafts: Sequence[Draft]) -> Composed:
        for draft in drafts:
            self.add(draft)
        return self.composed()

    def add(self, draft: Draft) -> tuple[Statement, tuple[Citation, ...]]:
        """The next statement, and the citations that it is the first to use."""
        before = len(self._citations)
        parts = tuple(part for proposed in draft.parts for part in self._parts(proposed, draft.kind))
        text = "".join(part.text for part in parts)
        cited = tuple(dict.fromkeys(part.citation for part in parts if part.citation is not None))
        above = heading_line(draft.heading, self._statements[-1].heading if self._statements else None)
        at = sum(len(line) + 1 for line in self._lines) + len(above)
        number = len(self._statements) + 1
        statement = Statement(f"s{number}", draft.kind, text, at, at + len(text), parts, cited, draft.heading)
        self._statements.append(statement)
        self._lines.append(above + text + _markers(cited))
        return statement, tuple(self._citations.values())[before:]

    def composed(self) -> Composed:
        return Composed("\n".join(self._lines), tuple(self._statements), tuple(self._citations.values()))

    def _parts(self, part: DraftPart, kind: StatementKind) -> tuple[Part, ...]:
        if part.quote is None:
            return (Part(part.text, Origin.PARLEY, None),)
        cited = self._cite(part.quote, part)
        if kind is StatementKind.PARAPHRASE:
            return (Part(part.text, Origin.MODEL, cited),)
        told = Part(part.text, Origin.ARTICLE, cited)
        opening, closing = marks_for(part.text)
        return Part(opening, Origin.PARLEY, None), told, Part(closing, Origin.PARLEY, None)

    def _cite(self, quote: Quote, part: DraftPart) -> int:
        key = key_of(quote)
        if key not in self._citations:
            others = self._elsewhere(quote)
            self._citations[key] = Citation(
                id=len(self._citations) + 1,
                article=self._cited(quote),
                quote=quote,
                said=part.said,
                check=part.check,
                also_in=tuple(map(self._cited, others[:_ALSO_IN])),
                also_in_more=max(0, len(others) - _ALSO_IN),
                also_in_nearly=any(self._differs(quote, other) for other in others[:_ALSO_IN]),
            )
        return self._citations[key].id

    def _differs(self, quote: Quote, other: Quote) -> bool:
        own, its = (self.article_of(one.article_id, one.version) for one in (quote, other))
        return difference(own, its) is not None

    def _cited(self, quote: Quote) -> CitedArticle:
        article = self.article_of(quote.article_id, quote.version)
        link = self._link(quote)
        return CitedArticle(article.id, article.version, article.facts, article.text_sha256, link)


def key_of(quote: Quote) -> QuoteKey:
    return quote.article_id, quote.version, quote.start, quote.end


def _markers(cited: Sequence[int]) -> str:
    return " " + "".join(f"[{number}]" for number in cited) if cited else ""


def quote_path(quote: Quote) -> str:
    """Our page of that version of the article, with the quotation marked."""
    span = f"{quote.start}-{quote.end}"
    return f"/articles/{quote.article_id}?version={quote.version}&quote={span}#quote"
