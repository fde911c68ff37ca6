"""A statement or a quotation, read once for all comparisons; and why a statement may not be served."""

import re
from dataclasses import dataclass
from functools import cached_property

from service.answering.answer import Said
from service.answering.claims import CONTENT, Governed, Kind, Token, governed, read
from service.answering.quotation import MASK, masked, quoted_spans
from service.answering.speech import clauses

NUMBER = "number_disagrees"
DATE = "date_disagrees"
NAME = "name_disagrees"
NEGATION = "negation_disagrees"
MODALITY = "modality_disagrees"
VERB = "reporting_verb_disagrees"
SPEAKER = "speaker_disagrees"
ADDRESSEE = "addressee_disagrees"
QUOTED = "quoted_words_disagree"
WORD = "word_not_in_quotes"
ORDER = "order_disagrees"
UNATTRIBUTED = "attribution_left_out"

REASONS = {
    Kind.NUMBER: NUMBER,
    Kind.DATE: DATE,
    Kind.NAME: NAME,
    Kind.NEGATION: NEGATION,
    Kind.MODAL: MODALITY,
    Kind.HEDGE: MODALITY,
    Kind.VERB: VERB,
    Kind.WORD: WORD,
}


class Text:
    """A statement or a quotation, read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = read(text)

    @cached_property
    def governed(self) -> tuple[Governed, ...]:
        return governed(self.tokens)

    @cached_property
    def content(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.kind in CONTENT)

    @cached_property
    def _masked(self) -> str:
        return masked(self.text, quoted_spans(self.text), start=0, end=len(self.text))

    @cached_property
    def bare(self) -> tuple[Token, ...]:
        """The reporter's own words; where a quotation stood, two clauses end."""
        return read(re.sub(f"{MASK}+", " ; ; ", self._masked))

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Of its reporting clauses, by name or office; a pronoun is none."""
        found = clauses(self.text, self._masked)
        return tuple(self.text[c.speaker.start : c.speaker.end] for c in found if c.speaker)

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        return tuple(self.text[span.start : span.end] for span in quoted_spans(self.text))

    @property
    def all_quoted(self) -> bool:
        return MASK in self._masked and not any(c.isalnum() for c in self._masked)

    def reports(self) -> bool:
        return any(token.kind is Kind.VERB for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Source:
    """A cited quotation and, as the article around it tells, who said it to whom, where and when."""

    quote: Text
    said: Said | None
