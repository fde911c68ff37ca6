"""What an outlet corrects in an article of its own, which names the day of the one that had it wrong: that is
told with what it corrects, wherever both are at hand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.article import Article, Quote, Region, Sentence
from retrieval.segment import sentences
from service.answering import Passage
from service.english import MONTH, MONTHS, masked, quoted_spans, words

CORRECTED = " [Corrected by the outlet: "
_HEAD = 600  # code points
_WRONGLY = r"(?:misstated|(?:incorrectly|wrongly|mistakenly|erroneously) (?:said|stated|reported|gave|named))"
_TITLED = re.compile(r"\W*(?:corrections?|clarifications?)\b", re.I)
_OWN = (
    r"(?:we|our (?:article|brief|report|story|edition)"
    r"|in an? (?:article|brief|report|story) (?:published|of|on)"
    r"|an? (?:earlier|previous) (?:article|report|story|version))"
)
_CORRECTS = re.compile(
    rf"\A\W*corrections?\b|\b{_OWN}\b[^.]{{0,200}}\b{_WRONGLY}\b"
    rf"|\b{_OWN} (?:\w{{1,30}} )?(?:reported|stated|published|said)\b[^.]{{0,300}}\.[^.]{{0,80}}"
    r"\b(?:wrong|incorrect|not true)\b",
    re.I,
)
_DATE = re.compile(
    rf"\b(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}})|(?P<day>\d{{1,2}}) (?P<month>{MONTH}))\b"
    r"(?:,? (?P<year>\d{4})\b)?"
)
_PUTS_RIGHT = re.compile(
    r"\b(?:not|wrong|incorrect|instead|rather than|in fact|correct|nothing|never)\b", re.I
)
_REPORTED = re.compile(
    r"\b(?:we|our|article|brief|report|story|it) (?:\w{1,30} )?(?:said|stated|reported|gave|put|named)\b",
    re.I,
)
_SAYS = re.compile(r"\b(?:said|says?|told|according to)\b|[“”\"«»]", re.I)
_WHERE = re.compile(r"\b(?:published|editions?|articles?|briefs?|reports?|story|stories|version)\b", re.I)
_NOT_THIS = re.compile(r"\b(?:not|rather than|instead of) (?:[a-z]+ ){0,2}(?P<wrong>\d[\d.,]*\d|\d)")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_SHARED = 3  # words of what was told and of what puts it right, a name among them; with a figure one less
_READ_BY = 400  # days


def is_correction(article: Article) -> bool:
    """Whether it tells what another had wrong, and no news of its own."""
    head = article.text[:_HEAD]
    told = masked(head, quoted_spans(head), start=0, end=len(head))
    return bool(_TITLED.match(article.facts.title or "") or _CORRECTS.search(told))


@dataclass(frozen=True)
class _Note:
    """What puts something right, quoted by its passage; `about` is that and what was wrong, if it repeats
    that."""

    passage: Passage
    sentence: Sentence
    about: str

    def is_on(self, text: str) -> int:
        """How much it has in common with a sentence; 0 where nothing particular. A figure that it calls wrong
        has to be the sentence's."""
        shared = words(text) & words(self.about)
        told, wrong = {*_NUMBER.findall(text)}, {one["wrong"] for one in _NOT_THIS.finditer(self.about)}
        figures = told & (wrong or {*_NUMBER.findall(self.about)})
        if wrong and not figures:
            return 0
        named = {*_names(text)} & {*_names(self.about)}
        enough = _SHARED - bool(figures)
        return len(shared) + len(figures) if (figures or len(named) > 1) and len(shared) >= enough else 0


@dataclass(frozen=True)
class Corrections:
    """Of the passages at hand."""

    notes: tuple[_Note, ...] = ()

    def of(self, passage: Passage, text: str) -> Quote | None:
        """What puts a sentence right."""
        found = [
            (note.is_on(text), -note.sentence.start, note)
            for note in self.notes
            if _corrects(note.passage.article, passage.article)
        ]
        best = max(found, key=lambda each: each[:2], default=None)
        return best[2].passage.quote(best[2].sentence) if best and best[0] else None


NONE = Corrections()


def corrections(passages: Iterable[Passage]) -> Corrections:
    by_article = {passage.article.id: passage for passage in passages if is_correction(passage.article)}
    return Corrections(tuple(note for passage in by_article.values() for note in _notes(passage)))


def _notes(passage: Passage) -> Iterator[_Note]:
    """Nobody's words but the outlet's."""
    text, before = passage.article.text, ""
    for one in sentences(text, passage.article.regions):
        own = text[one.start : one.end]
        if one.region in (Region.BODY, Region.NOTE):
            if _PUTS_RIGHT.search(own) and (_REPORTED.search(own) or not _SAYS.search(own)):
                yield _Note(passage, one, f"{before} {own}" if _REPORTED.search(before) else own)
            before = own


def _corrects(article: Article, other: Article) -> bool:
    """Whether it is the same outlet's, no older, and names the other's day."""
    facts, told = article.facts, other.facts
    if article.id == other.id or not facts.outlet or facts.outlet != told.outlet or not told.published:
        return False
    day = date.fromisoformat(told.published[:10])
    its = date.fromisoformat(facts.published[:10]) if facts.published else None
    if its and not timedelta() <= its - day <= timedelta(days=_READ_BY):
        return False
    return any(
        (_month(one["m"] or one["month"]), int(one["d"] or one["day"])) == (day.month, day.day)
        and one["year"] in (None, str(day.year))
        for told in re.split(r"(?<=[.!?])\s", article.text)
        if _WHERE.search(told)
        for one in _DATE.finditer(told)
    )


def _names(text: str) -> Iterator[str]:
    """Words with a capital, but for the first."""
    return (word for word in text.split()[1:] if word[:1].isupper())


def _month(name: str) -> int:
    return next(at for at, each in enumerate(MONTHS, 1) if each.startswith(name[:3].capitalize()))
