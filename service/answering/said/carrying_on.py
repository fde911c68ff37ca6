"""What carries on an indirect report without a verb of saying: "Roe said he was ready. The boats would sail
on Monday. He had sold none." By their tense such sentences are most likely the speaker's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.answering.said.utterances import Utterance, View
from service.english import MASK, SUBJECTS, Adjuncts, any_of, closed

_ASKED = frozenset(("asked", "asks", "wondered"))
# What is done by words, and tells something as it is.
_TELLING = closed.words_of(
    "accused denied complained warned claimed promised admitted insisted threatened vowed predicted conceded"
    " expected feared believed thought doubted acknowledged pledged"
)
_LEAST = 15  # code points of a report that is partly quoted
_NOW = any_of(closed.IS, closed.DO[1:], closed.HAVE[:1], r"(?<!ould )have", closed.MODALS[:1])
_NONE = re.compile(
    rf"[?“”\"{MASK}]|:$|^(?:When|Asked)\b|\bIt was (?:(?:not|un)\s?clear|noted|agreed|decided|resolved)\b"
    rf"|\b(?:{_NOW})(?:n[’']t)?\s"
)
# What a reporter tells is to come, whoever spoke last
_FIXED = re.compile(
    rf"(?i:{any_of(closed.DETERMINERS)})\s(?:[a-z]+\s){{0,2}}(?:talks|court|judge|judges|tribunal|jury|hearing|trial"
    r"|verdict|vote|election|parliament|inquest|inquiry|summit|meeting|round)\s"
    r"|(?:Talks|Voting|Hearings)\s"
)
_COULD = any_of(closed.MODALS[1::2], closed.RARE_MODALS[1:2])
_MODAL = re.compile(
    rf"\s(?:{_COULD})\s(?!have (?!to\b)|not (?:say|speak|comment|discuss|answer|confirm|name"
    r"|be drawn)\b|neither\b|later\b)|\shad (?:yet )?to\s"
)
_PERFECT = re.compile(
    r"\shad\s(?:(?:not|never|already|also|since|both|all|twice|once|yet|only|just|[a-z]+ly)\s){0,2}"
    r"(?:[a-z]+(?:ed|en|wn|ght|lt|nt|ne|ung|un)|come|become|put|cut|set|let|made|paid|met|had|said|told"
    r"|heard|held"
    r"|kept|left|lost|found|stood|understood|led|read|fed|sold|won|run|shut|hit)\b"
)
_MINDED = re.compile(
    rf"(?:^|[,;]\s)(?:{any_of(SUBJECTS)})\sdid(?:\s(?:not|never)|n[’']t)?\s(?:know|expect|want|believe|think"
    rf"|intend|care"
    r"|mind|need|regret|trust|doubt|understand|remember|wish)\b",
    re.I,
)
# Of others, and behind "but", what had happened may be the reporter's answer: "Observers had found nothing."
_THEIRS = re.compile(
    rf"(?:And\s|So\s)?(?:(?:{any_of(SUBJECTS)})(?:\s[a-z]+)?|(?:{any_of(closed.OWNERS)}|no)\s[^,;:.]{{2,40}}?"
    r"|none|nobody|nothing|neither)\shad\b",
    re.I,
)
_AGAINST = re.compile(
    r"(?:But|Yet|However|Still|Though|Although|While|In fact|Actually|Instead|Nevertheless)\b"
)


def carried_on(
    view: View, own: Sequence[Utterance], told: Sequence[Utterance], bare: str
) -> tuple[Utterance, ...]:
    """What a sentence tells of its `own`, as part of what the one before it has `told`; `bare`: unquoted."""
    said = [one for one in told if not one.depth and one.source and not one.turn and _tells(one)]
    if not view.joined or not said or not all(_is_told(view, one) for one in own):
        return ()
    last = said[-1]
    if any(not one.depth and one.source != last.source for one in told) or not _carries(view, last, bare):
        return ()
    on = replace(
        last, speaker=None, verb="said", words=view.at, sentence=view.at, adjuncts=Adjuncts(), act=False
    )
    return (on, *(replace(one, depth=one.depth + 1) for one in own))


def _is_told(view: View, one: Utterance) -> bool:
    """Whether what somebody said or did by words lies before the report: "He had refused."."""
    by = view.words(one.speaker).lower()
    return (one.act or by in SUBJECTS) and bool(
        _PERFECT.search(view.bare, 0, one.words.start - view.at.start)
    )


def _tells(one: Utterance) -> bool:
    return one.verb not in _ASKED and (
        not one.act or one.verb in _TELLING or one.words.start >= one.words.end
    )


def _carries(view: View, one: Utterance, bare: str) -> bool:
    if _NONE.search(view.bare) or _AGAINST.match(view.bare) or _FIXED.match(view.bare):
        return False
    if _MODAL.search(view.bare):
        return True
    told = bare[one.words.start - one.sentence.start : one.words.end - one.sentence.start]
    partly = MASK in told and (one.act or told[:1] == MASK or len(told.replace(MASK, "")) < _LEAST)
    if partly:
        return False
    if _THEIRS.match(view.bare) and _PERFECT.search(view.bare):
        return True
    now = one.verb[-1:] == "s" or one.verb in ("say", "tell")
    return not now and bool(_MINDED.search(view.bare))
