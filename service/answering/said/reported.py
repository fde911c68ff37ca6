"""The reported statements of an article: who said what to whom, where, when and how strongly."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.article import Article, Span
from retrieval.runs import entry_at
from retrieval.segment import sentences
from service.answering.said.likely import utterances
from service.answering.said.people import Cast
from service.answering.said.said_on import said_on
from service.answering.said.utterances import Utterance, View
from service.english import BE, any_of, closed, may_speak, offices, stem

EDITION = "10"
"""To be changed with every change of what is found in an article: what was kept of it is then made anew."""


class Strength(StrEnum):
    """How a statement is put, by its verb; PREPARED by how the words themselves begin."""

    SAID = "said"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    AGREED = "agreed"
    REFUSED = "refused"
    PROMISED = "promised"
    THREATENED = "threatened"
    WARNED = "warned"
    OFFERED = "offered"
    PREPARED = "prepared"
    DEMANDED = "demanded"
    ASKED = "asked"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Reported:
    """One reported statement of one version of an article.

    `speaker` is as written where it is said ("he", "the minister"), `who` the whole name or body that this
    article alone ties it to, `office` as the article ties it; `to`, `venue` and `when` as written, the last
    from the words or, in a live blog, above the entry. `day` is ISO, where the article's publication settles
    it. `depth` is 0 for what the article reports, 1 for what somebody reports in it, and so on. Unknown is
    None.
    """

    speaker: str | None
    who: str | None
    office: str | None
    to: str | None
    venue: str | None
    when: str | None
    day: str | None
    verb: str
    strength: Strength
    words: Span
    sentence: Span
    depth: int
    unnamed: bool = False
    """Whether the speaker is one whom the article doesn't name: "a senior official"."""


_STRENGTHS = {
    stem(verb): strength
    for strength, verbs in {
        Strength.CONFIRMED: "confirm acknowledge admit concede",
        Strength.DENIED: "deny dismiss",
        Strength.AGREED: "agree accept",
        Strength.REFUSED: "refuse decline reject",
        Strength.PROMISED: "promise pledge vow",
        Strength.THREATENED: "threaten",
        Strength.WARNED: "warn caution",
        Strength.OFFERED: "offer propose",
        Strength.DEMANDED: "demand urge order",
        Strength.ASKED: "ask request",
        Strength.EXPECTED: "expect predict estimate",
    }.items()
    for verb in verbs.split()
}
_HEAD_ENDS = re.compile(rf"\s(?:{any_of(offices.PREPOSITIONS)}|and|who|which|that)\s|,")
_PREPARED = re.compile(rf"[\w\s’'.-]{{1,60}}?\s(?:{any_of(BE)}|be)\s(?:prepared|ready|willing)\sto\b")


def strength(verb: str, words: str = "") -> Strength:
    put = _STRENGTHS.get(stem(verb), Strength.SAID)
    return Strength.PREPARED if put is Strength.SAID and _PREPARED.match(words) else put


def reported(
    article: Article, cast: Cast | None = None, views: Sequence[View] | None = None
) -> tuple[Reported, ...]:
    """In the order of the text; `cast` is the article's and `views` its body's, where they are known."""
    body = [s for s in sentences(article.text, article.regions) if s.region.tells]
    cast = cast or Cast(article)
    held = {id(one): one.office or next(iter(one.organisations), None) for one in cast.everyone}
    found = []
    for one in utterances(article.text, body, views):
        meant = cast.meant(one.source) if one.source else None
        told = _reported(article, one, named=meant is not None)
        found.append(replace(told, who=meant.name, office=held[id(meant)]) if meant else told)
    return tuple(one for one in found if one.speaker or one.who)


def _reported(article: Article, one: Utterance, *, named: bool) -> Reported:
    def words(span: Span | None) -> str | None:
        return article.text[span.start : span.end] if span else None

    beside = one.adjuncts
    when = beside.when or words(entry_at(article.text, article.regions, one.sentence.start))
    return Reported(
        speaker=words(one.speaker),
        who=None,
        office=None,
        to=beside.to,
        venue=beside.venue,
        when=when,
        day=said_on(beside.when, article.facts.published),
        verb=one.verb,
        strength=strength("asked" if _asks(article.text, one) else one.verb, words(one.words) or ""),
        words=one.words,
        sentence=one.sentence,
        depth=one.depth,
        unnamed=not named and _is_described(words(one.source or one.speaker) or ""),
    )


def _asks(text: str, one: Utterance) -> bool:
    """Whether it is asked, also by one of those who speak in turn: it tells nothing then."""
    return one.asks or (one.turn and text[: one.words.end].endswith("?"))


def _is_described(speaker: str) -> bool:
    """Whether no name is told: "a senior official", "the minister", "Residents"."""
    head = _HEAD_ENDS.split(speaker, maxsplit=1)[0].split()
    if not head or head[-1].lower() in closed.SUBJECTS:
        return False
    begins = len(head) == 1 and head[0][1:].islower()  # a sentence, perhaps
    return head[-1][0].islower() or (begins and may_speak(head[0].lower()))
