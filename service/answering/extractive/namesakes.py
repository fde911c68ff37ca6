"""Two who share a name stay two: what is asked of one isn't answered with what another says or does."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from retrieval.article import Sentence, Span
from service.answering.asked import Question
from service.answering.extractive.scoring import Candidate
from service.answering.said import Cast, Person
from service.english import CAPITALISED, FIRST, SMALL, NameKind, plain_words

_SHORT = 3  # letters of a first name cut short
_FIRST = frozenset(FIRST)
_CAPITALISED = re.compile(CAPITALISED)
_Name = tuple[str, ...]


def names_somebody(asks: Question, order: Sequence[Candidate]) -> bool:
    """Whether what may be a name in the sentences stands in the question: only then may two be called so."""
    asked = set(plain_words(asks.asked())) - SMALL
    return any(word.lower() in asked for one in order for word in _CAPITALISED.findall(one.text))


def of_one_bearer(asks: Question, order: Sequence[Candidate], casts: Iterable[Cast]) -> list[Candidate]:
    """Without what tells of another bearer of a name alone. Meant is whom most of the question's words name,
    else whom the likeliest sentence tells of; nobody, where it names several wholly."""
    asked = frozenset(plain_words(asks.asked()))
    by_article = {(one.article_id, one.version): cast for cast in casts for one in cast.everyone[:1]}
    if not any(_shared(asked, by_article.values())):
        return list(order)
    told = [_told_of(asks, asked, one, by_article.get(_article(one))) for one in order]
    others = {
        name for bearers in _shared(asked, by_article.values()) for name in _others(asked, bearers, told)
    }
    return [one for one, names in zip(order, told, strict=True) if not names or names - others]


def _shared(asked: frozenset[str], casts: Iterable[Cast]) -> Iterator[set[_Name]]:
    """The whole names of all who bear one word of the question, where several do."""
    names = {one.key for cast in casts for one in cast.everyone if _is_named(one, asked)}
    for word in asked:
        bearers = {name for name in names if word in (name[0], name[-1])}
        if len(bearers) > 1:
            yield bearers


def _is_named(person: Person, asked: frozenset[str]) -> bool:
    return person.kind is NameKind.PERSON and len(person.key) > 1 and not asked.isdisjoint(person.key)


def _others(asked: frozenset[str], bearers: Collection[_Name], told: Iterable[set[_Name]]) -> list[_Name]:
    most = max(len(asked.intersection(name)) for name in bearers)
    fullest = [name for name in bearers if len(asked.intersection(name)) == most]
    likeliest = (its.pop() for names in told if len(its := names.intersection(bearers)) == 1)
    if len(fullest) > 1 and most > 1:
        return []
    meant = fullest[0] if len(fullest) == 1 else next(likeliest, None)
    return [name for name in bearers if meant and not _may_be_one(name, meant)]


def _may_be_one(one: _Name, other: _Name) -> bool:
    """ "Jo Roe" may be "Joanna Roe", "Mary Roe" "Joanna Mary Roe"; "Joan Roe" isn't "Joanna Roe"."""
    short, long = sorted((one[0], other[0]), key=len)
    called = one[-1] == other[-1] and len(short) <= _SHORT and long.startswith(short)
    return called or set(one) <= set(other) or set(other) <= set(one)


def _told_of(asks: Question, asked: frozenset[str], one: Candidate, cast: Cast | None) -> set[_Name]:
    """Whom of those named a sentence tells of. Who says it is told of where it is asked what one says, or
    where it says "I"."""
    if cast is None:
        return set()
    speaker = one.said.speaker if one.said else None
    start = one.passage.article.text.rfind(speaker, 0, one.sentence.end) if speaker else -1
    span = Span(start, start + len(speaker)) if speaker and start >= 0 else None
    by = cast.meant(span) if span else None
    if asks.speaker and by:
        told = [by]
    else:
        told = [each for each in cast.everyone if _stands(each, one.sentence, span)]
        told += [by] if by and not _FIRST.isdisjoint(plain_words(one.text)) else []
    return {each.key for each in told if _is_named(each, asked)}


def _stands(person: Person, sentence: Sentence, besides: Span | None) -> bool:
    return any(
        sentence.start <= mention.start < sentence.end
        and not (besides and besides.start <= mention.start < besides.end)
        for mention in person.mentions
    )


def _article(one: Candidate) -> tuple[str, int]:
    return one.passage.article.id, one.passage.article.version
