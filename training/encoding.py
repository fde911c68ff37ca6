"""Rows as the word pieces that the network reads, with what it should say of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from retrieval.article import Span
from training.rows import Asked, Entails, Stated

LONGEST = 256  # word pieces of question and passage, or of quotation and statement
NO_SENTENCE = -1


@dataclass(frozen=True, slots=True)
class Sample:
    """`sentence` holds for each word piece the sentence it is in, NO_SENTENCE for what is none of the
    passage's; `gold` the sentences that answer; `starts` and `ends` the pieces where a marked answer does.
    `label` is set for a statement beside a quotation, and then all these are empty. Samples of one `number`
    are one question over several passages of its corpus; 0: of a passage by itself."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    sentence: tuple[int, ...] = ()
    gold: frozenset[int] = frozenset()
    starts: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()
    label: Entails | None = None
    number: int = 0


def asked(row: Asked, tokenizer: Tokenizer, *, number: int = 0) -> Sample | None:
    """None where it is too long, since what answers could be cut away."""
    read = tokenizer.encode(row.question, row.lead + row.passage)
    if len(read.ids) > LONGEST:
        return None
    offsets = [(start - len(row.lead), end - len(row.lead)) for start, end in read.offsets]
    sentence = places(read.type_ids, offsets, row.sentences)
    inside = [at for at, place in enumerate(sentence) if place != NO_SENTENCE]
    starts, ends = set(), set()
    for span in row.spans:
        covered = [at for at in inside if offsets[at][0] < span.end and offsets[at][1] > span.start]
        starts.update(covered[:1])
        ends.update(covered[-1:])
    return Sample(
        tuple(read.ids),
        tuple(read.type_ids),
        sentence,
        row.gold,
        frozenset(starts if row.gold else ()),
        frozenset(ends if row.gold else ()),
        number=number,
    )


def stated(row: Stated, tokenizer: Tokenizer) -> Sample | None:
    read = tokenizer.encode(row.premise, row.statement)
    if len(read.ids) > LONGEST:
        return None
    return Sample(tuple(read.ids), tuple(read.type_ids), label=row.label)


def places(
    types: Sequence[int], offsets: Sequence[tuple[int, int]], sentences: Sequence[Span]
) -> tuple[int, ...]:
    """For each word piece of a question and a passage, the sentence of the passage that it stands in."""
    found = []
    for kind, (start, end) in zip(types, offsets, strict=True):
        within = kind == 1 and end > start
        found.append(
            next((n for n, s in enumerate(sentences) if s.start <= start < s.end), NO_SENTENCE)
            if within
            else NO_SENTENCE
        )
    return tuple(found)
