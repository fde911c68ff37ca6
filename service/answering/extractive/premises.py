"""A question that takes for granted what the articles deny: "Why did Roe reject it?" of what he accepted."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from service.answering import PARLEY, Conflicting
from service.answering.asked import Question, Wanted
from service.answering.extractive.differing import named_in, on_what
from service.answering.extractive.scoring import Candidate
from service.english import (
    BE,
    HAVE,
    OBJECTS,
    QUESTION_WORDS,
    SUBJECTS,
    Tag,
    any_of,
    deed_asked,
    done,
    stem,
    tokenized,
    words,
)

_TAKES_FOR_GRANTED = re.compile(rf"\W*(?:{any_of(QUESTION_WORDS)})\b", re.I)
_SPEECH = frozenset(map(stem, ["say", "tell", "think", "want", "expect", "hope", "talk", "speak", "mean"]))
_LEANS = re.compile(rf"\b(?:{any_of(SUBJECTS)})\b", re.I)
_WHOLLY = re.compile(r"\W*(?:why|when)\b", re.I)
_PLANNED = re.compile(r"\b(?:planned|scheduled|expected|hoped|promised|announced)\b", re.I)
# What somebody meant to do, or not to: it tells nothing of what was done later.
_FORETELLS = re.compile(
    r"\b(?:says?|said|thinks?|thought|told|insists?|insisted|vow(?:s|ed)|promised?|swore|pledged)"
    r"(?: \w+){0,4} (?:would|will|won[’']t|wouldn[’']t)\b",
    re.I,
)
# "No one was arrested, police said.": of whomever, where that is what the article is about.
_NOBODY = re.compile(
    rf"(?:(?:But|And|Yet) )?(?:[Nn]obody|[Nn]o one|[Nn]one(?: of (?:{any_of(OBJECTS)}))?)"
    rf" (?:{any_of(HAVE, BE)})(?: (?:yet|so far))?(?: been)? \w+(?: (?:yet|so far))?"
    r"(?:, (?:[\w’'-]+ ){1,5}(?:said|says))?\."
)
_LEAST = 2  # things that a question names beside its verb, if who or what is asked
_DENIALS = 2  # that are told


def denials(
    asks: Question, order: Sequence[Candidate], by: Conflicting = PARLEY.conflicting
) -> list[Candidate]:
    """The sentences that say the contrary of what is taken for granted, the likeliest first; none if any says
    that it is so."""
    sure, likely, remote = (
        [one.text for one in order if one.chance >= bar] for bar in (by.chance, by.heard, by.remote)
    )
    told = [text for text in remote if not _FORETELLS.search(text)]
    denied = denying(asks, sure, likely, by) or denying(asks, told, remote, by)
    denied = denied or _of_nobody(asks, order, remote, by)
    return [one for one in order if one.text in denied and one.chance >= by.remote][:_DENIALS]


def _of_nobody(
    asks: Question, order: Sequence[Candidate], shown: Sequence[str], by: Conflicting
) -> list[str]:
    """What says that it was done to nobody, and names none of those that the question does: of them as well,
    if the sentences around it are about what the question names."""
    found = [one for one in order if _NOBODY.fullmatch(one.text)]
    about = {one.text: f"{one.passage.hit.chunk.embedded_text} {one.text}" for one in found}
    return denying(asks, [one.text for one in found], shown, by, about=about)


def denying(
    asks: Question,
    against: Sequence[str],
    shown: Sequence[str],
    by: Conflicting = PARLEY.conflicting,
    *,
    about: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    """Of the sentences `against` what is taken for granted those that say the contrary, as far as words tell;
    none if any `shown` says that it is so. `about` has more of what a sentence is about than it says."""
    deed = deed_asked(asks.asked())
    if deed is None or deed.verb in _SPEECH or not _TAKES_FOR_GRANTED.match(asks.asked()):
        return []
    least = 1 if _WHOLLY.match(asks.asked()) else _LEAST
    if len(asks.parts) > 1 or len(words(asks.asked()) - {deed.verb}) < least:
        return []
    so = [text for text in shown if done(deed, text)]
    if any(named_in(asks, text) or _LEANS.search(text) for text in so):
        return []
    denied = [t for t in against if done(deed, t) is False and named_in(asks, about.get(t, t))]
    denied = [text for text in denied if not (_FORETELLS.search(text) and _bears_day(text))]
    return [
        text for text in denied if on_what(asks, about.get(text, text)) >= by.denied and _wholly(asks, text)
    ][:_DENIALS]


def _wholly(asks: Question, text: str) -> bool:
    """Not only of one day: on another it may have been done."""
    return asks.kind is not Wanted.TIME or not _bears_day(text) or bool(_PLANNED.search(text))


def _bears_day(text: str) -> bool:
    return any(token.kind is Tag.DATE for token in tokenized(text))
