"""A statement or a quotation, read once for all comparisons."""

from dataclasses import dataclass
from functools import cached_property

from service.answering import Said
from service.english import MASK, ReportingClause, clauses, masked, quoted_spans, tokenized


class Text:
    """A statement or a quotation, read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenized(text)

    @cached_property
    def bare(self) -> str:
        """The text with all that stands in quotation marks masked."""
        return masked(self.text, quoted_spans(self.text), start=0, end=len(self.text))

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Of its reporting clauses, by name or office; a pronoun is none."""
        return tuple(self.text[c.speaker.start : c.speaker.end] for c in self.reports if c.speaker)

    @cached_property
    def reports(self) -> tuple[ReportingClause, ...]:
        return clauses(self.text, self.bare)

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        return tuple(self.text[span.start : span.end] for span in quoted_spans(self.text))

    @property
    def all_quoted(self) -> bool:
        return MASK in self.bare and not any(c.isalnum() for c in self.bare)


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of a cited quotation and, as the article around it tells, who said it to whom, where and
    when. `quoted` tells that it stands within quotation marks, which may be those of several sentences."""

    quote: Text
    said: Said | None
    quoted: bool = False

    @property
    def spoken(self) -> bool:
        return self.quoted or self.quote.all_quoted
