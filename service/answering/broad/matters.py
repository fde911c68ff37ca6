"""What was agreed, what is in dispute, what comes next: the sentences that say so, by the reader, asked the
plain questions behind it, and by the words that such things are told with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answering import Passage, headings
from service.answering.asked import Overview
from service.answering.broad import cues
from service.answering.broad.articles import LEANS, WEIGHS, Told, Weights, latest, of_each, stands_alone
from service.answering.broad.reading import PlainReader
from service.answering.broad.sections import Scored
from service.answering.extractive import Cited
from service.answering.said import dates_ahead, days_ahead
from service.english import any_of, closed, quoted_spans

_AGAINST, _PLAINLY, _LISTED, _AHEAD, _LATER = 2.0, 2.0, 3.0, 3.0, 2.0
_UNREAD, _SEVERAL = -1.0, 3
_REPLY = 2  # sentences
_TERMS = 3  # sentences behind the one that tells of an agreement
_READ = 16  # passages, where it is all that is asked for
_WAS = re.compile(rf"\b(?:{any_of(closed.WAS)})\b(?! (?:to|due|set|scheduled|expected|planned)\b)")
_TO_COME = re.compile(
    r"\b(?:will|would|due|by|until|till|expected|scheduled|planned|next|deadline|(?:is|are) to)\b"
)
_STILL = re.compile(r"\b(?:still|left|remain\w*|now|yet|outstanding|currently|unresolved|unsettled)\b", re.I)


@dataclass(frozen=True, slots=True)
class Matter:
    """`asks` are the plain questions, `cue` how it is told, `against` what tells of
    something else, `missing` what is said where nothing tells it."""

    heading: str
    asks: tuple[str, ...]
    cue: re.Pattern[str]
    against: re.Pattern[str]
    missing: str


MATTERS = {
    Overview.AGREED: Matter(
        headings.ON_AGREED,
        ("What was agreed?",),
        cues.AGREED,
        cues.NOT_AGREED,
        "I found no passage that says what was agreed.",
    ),
    Overview.OPEN: Matter(
        headings.ON_OPEN,
        ("What is still in dispute?", "What does each side refuse?"),
        cues.OPEN,
        cues.NOT_OPEN,
        "I found no passage that says what is in dispute.",
    ),
    Overview.NEXT: Matter(
        headings.ON_NEXT,
        ("What happens next?",),
        cues.NEXT,
        cues.NOT_NEXT,
        "I found no passage that says what comes next.",
    ),
}


def is_of_late(kind: Overview, question: str) -> bool:
    """Whether the latest articles alone tell it: what was open at first may be settled by now."""
    return kind is Overview.NEXT or (kind is Overview.OPEN and bool(_STILL.search(question)))


def lines_on(
    kind: Overview, articles: Sequence[Told], reader: PlainReader, *, passages: int, weights: Weights
) -> list[tuple[float, Cited]]:
    """Those told the way it is told, each with its worth: by the reader, and by how much it says of what the
    articles are about. At most so many passages are read, those with the most that is told that way."""
    matter = MATTERS[kind]
    read = _to_read(matter, articles, passages - 2 * (len(matter.asks) - 1))
    by_reader = reader.worth(matter.asks, read)
    scored = []
    for told in articles:
        for line in told.body:
            score = by_reader.get((told.article.id, line.sentence))
            if score is not None and matter.cue.search(line.text):
                score += WEIGHS * weights.of(line.text) - _AGAINST * bool(matter.against.search(line.text))
                scored.append((score - LEANS * (not stands_alone(line)), line))
    return scored


def asked_on(
    kind: Overview, question: str, articles: Sequence[Told], reader: PlainReader, *, weights: Weights
) -> list[tuple[float, Cited]]:
    """Where that alone is asked for: by what the reader makes of the question as it was put, and by how it is
    told."""
    matter = MATTERS[kind]
    asked = reader.worth([question], _to_read(matter, articles, _READ))
    newest = max((told.day for told in articles), default="")
    found = []
    for told in articles:
        for at, line in enumerate(told.body):
            score = asked.get((told.article.id, line.sentence), _UNREAD if matter.cue is cues.NEXT else None)
            if score is not None and _may_tell(matter, told, at, newest):
                told_so = _told_so(matter, told, at, newest)
                found.append((score + told_so + WEIGHS * weights.of(line.text) / 2, line))
    dated = [one for one in found if matter.cue is cues.NEXT and one[0] >= _AHEAD + _UNREAD]
    return dated if len(dated) >= _SEVERAL else found


def _may_tell(matter: Matter, told: Told, at: int, newest: str) -> bool:
    line = told.body[at]
    if matter.cue is cues.NEXT:
        return not (_asks(line) or _is_over(told, line, newest))
    return matter.cue is not cues.OPEN or (_opens(told, at) and not _is_settled(told, at))


def _told_so(matter: Matter, told: Told, at: int, newest: str) -> float:
    text = told.body[at].text
    if matter.cue is cues.NEXT and _is_ahead(told, told.body[at], newest):
        return _AHEAD
    plainly = _plainly_open(told, at) if matter.cue is cues.OPEN else 0.0
    past = _LATER if matter.cue is cues.NEXT and told.day < newest else 0.0
    return bool(matter.cue.search(text)) + plainly - past


def _is_ahead(told: Told, line: Cited, newest: str) -> bool:
    """Whether it tells a date that is still to come when the last article is out."""
    past = _WAS.search(line.text) and not _TO_COME.search(line.text)
    return bool(told.day) and not past and any(day > newest for day in dates_ahead(line.text, told.day))


def ahead(articles: Sequence[Told], *, most: int) -> list[Cited]:
    """What the last of them tell of dates to come."""
    newest = max((told.day for told in articles), default="")
    last = [told for told in articles if told.day == newest]
    return [line for told in last for line in told.body if _is_ahead(told, line, newest)][:most]


def _asks(line: Cited) -> bool:
    return line.text.rstrip(" ”\"’'»").endswith("?")


def _is_settled(told: Told, at: int) -> bool:
    """An agreement, or what is in it, with no word of what is open."""
    text = told.body[at].text
    agreed = cues.TERMS.search(text) or cues.CAME_TO_TERMS.search(text)
    return agreed is not None and not cues.OPEN.search(text) and not _plainly_open(told, at)


def _opens(told: Told, at: int) -> bool:
    return bool(cues.OPEN.search(told.body[at].text)) or _plainly_open(told, at) > 0


def _plainly_open(told: Told, at: int) -> float:
    """By itself, best with all that is open behind a colon, or as the reply to who asks for that."""
    text = told.body[at].text
    asked = (line.text for line in told.body[max(0, at - _REPLY) : at] if line.text.endswith("?"))
    says = cues.PLAINLY_OPEN.search(text)
    lists = says is not None and ":" in text[says.end() : says.end() + 1]
    return _PLAINLY * any((says, *map(cues.PLAINLY_OPEN.search, asked))) + _LISTED * lists


def _is_over(told: Told, line: Cited, newest: str) -> bool:
    """What was to come when it was told, and no longer is by the last article."""
    days = days_ahead(line.text, told.day) if told.day else []
    return bool(days) and max(days) < newest


def with_terms(found: Sequence[Scored], articles: Sequence[Told]) -> list[Scored]:
    """With some of the terms, or with the sentences behind the latest one that tells of an agreement, which
    news follows with its terms; nobody's words."""
    first = _first_term(articles) or _latest_agreed(found, articles)
    if first is None:
        return list(found)
    known, best = [line for _, line in found], max(score for score, _ in found)
    return [*found, *((best, line) for line in _from(first, articles, _TERMS) if line not in known)]


