"""A few words that ask something of an answer, however they are put together: "whos saying this", "one line
please", "where was she when she said it".

Told by their words alone, not by their order: at least one of each set that is needed, and besides them
nothing but words that point, bind or are polite.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.english import closed, words_of

_LONGEST = 10  # words
_BINDING = words_of(
    *(closed.THIRD, closed.DEMONSTRATIVES, closed.ARTICLES, closed.ASKING, closed.TALKERS, closed.WHO),
    "s re to of in on at by for from and but so or then now just even really actually exactly here there"
    " again also too only please pls plz ok okay thanks thx hm well oh ah one ones bit little kind sort"
    " been being whats thats whos wheres whens im id u ur as with",
)
_THAT = words_of(closed.DEMONSTRATIVES, "it so")
_GOING_ON = words_of("saying telling claiming stating speaking talking quoted quoting")
_OBJECT = words_of(closed.DO, closed.MODALS, "to for with on about")
_WHO = words_of(closed.WHO, "whos")
_SAYING = words_of(
    "say says said saying tell tells told telling claim claims claimed claiming state states stated speak"
    " speaks spoke speaking talk talks talking quote quoted quoting quotes word words statement comment"
    " announce announced mention mentioned"
)
_PAPER = words_of(
    "article articles paper papers newspaper newspapers outlet outlets source sources publication report"
    " website site story piece link links url headline magazine station citation reference"
)
_REPORTING = words_of("report reported reports wrote write written printed print published publish carried")
_READ = words_of("get got find found read see saw hear heard take took")
_WHICH = words_of("which what whats where wheres")
_WHERE = words_of("where wheres")
_WHEN = words_of("when whens")
_DAY = words_of("day date dated time month year")
_SHORT = words_of("short shorter brief briefly briefer concise concisely shorten shortened tldr tl condense")
_ONE = words_of("one single two few")
_LINE = words_of("line lines sentence sentences words word")
_MORE = words_of("more else further continue elaborate expand longer")
_DETAILS = words_of("detail details info information")
_OTHERS = words_of("other others else anyone anybody somebody someone elsewhere different another")
_SAME = words_of(
    "same agree agrees differ differs differently match confirm confirms otherwise figure number"
)
_HAVING = words_of(closed.HAVE, "give gives think thought believe numbers figures")
_THING = words_of("version answer reply summary text it thing things part point points")
_GIVING = words_of(
    "give make keep put show get write cut have let need want go on up down tell me about much"
)
# "Where did they find it?", "do they want more?", "was it brief?" ask of what was told, not of its telling.
_OF_THEM = words_of(closed.THIRD) - {"it", "its"}
_OF_THEN = _OF_THEM.union(closed.WAS, closed.DO[:1], closed.HAVE[-1:], ["are"])


@dataclass(frozen=True, slots=True)
class Bag:
    """`every` are the sets of which each has a word in it; `beside` may stand there too, `without` makes it
    something else."""

    every: Sequence[frozenset[str]]
    beside: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def holds(self, said: Sequence[str]) -> bool:
        known = _BINDING.union(self.beside, *self.every)
        known -= self.without
        return all(any(word in one for word in said) for one in self.every) and known.issuperset(said)


BAGS: Mapping[str, Sequence[Bag]] = {
    "said_when": (Bag((_WHEN, _SAYING, _THAT)), Bag((_DAY, _SAYING, _THAT), words_of("which what whats"))),
    "said_where": (Bag((_WHERE, _SAYING, _THAT), _WHEN),),
    "speaker": (
        Bag((_WHO, _SAYING, _THAT), without=_OBJECT),
        Bag((_WHO, _GOING_ON), without=_OBJECT),
        Bag((_WHO, _THAT, words_of("from")), without=_OBJECT),
        Bag((words_of("whose"), words_of("words view opinion claim statement quote line")), words_of("is")),
    ),
    "article": (
        Bag((_WHICH, _PAPER, _THAT), _REPORTING | _READ | _SAYING, without=_OF_THEM),
        Bag((_WHO, _REPORTING, _THAT), without=_OBJECT),
        Bag((_WHERE, _READ, _THAT, words_of(closed.TALKERS)), without=_OF_THEM),
        Bag((_WHERE, _THAT, words_of("from"))),
    ),
    "shorter": (
        Bag((_SHORT,), _GIVING | _THING | _ONE | _LINE, without=_OF_THEN),
        Bag((_ONE, _LINE), _GIVING | _THING | _SHORT, without=_OF_THEN),
    ),
    "more": (
        Bag((_MORE,), _GIVING | _DETAILS | words_of("what anything something any some"), _WHO | _OF_THEM),
        Bag((_DETAILS,), _GIVING | words_of("any some"), _OF_THEM),
    ),
    "others": (
        Bag((_OTHERS, _SAYING, _THAT), _SAME),
        Bag((_OTHERS, _PAPER, _SAYING | _SAME), _SAYING | _REPORTING),
        Bag((_OTHERS, _SAME), _SAYING | _PAPER | _REPORTING | _HAVING),
    ),
}


def bag_of(said: Sequence[str]) -> str | None:
    """Which of the bags' names, by the plain words."""
    if len(said) > _LONGEST:
        return None
    return next((name for name, bags in BAGS.items() if any(bag.holds(said) for bag in bags)), None)
