"""What an answerer gets to read: hits with their articles."""

from dataclasses import dataclass

from retrieval.article import Article, Hit, Quote, Sentence, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit joined to the record.

    `around` holds the sentences of the previous chunk, this one and the next, in order, so that a
    sentence that leans on its neighbour can be understood.
    """

    hit: Hit
    article: Article
    around: tuple[Sentence, ...]

    def quote(self, span: Span | Sentence) -> Quote:
        text = self.article.text[span.start : span.end]
        return Quote(self.article.id, self.article.version, span.start, span.end, text)
