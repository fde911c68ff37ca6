"""The sides of a question that compares: what two people, two outlets or two things are asked to be held
against each other, and the sentence that speaks for each."""

import re
from collections.abc import Sequence

from retrieval.article import Span
from retrieval.embed import TokenVectors
from service.answering.asked import Question
from service.answering.extractive.fitting import FAR
from service.answering.extractive.scoring import Candidate, for_part, pieces_of
from service.english import ASKING, SMALL, any_of, plain_words

_AUX = f"(?:{any_of(ASKING)})"
_DIFFERS = r"(?:differ|disagree|agree|diverge|vary|conflict|contradict|clash|compare)"
_TWO = r"(?P<one>[^?]{2,120}?) (?:with|to|and) (?P<other>[^?]{2,120})"
_COMPARED = (
    re.compile(
        rf"\b{_AUX} (?P<one>[^?]{{2,120}}?) (?:differ|diverge|compare|vary|agree|disagree|conflict)"
        r" (?:from|with|to) (?P<other>[^?]{2,120})",
        re.I,
    ),
    re.compile(
        rf"\b{_AUX} (?P<one>[^?,]{{2,80}}?),? and (?P<other>[^?,]{{2,80}}?)"
        rf" (?:both |each )?(?:{_DIFFERS}|say|report|describe|see|give|put)\b",
        re.I,
    ),
    re.compile(rf"\b(?:compare|contrast|differences? between) {_TWO}", re.I),
)


def compared(asks: Question) -> tuple[Span, ...]:
    """The two sides as spans of the question; none where it compares nothing in words known here."""
    begins = asks.parts[0].start
    found = next((match for pattern in _COMPARED if (match := pattern.search(asks.text, begins))), None)
    return (Span(*found.span("one")), Span(*found.span("other"))) if found else ()


def for_each_side(asks: Question, asked: TokenVectors, order: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence for each side; none where a side has none of its own."""
    picked: list[Candidate] = []
    for side in compared(asks):
        best = _for_side(asks, asked, side, order)
        if best is not None and all(best.sentence != p.sentence for p in picked):
            picked.append(best)
    return picked if len(picked) > 1 else []


def _for_side(
    asks: Question, asked: TokenVectors, side: Span, order: Sequence[Candidate]
) -> Candidate | None:
    named = set(plain_words(asks.text[side.start : side.end])) - SMALL
    near = [c for c in order if order[0].score - c.score <= 2 * FAR]
    own = [c for c in near if _outlet(c, named)] or [c for c in near if _speaker(c, named)]
    if own:
        return own[0]
    pieces = pieces_of(asked, side)
    if not pieces.any():
        return None
    best = for_part(asks, pieces, near)[0]
    return next(
        c for c in near if c.sentence == best.sentence and c.passage.article.id == best.passage.article.id
    )


def _outlet(candidate: Candidate, named: set[str]) -> bool:
    outlet = set(plain_words(candidate.passage.article.facts.outlet or "")) - SMALL
    return bool(outlet) and outlet <= named


def _speaker(candidate: Candidate, named: set[str]) -> bool:
    speaker = candidate.said.speaker if candidate.said else None
    return speaker is not None and speaker[0].isupper() and plain_words(speaker)[-1] in named
