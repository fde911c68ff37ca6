"""Two who share a name stay two: what is asked of one isn't answered with what another says or does."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from retrieval.article import Sentence, Span
from service.answering.asked import Question
from service.answering.extractive.scoring import Candidate
from service.answering.said import Cast, Person
from service.english import CAPITALISED, FIRST, SMALL, NameKind, offices, plain_words, whole_names

_SHORT = 3  # letters of a first name cut short
_FIRST = frozenset(FIRST)
_CAPITALISED = re.compile(CAPITALISED)
_Name = tuple[str, ...]


def names_somebody(asks: Question, order: Sequence[Candidate]) -> bool:
    """Whether what may be a name in the sentences stands in the question: only then may two be called so."""
    asked = set(plain_words(asks.asked())) - SMALL
    return any(word.lower() in asked for one in order for word in _CAPITALISED.findall(one.text))


def of_one_bearer(asks: Question, order: Sequence[Candidate], casts: Iterable[Cast]) -> list[Candidate]:
    """Without what tells of another bearer of a name alone, where the question says which it means:
    by the first name, or by the office that only one holds. "Mr Roe" and a bare "Roe" may be any of them."""
    said = plain_words(asks.asked())
    asked = frozenset(said)
    by_article = {(one.article_id, one.version): cast for cast in casts for one in cast.everyone[:1]}
    named = [one for cast in by_article.values() for one in cast.everyone if _is_named(one, asked)]
    others = {name for bearers in _shared(asked, named) for name in _others(said, bearers, named)}
    if not others:
        return list(order)
    told = [_told_of(asks, asked, one, by_article.get(_article(one))) for one in order]
    return [one for one, names in zip(order, told, strict=True) if not names or names - others]


def _shared(asked: frozenset[str], named: Sequence[Person]) -> Iterator[set[_Name]]:
    """The whole names of all who bear one word of the question, where several do."""
    names = {one.key for one in named}
    for word in asked:
        bearers = {name for name in names if word in (name[0], name[-1])}
        if len(bearers) > 1:
            yield bearers


def _is_named(person: Person, asked: frozenset[str]) -> bool:
    return person.kind is NameKind.PERSON and len(person.key) > 1 and not asked.isdisjoint(person.key)


def _others(said: Sequence[str], bearers: Collection[_Name], named: Sequence[Person]) -> list[_Name]:
    most = max(len(set(said).intersection(name)) for name in bearers)
    meant = [name for name in bearers if most > 1 and len(set(said).intersection(name)) == most]
    if not meant:
        meant = list({one.key for one in named if one.key in bearers and _by_office(said, one)})
    elif not _is_whole(said, meant[0]):
        return []
    return [name for name in bearers if not _may_be_one(name, meant[0])] if len(meant) == 1 else []


def _is_whole(said: Sequence[str], name: _Name) -> bool:
    """Whether the surname stands behind its own first name wherever it stands: "Mr Lee" of "what did Mr Lee
    say of Ann Lee" is another."""
    return all(ahead in name for ahead, word in _pairs(said) if word == name[-1])


def _by_office(said: Sequence[str], person: Person) -> bool:
    """ "Mayor Roe"."""
    held = frozenset(word for office in person.offices for word in plain_words(office))
    return any(
        word == person.key[-1] and ahead in held and offices.is_known_role(ahead)
        for ahead, word in _pairs(said)
    )


def _pairs(said: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word behind the one ahead of it."""
    return zip(("", *said), said, strict=False)


def _may_be_one(one: _Name, other: _Name) -> bool:
    """ "Jo Roe" may be "Joanna Roe", "Bill Roe" "William Roe", "Mary Roe" "Joanna Mary Roe"; "Joan Roe" isn't
    "Joanna Roe"."""
    short, long = sorted((one[0], other[0]), key=len)
    called = len(short) <= _SHORT and long.startswith(short)
    called = called or not whole_names(short).isdisjoint(whole_names(long))
    return (called and one[-1] == other[-1]) or set(one) <= set(other) or set(other) <= set(one)


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
