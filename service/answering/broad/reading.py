"""What the reader makes of sentences, asked a plain question that stands behind a broad one."""

import math
from collections.abc import Mapping, Sequence

from retrieval.article import Chunk, Sentence, Span
from retrieval.reader import Passage as Text
from retrieval.reader import Reader, ReadPassage
from service.answering import Passage
from service.answering.extractive import Recent

_READ, _HOLDS = 0.6, 0.3  # of the log odds of a sentence and of its passage; by hand
_SURELY_NOT = 1e-6
Place = tuple[str, Sentence]
"""An article's id, and where in it."""


class PlainReader:
    """Safe to share between threads."""

    def __init__(self, reader: Reader, *, kept: int) -> None:
        self._reader = reader
        self._kept: Recent[tuple[str, str], ReadPassage] = Recent(kept=kept)

    def worth(self, questions: Sequence[str], passages: Sequence[Passage]) -> dict[Place, float]:
        """How likely each sentence answers one of the questions."""
        found: dict[Place, float] = {}
        chunks = {passage.hit.chunk.id: passage.hit.chunk for passage in passages}
        for question in questions:
            read = self._read(question, chunks)
            for chunk, its in zip(chunks.values(), read, strict=True):
                for sentence, one in zip(chunk.sentences, its.sentences, strict=True):
                    worth = _READ * _log_odds(one.chance) + _HOLDS * _log_odds(its.answers)
                    place = (chunk.article_id, sentence)
                    found[place] = max(worth, found.get(place, worth))
        return found

    def _read(self, question: str, chunks: Mapping[str, Chunk]) -> list[ReadPassage]:
        return self._kept.several(
            [(question, id_) for id_ in chunks],
            lambda new: self._reader.score(question, [_text(chunks[id_]) for _, id_ in new]),
        )


def _text(chunk: Chunk) -> Text:
    spans = tuple(Span(s.start - chunk.start, s.end - chunk.start) for s in chunk.sentences)
    return Text(chunk.text, spans, chunk.embedded_text.removesuffix(chunk.text))


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, _SURELY_NOT), 1.0 - _SURELY_NOT)
    return math.log(bounded / (1.0 - bounded))
