"""Of whom or what an overview is wanted, where only its kind is known: by what the articles name."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from service.answering.asked import EVENTS, Broad, Overview, words_of_asking
from service.answering.broad.articles import Told
from service.answering.broad.in_turn import InTurn
from service.answering.broad.parties import party
from service.answering.said import Known, known
from service.english import ASKING, SMALL, NameKind, plain_words, stem, words_of

_LONGEST = 5  # words of a name
_BEHIND = words_of("on about over regarding concerning around for")
_ON = re.compile(r" (?:on|about|over|regarding|concerning) (?!this\b|it\b|all\b)(?P<what>[^?]{3,60})")
_BEFORE = _BEHIND | words_of("of in between with for at from")
_AGREEMENT = words_of("deal agreement treaty accord settlement pact truce compromise contract package")
_OF_PARTIES = frozenset((Overview.COMPARISON, Overview.POSITION, Overview.GOT))
_OF_ANY = frozenset((Overview.COURSE, Overview.GIST, Overview.TIMELINE))


def resolved(asks: Broad, articles: Sequence[Told], in_turn: InTurn) -> Broad | None:
    """None of what wants one thing after all: one matter of the negotiation, or nobody that they name."""
    if not asks.likely and all(party(one, articles) for one in asks.of if asks.kind in _OF_PARTIES):
        return asks
    typed = [word.removesuffix("'s") for word in plain_words(asks.typed.replace("’", "'"))]
    names = dict(_named(typed, articles))
    of = tuple(dict.fromkeys(names.values()))
    if not asks.likely:
        return replace(asks, of=of) if len(of) == len(asks.of) and _begin(asks.of, of) else asks
    spent = {at for span in names for at in span}
    matters = [at for at, word in enumerate(typed) if at not in spent and not _is_common(word)]
    known = [at for at in matters if any(_has(told, typed[at]) for told in articles)]
    if not known and not of and any(_is_subject(typed, at) for at in matters):
        return None
    apart = [at for at in matters if not _is_subject(typed, at)]
    if apart and (asks.kind is Overview.PEOPLE or typed[0] in ASKING):
        return None  # "who are the vets?", "are they lying?"
    if asks.kind is Overview.SOURCES and (of or known):
        return None
    called = " ".join(typed[at] for at in sorted({*matters, *spent}))
    if (
        asks.kind is Overview.GIST
        and in_turn.called(called)
        and (" " in called or _is_outlet(called, articles))
    ):
        return replace(asks, of=(called,))
    topics = [typed[at] for at in known if not _is_its_name(typed, at, articles)]
    if asks.kind in (Overview.GIST, Overview.TIMELINE):  # "what is the elephant row about" is of all
        of = tuple(name for span, name in names.items() if _is_subject(typed, span.start))
    if asks.kind not in _OF_PARTIES | _OF_ANY:
        topics += [typed[at] for at in spent if not _is_its_name(typed, at, articles)]
    return _of(asks, of, " ".join(topics))


def _begin(asked: Sequence[str], names: Sequence[str]) -> bool:
    """Whether what was taken for a name is one, and goes on with what is none: "Roe asked for"."""
    rests = [one[len(name) :] for one, name in zip(asked, names, strict=True) if _bare(one).startswith(name)]
    return len(rests) == len(asked) and all(rest == rest.lower() for rest in rests)


def _of(asks: Broad, of: tuple[str, ...], topic: str) -> Broad | None:
    match asks.kind:
        case Overview.COMPARISON:
            return replace(asks, of=of[:2], topic=topic) if len(of) > 1 else None
        case Overview.POSITION | Overview.GOT:
            return replace(asks, of=of[:1]) if of and not topic else None
        case Overview.COURSE | Overview.GIST | Overview.TIMELINE:
            return replace(asks, of=(topic or of[0],)) if topic or len(of) == 1 else asks
        case Overview.PEOPLE:
            on = _ON.search(asks.typed)
            return None if topic and not on else replace(asks, topic=on["what"] if on else "")
        case _:
            return None if topic else asks


def _named(typed: Sequence[str], articles: Sequence[Told]) -> Iterator[tuple[range, str]]:
    """Where a question has names, offices and those who speak, the longest first at each place."""
    everyone = known(person for told in articles for person in told.whole.cast.everyone)
    speaking = {_bare(one.speaker) for told in articles for one in told.reported if one.speaker}
    at = 0
    while at < len(typed):
        lengths = range(min(_LONGEST, len(typed) - at), 0, -1)
        n = next((n for n in lengths if _is_somebody(typed[at : at + n], everyone, speaking)), 0)
        if n:
            yield range(at, at + n), " ".join(typed[at : at + n])
        at += n or 1


def _bare(speaker: str) -> str:
    return " ".join(word for word in plain_words(speaker) if word not in SMALL)


def _is_somebody(words: Sequence[str], everyone: Known, speaking: Container[str]) -> bool:
    if words[0] in SMALL or words[-1] in SMALL or all(map(_is_common, words)):
        return False
    name = " ".join(words)
    who = everyone.called(name) or everyone.holders(name)
    return any(one.kind is not NameKind.DAY for one in who) or name in speaking


def _is_common(word: str) -> bool:
    return word in SMALL or word in EVENTS or word in _AGREEMENT or word in words_of_asking()


def _has(told: Told, word: str) -> bool:
    return stem(word) in told.whole.all_words


def _is_outlet(called: str, articles: Sequence[Told]) -> bool:
    return any(called in plain_words(told.article.facts.outlet or "") for told in articles)


def _is_subject(typed: Sequence[str], at: int) -> bool:
    """Of "the grain talks", "stuck on grain"."""
    behind = [word for word in typed[at + 1 : at + 3] if word in EVENTS | _AGREEMENT]
    return bool(behind) or not _BEFORE.isdisjoint(typed[max(0, at - 2) : at])


def _is_its_name(typed: Sequence[str], at: int, articles: Sequence[Told]) -> bool:
    """Whether a word says which negotiation is meant, and not which matter of it: a third of the articles
    have it; behind "on", more than half are about it."""
    word = stem(typed[at])
    if not _BEHIND.isdisjoint(typed[max(0, at - 3) : at]):
        return 2 * sum(word in told.whole.subjects for told in articles) > len(articles)
    return 3 * sum(word in told.whole.all_words for told in articles) >= len(articles)
