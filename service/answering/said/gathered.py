"""Which of an article's names mean one: whole names first, then the surnames, first names, nicknames and
acronyms that stand for them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.article import Span
from service.answering.said.naming import Named
from service.answering.said.ties import Tie
from service.english import NameKind, is_outlet, lexicon, of_women, offices, phrases

_AFTER_NAME = frozenset(("jr", "sr", "ii", "iii"))
_STYLES = offices.HE_TITLES | offices.SHE_TITLES


@dataclass(slots=True, eq=False)
class Gathered:
    """Grows while an article is read."""

    parts: tuple[str, ...]
    name: str
    shorts: dict[str, None] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    person: bool = False
    place: bool = False
    determined: bool = False
    acronym: bool = False

    def take(self, text: str, named: Named) -> None:
        shown = text[named.span.start : named.span.end]
        if len(named.parts) == len(self.parts) and self.name.isupper() and not named.acronym:
            self.name = shown
        elif shown != self.name and len(named.parts) < len(self.parts):
            self.shorts[shown] = None
        if named.nickname:
            self.shorts[text[named.nickname.start : named.nickname.end]] = None
        self.ties.extend(named.ties)
        self.mentions.append(named.span)
        self.titles |= named.titles
        self.person |= named.person
        self.place |= named.place
        self.determined |= named.determined
        self.acronym |= named.acronym

    @property
    def surname(self) -> str:
        return self.parts[-2] if self.parts[-1] in _AFTER_NAME and len(self.parts) > 2 else self.parts[-1]

    @property
    def head(self) -> str | None:
        """Of a body: the word that says what it is, "council" of "Council of Towns"."""
        return next((part for part in reversed(self.parts) if part in offices.BODIES), None)

    @property
    def kind(self) -> NameKind:
        roles = {tie.role for tie in self.ties if tie.role}
        if self.person or any(map(offices.is_role, roles)):
            return NameKind.PERSON
        if is_outlet(self.name):
            return NameKind.OUTLET
        if self.head or roles & offices.BODIES or "&" in self.name:
            return NameKind.BODY
        several = len(self.parts) > 1
        if self.acronym or not offices.NUMBERS.isdisjoint(self.parts):
            return NameKind.BODY if self.acronym else NameKind.UNKNOWN
        if self.place or roles & offices.SETTLEMENTS or (several and self._is_place_by_its_words()):
            return NameKind.PLACE
        if self.determined or (several and _is_initials(self.name.split()[0])):
            return NameKind.BODY
        return NameKind.PERSON if several or self.certain else NameKind.UNKNOWN

    def _is_place_by_its_words(self) -> bool:
        before = self.parts[0] in offices.PLACES_BEFORE or self.parts[0] in lexicon.NO_TITLES
        return before or self.parts[-1] in offices.PLACES

    @property
    def certain(self) -> bool:
        """Whether it is a person's by more than being of two words."""
        roles = (tie.role for tie in self.ties if tie.role)
        return self.person or any(map(offices.is_role, roles)) or of_women(self.name, "") is not None

    def may_be(self, titles: frozenset[str]) -> bool:
        """Whether what stands before a surname doesn't make it somebody else's."""
        styled = self.titles & _STYLES
        woman = any((tie.role or "").endswith("woman") for tie in self.ties) or of_women(self.name, "")
        hers = bool(styled & offices.SHE_TITLES) if styled else woman
        return hers is None or not titles & (offices.HE_TITLES if hers else offices.SHE_TITLES)


