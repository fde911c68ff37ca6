"""Of a text that several articles carry, each sentence is found once: in the first of them that has it.

What only another has, such as a changed figure or a paragraph more, is found there as ever. No more than a
few passages of one family come before those of others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.article import Article, Chunk, Region, Sentence
from retrieval.copies import Family
from retrieval.likeness import words_of
from retrieval.record import ChunkRef

Scored = tuple[ChunkRef, float]
EACH = 3
"""Passages of a family before others have come."""


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """An article as it is found: its text and its chunks, in order."""

    article: Article
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Of a family. `again`: by chunk, its sentences that an earlier member has; `whole`: the chunks that have
    no others; `carriers`: by chunk, those of earlier members that have them."""

    again: Mapping[str, frozenset[Sentence]]
    whole: frozenset[str]
    carriers: Mapping[str, tuple[ChunkRef, ...]]


def carried(members: Iterable[OpenArticle]) -> Carried:
    """`members` in the order of who is cited."""
    first: dict[tuple[Region, tuple[str, ...]], ChunkRef] = {}
    again: dict[str, frozenset[Sentence]] = {}
    carriers: dict[str, tuple[ChunkRef, ...]] = {}
    whole: set[str] = set()
    for member in members:
        for chunk in member.chunks:
            known: dict[Sentence, ChunkRef] = {}
            for sentence in chunk.sentences:
                key = sentence.region, words_of(member.article.text[sentence.start : sentence.end])
                carrier = first.setdefault(key, ref_of(chunk))
                if key[1] and carrier.article_id != chunk.article_id:
                    known[sentence] = carrier
            if known:
                again[chunk.id] = frozenset(known)
                carriers[chunk.id] = tuple(dict.fromkeys(known.values()))
            if len(known) == len(chunk.sentences):
                whole.add(chunk.id)
    return Carried(again, frozenset(whole), carriers)


def told_once(ranked: Sequence[Scored], every: Iterable[Carried]) -> list[Scored]:
    """In the place of a chunk that says nothing more, those that say it."""
    known = list(every)
    carriers = {id_: its for one in known for id_, its in one.carriers.items()}
    whole = {id_ for one in known for id_ in one.whole}
    told: dict[str, Scored] = {}
    for ref, score in ranked:
        own = () if ref.id in whole else (ref,)
        for each in (*own, *carriers.get(ref.id, ())):
            told.setdefault(each.id, (each, score))
    return list(told.values())


def spread(ranked: Sequence[Scored], families: Iterable[Family]) -> tuple[list[Scored], int]:
    """EACH of a family first, the rest of it behind all others; and how many came first."""
    of = {member.article_id: family.members[0] for family in families for member in family.members}
    taken = Counter[str]()
    first: list[Scored] = []
    crowded: list[Scored] = []
    for each in ranked:
        leader = of.get(each[0].article_id)
        if leader is not None:
            taken[leader.article_id] += 1
        crowds = leader is not None and taken[leader.article_id] > EACH
        (crowded if crowds else first).append(each)
    return [*first, *crowded], len(first)


def ref_of(chunk: Chunk) -> ChunkRef:
    return ChunkRef(chunk.id, chunk.article_id, chunk.version, chunk.start)
