"""What carries on an indirect report without a verb of saying: "Roe said he was ready. The boats would sail
on Monday." By their verbs such sentences are most likely the speaker's; "had" is as often the reporter's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.answering.said.utterances import Utterance, View
from service.english import CAPITAL, MASK, SUBJECTS, Adjuncts, any_of, closed

_ASKED = frozenset(("asked", "asks", "wondered"))
# What is done by words, and tells something as it is.
_TELLING = closed.words_of(
    "denied complained warned claimed promised admitted insisted vowed predicted conceded acknowledged"
    " pledged"
)
_LEAST = 15  # code points of a report that is partly quoted
_NOW = any_of(closed.IS, closed.DO[1:], closed.HAVE[:1], r"(?<!ould )have", closed.MODALS[:1])
_QUOTED = re.compile(rf"[“”\"{MASK}]")
_NONE = re.compile(
    rf"\?|:$|^(?:When|Asked)\b|\bIt was (?:(?:not|un)\s?clear|noted|agreed|decided|resolved)\b"
    rf"|\b(?:{_NOW})(?:n[’']t)?\s"
)
# What a reporter tells is to come, whoever spoke last
_FIXED = re.compile(
    rf"(?i:{any_of(closed.DETERMINERS)})\s(?:[a-z]+\s){{0,2}}(?:talks|court|judge|judges|tribunal|jury|hearing|trial"
    r"|verdict|vote|election|parliament|inquest|inquiry|summit|meeting|round)\s"
    r"|(?:Talks|Voting|Hearings)\s"
)
_COULD = any_of(closed.MODALS[1::2], closed.RARE_MODALS[1:2])
# Nor what a reporter tells of their own: "could not be reached", "would be dead within a week"
_MODAL = re.compile(
    rf"\s(?:{_COULD})\s(?!have (?!to\b)|(?:be dead|die|go on to|neither|later)\b"
    r"|not (?:[a-z]+ly )?(?:say|speak|comment|discuss|answer|confirm|verify|name"
    r"|be (?:[a-z]+ly )?(?:drawn|reached))\b)"
    r"|\shad (?:yet )?to\s"
)
_SPEAKS = re.compile(rf"(?:{any_of(SUBJECTS)}|there|if|unless|otherwise)\b", re.I)
# "They'd be paid", as people talk
_SHORT = re.compile(rf"\b(?:{any_of(SUBJECTS)}|there|that|who)[’']d\s(?!been\b|had\b|[a-z]+ed\b)", re.I)
# Of whom or of how many of what was told: "He had supplied both.", "Seven had been settled."
_OF_THEM = re.compile(
    rf"(?:{any_of(SUBJECTS[:2])}|(?:{any_of(closed.UNITS[1:])}|some|others|both|all|most|several|many)(?:\s[a-z]+)?"
    rf"|there|an?\s(?:second|third|[a-z]+th)|every one(?:\sof\s[a-z]+)?)\shad\s(?!(?:not\s)?done so\b"
    rf"|(?:earlier|previously|no comment)\b)[^,;:]{{3,80}}$",
    re.I,
)
_IS_PAST = re.compile(rf"\b(?:had|{any_of(closed.WAS, closed.MODALS[1::2])})\b|[’']d\b")
_DATED = re.compile(
    rf"\d|\b(?:{any_of(closed.DAYS, closed.MONTHS)}|yesterday|last|this|evening|night|morning)\b"
)
_NAMED = re.compile(rf"(?<=\s){CAPITAL}")
# What a reporter tells of who speaks
_SILENT = re.compile(
    r"\b(?:declined|refused|not (?:say|name|comment|elaborate|answer)|(?:paused|laughed"
    r"|smiled|nodded"
    r"|shrugged|sighed|sat|stood|rose|left|walked|looked|turned|leaned|leant|grinned|wept|hung up))\b"
)
# "They had bought eleven": of what happens while somebody speaks, as "The crowd cheered", a reporter tells
_EARLIER = re.compile(rf"(?:{any_of(SUBJECTS)}|there)\s(?:[a-z]+ly\s)?had\s", re.I)
_SHORT_ENOUGH = 12  # words
_MINDED = re.compile(
    rf"(?:^|[,;]\s)(?:{any_of(SUBJECTS)})\sdid(?:\s(?:not|never)|n[’']t)?\s"
    rf"(?!(?:believe|trust)\s(?:{any_of(closed.OBJECTS)})\b)(?:know|expect|want|believe|think"
    rf"|intend|care"
    r"|mind|need|regret|trust|doubt|understand|remember|wish)\b",
    re.I,
)
# "They" may be those who heard it: "Doctors told them that. They did not believe it."
_TOLD = frozenset(("told", "tells", "tell", "assured", "warned", "informed", "reminded"))
_AGAINST = re.compile(
    r"(?:But|Yet|However|Still|Though|Although|While|In fact|Actually|Instead|Nevertheless)\b"
)


def carried_on(
    view: View, own: Sequence[Utterance], told: Sequence[Utterance], bare: str
) -> tuple[Utterance, ...]:
    """A sentence that reports nothing of its `own`, as part of what the one before it has `told`; `bare`:
    unquoted."""
    said = [one for one in told if not one.depth and one.source and not one.turn and _tells(one)]
    if own or not view.joined or not said:
        return ()
    last = said[-1]
    if any(not one.depth and one.source != last.source for one in told) or not _carries(view, last, bare):
        return ()
    return _as_told(last, view)


def stands_between(
    text: str, view: View, told: Sequence[Utterance], after: Sequence[Utterance]
) -> tuple[Utterance, ...]:
    """A short sentence of what had been, without names and days, between two in which the same one alone
    speaks: "They left late, he said. They had bought eleven teas. “I slept,” he said."
    """
    said = [one for one in told if not one.depth and one.source and not one.turn and _tells(one)]
    on = [one for one in after if not one.depth]
    sources = {text[one.source.start : one.source.end].split()[-1] for one in (*said, *on) if one.source}
    if (
        view.clauses
        or not view.joined
        or not said
        or not on
        or len(sources) != 1
        or not all(one.source for one in on)
    ):
        return ()
    if any(not one.depth and one.source is None for one in told) or not _plain(view.bare):
        return ()
    return _as_told(said[-1], view)


def _as_told(one: Utterance, view: View) -> tuple[Utterance, ...]:
    at, nothing = view.at, Adjuncts()
    return (replace(one, speaker=None, verb="said", words=at, sentence=at, adjuncts=nothing, act=False),)


def _plain(bare: str) -> bool:
    return _EARLIER.match(bare) is not None and not (
        "," in bare
        or ";" in bare
        or _NONE.search(bare)
        or _QUOTED.search(bare)
        or _AGAINST.match(bare)
        or _FIXED.match(bare)
        or _DATED.search(bare)
        or _NAMED.search(bare)
        or _SILENT.search(bare)
        or len(bare.split()) > _SHORT_ENOUGH
    )


def _tells(one: Utterance) -> bool:
    return one.verb not in _ASKED and (
        not one.act or one.verb in _TELLING or one.words.start >= one.words.end
    )


def _carries(view: View, one: Utterance, bare: str) -> bool:
    if _NONE.search(view.bare) or _AGAINST.match(view.bare) or _FIXED.match(view.bare):
        return False
    quoted = _QUOTED.search(view.bare)
    if (not quoted or _SPEAKS.match(view.bare)) and (_MODAL.search(view.bare) or _SHORT.search(view.bare)):
        return True
    if quoted:
        return False
    told = bare[one.words.start - one.sentence.start : one.words.end - one.sentence.start]
    partly = MASK in told and (one.act or told[:1] == MASK or len(told.replace(MASK, "")) < _LEAST)
    if partly:
        return False
    now = one.verb[-1:] == "s" or one.verb in ("say", "tell")
    if now:
        return False
    if one.verb not in _TOLD and _MINDED.search(view.bare):
        return True
    plain = view.bare.rstrip(".")
    return bool(_OF_THEM.match(plain) and not _DATED.search(plain) and _IS_PAST.search(told))
