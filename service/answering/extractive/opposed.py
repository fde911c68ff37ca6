"""Where an article has another say otherwise: "The company says 214 work there. The union says it is 231.",
"Police denied it." Read off the later of the two sentences: it names its source, and what that tells has
nothing of its own to be about.

A figure is held against the one before it that may measure the same. What somebody wants, offers or plans is
none, and what is told of a later time takes its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering.extractive.values import Differs, Value, apart
from service.english import (
    ASKING,
    BE,
    DAYS,
    HAVE,
    QUESTION_WORDS,
    SCALES,
    SUBJECTS,
    Tag,
    Token,
    any_of,
    lazily,
    plain_words,
    stem,
    tokenized,
    words,
    words_of,
)

_WORD = r"[\w&’'-]+"
# "The ministry in Velmar, the capital,"
_SOURCE = rf"(?P<who>(?:{_WORD}\.? ){{0,7}}?{_WORD}(?:,? (?:[^,.;:“”\"]{{2,70}},|abroad|here|there))?)"
_SAYS = (
    r"(?:says?|said|insists?|insisted|maintains?|maintained|claims?|claimed|counters?|countered|reckons?)"
    r"(?: that)?"
)
_COUNT = "(?:number|figure|total|toll|count|tally|cost|bill|price|attendance|turnout|share|damage)"
_IT = rf"(?:it|they|there|the (?:real |true |actual )?{_COUNT})"
_IS = rf"(?:(?:{any_of(BE, HAVE)}|will|would|be|been|cost|costs|came to) ){{1,3}}"
_ABOUT = (
    "(?:(?:only|just|about|some|around|nearly|almost|over|at least|closer to|(?:more|fewer|less) than) ){0,2}"
)
_OPENS = "(?:(?:But|And|Yet|However,|Meanwhile,) )?"
# Up to where the figure stands.
_COUNTERS = tuple(
    lazily(rf"^{_OPENS}{how}{_ABOUT}(?=[$£€]?\w)")
    for how in (
        rf"{_SOURCE} puts? (?:it|(?:the|its|their) (?:own )?{_COUNT}(?: of [\w ]{{2,25}}?)?) at ",
        rf"{_SOURCE} {_SAYS} {_IT} {_IS}",
        rf"{_SOURCE} {_SAYS} (?:{_WORD} ){{1,3}}(?:had |have )?(?:arrived at|come up with) ",
        rf"{_SOURCE} (?:speaks? of|spoke of|counted) ",
        rf"{_SOURCE} {_SAYS} (?=[\w,]+(?: (?:{any_of(SCALES)}))?(?:[.;]|, | because ))",
        rf"{_SOURCE}[’']s? (?:own )?{_COUNT} (?:{any_of(BE)}|stands at|came to) ",
        rf"By {_SOURCE}[’']s? (?:own )?(?:reckoning|count|account|estimate),? (?:{_IT} {_IS})?",
        rf"According to {_SOURCE}, {_IT} {_IS}",
    )
)
# "The general staff put the dead at six", which tells itself what is counted.
_TOLL = lazily(rf"\bputs? the (?:dead|death toll|number of (?:the )?dead) at {_ABOUT}")
_KILLED = words("kill killed died die dead deaths death toll")
_IS_FALSE = rf"(?:{any_of(BE)}) (?:untrue|false|not true|not so|wrong|a lie|nonsense|invented|made up)\b"
_CLAIM = "the (?:claim|charge|allegation|report|account|accusation|figure|suggestion)s?"
_DENIES = lazily(
    rf"{_OPENS}{_SOURCE} (?:(?:{any_of(HAVE)}|later|flatly|firmly) ){{0,2}}"
    rf"(?:(?:denies|denied|disputes|disputed|contradicts|contradicted) (?:it|this|that|{_CLAIM})(?=[.,;])"
    rf"|{_SAYS} (?:(?:{any_of(SUBJECTS)}) )?(?:(?:{_WORD} ){{0,2}}(?:otherwise|nothing of the kind)(?=[.,;])"
    r"|no such )"
    rf"|{_SAYS} (?:it|this|that|{_CLAIM}) {_IS_FALSE}"
    rf"|calls? (?:it|this|that|{_CLAIM}) (?:untrue|false|a lie|nonsense|invented|baseless)\b"
    rf"|called (?:it|this|that|{_CLAIM}) (?:untrue|false|a lie|nonsense|invented|baseless)\b)"
)
_HAS_SAID = lazily(
    rf"{_OPENS}{_SOURCE} (?:(?:has|had) (?:said|denied|insisted|maintained)|(?:at )?first (?:said|denied)) "
)
_NOW_SAYS = lazily(
    rf"{_OPENS}{_SOURCE} (?:now (?:says|admits|concedes|acknowledges|accepts)|(?:has|had)? ?(?:since|later) "
    r"(?:said|admitted|conceded|acknowledged|confirmed)) "
)
_AT_ODDS = lazily(
    r"\b(?:(?:sides|parties|they|both|accounts|witnesses|versions) (?:[a-z]+ ){0,2}"
    r"(?:cannot|can[’']t|do not|don[’']t|did not) agree|disagree\w*|differ(?:s|ed)?\b"
    r"|(?:conflicting|different|competing|two) (?:accounts|versions))"
)
_TELLS = lazily(
    rf"{_OPENS}(?:{_SOURCE} {_SAYS} |By {_SOURCE.replace('who', 'whose')}[’']s? (?:own )?account\b)"
)
_BY_ACCOUNT = lazily(rf"{_OPENS}By {_SOURCE}[’']s? (?:own )?account\b")
# What they tell of themselves: "it was ready to lend".
_OWN_STATE = (
    r"(?:not )?(?:ready|prepared|willing|aware|told|asked|sent|consulted|informed|sorry|going|sure)\b"
)
_TELLS_OF_IT = lazily(
    rf"{_OPENS}(?:{_SOURCE} {_SAYS} (?:it|they|this) (?:{any_of(BE)}) (?!{_OWN_STATE})"
    rf"|By {_SOURCE.replace('who', 'whose')}[’']s? (?:own )?account\b)"
)
_NO_SOURCE = words_of(
    QUESTION_WORDS, "after before because if that as while although though since neither nor not"
)
_WANTED = words_of(
    "want wants wanted demand demands demanded seek seeks sought ask asks asked asking offer offers offered"
    " offering propose proposes proposed bid bids plan plans planned target targets hope hopes expect expects"
)
_LATER = words_of("now later since then revised updated already today meanwhile risen grown")
_AGREES = words_of("also agrees agreed confirms confirmed same likewise")
_BY_THEN = lazily(rf"\btoo[.,]|\b[Bb]y (?:{any_of(DAYS)}|then|evening|nightfall|morning)\b")
_AT_LEAST, _AT_MOST = words_of("more over least"), words_of("fewer less nearly almost")
_ROUGHLY = _AT_LEAST | _AT_MOST | words_of("about some around closer")
_FROM_TO = lazily(r"\bfrom (?:[\w$€£%.,-]+ ){1,3}?to (?=[\w$€£])")
_OF_NAME = 2  # words that end a source's name
_ENDS = words_of("because and but not")
_EMPTY = words_of(SUBJECTS, ASKING)  # that two sentences share without a thing in common
_TOO = lazily(r"(?:[\w$£€%.,-]+ ){1,3}too [^\W\d]")  # "four years too long": a judgement, not a count
_ALIKE = 0.85  # of two that are rough, the smaller over the larger: one may be the other
_OF_ONE_SIZE = 0.1
_POINTS = lazily(rf"(?:{any_of(SUBJECTS)})\b", re.I)


@dataclass(frozen=True, slots=True)
class _Figure:
    """`near` are the words before it."""

    key: str
    near: frozenset[str]

    @property
    def value(self) -> Value:
        sort = self.key[0] if self.key[0] in "$£€%" else ""
        return Value(Differs.NUMBER, sort, frozenset((self.key,)))


def another_figure(before: str, behind: str, *, span: str = "") -> bool:
    """Whether a source in the sentence behind has another figure for what was counted; `span` are the words
    that hold it, where there are several."""
    counter = next((found for one in _COUNTERS if (found := one.match(behind))), None)
    if counter is None or _goes_along(behind) or _WANTED & set(plain_words(before)):
        return False
    return _is_another(counter["who"], before) and _apart(before, behind, counter.end(), span)


def another_toll(before: str, behind: str, *, span: str = "") -> bool:
    """The same of the dead, which may stand further on."""
    counter = _TOLL.search(behind)
    if counter is None or _goes_along(behind[: counter.end()]) or not is_of_dead(before):
        return False
    who = " ".join(plain_words(behind[: counter.start()])[-_OF_NAME:])
    return _is_another(who, before) and _apart(before, behind, counter.end(), span)


def is_of_dead(text: str) -> bool:
    return bool(words(text) & _KILLED)


def is_denied(before: str, behind: str) -> bool:
    """Whether the sentence behind says that it isn't so, by another than who told it."""
    found = _DENIES.match(behind)
    return found is not None and _is_another(found["who"], before)


