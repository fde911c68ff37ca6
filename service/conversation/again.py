"""What the question before named, meant again: "which one", "the day before", "it", "them"."""

import re
from collections.abc import Sequence

from service.answering import Policy
from service.conversation.referents import Exchange
from service.conversation.whole import GAINS
from service.english import DAYS, any_of, base_of, clause, closed, not_behind, words_of

_AUX = rf"(?:{any_of(closed.ASKING)})"
_WHICH = re.compile(
    r"which (?:one|of (?:them|these|those|the two))(?: of (?:them|these|those))?(?= \w)", re.I
)
_SEVERAL = re.compile(r"(?:which|what) (?P<things>(?:[a-z-]+ )?[a-z-]+[^s\W]s)\b", re.I)
_DAY = re.compile(
    r"(?:(?:and|but|so|what about) )*(?:on )?the"
    r" (?:(?P<back>day before|previous day)|day after|(?:next|following) day)",
    re.I,
)
_WEEKDAY = re.compile(rf"\b(?:{any_of(DAYS)})\b", re.I)
_ASKED = re.compile(rf"(?:what|which) (?P<thing>(?!else\b)[a-z-]+(?<![^us]s)) {_AUX}\b", re.I)
_NO_THING = words_of("time day date year month week kind sort way reason part person man woman")
_OBJECT = re.compile(rf"(?<=\w) {not_behind(closed.ASKING, closed.QUESTION_WORDS)}(?:it|(?P<several>them))$")
_COUNTS = re.compile(rf"how many (?={_AUX} \w)", re.I)
_COUNTED = re.compile(rf"how many (?P<things>[a-z-]+(?: [a-z-]+)?) {_AUX}\b", re.I)
_THE_SEVERAL = re.compile(r"\bthe [a-z-]*[^s\W]s\b", re.I)


def is_day_beside(bare: str) -> bool:
    return _DAY.fullmatch(bare) is not None


def again(bare: str, said: Sequence[Exchange], _: Policy) -> str | None:
    """`bare` is the question without its mark. None where nothing of the kind was named."""
    before = said[-1].question
    rules = (_of_several, _day_beside, _with_thing, _counted)
    made = next(filter(None, (rule(bare, before) for rule in rules)), None)
    return made[:1].upper() + made[1:] + "?" if made else None


def _of_several(bare: str, before: str) -> str | None:
    which, asked = _WHICH.match(bare), clause(before)
    if which is None:
        return None
    several = _SEVERAL.match(before)
    if several is None and not (asked.plural and not asked.pronominal()):
        return None
    things = f"the {several['things']}" if several else asked.subject
    return f"Which of {things}{bare[which.end() :]}"


def _day_beside(bare: str, before: str) -> str | None:
    """Of the one weekday that was named."""
    found, named = _DAY.fullmatch(bare), list(_WEEKDAY.finditer(before))
    if found is None or len(named) != 1:
        return None
    at = DAYS.index(named[0].group().capitalize()) + (-1 if found["back"] else 1)
    return f"{before[: named[0].start()]}{DAYS[at % 7]}{before[named[0].end() :].rstrip('?!. ')}"


def _counted(bare: str, before: str) -> str | None:
    """ "How many did Roe get?" of what "how many seats" asked for, if that can be got, or was asked of with
    the same verb: a flood kills no seats."""
    counts, counted = _COUNTS.match(bare), _COUNTED.match(before)
    verb, verb_before = _verb(bare), _verb(before)
    if counts is None or counted is None or not verb or (verb not in GAINS and verb != verb_before):
        return None
    return f"{counts.group()}{counted['things']} {bare[counts.end() :]}"


def _verb(question: str) -> str:
    """Of somebody's deed; empty where it isn't plain."""
    asked = clause(question)
    return base_of(asked.predicate.split()[0].lower()) if asked.subject and asked.predicate else ""


def _with_thing(bare: str, before: str) -> str | None:
    """ "It" at the end is the thing that was asked for, "them" what alone was several."""
    object_, asked = _OBJECT.search(bare), _ASKED.match(before)
    if object_ is None:
        return None
    if object_["several"]:
        several = set(_THE_SEVERAL.findall(before))
        return f"{bare[: object_.start()]} {several.pop()}" if len(several) == 1 else None
    thing = asked["thing"].lower() if asked else ""
    return f"{bare[: object_.start()]} the {thing}" if thing and thing not in _NO_THING else None
