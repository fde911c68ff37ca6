"""Each place where an article names somebody or something, and each where it describes them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from retrieval.article import Span
from service.answering.said.ties import Tie, apposed_before, is_placed, office_before, tie_behind
from service.english import closed, offices, phrases

_DEMONYM = ("ian", "ean", "ish", "ese", "ican", "eli", "aqi", "ani", "rahi", "ench")
_BEFORE_MONTH = offices.STOPS | {"last", "next", "early", "late"}
_KINDS = offices.BODIES | offices.SETTLEMENTS


class Named(NamedTuple):
    """A name where it stands. `parts` are its words in lower case, without small ones and a nickname.
    `determined`: behind "the", or before the word of a body. `firm`: its capital isn't only that of a
    sentence's beginning."""

    span: Span
    parts: tuple[str, ...]
    nickname: Span | None
    titles: frozenset[str]
    ties: tuple[Tie, ...]
    person: bool
    place: bool
    determined: bool
    firm: bool
    acronym: bool


def named_in(text: str, words: phrases.Words) -> Iterator[Named]:
    at = 0
    while at < len(words):
        stop = at + 1
        if words[at].cap and phrases.can_be_name(words[at]):
            stop, nick = phrases.name_from(words, at)
            first = _behind_office(words, at, stop, nick)
            first = nick.stop if first in nick else first  # Envoy “Too Late” Doe
            if first < stop and (found := _named(text, words, (at, first, stop), nick)):
                yield found
        at = stop


def _named(text: str, words: phrases.Words, place: tuple[int, int, int], nick: range) -> Named | None:
    """The name words[first:stop], with what is an office's or a title's in front of it from `at` on."""
    at, first, stop = place
    parts = [i for i in range(first, stop) if i not in nick and (words[i].cap or i == stop - 1)]
    label = stop < len(words) and words[stop].gap[:1] == ":"
    if _is_none(words, first, stop) or _is_shouted(text, words, (at, first, stop), label=label):
        return None
    titles = frozenset(word.low for word in words[at:first] if word.low in offices.TITLES)
    office, behind = office_before(text, words, at, first, stop), tie_behind(text, words, first, stop)
    further = apposed_before(text, words, office, stop) if office else None
    ties = _joined(office, behind, body=any(words[i].low in offices.BODIES for i in parts))
    ties += (further,) if further else ()
    behind_from = phrases.before(words, first) in ("at", "from")
    alone, upper = len(parts) == 1, text[words[first].start : words[stop - 1].end].isupper()
    called = any(offices.is_role(tie.role or "") for tie in ties)
    return Named(
        span=Span(words[_with_particles(words, first)].start, words[stop - 1].end),
        parts=tuple(words[i].low for i in parts),
        nickname=Span(words[nick[0]].start, words[nick[-1]].end) if nick else None,
        titles=titles,
        ties=ties,
        person=bool(titles or nick or called or (label and upper and not alone) or _who(words, stop)),
        place=is_placed(words, first, stop) and not (alone and behind_from),
        determined=_is_body(words, first, stop),
        firm=not alone or not words[first].opens or bool(titles or office),
        acronym=alone and upper and (not words[first].opens or "(" in words[first].gap),
    )


def _with_particles(words: phrases.Words, first: int) -> int:
    while phrases.before(words, first) in phrases.OF_SURNAMES:
        first -= 1
    return first


def _joined(office: Tie | None, behind: Tie | None, *, body: bool) -> tuple[Tie, ...]:
    """Both; "Minister Jane Roe of Ruritania" has one. What follows a body may be said of whoever is of it."""
    if behind and body and offices.is_role(behind.role or ""):
        behind = None
    if office and behind and not behind.role and not office.body:
        return (replace(office, body=behind.body, told=office.told | behind.told),)
    return tuple(tie for tie in (office, behind) if tie)


def _is_none(words: phrases.Words, first: int, stop: int) -> bool:
    """Of a single word: an initial, a month ("in May"), an adjective ("Ruritanian officials")."""
    word, ahead = words[first], words[stop] if stop < len(words) and words[stop].joined else None
    if stop - first > 1 or word.end - word.start < 2:
        return stop - first == 1
    if word.low in closed.ALSO_WORDS:
        dated = ahead is not None and ahead.low[:1].isdigit()
        return (
            dated
            or phrases.before(words, first)[:1].isdigit()
            or phrases.before(words, first) in _BEFORE_MONTH
        )
    noun = ahead and not ahead.cap and ahead.low not in offices.STOPS and not offices.is_doing(ahead.low)
    return bool(noun) and word.low.endswith(_DEMONYM)


