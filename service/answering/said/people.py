"""The people and bodies of one article: the whole name of each, what the article calls it besides, the
offices and bodies that it ties to it, and where it stands. By this article alone: what it doesn't tell isn't
known.

Two who share a surname, a first name or an office stay two; a short form that could be either is nobody's.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.article import Article, Region, RegionSpan, Span
from retrieval.lines import is_hard_wrapped
from service.answering.said.described import described, in_headline
from service.answering.said.gathered import Gathered, gathered
from service.answering.said.naming import named_in
from service.answering.said.ties import Tie
from service.english import NameKind, offices, phrases

_NAMES_STAND = (Region.BODY, Region.CAPTION, Region.POST)


@dataclass(frozen=True, slots=True)
class Person:
    """A person or a body of one article version. `name` is the whole name as the article has it, `key` its
    words in lower case, `shorts` what the article says for it, `mentions` every place where it is meant,
    descriptions ("the minister") among them."""

    article_id: str
    version: int
    key: tuple[str, ...]
    name: str
    kind: NameKind
    shorts: tuple[str, ...]
    ties: tuple[Tie, ...]
    mentions: tuple[Span, ...]

    @property
    def offices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tie.words for tie in self.ties if tie.role))

    @property
    def office(self) -> str | None:
        """The one that says most, a present one before what is past."""
        held = [tie for tie in self.ties if tie.role]
        best = max(held, key=lambda tie: (tie.is_office, not tie.is_past, len(tie.told)), default=None)
        return best.words if best else None

    @property
    def organisations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tie.body for tie in self.ties if tie.body))


def _with_signatures(found: Sequence[RegionSpan]) -> tuple[RegionSpan, ...]:
    """A byline below a post names who wrote it."""
    above = (None, *(one.kind for one in found))
    return tuple(
        replace(one, kind=Region.POST) if one.kind is Region.BYLINE and kind is Region.POST else one
        for one, kind in zip(found, above, strict=False)
    )


def people(article: Article) -> tuple[Person, ...]:
    """In the order in which they are first meant."""
    told = _with_signatures(article.regions)
    everyone = _everyone(article.text, _words(article.text, told, *_NAMES_STAND))
    for entity, span in in_headline(_words(article.text, article.regions, Region.HEADLINE), everyone):
        entity.mentions.append(span)
    made = [_person(article, entity) for entity in everyone if entity.mentions]
    return tuple(sorted(made, key=lambda one: (one.mentions[0].start, one.mentions[0].end, one.name)))


def called(text: str) -> tuple[tuple[str, ...], ...]:
    """What an article of this text calls each of those whom it names: by name, short and office."""
    whole = (RegionSpan(Region.BODY, 0, len(text)),)
    everyone = _everyone(text, _words(text, whole, Region.BODY))
    return tuple((one.name, *one.shorts, *(tie.words for tie in one.ties)) for one in everyone)


def _everyone(text: str, words: list[phrases.Word]) -> list[Gathered]:
    return described(text, words, gathered(text, list(named_in(text, words))))


def _words(text: str, regions: Sequence[RegionSpan], *kinds: Region) -> list[phrases.Word]:
    wrapped = is_hard_wrapped(text)
    return [
        word
        for region in regions
        if region.kind in kinds
        for word in phrases.words_in(text, region.start, region.end, wrapped=wrapped)
    ]


def _person(article: Article, entity: Gathered) -> Person:
    return Person(
        article.id,
        article.version,
        entity.parts,
        entity.name,
        entity.kind,
        tuple(entity.shorts),
        tuple(sorted(entity.ties, key=lambda tie: tie.span.start)),
        tuple(sorted(dict.fromkeys(entity.mentions), key=lambda span: (span.start, span.end))),
    )


class Cast:
    """An article's people, to be asked who is meant by words that stand in it."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.everyone = people(article)
        places = [(span, one) for one in self.everyone for span in one.mentions]
        self._places = sorted(places, key=lambda place: (place[0].start, place[0].end))
        self._starts = [span.start for span, _ in self._places]

    def meant(self, words: Span) -> Person | None:
        """By a speaker's words: "the union's treasurer, Jane Roe", "Roe", "the minister". None for one who
        isn't named, though somebody else is: "an aide of Roe", "Roe's aide", "officials of the union"."""
        first = bisect_left(self._starts, words.start)
        last = bisect_left(self._starts, words.end, lo=first)
        inside = [one for span, one in self._places[first:last] if self._speaks(span, words)]
        return inside[0] if len(set(map(id, inside))) == 1 else None

    def _speaks(self, mention: Span, words: Span) -> bool:
        """Whether the words mean whom the mention in them does, and not somebody of theirs."""
        if mention.end > words.end:
            return False
        text = self.text
        behind = phrases.words_in(text, mention.end, words.end)
        after = text[mention.end : mention.end + 2]
        if behind and (after[:1] in "’'" or (behind[0].start == mention.end + 1 and _is_noun(behind[0]))):
            return False
        ahead: Sequence[phrases.Word] = phrases.words_in(text, words.start, mention.start)
        low = [word.low for word in ahead if word.low != "the"][-1:]
        return not low or text[mention.start - 1] == "," or low[0] not in offices.PREPOSITIONS


def _is_noun(word: phrases.Word) -> bool:
    return not word.cap and word.low not in offices.STOPS and not offices.is_doing(word.low)
