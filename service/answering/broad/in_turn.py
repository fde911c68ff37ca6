"""Each article in turn: how it opens, and what else says much of what the articles are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering import Overviewing, headings
from service.answering.broad.articles import Told, Weights, names_anything, stands_alone
from service.answering.broad.sections import Section
from service.answering.extractive import Cited
from service.english import DAYS, MONTH, SMALL, any_of, plain_words, stem, words_of

# Of the weightiest sentence: less for each that stands before an opening, and enough to be told beside it.
_LATER, _WEIGHTY = 0.35, 0.5
_OPENINGS = 3
_DAY = re.compile(
    rf"\b(?:{any_of(DAYS)}|yesterday|today|tomorrow)\b|\b(?:{MONTH}) \d|\b\d{{1,2}} (?:{MONTH})\b"
)
_OF_OUTLET = words_of("article articles piece report story coverage news text newspaper paper")


@dataclass(frozen=True, slots=True)
class InTurn:
    articles: Sequence[Told]
    weights: Weights
    by: Overviewing

    def leads(self, articles: Sequence[Told], *, beside: int) -> list[Section]:
        """So many sentences as leave room for those that are to stand beside them."""
        each = self._each(articles, most=6, room=self.by.most - beside)
        return [Section(told.source, self.opening(told, each)) for told in articles]

    def by_day(self, articles: Sequence[Told]) -> list[Section]:
        """Of an article without a date, what tells a day."""
        each, sections = self._each(articles, most=2, room=self.by.most), []
        for told in articles:
            days = tuple(line for line in told.body if _DAY.search(line.text) and stands_alone(line))
            if days and not told.day:
                sections.append(Section(told.source, days[: self._each(articles, most=6, room=self.by.most)]))
            else:
                heading = headings.by_day(told.article) if told.day else told.source
                sections.append(Section(heading, self.opening(told, each)))
        return sections

    def titles(self) -> list[Section]:
        """By what stands above it, or how it opens."""
        above = [
            (told, (told.headline,) if told.headline else self.opening(told, 1)) for told in self.articles
        ]
        return [Section(told.source, lines) for told, lines in above]

    def called(self, subject: str) -> list[Told]:
        """An outlet's articles, or those with such a title."""
        asked = [word for word in _asked(subject) if word not in _OF_OUTLET]
        return [told for told in self.articles if _is_called(told, asked)]

    def about(self, subject: str) -> list[Section]:
        """What is told of somebody or something."""
        stems = {stem(word) for word in _asked(subject)}
        return [Section(told.source, _holding(told, stems)) for told in self.articles if stems]

    def opening(self, told: Told, most: int) -> tuple[Cited, ...]:
        body = [line for line in told.body if stands_alone(line)] or list(told.body)
        if not body:
            return (told.headline,) if told.headline else ()
        worth = [
            self.weights.of(line.text) - _LATER * (at + (not names_anything(line.text)))
            for at, line in enumerate(body[:_OPENINGS])
        ]
        # Alone it has to say what it is about, which the first may leave to the second.
        first = body[worth.index(max(worth))] if most == 1 or not names_anything(body[0].text) else body[0]
        weighty = [line for line in body if self.weights.of(line.text) >= _WEIGHTY]
        rest = self.weights.weightiest(weighty, beside=[first], most=most - 1)
        return tuple(sorted([first, *rest], key=lambda line: line.sentence.start))

    def _each(self, articles: Sequence[Told], *, most: int, room: int) -> int:
        return max(1, min(most, room // max(1, len(articles))))


def _asked(subject: str) -> list[str]:
    return [word for word in plain_words(subject) if word not in SMALL]


def _is_called(told: Told, asked: Sequence[str]) -> bool:
    names = [name for name in (told.article.facts.outlet, told.article.facts.title) if name]
    return bool(asked) and any(set(asked) <= set(plain_words(name)) for name in names)


def _holding(told: Told, stems: set[str]) -> tuple[Cited, ...]:
    found = (line for line in told.body if stems <= {stem(word) for word in plain_words(line.text)})
    return tuple(line for line in found if stands_alone(line))[:2]
