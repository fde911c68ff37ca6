"""How one matter went, or how the sides moved: of each article, in their order, what tells most of it."""

from collections.abc import Sequence

from service.answering.broad import cues
from service.answering.broad.articles import WEIGHS, Told, Weights, of_each, stands_alone
from service.answering.broad.reading import PlainReader
from service.answering.broad.sections import Section, best_first
from service.answering.extractive import Cited
from service.english import SMALL, Tag, plain_words, stem, tokenized

_LEAST = -2.0  # worth of a sentence by the reader; by hand
_READ = 8  # passages, or one of each article
_FARTHEST = 3.0  # below the best
_UNREAD = -2.5
_MOVED = 2.0  # that it tells of a move
_FIGURED = 1.5  # and how much
_FAR_FROM_BEST = 4.0
_OF_MOVES = 3  # sentences of an article that tell of one
_FEW = 6  # articles, of which two sentences each are told


def course(matter: str, question: str, articles: Sequence[Told], reader: PlainReader) -> list[Section]:
    """Of each article what tells of the matter itself, and best that it changed; where only one does, what is
    nearest to it."""
    asked = [stem(word) for word in plain_words(matter) if word not in SMALL]
    if not asked:
        return []
    of = [told for told in articles if set(asked) & told.whole.all_words]
    read = of_each(of, lambda text: sum(stem(word) in asked for word in plain_words(text)))
    worth = reader.worth([question, f"What is {matter}?"], read[: max(_READ, len(of))])
    least = max(_LEAST, max(worth.values(), default=0.0) - _FARTHEST)
    scored = [
        [(worth.get((told.article.id, line.sentence), least - 1) + _moved(line), line) for line in told.body]
        for told in articles
    ]
    itself = [
        [each for each in its if asked[-1] in _stems(each[1]) and stands_alone(each[1])] for its in scored
    ]
    for found in (itself, scored):
        best = [max(its, key=lambda each: each[0]) for its in found if its]
        sections = [Section(_day(line, articles), (line,)) for score, line in best if score >= least]
        if len(sections) > 1:
            return sections
    return []


def _stems(line: Cited) -> set[str]:
    return {stem(word) for word in plain_words(line.text)}


def _moved(line: Cited) -> float:
    return _MOVED * bool(cues.MOVED.search(line.text))


def _day(line: Cited, articles: Sequence[Told]) -> str:
    return next(told.by_day for told in articles if told.article.id == line.passage.article.id)


def moves(articles: Sequence[Told], reader: PlainReader, weights: Weights) -> list[Section]:
    """What is offered, asked for, given up: by the reader, by how much it says of what they are about, and
    best that a side moved."""
    read = of_each(articles, lambda text: len(cues.WANTED.findall(text)))[: max(_READ, len(articles))]
    worth = reader.worth(["What does each side offer or demand?"], read)
    each = 2 if len(articles) <= _FEW else 1
    found = [
        [
            (worth.get((told.article.id, line.sentence), _UNREAD) + _weight(line, weights), line)
            for line in told.body
            if stands_alone(line) and (cues.WANTED.search(line.text) or cues.MOVED.search(line.text))
        ]
        for told in articles
    ]
    least = max((score for its in found for score, _ in its), default=0.0) - _FAR_FROM_BEST
    sections = []
    for told, its in zip(articles, found, strict=True):
        telling = [one for one in its if one[0] >= least or (one[0] >= _FIGURED and _has_figure(one[1]))]
        most = max(each, min(_OF_MOVES, sum(_tells_move(line) for _, line in telling)))
        best = sorted(telling, key=best_first)[:most]
        lines = sorted((line for _, line in best), key=lambda line: line.sentence.start)
        sections.append(Section(told.by_day, tuple(lines)))
    return [section for section in sections if section.lines]


def _weight(line: Cited, weights: Weights) -> float:
    return WEIGHS * weights.of(line.text) + _moved(line) + _FIGURED * _has_figure(line)


def _tells_move(line: Cited) -> bool:
    return cues.MOVED.search(line.text) is not None or _has_figure(line)


def _has_figure(line: Cited) -> bool:
    """Whether it tells how much was offered, asked for, agreed."""
    told = cues.OFFERED.search(line.text) or cues.MOVED.search(line.text)
    return told is not None and any(token.kind is Tag.NUMBER for token in tokenized(line.text))
