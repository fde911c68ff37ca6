"""The parts of a question that has several, each read as a question of its own."""

import re

from service.answering.asked.kinds import Wanted
from service.answering.asked.question import Question, read_question
from service.english import ASKING, SMALL, WORD, any_of, plain_words

_AUX = f"(?:{any_of(ASKING)})"
_BARE = re.compile(rf"\b(?:which|what)(?= {_AUX}\b)", re.I)
_NOT_AUX = rf"(?!{_AUX}\b)[\w’'-]+"
_NOUN_ASKED = re.compile(rf"\bwhich (?P<noun>(?:{_NOT_AUX} ){{0,2}}{_NOT_AUX}) {_AUX}\b", re.I)
_ON_OUTLETS = frozenset(
    WORD.findall(
        "network networks channel channels outlet outlets newspaper newspapers broadcaster broadcasters"
        " station stations programme programmes program programs paper papers show shows tv television"
        " news radio media speak talk appear go give gave interview interviews comment"
    )
)


def completed(part: str, whole: str) -> Question:
    """A part read with the noun that another part has: "which did Roe visit" after "which towns did Doe
    visit"."""
    bare = _BARE.search(part)
    noun = _NOUN_ASKED.search(whole)
    return read_question(
        f"{part[: bare.end()]} {noun['noun']}{part[bare.end() :]}" if bare and noun else part
    )


def asks_for_outlets(asks: Question) -> bool:
    """Whether each of its parts asks on which outlets somebody spoke, about whatever: "Which networks did
    X speak on?". Then any report of X speaking on one answers."""
    return all(_for_outlets(completed(asks.text[p.start : p.end], asks.text)) for p in asks.parts)


def _for_outlets(part: Question) -> bool:
    rest = {w for w in plain_words(part.text) if w not in SMALL} - part.speaker - _ON_OUTLETS
    return part.kind is Wanted.OUTLET and bool(part.speaker) and not rest
