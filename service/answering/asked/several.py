"""Whether a question wants more than one thing told, by its words."""

import re

from service.english import any_of, closed

_NO_VERB = rf"(?!(?:{any_of(closed.BE, closed.HAVE, closed.DO)})\b)"
_SEVERAL = re.compile(
    rf"\bboth\b|\beach\b|\blist\b|\bwhich {_NO_VERB}(?:\w+ {_NO_VERB})?\w+s\b|\bwhat (?:are|were)\b"
    r"|\bdiffer|\bcompar|\bsides?\b|\bwho (?:are|were|else)\b"
    r"|\bhow (?:do|did) .{1,200} and .|\bvarious\b|\bsources\b|\boutlets\b"
    rf"|\b(?:{any_of(closed.UNITS[1:5])})\b",
    re.I,
)
# "Who will be there?", but not "Who's going to win?" or "the man who joined".
_HELPS = any_of(closed.BE, closed.BEING, closed.HAVE, closed.MODALS, closed.RARE_MODALS)
_WHO_COMES = re.compile(
    rf"(?:^|[:;,.–]\s+|\band )who(?:[’']?(?:s|ll))? (?:(?:{_HELPS}|all|also|expected to|set to) ){{0,4}}"
    r"(?:attend|tak(?:e|es|ing) part|took part|participat|join(?!\w* \w+ (?:on|as)\b)"
    r"|present\b|involved\b|invited\b"
    r"|com(?:e|es|ing)\b(?! (?:up|first|last|next|second|after|out|from|under|to power))"
    r"|going\b(?! to (?!the\b|be (?:there|present)\b)(?-i:[a-z]))|there\b(?! first)|expected at\b"
    r"|at the (?:table|talks|meeting|summit)\b)",
    re.I,
)
_TWO_SIDES = re.compile(
    r"\bdiffer|\bcompar|\bsides\b|\bboth\b|\bdisagree|\bcontradict|\bconsisten|,\s*or\b"
    rf"|\bor (?:{any_of(closed.ASKING)}|must|only|not)\b",
    re.I,
)


def asks_several(asked: str) -> bool:
    return bool(_SEVERAL.search(asked) or _WHO_COMES.search(asked))


def asks_two_sides(asked: str) -> bool:
    """Which of two things holds, or how two differ."""
    return bool(_TWO_SIDES.search(asked))
