"""Who is one person or body across articles, and who holds an office. Only what the articles tie: one whole
name where nothing told of its bearers contradicts. In whatever order the articles come, the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from service.answering.said.people import Person
from service.answering.said.ties import Tie
from service.english import NameKind, offices, plain_words

_MOST = 60  # offices of one name that are compared, far more than anybody has


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person or body, as each article that names them has them."""

    name: str
    kind: NameKind
    among: tuple[Person, ...]

    def ties(self) -> tuple[tuple[Person, Tie], ...]:
        """What each article says that they are."""
        return tuple((person, tie) for person in self.among for tie in person.ties)


@dataclass(frozen=True, slots=True)
class Known:
    everyone: tuple[Somebody, ...]

    def called(self, name: str) -> tuple[Somebody, ...]:
        """All who may be meant by a whole name or by a short form that an article uses for them."""
        key, low = tuple(_words(name)), name.lower()
        return tuple(
            one
            for one in self.everyone
            if any(key in (p.key, p.key[-1:]) or low in map(str.lower, p.shorts) for p in one.among)
        )

    def holders(self, office: str) -> tuple[Somebody, ...]:
        """All whom an article ties to an office: "foreign minister", "treasurer of the union"."""
        asked = offices.telling(_words(office))
        for loose in (False, True):
            found = [one for one in self.everyone if any(is_tied(p, asked, loose=loose) for p in one.among)]
            if found:
                return tuple(found)
        return ()

    def holder(self, office: str) -> Somebody | None:
        """Who holds it, if only one does; "Minister Roe" is Jane Roe if both hold it."""
        found = self.holders(office)
        whole = [one for one in found if len(one.among[0].key) > 1]
        surnames = {one.among[0].key[-1] for one in found}
        if len(whole) == len(surnames) == 1:
            return whole[0]
        return found[0] if len(found) == 1 else None


def holder(office: str, everyone: Iterable[Person]) -> Person | None:
    """Whom one article ties to an office; None if it is nobody or several. The ties say where it does."""
    holders = known(everyone).holders(office)
    return holders[0].among[0] if len(holders) == 1 else None


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in plain_words(text)]


def is_tied(person: Person, asked: frozenset[str], *, loose: bool = False) -> bool:
    """Whether to this office. `loose`: "spokesman" is asked and "spokeswoman" told, or the reverse."""
    asked = _sexless(asked) if loose else asked
    held = (tie for tie in person.ties if tie.role)
    return any(_is_asked(tie, asked, _sexless(tie.told) if loose else tie.told) for tie in held)


def _is_asked(tie: Tie, asked: frozenset[str], told: frozenset[str]) -> bool:
    if not asked & {tie.role, *_sexless(frozenset((tie.role or "",)))}:
        return False
    return tie.ranks == offices.ranks(tie.role, asked) and offices.are_told(asked, told)


def _sexless(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.replace("woman", "man") for word in words)


def known(people: Iterable[Person]) -> Known:
    """Of the people of several articles, those of each article as `people` has them."""
    named = defaultdict[tuple[str, ...], list[Person]](list)
    for person in {_order(person): person for person in sorted(people, key=_order)}.values():
        alone = (person.article_id, str(person.version), *person.key)
        named[person.key if _is_whole(person) else alone].append(person)
    groups = _with_surnames([group for same in named.values() for group in _apart(same)])
    return Known(tuple(sorted(map(_somebody, _by_acronym(groups)), key=lambda one: _order(one.among[0]))))


def _order(person: Person) -> tuple[str, str, int, int]:
    return person.name, person.article_id, person.version, person.mentions[0].start


def _is_whole(person: Person) -> bool:
    """Whether a name says who is meant in another article too."""
    if person.kind is NameKind.PERSON:
        return len(person.key) > 1
    return person.name[:1].isupper()


def _somebody(group: Sequence[Person]) -> Somebody:
    kinds = [person.kind for person in group]
    first = max(sorted(set(kinds)), key=lambda kind: (kind is not NameKind.UNKNOWN, kinds.count(kind)))
    names = [person.name for person in group]
    whole = max(sorted(set(names)), key=lambda name: (len(name.split()), names.count(name)))
    return Somebody(whole, first, tuple(group))


