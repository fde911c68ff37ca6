"""Reads passages for one question: what the reader makes of each, kept for when it is asked again, and the
word pieces of both."""

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from statistics import fmean

from retrieval.article import Region, Sentence
from retrieval.embed import Embedder, TokenVectors
from retrieval.reader import Reader, ReadPassage
from service.answering import Passage, Reading, Said
from service.answering.extractive.by_name import ANSWERS, in_chunk, text_of
from service.answering.extractive.recent import Recent
from service.answering.extractive.token_vectors import ChunkTokens, PassageTokens

_SURELY_NOT = 1e-6
TEXT = frozenset({Region.BODY, Region.HEADLINE, Region.POST})


@dataclass(frozen=True, slots=True)
class Read:
    """`tokens` come while what needs no model is worked out. `behind` is by how much the search found another
    passage nearer, `around` the mean log odds of the sentences of all that was read for the question."""

    passage: Passage
    tokens: Future[ChunkTokens]
    by_reader: ReadPassage
    behind: float = 0.0
    around: float = 0.0


class PassageReader:
    """Safe to share between threads."""

    def __init__(
        self,
        embedder: Embedder,
        reader: Reader,
        tokens: PassageTokens,
        *,
        kept: int,
        said: Callable[[Passage], Mapping[Sentence, Said | None]] = lambda _: {},
    ) -> None:
        self._embedder = embedder
        self._reader = reader
        self._tokens = tokens
        self._said = said
        self._asked: Recent[str, TokenVectors] = Recent(kept=kept)
        self._read: Recent[tuple[str, str], ReadPassage] = Recent(kept=4 * kept)

    def asked(self, question: str) -> TokenVectors:
        return self._asked.get(question, lambda: self._embedder.tokens(question))

    def read(self, question: str, passages: Sequence[Passage], by: Reading) -> list[Read]:
        """In the order given, as far as it takes: where the first answer for sure, no more are read. Left are
        the likeliest, whose words are then compared with the question's, and asides."""
        found: list[tuple[Passage, ReadPassage]] = []
        for at in range(0, len(passages), by.step):
            found += self._step(question, passages[at : at + by.step])
            if by.sure <= max(s.chance for _, read in found for s in read.sentences):
                break
        nearest = max((passage.hit.fused for passage in passages), default=0.0)
        odds = [log_odds(sentence.chance) for _, read in found for sentence in read.sentences]
        around = fmean(odds) if odds else 0.0
        return [
            Read(p, self._tokens.begun(p.hit.chunk), read, nearest - p.hit.fused, around)
            for p, read in _likely(found, by.compared)
        ]

    def likeliest(self, question: str, passages: Sequence[Passage], by: Reading) -> list[Passage]:
        """The first, by the chance that they answer and by how they were found; the others behind them."""
        first, rest = passages[: by.reranked], passages[by.reranked :]
        odds = [log_odds(read.answers) + by.found * p.hit.fused for p, read in self._step(question, first)]
        order = sorted(range(len(first)), key=lambda at: (-odds[at], at))
        return [*(first[at] for at in order), *rest]

    def _step(self, question: str, passages: Sequence[Passage]) -> list[tuple[Passage, ReadPassage]]:
        by_id = {passage.hit.chunk.id: passage for passage in passages}
        read = self._read.several(
            [(question, id_) for id_ in by_id],
            lambda new: self._score(question, [by_id[id_] for _, id_ in new]),
        )
        known = dict(zip(by_id, read, strict=True))
        return [(p, known[p.hit.chunk.id]) for p in passages]

    def _score(self, question: str, passages: Sequence[Passage]) -> list[ReadPassage]:
        made = [text_of(p.hit.chunk, self._speakers(p)) for p in passages]
        read = self._reader.score(question, [text for text, _ in made])
        return [in_chunk(one, put) for one, (_, put) in zip(read, made, strict=True)]

    def _speakers(self, passage: Passage) -> Mapping[Sentence, Said | None]:
        """Of a transcript."""
        chunk = passage.hit.chunk
        texts = (chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences)
        return self._said(passage) if any(map(ANSWERS.match, texts)) else {}


def _likely(read: Sequence[tuple[Passage, ReadPassage]], most: int) -> list[tuple[Passage, ReadPassage]]:
    text = [at for at, (p, _) in enumerate(read) if p.hit.chunk.region in TEXT]
    kept = set(sorted(text, key=lambda at: (-_best(read[at][1]), at))[:most])
    return [one for at, one in enumerate(read) if at in kept or at not in text]


def _best(read: ReadPassage) -> float:
    return max((s.chance for s in read.sentences), default=0.0)


def log_odds(chance: float) -> float:
    bounded = min(max(chance, _SURELY_NOT), 1.0 - _SURELY_NOT)
    return math.log(bounded / (1.0 - bounded))
