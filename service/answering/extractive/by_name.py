"""A transcript as the reader gets it: with who answers where the article has "A:"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from retrieval.article import Chunk, Sentence, Span
from retrieval.reader import Passage as Text
from retrieval.reader import ReadPassage
from service.answering import Passage, Said

_TURN = 2000  # code points
_ASKED = re.compile(r"^(?:\*\*)?Q[.:](?:\*\*)?[ \t]+(?P<what>[^\n]+)$", re.M)
ANSWERS = re.compile(r"(?:\*\*)?A(?:nswer)?[.:](?:\*\*)?[ \t]+")


class Told(Protocol):
    @property
    def passage(self) -> Passage: ...
    @property
    def sentence(self) -> Sentence: ...
    @property
    def text(self) -> str: ...


def asked_before(one: Told) -> str:
    """What a sentence of a transcript answers: the question in front of its turn; nothing elsewhere."""
    text = one.passage.article.text
    before = text[max(0, one.sentence.start - _TURN) : one.sentence.start]
    asked = list(_ASKED.finditer(before))
    if not asked or not (
        ANSWERS.match(one.text) or re.search(rf"^{ANSWERS.pattern}", before[asked[-1].end() :], re.M)
    ):
        return ""
    return asked[-1]["what"]


@dataclass(frozen=True, slots=True)
class _Put:
    """Where a sentence begins as it is read and in the chunk, and how long what stands for its label is."""

    read: int
    stood: int
    name: int
    label: int

    def back(self, span: Span) -> Span | None:
        """In the chunk; None of what holds the name."""
        by = self.stood + self.label - self.read - self.name
        return Span(span.start + by, span.end + by) if span.start >= self.read + self.name else None


def text_of(chunk: Chunk, said: Mapping[Sentence, Said | None]) -> tuple[Text, list[_Put]]:
    text, spans, put, at = "", [], [], chunk.start
    for sentence in chunk.sentences:
        own = chunk.text[sentence.start - chunk.start : sentence.end - chunk.start]
        who = said.get(sentence)
        label = ANSWERS.match(own) if who and who.speaker else None
        name = f"{who.speaker}: " if label and who else ""
        text += chunk.text[at - chunk.start : sentence.start - chunk.start]
        cut = label.end() if label else 0
        put.append(_Put(len(text), sentence.start - chunk.start, len(name), cut))
        spans.append(Span(len(text), len(text) + len(name) + len(own) - cut))
        text, at = text + name + own[cut:], sentence.end
    text += chunk.text[at - chunk.start :]
    return Text(text, tuple(spans), chunk.embedded_text.removesuffix(chunk.text)), put


def in_chunk(read: ReadPassage, put: list[_Put]) -> ReadPassage:
    sentences = (
        replace(one, span=where.back(one.span)) if one.span else one
        for one, where in zip(read.sentences, put, strict=True)
    )
    return replace(read, sentences=tuple(sentences))