def terms(articles: Sequence[Told], *, most: int, every: bool = False) -> list[Cited]:
    """What the latest article that tells the terms of an agreement says of them, if any does; with `every`,
    as far as there is room, what it tells before that was agreed."""
    first = _first_term(articles)
    if first is None:
        return []
    lines = _from(first, articles, most - 1)
    told = next(told for told in articles if told.article.id == first.passage.article.id)
    before = [line for line in told.body[: told.body.index(first)] if every and _is_settled_by(told, line)]
    return [*before[max(0, len(before) - max(0, most - len(lines))) :], *lines]


def _is_settled_by(told: Told, line: Cited) -> bool:
    said = told.whole.said.get(line.sentence) is not None or bool(quoted_spans(line.text))
    settled = _tells(line) or (cues.OF_TERMS.search(line.text) and re.search(r"\d", line.text))
    return bool(settled) and not said and stands_alone(line)


def _from(first: Cited, articles: Sequence[Told], further: int) -> list[Cited]:
    told = next(told for told in articles if told.article.id == first.passage.article.id)
    at = told.body.index(first)
    lines = [first]
    for apart, line in enumerate(told.body[at + 1 :], start=1):
        if cues.PLAINLY_OPEN.search(line.text):
            break
        said = told.whole.said.get(line.sentence) is not None or bool(quoted_spans(line.text))
        # Further behind, the terms go on where it reads so.
        goes_on = apart <= _TERMS or cues.OF_TERMS.search(line.text)
        if goes_on and not said and not cues.BEFORE_IT.search(line.text):
            lines.append(line)
    return lines[: further + 1]


def _first_term(articles: Sequence[Told]) -> Cited | None:
    dated = [told for told in latest(articles, len(articles)) if not told.whole.corrects]
    return next(
        (line for told in reversed(dated) for line in told.body if cues.TERMS.search(line.text)), None
    )


def _latest_agreed(found: Sequence[Scored], articles: Sequence[Told]) -> Cited | None:
    ids = [told.article.id for told in articles]
    agreed = [line for _, line in found if _tells(line)]
    agreed = [line for line in agreed if cues.CAME_TO_TERMS.search(line.text)] or agreed
    return max(agreed, key=lambda line: ids.index(line.passage.article.id), default=None)


def _tells(line: Cited) -> bool:
    return bool(cues.AGREED.search(line.text)) and not cues.NOT_AGREED.search(line.text)


def _to_read(matter: Matter, articles: Sequence[Told], most: int) -> list[Passage]:
    plainly = cues.PLAINLY_OPEN if matter.cue is cues.OPEN else None

    def telling(text: str) -> int:
        return len(matter.cue.findall(text)) + (_READ * len(plainly.findall(text)) if plainly else 0)

    return of_each(articles, telling)[:most]
