"""An interview whose questions stand in paragraphs of their own, without labels: what stands behind each is
the answer of the one whom the words above them name."""

import re
from collections.abc import Iterator, Sequence

from retrieval.article import Sentence, Span
from service.english import FIRST, NameKind, any_of, closed, mentions

_PARAGRAPH = re.compile(r"[^\n]+")
_QUESTION = re.compile(r"[ \t*_]*[^\W\d_a-z][^\n“”\"?!:]{2,200}\?[ \t*_]*")
_OURS = re.compile(rf"\b(?:{any_of(FIRST[:2], closed.FIRST_OWNERS[:2])})\b", re.I)
_LEAST = 3  # questions
_LONGEST, _HEAD = 40_000, 3_000  # code points
_SPOKE = re.compile(r"[^.\n]{0,80}?\s(?:spoke|talked|talks|speaks|sat down|answer(?:s|ed)|was our guest)\b")
_SPOKE_WITH = re.compile(
    r"\b(?:with|interview(?:s|ed)?|spoke to|talked to|met|meets|asked)\s[^.,;:\n]{0,40}$"
)


def answers(text: str, sentences: Sequence[Sentence]) -> tuple[Span | None, list[Span], list[Span]]:
    """Who answers, and where the questions and the answers stand; nobody where it is no interview."""
    every = [
        Span(*one.span()) for one in _PARAGRAPH.finditer(text, 0, min(len(text), _LONGEST)) if one[0].strip()
    ]
    asked = [one for one in every if _QUESTION.fullmatch(text, one.start, one.end)]
    if len(asked) < _LEAST or not sentences:
        return None, [], []
    told = list(_told(every, asked))
    ours = sum(bool(_OURS.search(text, one.start, one.end)) for one in told)
    who = interviewed(text, asked[0].start) if len(told) >= _LEAST and 2 * ours >= len(asked) else None
    return (who, asked, told) if who else (None, [], [])


def _told(every: Sequence[Span], asked: Sequence[Span]) -> Iterator[Span]:
    """The paragraphs between two questions, and the one behind the last."""
    for question, after in zip(asked, [*asked[1:], None], strict=True):
        behind = [
            one for one in every if one.start > question.start and (not after or one.end <= after.start)
        ]
        yield from behind if after else behind[:1]


def interviewed(text: str, end: int) -> Span | None:
    """The one person whom the words above the first question name, or of whom they say that they spoke."""
    head = text[: min(end, _HEAD)]
    people = [m for m in mentions(head) if m.kind is NameKind.PERSON and " " in m.text]
    if len({m.text.split()[-1] for m in people}) != 1:
        people = [m for m in people if _SPOKE.match(head, m.end) or _SPOKE_WITH.search(head, 0, m.start)]
    return Span(people[0].start, people[0].end) if len({m.text.split()[-1] for m in people}) == 1 else None