def _is_shouted(text: str, words: phrases.Words, place: tuple[int, int, int], *, label: bool) -> bool:
    """Whether it is of a line in capitals, such as a subhead; a speaker's label is none."""
    at, first, stop = place
    upper = text[words[at].start : words[stop - 1].end].isupper()
    if stop - first > 1:
        return upper and not label
    return upper and words[at].joined and text[words[at - 1].start : words[at - 1].end].isupper()


def _behind_office(words: phrases.Words, at: int, stop: int, nick: range) -> int:
    """Where the name itself begins: behind "Secretary of State", "Dr", "Skipper"; `stop` if there is none."""
    places = range(stop - 1, at - 1, -1)
    last = next((i for i in places if i not in nick and _is_office(words, i, stop)), None)
    if last is None or words[last].owner or (last > at and words[stop - 1].low in offices.BODIES):
        return at
    if last < stop - 1:
        return _behind_portfolio(words, last + 1, stop)
    return stop if words[at].owner or all(_qualifies(word.low) for word in words[at:last]) else at


def _is_office(words: phrases.Words, at: int, stop: int) -> bool:
    low = words[at].low
    by_ending = words[at].opens and stop - at > 2 and offices.is_role(low)
    return by_ending or offices.is_known_role(low) or low in offices.TITLES


def _qualifies(low: str) -> bool:
    """Whether it says which minister: "Foreign", "Ruritanian", "US"."""
    known = low in offices.RANKS or low in offices.PORTFOLIOS or offices.is_known_role(low)
    return known or low.endswith(_DEMONYM) or len(low) < 4


def _behind_portfolio(words: phrases.Words, at: int, stop: int) -> int:
    if words[at].low not in ("of", "for"):
        return at
    first = at = at + 1 + (words[at + 1].low == "the")
    while at < stop and (words[at].low in offices.PORTFOLIOS or words[at].low == "and"):
        at += 1
    if at == first:
        return min(first + 1, stop)
    return stop if stop - at == 1 and words[at].low.endswith("s") else at  # "Envoy for Peace Missions"


def _is_body(words: phrases.Words, first: int, stop: int) -> bool:
    """ "the Kremlin", "National Renewal party", not "the Mirna dam"."""
    if words[stop - 1].owner:
        return phrases.before(words, first) == "the"
    ahead = words[stop] if stop < len(words) and words[stop].joined and not words[stop].cap else None
    if ahead and ahead.low in offices.BODIES:
        return True
    bare = ahead is None or ahead.low in offices.STOPS or offices.is_doing(ahead.low)
    return bare and phrases.before(words, first) == "the"


def _who(words: phrases.Words, stop: int) -> bool:
    return stop < len(words) and words[stop].low == "who" and words[stop].gap.strip() in ("", ",")


def descriptions(words: phrases.Words) -> Iterator[phrases.Phrase]:
    """ "the minister", "Ruritania's treasurer", "the foreign ministry", where no name stands beside."""
    for at in range(len(words) - 1):
        whose = words[at].owner and words[at].cap and not phrases.before(words, at)
        if (words[at].low == "the" or whose) and words[at + 1].joined:
            found = phrases.phrase_from(words, at) or phrases.phrase_from(words, at, heads=_KINDS)
            named = found and words[found.head].cap and words[found.head].low in offices.BODIES
            if found and not named and not _names_more(words, found):
                yield found


def _names_more(words: phrases.Words, phrase: phrases.Phrase) -> bool:
    """Whether a name or another noun follows, which the phrase only describes."""
    if phrase.end >= len(words):
        return False
    ahead = words[phrase.end]
    if ahead.joined:
        free = ahead.low in offices.STOPS or offices.is_doing(ahead.low) or ahead.low.endswith("ly")
        return ahead.cap or not free
    return ahead.gap.strip() == "," and phrases.can_be_name(ahead)