def _apart(same: Sequence[Person]) -> list[list[Person]]:
    """Those of one name: together, unless what articles say of them contradicts; then only with those of whom
    the same is said."""
    if not _clash(same):
        return [list(same)]
    groups: list[list[Person]] = []
    for person in same:
        near = [group for group in groups if _agree([person], group)]
        joined = [person, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near] + [joined]
    whole = [sorted(group, key=_order) for group in groups if not _clash(group)]
    return whole + [[one] for group in groups if _clash(group) for one in group]


def _offices(group: Sequence[Person]) -> tuple[Tie, ...]:
    """Each once, wherever it is told."""
    ties = (tie for person in group for tie in person.ties if tie.role)
    return tuple(islice({(tie.role, tie.told, tie.body): tie for tie in ties}.values(), _MOST))


def _clash(group: Sequence[Person]) -> bool:
    """Whether offices contradict that no article ties to one person."""
    pairs = combinations(_offices(group), 2)
    clashing = {frozenset((one.told, other.told)) for one, other in pairs if _contradict(one, other)}
    if not clashing:
        return False
    told = (combinations([tie.told for tie in _offices([person])], 2) for person in group)
    return not clashing <= {frozenset(pair) for pairs in told for pair in pairs}


def _contradict(one: Tie, other: Tie) -> bool:
    """Whether two offices of one word are another's each: mayors of two towns, ministers of two matters."""
    if one.ranks != other.ranks or one.role != other.role:
        return False
    mine, its = one.told & offices.PORTFOLIOS, other.told & offices.PORTFOLIOS
    if mine and its and not mine & its:
        return True
    if not (_is_proper(one.body) and _is_proper(other.body)):
        return False
    bodies = [offices.telling(_words(tie.body or "")) for tie in (one, other)]
    return not any(offices.are_told(frozenset((word,)), bodies[1]) for word in bodies[0])


def _is_proper(body: str | None) -> bool:
    """Whether a name, and no acronym, which may be short for the other."""
    return body is not None and body[:1].isupper() and not body.isupper()


def _agree(some: Sequence[Person], others: Sequence[Person]) -> bool:
    pairs = product(_offices(some), _offices(others))
    return any(
        one.role == other.role and one.ranks == other.ranks and _overlap(one, other) for one, other in pairs
    )


def _overlap(one: Tie, other: Tie) -> bool:
    same = offices.are_told(one.told, other.told) or offices.are_told(other.told, one.told)
    return same and not _contradict(one, other)


def _with_surnames(groups: list[list[Person]]) -> list[list[Person]]:
    """Whoever is named by an office and a surname alone with the one whole name that has both."""
    bearers = defaultdict[str, list[list[Person]]](list)
    for group in groups:
        if len(group[0].key) > 1 and group[0].kind is NameKind.PERSON:
            bearers[group[0].key[-1]].append(group)
    found = [(group, _bearer(group, bearers.get(group[0].key[0], []))) for group in groups]
    for group, bearer in found:
        if bearer is not None:
            bearer.extend(group)
    return [group for group, bearer in found if bearer is None]


def _bearer(group: list[Person], bearers: list[list[Person]]) -> list[Person] | None:
    if len(group[0].key) > 1 or group[0].kind is not NameKind.PERSON or not _offices(group):
        return None
    agreeing = [one for one in bearers if _agree(group, one) and not _clash([*one, *group])]
    return agreeing[0] if len(agreeing) == 1 else None


def _by_acronym(groups: list[list[Person]]) -> list[list[Person]]:
    """With an acronym that one article ties to a body taken for it in articles that use it alone."""
    bearers = defaultdict[str, list[list[Person]]](list)
    for group in groups:
        if group[0].kind is NameKind.BODY:
            for short in {short for person in group for short in person.shorts if short.isupper()}:
                bearers[short].append(group)
    whole = []
    for group in groups:
        of = bearers.get(group[0].name, []) if group[0].kind is NameKind.BODY else []
        if len(of) == 1 and of[0] is not group:
            of[0].extend(group)
        else:
            whole.append(group)
    return [sorted(group, key=_order) for group in whole]
