"""What an outlet corrects in an article of its own, which names the day of the one that had it wrong: that is
told with what it corrects, wherever both are at hand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.article import Article, Quote, Region, Sentence
from retrieval.segment import sentences
from service.answering import Passage
from service.english import MONTH, MONTHS, words

CORRECTED = " [Corrected by the outlet: "
_HEAD = 600  # code points
_CORRECTS = re.compile(
    r"\A\W*corrections?\b|\b(?:corrections? (?:and|to)|clarifications?|misstated"
    r"|(?:incorrectly|wrongly|mistakenly|erroneously) (?:said|stated|reported|gave|named|described))\b"
    r"|\b(?:we|our) (?:\w+ )?(?:reported|stated|published|said)\b[^.]*\.[^.]{0,80}"
    r"\b(?:wrong|incorrect|not true)\b",
    re.I,
)
_DATE = re.compile(rf"\b(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}})|(?P<day>\d{{1,2}}) (?P<month>{MONTH}))\b")
_PUTS_RIGHT = re.compile(
    r"\b(?:not|wrong|incorrect|instead|rather than|in fact|correct|nothing|never)\b",
    re.I,
)
_SHARED = 2  # words of what was told and of what puts it right


def is_correction(article: Article) -> bool:
    """Whether it tells what another had wrong, and no news of its own."""
    title = article.facts.title or ""
    return bool(_CORRECTS.search(title) or _CORRECTS.search(article.text[:_HEAD]))


@dataclass(frozen=True)
class Corrections:
    """`notes` are the sentences that put something right, each with the passage that it is quoted by."""

    notes: tuple[tuple[Passage, Sentence, frozenset[str]], ...] = ()

    def of(self, passage: Passage, text: str) -> Quote | None:
        """What puts a sentence right."""
        facts, told = passage.article.facts, words(text)
        near = [
            (len(told & own), -note.start, by.quote(note))
            for by, note, own in self.notes
            if by.article.id != passage.article.id
            and by.article.facts.outlet == facts.outlet
            and facts.published
            and (not by.article.facts.published or by.article.facts.published >= facts.published)
            and facts.published[5:10] in _days(by.article)
        ]
        best = max(near, key=lambda each: each[:2], default=None)
        return best[2] if best and best[0] >= _SHARED else None


NONE = Corrections()


def corrections(passages: Iterable[Passage]) -> Corrections:
    by_article = {passage.article.id: passage for passage in passages if is_correction(passage.article)}
    return Corrections(tuple(note for passage in by_article.values() for note in _notes(passage)))


def _notes(passage: Passage) -> Sequence[tuple[Passage, Sentence, frozenset[str]]]:
    text = passage.article.text
    every = [one for one in sentences(text, passage.article.regions) if one.region is Region.BODY]
    told = [text[one.start : one.end] for one in every]
    return [
        (passage, one, words(own)) for one, own in zip(every, told, strict=True) if _PUTS_RIGHT.search(own)
    ]


def _days(article: Article) -> frozenset[str]:
    """Of the year, "03-24"."""
    found = ((one["m"] or one["month"], one["d"] or one["day"]) for one in _DATE.finditer(article.text))
    return frozenset(f"{_month(month):02}-{int(day):02}" for month, day in found)


def _month(name: str) -> int:
    return next(at for at, each in enumerate(MONTHS, 1) if each.startswith(name[:3].capitalize()))