def taken_back(before: str, behind: str) -> bool:
    """Whether who has said that something isn't so says by now that it is, or the other way round."""
    one, other = _HAS_SAID.match(before), _NOW_SAYS.match(behind)
    if not (one and other and words(one["who"]) & words(other["who"])):
        return False
    here, there = words(before[one.end() :]), words(behind[other.end() :])
    return _has_no(before) != _has_no(behind) or bool((here & there) - words(one["who"]) - _EMPTY)


def _has_no(text: str) -> bool:
    return any(token.kind is Tag.NEGATION or token.text.lower() == "denied" for token in tokenized(text))


def are_at_odds(text: str) -> bool:
    """Whether a sentence tells that there are different accounts."""
    return _AT_ODDS.search(text) is not None


def has_account(text: str) -> bool:
    """Whether it is told by somebody's account: "By the owner's account"."""
    return _BY_ACCOUNT.match(text) is not None


def another_account(before: str, behind: str) -> bool:
    """Whether each is told by a source of its own, and the second of what the first is about."""
    one, other = _TELLS.match(before), _TELLS_OF_IT.match(behind)
    if one is None or other is None or _goes_along(behind):
        return False
    here, there = (found["who"] or found["whose"] for found in (one, other))
    return _is_another(here, "") and _is_another(there, here)


