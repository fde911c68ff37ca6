"""Who is meant by a description that follows: "the minister" where one minister has been named, "the council"
of a Council of Towns. And bodies that have no other name: "the Ruritanian foreign ministry"."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.article import Span
from service.answering.said.gathered import Gathered, spells
from service.answering.said.naming import descriptions
from service.answering.said.ties import Tie
from service.english import NameKind, offices, phrases, plain_words

_MOST = 50  # of one office: with more than that in an article none is told from the others
_LONGEST_NAME = 5  # words, in a headline


@dataclass(frozen=True, slots=True)
class _Told:
    """That somebody is told to be something, from which place on."""

    since: int
    who: Gathered
    told: frozenset[str]

    @property
    def ranks(self) -> frozenset[str]:
        return self.told & offices.RANKS


class _Known:
    """Who is what, by the word of an office or body."""

    def __init__(self, everyone: Sequence[Gathered]) -> None:
        self._told = defaultdict[str, dict[tuple[Gathered, frozenset[str]], _Told]](dict)
        self._ranked = defaultdict[str, dict[tuple[Gathered, frozenset[str]], _Told]](dict)
        for entity in everyone:
            for tie in entity.ties:
                if tie.role:
                    self.add(tie.role, _Told(tie.span.start, entity, tie.told))
            if entity.head and entity.kind is NameKind.BODY:
                first = min(span.start for span in entity.mentions)
                self.add(entity.head, _Told(first, entity, offices.telling([*entity.parts, entity.head])))

    def add(self, head: str, told: _Told) -> None:
        """Kept once, from the first place on; by its ranks too."""
        for known in (self._told[offices.same_word(head)], *map(self._ranked.__getitem__, told.ranks)):
            before = known.get((told.who, told.told))
            if before is None or told.since < before.since:
                known[told.who, told.told] = told

    def meant(self, words: Sequence[str], head: str, at: int) -> list[Gathered]:
        """Who has been told, before a place, to be what these words say."""
        role, asked = offices.same_word(head), offices.telling([*words, head])
        known = self._told.get(role, {}).values()
        if not known and len(asked) == 1:  # "the deputy", of a deputy mayor
            ranked = self._ranked.get(head, {}).values()
            return list(dict.fromkeys(one.who for one in ranked if one.since < at and len(ranked) <= _MOST))
        if len(known) > _MOST:
            return []
        rank = offices.ranks(role, asked)
        fitting = (one for one in known if one.since < at and offices.ranks(role, one.told) == rank)
        return list(dict.fromkeys(one.who for one in fitting if offices.are_told(asked, one.told)))


def described(text: str, words: phrases.Words, everyone: Sequence[Gathered]) -> list[Gathered]:
    """Everyone, with the places where they are described, and the bodies known by a description alone."""
    known, more, acronyms = _Known(everyone), list[Gathered](), _Acronyms(text, words, everyone)
    for phrase in (_trimmed(words, found) for found in descriptions(words)):
        head, lows = words[phrase.head], [word.low for word in words[phrase.start : phrase.end]]
        first = phrase.start - (phrases.before(words, phrase.start) == "the")
        span = Span(words[first].start, words[phrase.end - 1].end)
        meant = known.meant(lows, head.low, span.start)
        if len(meant) == 1:
            meant[0].mentions.append(span)
            acronyms.give(meant[0], phrase)
        elif not meant and head.low in offices.BODIES and not head.cap and len(offices.telling(lows)) > 1:
            parts = tuple(low for low in lows if low not in offices.STOPS)
            more.append(Gathered(parts, text[words[phrase.start].start : span.end], mentions=[span]))
            known.add(head.low, _Told(span.start, more[-1], offices.telling(lows)))
            acronyms.give(more[-1], phrase)
    everyone = [one for one in (*everyone, *more) if one not in acronyms.given]
    shorts = {short.lower(): entity for entity in everyone for short in entity.shorts if short.isupper()}
    for entity in everyone:
        entity.ties = [_whole(tie, known, shorts) for tie in entity.ties]
    return everyone


class _Acronyms:
    """Those in brackets behind a body that has no capitals: "the port workers' union (PWU)"."""

    def __init__(self, text: str, words: phrases.Words, everyone: Sequence[Gathered]) -> None:
        self._text, self._words = text, words
        self._free = {one.parts[0]: one for one in everyone if one.acronym and len(one.parts) == 1}
        self.given = set[Gathered]()

    def give(self, body: Gathered, phrase: phrases.Phrase) -> None:
        behind = self._words[phrase.end] if phrase.end < len(self._words) else None
        if not behind or behind.gap.strip() != "(" or self._text[behind.end : behind.end + 1] != ")":
            return
        short = self._free.get(behind.low)
        if short and body.kind is NameKind.BODY and spells(behind.low, body.name):
            self.given.add(short)
            body.shorts[short.name] = None
            body.mentions.extend(short.mentions)
            body.ties.extend(short.ties)


def _trimmed(words: phrases.Words, phrase: phrases.Phrase) -> phrases.Phrase:
    """Without "in Elvik", which says where, not which."""
    behind = phrase.head + 1
    if behind == phrase.end or (
        words[behind].low in ("of", "for") and not words[behind + 1].low[:1].isdigit()
    ):
        return phrase
    return replace(phrase, end=behind)


def _whole(tie: Tie, known: _Known, shorts: dict[str, Gathered]) -> Tie:
    """With the whole name of its body where the article tells: of "the movement", by an acronym."""
    if not tie.body:
        return tie
    words = plain_words(tie.body)
    meant = [shorts[tie.body.lower()]] if tie.body.lower() in shorts else []
    if not meant and words and words[-1] in offices.BODIES:
        meant = known.meant(words, words[-1], tie.span.start)
    if len(meant) != 1 or meant[0].kind is NameKind.PERSON:
        return tie
    return replace(tie, body=meant[0].name, told=tie.told | offices.telling(plain_words(meant[0].name)))


def in_headline(words: phrases.Words, everyone: Sequence[Gathered]) -> Iterator[tuple[Gathered, Span]]:
    """Where those whom the article names stand in its headline, whose capitals tell nothing of their own."""
    names = defaultdict[str, list[Gathered]](list)
    for entity in everyone:
        for form in {entity.name.lower(), *(short.lower() for short in entity.shorts)}:
            names[form].append(entity)
    at = 0
    while at < len(words):
        length, meant = _longest(words[at : at + _LONGEST_NAME], names)
        if len(meant) == 1:
            yield meant[0], Span(words[at].start, words[at + length - 1].end)
        at += length


def _longest(words: phrases.Words, names: dict[str, list[Gathered]]) -> tuple[int, list[Gathered]]:
    for length in range(len(words), 0, -1):
        found = names.get(" ".join(word.low for word in words[:length])) if words[0].cap else None
        if found:
            return length, found
    return 1, []
