"""An interview whose questions stand in paragraphs of their own, without labels: what stands behind each is
the answer of the one of whom the words above them say that they spoke."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from retrieval.article import Sentence, Span
from service.answering.said.interviewees import interviewed
from service.answering.said.letters import SENTENCE_ENDS
from service.english import (
    LINK,
    NAME_WORD,
    NameKind,
    any_of,
    clauses,
    closed,
    lazily,
    masked,
    mentions,
    quoted_spans,
)

_PARAGRAPH = lazily(r"[^\n]+")
_QUESTION = lazily(r"[ \t*_]*[^\W\d_a-z][^\n“”\"?!:]{2,200}\?[ \t*_]*")
_YOURS = lazily(rf"\b(?:{any_of(closed.FIRST[2:], closed.FIRST_OWNERS[2:])})\b", re.I)
_MINE = lazily(
    rf"\b(?:I|(?i:{any_of(closed.FIRST[1:2], closed.FIRST_OBJECTS[:1], closed.FIRST_OWNERS[:2])}))\b"
)
_LABEL = lazily(r"[^\W\d_a-z][^\s:]*(?: [^\s:]+){0,3}: ")
_SIGNED = lazily(rf"[.!?] {NAME_WORD}(?:{LINK}{NAME_WORD}){{1,3}}(?:, [^.!?\n]{{2,60}})?$")
_LEAST = 3  # questions
_LONGEST = 40_000  # code points


def answers(text: str, sentences: Sequence[Sentence]) -> tuple[Span | None, list[Span], list[Span]]:
    """Who answers, and where the questions and the answers stand; nobody where it is no interview."""
    every = [
        Span(*one.span()) for one in _PARAGRAPH.finditer(text, 0, min(len(text), _LONGEST)) if one[0].strip()
    ]
    asked = [one for one in every if _QUESTION.fullmatch(text, one.start, one.end)]
    yours = sum(bool(_YOURS.search(text, one.start, one.end)) for one in asked)
    if len(asked) < _LEAST or 3 * yours < len(asked) or not sentences:
        return None, [], []
    told = _told(every, asked)
    who = interviewed(text, asked[0].start) if len(told) >= _LEAST and _is_told(text, asked, told) else None
    return (who, asked, told) if who else (None, [], [])


def _told(every: Sequence[Span], asked: Sequence[Span]) -> list[Span]:
    """The paragraphs between two questions, and the one behind the last."""
    starts = {one.start for one in asked}
    last = bisect_right(every, asked[-1].start, key=lambda one: one.start)
    return [one for one in every[:last] if one.start > asked[0].start and one.start not in starts] + list(
        every[last : last + 1]
    )


def _is_told(text: str, asked: Sequence[Span], told: Sequence[Span]) -> bool:
    """Whether one speaks in the answers: they say "I" outside quotations, bear no labels, and no reporter
    tells in them who said what, or of others by their whole names."""
    bare = [_bare(text[one.start : one.end]) for one in told]
    mine = sum(bool(_MINE.search(one)) for one in bare)
    return 2 * mine >= len(asked) and not any(
        _LABEL.match(one) or _is_reported(one) or _is_of_another(one) for one in bare
    )


def _is_reported(paragraph: str) -> bool:
    every = (clause for one in SENTENCE_ENDS.split(paragraph) for clause in clauses(one, one))
    return any(clause.closing and clause.speaker for clause in every)


def _is_of_another(paragraph: str) -> bool:
    if _SIGNED.search(paragraph):
        return True
    return not _MINE.search(paragraph) and any(
        one.kind is NameKind.PERSON and " " in one.text for one in mentions(paragraph)
    )


def _bare(paragraph: str) -> str:
    return masked(paragraph, quoted_spans(paragraph), start=0, end=len(paragraph))
