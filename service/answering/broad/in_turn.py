"""Each article in turn: how it opens, and what else says much of what the articles are about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.answering import Overviewing, headings
from service.answering.asked import EVENTS
from service.answering.broad import cues
from service.answering.broad.articles import Told, Weights, latest, names_anything, stands_alone
from service.answering.broad.sections import Section, of_text
from service.answering.extractive import Cited
from service.answering.said import event_day, said_on, tells_year
from service.english import DAYS, MONTH, SMALL, any_of, plain_words, stem, words_of

# Of the weightiest sentence: less for each that stands before an opening, and enough to be told beside it.
_LATER, _WEIGHTY = 0.35, 0.5
_OPENINGS = 3
_TELLS_DAY, _TURNS, _FARTHER = 0.15, 0.5, 0.02
_FEW, _OF_NAMES = 3, 0.25  # names in common, and of an article's
_NEARLY = 0.8
_OF_DAY = 3  # sentences of an article
_OF_LAST, _TURNS_TOLD = 4, 3  # sentences of the last article, and articles before it
_DAY = re.compile(
    rf"\b(?:{any_of(DAYS)}|yesterday|today|tomorrow)\b|\b(?:{MONTH}) \d{{1,2}}|\b\d{{1,2}} (?:{MONTH})\b"
)
_BEHIND = re.compile(r" (?:between|with|over|of|after|before|on|in|at|about|for|by|from)\b", re.I)
_BETWEEN = words_of("between with")
_OF_OUTLET = words_of("article articles piece report story coverage news text newspaper paper")


@dataclass(frozen=True, slots=True)
class InTurn:
    articles: Sequence[Told]
    weights: Weights
    by: Overviewing

    def leads(self, articles: Sequence[Told], *, beside: int) -> list[Section]:
        """So many sentences as leave room for those that are to stand beside them."""
        room = self.by.most - beside
        each = self._each(articles, most=6, room=room)
        return [Section(told.source, self.opening(told, each)) for told in self._weightiest(articles, room)]

    def outcome(self, articles: Sequence[Told]) -> list[Section]:
        """How it began, the turns that it took, and most of the last."""
        news = [told for told in latest(articles, len(articles)) if not told.whole.corrects]
        first, *between, last = news if len(news) > 1 else articles
        between = [told for told in between if any(map(stands_alone, told.body))]
        turns = sorted(between, key=lambda told: -self._turns(told, self._event(told)))[:_TURNS_TOLD]
        ended = [line for line in last.body if stands_alone(line) and names_anything(line.text)]
        return [
            Section(first.source, self.opening(first, 1)),
            *(Section(told.source, (self._event(told),)) for told in between if told in turns),
            Section(last.source, tuple(ended[:_OF_LAST]) or self.opening(last, _OF_LAST)),
        ]

    def by_event(self, articles: Sequence[Told], *, beside: Sequence[Cited] = ()) -> list[Section]:
        """By the day of which a sentence tells, else of its article; what tells neither is left out, where
        any article has a day. Of each article how it opens, or where there are many, what tells most; beside
        it what tells a day."""
        dated = [told for told in articles if told.day] or articles
        most = self.by.most - len(beside)
        opens = [line for section in self.by_day(dated, most=most) for line in section.lines]
        if dated and len(opens) <= len(dated) and dated[0].day:  # one of each
            telling = [told for told in dated if any(map(stands_alone, told.body))]
            opens = [self._event(told) for told in self._weightiest(telling, most)]
            opens = [line for line in opens if line in (*opens[:1], *opens[-1:]) or _is_event(line)]
        further = [
            line
            for told in articles
            for line in told.body
            if line not in opens and line not in beside and stands_alone(line) and _event_day(line)
        ]
        room = most - len(opens)
        lines = [*opens, *self.weights.weightiest(further, beside=opens, most=max(0, room))]
        of = {told.article.id: told for told in articles}
        days = [(_event_day(line) or of[line.passage.article.id].day, line) for line in lines]
        order = sorted(days, key=lambda each: (each[0] or "9", *of_text(each[1])))
        return [Section(_heading(day, line, of[line.passage.article.id]), (line,)) for day, line in order]

    def by_day(self, articles: Sequence[Told], *, most: int | None = None) -> list[Section]:
        """Of an article without a date, what tells a day."""
        room = self.by.most if most is None else most
        each, sections = self._each(articles, most=2, room=room), []
        for told in self._weightiest(articles, room):
            days = tuple(line for line in told.body if _DAY.search(line.text) and stands_alone(line))
            if days and not told.day:
                sections.append(Section(told.source, days[: self._each(articles, most=6, room=room)]))
            else:
                sections.append(Section(told.by_day, self.opening(told, each)))
        return sections

    def latest(self, articles: Sequence[Told]) -> list[Section]:
        """The last first and with most, as far as they leave room for what else there is."""
        most = self.by.most // 3
        return [
            Section(told.source, self.opening(told, most - at)) for at, told in enumerate(reversed(articles))
        ]

    def of_day(self, day: str) -> list[Section]:
        """What is told of a day, each article by itself."""
        latest = max((told.day for told in self.articles), default="")
        asked = said_on(day.removeprefix("last "), latest or None)
        of_week = day.split()[-1].capitalize() if day.split()[-1].capitalize() in DAYS else ""
        return [
            Section(
                told.source,
                tuple(line for line in told.body if _tells_of(line, told, asked, of_week))[:_OF_DAY],
            )
            for told in self.articles
        ]

    def titles(self) -> list[Section]:
        """By what stands above it, or how it opens."""
        above = [
            (told, (told.headline,) if told.headline else self.opening(told, 1)) for told in self.articles
        ]
        return [Section(told.source, lines) for told, lines in above]

    def on(self, subject: str) -> list[Told]:
        return articles_on(subject, self.articles)

    def on_event(self, subject: str) -> list[Told]:
        """None where it isn't about the negotiation, or a part of it."""
        head = plain_words(_BEHIND.split(subject)[0])[-1:]
        return self.on(subject) if not head or head[0] in EVENTS else []

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

    def _event(self, told: Told) -> Cited:
        """The sentence that tells most: early, and with a day."""
        body = [line for line in told.body if stands_alone(line)]
        worth = [self._turns(told, line) - _FARTHER * at for at, line in enumerate(body)]
        return body[worth.index(max(worth))]

    def _turns(self, told: Told, line: Cited) -> float:
        """How much of a turn a sentence tells."""
        said = told.whole.said.get(line.sentence) is not None and not names_anything(line.text)
        return (
            self.weights.of(line.text)
            + _TELLS_DAY * bool(_DAY.search(line.text))
            + _TURNS * bool(cues.TURNS.search(line.text))
            - _TURNS * said
        )

    def _weightiest(self, articles: Sequence[Told], most: int) -> list[Told]:
        """As many as there is room for: the first, the last, and those between that open with most."""
        if len(articles) <= most:
            return list(articles)
        between = sorted(articles[1:-1], key=lambda told: -self._opens_with(told))[: most - 2]
        return [told for told in articles if told in (articles[0], articles[-1]) or told in between]

    def _opens_with(self, told: Told) -> float:
        return max((self.weights.of(line.text) for line in self.opening(told, 1)), default=0.0)

    def _each(self, articles: Sequence[Told], *, most: int, room: int) -> int:
        return max(1, min(most, room // max(1, len(articles))))


def is_one_matter(articles: Sequence[Told]) -> bool:
    """Whether nearly all of them share names with others, one after the other."""
    reached, left = list(articles[:1]), list(articles[1:])
    for told in reached:
        near = [
            o
            for o in left
            if _of_these(o.whole.names, told.whole.names) or _of_these(told.whole.names, o.whole.names)
        ]
        reached += near
        left = [other for other in left if other not in near]
    return _NEARLY * len(articles) <= len(reached)


def articles_within(subject: str, articles: Sequence[Told]) -> list[Told]:
    """Those on what tells one negotiation from others, all where nothing does: a word that no article is
    about only describes it, as "tense" does in "the tense talks"."""
    stems = {stem(word) for word in _asked(subject)}
    about = [told for told in articles if stems & told.whole.subjects]
    return articles_on(subject, articles) if about else list(articles)


def articles_on(subject: str, articles: Sequence[Told]) -> list[Told]:
    """Those that have most words of it, what a negotiation is called left out, and those that tell of the
    same names. None, if no article has any."""
    stems = {stem(word) for word in _asked(subject) if word not in EVENTS | _BETWEEN}
    known = {each for each in stems if any(each in told.whole.all_words for told in articles)}
    if not known:
        return [] if stems else list(articles)
    has = [told for told in articles if 2 * len(known & told.whole.all_words) >= len(known)]
    names = frozenset().union(*(told.whole.names for told in has))
    return [told for told in articles if told in has or _of_these(told.whole.names, names)]


def _is_event(line: Cited) -> bool:
    return bool(
        _DAY.search(line.text) or any(cue.search(line.text) for cue in (cues.TURNS, cues.AGREED, cues.MOVED))
    )


def _event_day(line: Cited) -> str | None:
    return event_day(line.text, line.passage.article.facts.published)


def _heading(day: str, line: Cited, told: Told) -> str:
    """What wasn't written, and isn't the article's own day, is marked as ours."""
    if day == told.day:
        return told.by_day
    worked_out = () if tells_year(line.text, day) else (headings.WORKED_OUT,)
    return headings.BETWEEN.join((headings.day(day), *worked_out))


def _of_these(own: frozenset[str], names: frozenset[str]) -> bool:
    return len(own & names) >= max(_FEW, _OF_NAMES * len(own))


def _asked(subject: str) -> list[str]:
    return [word for word in plain_words(subject) if word not in SMALL]


def _tells_of(line: Cited, told: Told, day: str | None, of_week: str) -> bool:
    """Any such day of the week where that alone is asked for, since weeks are seldom told."""
    for found in _DAY.finditer(line.text):
        if of_week and found.group() == of_week:
            return True
        on = said_on(found.group(), told.day or None)
        if on and (date.fromisoformat(on).strftime("%A") == of_week if of_week else on == day):
            return True
    return False


def _is_called(told: Told, asked: Sequence[str]) -> bool:
    names = [name for name in (told.article.facts.outlet, told.article.facts.title) if name]
    return bool(asked) and any(set(asked) <= set(plain_words(name)) for name in names)


def _holding(told: Told, stems: set[str]) -> tuple[Cited, ...]:
    found = (line for line in told.body if stems <= {stem(word) for word in plain_words(line.text)})
    return tuple(line for line in found if stands_alone(line))[:2]
