"""What a letter, a survey or a report says, and by which verbs: "The survey found", "The sign reads"."""

import re
from dataclasses import replace

from service.english import papers
from service.english.adjuncts import Adjuncts
from service.english.closed import BE, HAVE, MODALS, any_of, words_of
from service.english.patterns import lazily
from service.english.phrase_heads import is_paper
from service.english.reporting_clause import ReportingClause
from service.english.speech_verbs import PAPERS

_THAT = lazily(r"\sthat\s")
_CLOSE = words_of("found finds find showed shows show")
_VERB_NEXT = lazily(
    rf"\s(?:{any_of(BE, HAVE, MODALS)}|says|said|found|[a-z]+(?:ects|ows|oses|ests|ounds|ates|udes|ed))\s"
)


def names_paper(masked: str, start: int, end: int) -> bool:
    """Whether a word for what is read stands there."""
    words = masked[start:end].lower().replace(",", " ").split()
    return any(word in papers.PAPERS or word.removesuffix("s") in papers.PAPERS for word in words)


def is_noun(masked: str, verb: re.Match[str]) -> bool:
    """Whether "report" or "forecast" is no verb, since one stands behind it: "The latest report shows"."""
    return verb.group() in ("report", "forecast") and _VERB_NEXT.match(masked, verb.end()) is not None


def as_paper(sentence: str, own: ReportingClause | None, verb: re.Match[str]) -> ReportingClause | None:
    """ "The survey found": somebody who finds or shows something needn't say it."""
    if own is None or not is_read(sentence, own):
        return None
    if own.closing and verb.group() in _CLOSE:  # "Most blame the port, a Lumen poll found."
        return replace(own, verb=verb.group())
    act = _THAT.match(verb.string, verb.end()) is None
    return replace(own, act=act, verb=verb.group(), closing=False, inside=False, adjuncts=Adjuncts())


def is_read(sentence: str, clause: ReportingClause) -> bool:
    return clause.speaker is not None and is_paper(sentence[clause.speaker.start : clause.speaker.end])


def can_be_read(sentence: str, clause: ReportingClause) -> bool:
    """ "The sign reads “No”": people who read don't say it."""
    who = clause.speaker
    return clause.pronoun == "it" or (
        who is not None and PAPERS.search(sentence, who.start, who.end) is not None
    )