def _goes_along(behind: str) -> bool:
    """Whether it tells of a later time, or the same."""
    return bool((_LATER | _AGREES) & set(plain_words(behind)) or _BY_THEN.search(behind))


def _is_another(who: str, before: str) -> bool:
    """Neither "he" nor whom the sentence before names, nor a clause."""
    theirs = words(who)
    aside = _NO_SOURCE & set(plain_words(who.partition(",")[0]))
    return bool(theirs) and not aside and not _POINTS.match(who) and not theirs <= words(before)


def _apart(before: str, behind: str, at: int, span: str) -> bool:
    """Whether the figure that begins there may measure what one before it does, and is another."""
    tokens = tokenized(behind[at:])
    if (
        _TOO.match(behind, at)
        or not tokens
        or tokens[0].kind is not Tag.NUMBER
        or _is_of_more(tokens, before)
    ):
        return False
    there = _Figure(tokens[0].key, frozenset(plain_words(behind[:at])[-3:]))
    told = _figures(before, _unit(tokens, 0), span)
    return len({one.key for one in told}) == 1 and _differ(told[0], there)


def _is_of_more(tokens: Sequence[Token], before: str) -> bool:
    """Whether the figure is of what the sentence before doesn't name: "12 of them", "12 children"."""
    behind = tokens[1:2]
    if not behind or behind[0].clause != tokens[0].clause or behind[0].text.lower() in _ENDS:
        return False
    return _unit(tokens, 0) not in {stem(word) for word in plain_words(before)}


def _unit(tokens: Sequence[Token], at: int) -> str | None:
    behind = tokens[at + 1 : at + 2]
    same = bool(behind) and behind[0].clause == tokens[at].clause and behind[0].kind is Tag.WORD
    return stem(behind[0].text) if same else None


def _figures(before: str, unit: str | None, span: str) -> list[_Figure]:
    """Those that may be meant: of the unit, among the words that answer, what something came to."""
    moved = _FROM_TO.search(before)
    tokens = tokenized(before[moved.end() :] if moved else before)
    numbers = [at for at, token in enumerate(tokens) if token.kind is Tag.NUMBER]
    found = [
        _Figure(tokens[at].key, frozenset(token.text.lower() for token in tokens[max(0, at - 3) : at]))
        for at in numbers
        if unit is None or _unit(tokens, at) in (unit, None)
    ]
    inside = {token.key for token in tokenized(span)}
    return found if len(found) < 2 else [one for one in found if one.key in inside]


def _differ(one: _Figure, other: _Figure) -> bool:
    """Neither may be the other, rounded or as far as it goes, and they are of one size."""
    if not apart(one.value, other.value):
        return False
    here, there = (float(each.key.lstrip("$£€%")) for each in (one, other))
    low, high = (one, other) if here < there else (other, one)
    if low.near & _AT_LEAST or high.near & _AT_MOST:
        return False
    share = min(here, there) / max(here, there)
    return _OF_ONE_SIZE <= share < (_ALIKE if (one.near | other.near) & _ROUGHLY else 1.0)