def _is_initials(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word.isupper()


def gathered(text: str, named: Sequence[Named]) -> list[Gathered]:
    """In the order in which they first stand there by their whole names; those with one name last."""
    surnames = {one.parts[-1] for one in named if len(one.parts) > 1 and not _is_behind_first(one)}
    named = [_surname(one) if _is_behind_first(one) and one.parts[-1] in surnames else one for one in named]
    found = _whole(text, named)
    acronyms = _acronyms(text, named, found)
    everyone = list(dict.fromkeys((*found.values(), *acronyms.values())))
    elsewhere = {one.parts[0] for one in named if len(one.parts) == 1 and (one.place or one.determined)}
    shorts, heads = _shorts(everyone, acronyms, elsewhere), _heads(everyone)
    singles: dict[str, Gathered] = {}
    waiting: list[Named] = []
    for one in named:
        if len(one.parts) > 1:
            continue
        meant = _meant(one, shorts) or (heads.get(one.parts[0], []) if one.determined else [])
        if len(meant) == 1:
            meant[0].take(text, one)
        elif not meant and one.firm:
            key = one.parts[0]
            singles.setdefault(key, Gathered(one.parts, text[one.span.start : one.span.end])).take(text, one)
        elif not meant:
            waiting.append(one)
    for one in waiting:  # with a capital that any word would have there
        if single := singles.get(one.parts[0]):
            single.take(text, one)
    return [*everyone, *singles.values()]


def _is_behind_first(one: Named) -> bool:
    """ "De la Cuadra", where a sentence begins with it."""
    return len(one.parts) > 1 and one.parts[0] in phrases.PARTICLES


def _surname(one: Named) -> Named:
    return one._replace(parts=one.parts[-1:])


def _whole(text: str, named: Sequence[Named]) -> dict[tuple[str, ...], Gathered]:
    """By the words of their names. One with a middle name more is the same, if only one is."""
    several = [one for one in named if len(one.parts) > 1]
    keys = dict.fromkeys(one.parts for one in several)
    longer = defaultdict[tuple[str, str], list[tuple[str, ...]]](list)
    for key in keys:
        longer[key[0], key[-1]].append(key)
    same = {short: full for group in longer.values() if len(group) == 2 for short, full in _nested(group)}
    found: dict[tuple[str, ...], Gathered] = {}
    for one in several:
        key = same.get(one.parts, one.parts)
        entity = found.setdefault(key, Gathered(key, text[one.span.start : one.span.end]))
        if len(one.parts) == len(key) > len(entity.name.split()):
            entity.name = text[one.span.start : one.span.end]
        entity.take(text, one)
    return found


def _nested(group: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    short, full = sorted(group, key=len)
    middle = iter(full)
    if len(short) < len(full) and all(part in middle for part in short):
        yield short, full


def _acronyms(
    text: str, named: Sequence[Named], found: dict[tuple[str, ...], Gathered]
) -> dict[str, Gathered]:
    """Those in brackets beside the name that they spell, or the name beside them: "Seamen's League (SL)"."""
    spelt: dict[str, Gathered] = {}
    for one, other in pairwise(named):
        between = text[one.span.end : other.span.start]
        if between.strip() != "(" or text[other.span.end : other.span.end + 1] != ")":
            continue
        short, full = (one, other) if one.acronym else (other, one)
        entity = found.get(full.parts)
        if entity and short.acronym and spells(short.parts[0], text[full.span.start : full.span.end]):
            spelt.setdefault(short.parts[0], entity)
    return spelt


def spells(acronym: str, name: str) -> bool:
    """Whether its letters begin words of the name, in order and beginning with one of its first."""
    initials = "".join(word[0] for word in name.lower().replace("-", " ").split())
    letters = iter(initials)
    return acronym[0] in initials[:2] and all(letter in letters for letter in acronym)


def _shorts(
    everyone: Sequence[Gathered], acronyms: dict[str, Gathered], elsewhere: set[str]
) -> dict[str, list[Gathered]]:
    shorts = defaultdict[str, list[Gathered]](list)
    for entity in everyone:
        if entity.kind is NameKind.PERSON:
            nicknames = [short.lower() for short in entity.shorts]
            first = [entity.parts[0]] if entity.certain or entity.parts[0] not in elsewhere else []
            for form in dict.fromkeys((entity.surname, *first, *nicknames)):
                shorts[form].append(entity)
    for acronym, entity in acronyms.items():
        shorts[acronym] = [entity]
    return shorts


def _heads(everyone: Sequence[Gathered]) -> dict[str, list[Gathered]]:
    """Bodies by the word that stands for them behind "the": the Front of a Free Front."""
    heads = defaultdict[str, list[Gathered]](list)
    for entity in everyone:
        if entity.head and entity.kind is NameKind.BODY:
            heads[entity.head].append(entity)
    return heads


def _meant(one: Named, shorts: dict[str, list[Gathered]]) -> list[Gathered]:
    candidates = [] if one.place else shorts.get(one.parts[0], [])
    fitting = [entity for entity in candidates if entity.may_be(one.titles)]
    roles = {tie.role for tie in one.ties if tie.role}
    if roles and len(fitting) > 1:  # "Commander Roe"
        return [entity for entity in fitting if roles & {tie.role for tie in entity.ties}]
    return fitting
