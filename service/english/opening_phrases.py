"""Whom or what a sentence begins by telling of, who wasn't told of before: "A second envoy was late."."""

from itertools import islice

from retrieval.article import Span
from service.english import closed
from service.english.closed import BE, HAVE, MODALS, words_of
from service.english.long_subjects import FINITE, LONGEST, whole_of
from service.english.offices import is_doing
from service.english.patterns import lazily
from service.english.phrase_heads import kind_of_noun

_OPENS_NEW = lazily(r"(?:(?:But|And|Yet|Then)\s)?(?P<who>(?i:an?|one|another)\b)")
_VERB_MAY_BE = lazily(r"(?<=[\w,]\s)(?P<verb>[a-z]+)\b")
_HELPS = words_of(BE, HAVE, MODALS, closed.DO, "took came went saw had felt")
_MOST_VERBS, _MOST_WORDS = 40, 6


def opening_phrase(masked: str) -> Span | None:
    """What a sentence begins by telling of, if that is new: "A second envoy was late.", "Another, who came by
    sea, disagreed."."""
    opens = _OPENS_NEW.match(masked)
    if not opens:
        return None
    start = opens.start("who")
    verbs = islice(_VERB_MAY_BE.finditer(masked, start, start + LONGEST), _MOST_VERBS)
    ends = [
        len(masked[: verb.start()].rstrip())
        for verb in verbs
        if verb["verb"] in _HELPS or is_doing(verb["verb"])
    ]
    found = (read(masked, start, end) for read in (whole_of, _bare) for end in ends)
    return next(filter(None, found), None)


def _bare(masked: str, start: int, end: int) -> Span | None:
    """ "A second Ruritanian envoy" """
    words = masked[start:end].split()
    last = words[-1] if len(words) <= _MOST_WORDS else ""
    alone = last.islower() and kind_of_noun(last, bare=False, first=False)
    verbs = any(word.lower() in FINITE or is_doing(word) for word in words)
    return Span(start, end) if alone and not verbs and masked[end - 1] != "," else None
