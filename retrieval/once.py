"""Of a text that several articles carry, each sentence is found once: in the first of them that has it.

What only another has, such as a changed figure or a paragraph more, is found there as ever. No more than a
few passages of one family come before those of others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.article import Article, Chunk, Quote, Region, Sentence
from retrieval.copies import Family
from retrieval.parts import Parts
from retrieval.record import ChunkRef
from retrieval.wording import words_of

Scored = tuple[ChunkRef, float]
Key = tuple[Region, tuple[str, ...]]
"""What of a sentence counts where two are compared."""
EACH = 3
"""Passages of a family before others have come."""


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """An article as it is found: its text and its chunks, in order."""

    article: Article
    chunks: Parts


@dataclass(frozen=True, slots=True)
class Carried:
    """Of a family. `again`: by chunk, its sentences that an earlier member has; `whole`: the chunks that have
    no others; `carriers`: by chunk, those of earlier members that have them. `places`: where each sentence
    stands, by article."""

    again: Mapping[str, frozenset[Sentence]]
    whole: frozenset[str]
    carriers: Mapping[str, tuple[ChunkRef, ...]]
    places: Mapping[Key, Mapping[str, Sentence]]

    def beside(self, quote: Quote, cited: OpenArticle, others: Iterable[OpenArticle]) -> list[Quote]:
        """The same words in those of the others that have every sentence of a quotation."""
        sentences = [s for chunk in cited.chunks for s in chunk.sentences]
        keys = [_key(cited.article, s) for s in sentences if s.start < quote.end and quote.start < s.end]
        found = []
        for article in (other.article for other in others if keys):
            its = [place for key in keys if (place := self.places.get(key, {}).get(article.id))]
            if len(its) == len(keys):
                start, end = min(s.start for s in its), max(s.end for s in its)
                found.append(Quote(article.id, article.version, start, end, article.text[start:end]))
        return found


def carried(members: Iterable[OpenArticle]) -> Carried:
    """`members` in the order of who is cited."""
    first: dict[Key, ChunkRef] = {}
    places: dict[Key, dict[str, Sentence]] = {}
    again: dict[str, frozenset[Sentence]] = {}
    carriers: dict[str, tuple[ChunkRef, ...]] = {}
    whole: set[str] = set()
    for member in members:
        for chunk in member.chunks:
            known: dict[Sentence, ChunkRef] = {}
            for sentence in chunk.sentences:
                key = _key(member.article, sentence)
                places.setdefault(key, {}).setdefault(member.article.id, sentence)
                carrier = first.setdefault(key, ref_of(chunk))
                if key[1] and carrier.article_id != chunk.article_id:
                    known[sentence] = carrier
            if known:
                again[chunk.id] = frozenset(known)
                carriers[chunk.id] = tuple(dict.fromkeys(known.values()))
            if len(known) == len(chunk.sentences):
                whole.add(chunk.id)
    return Carried(again, frozenset(whole), carriers, places)


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
    return ChunkRef(chunk.id, chunk.article_id, chunk.version, chunk.start, chunk.region)


def _key(article: Article, sentence: Sentence) -> Key:
    return sentence.region, words_of(article.text[sentence.start : sentence.end])
