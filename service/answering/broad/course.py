"""How one matter went, or how the sides moved: of each article, in their order, what tells most of it."""

from collections.abc import Sequence

from service.answering.broad import cues
from service.answering.broad.articles import WEIGHS, Told, Weights, of_each, stands_alone
from service.answering.broad.reading import PlainReader
from service.answering.broad.sections import Section, best_first
from service.english import SMALL, plain_words, stem

_LEAST = -2.0  # worth of a sentence by the reader; by hand
_READ = 8  # passages, or one of each article
_FARTHEST = 3.0  # below the best
_UNREAD = -2.5
_FEW = 6  # articles, of which two sentences each are told


def course(matter: str, question: str, articles: Sequence[Told], reader: PlainReader) -> list[Section]:
    stems = {stem(word) for word in plain_words(matter) if word not in SMALL}
    of = [told for told in articles if stems & told.whole.all_words]
    read = of_each(of, lambda text: sum(stem(word) in stems for word in plain_words(text)))
    worth = reader.worth([question, f"What is {matter}?"], read[: max(_READ, len(of))])
    least = max(_LEAST, max(worth.values(), default=0.0) - _FARTHEST)
    sections = []
    for told in articles:
        scored = [(worth.get((told.article.id, line.sentence), least - 1), line) for line in told.body]
        best = max(scored, key=lambda each: each[0], default=None)
        if best is not None and best[0] >= least:
            sections.append(Section(told.by_day, (best[1],)))
    return sections


def moves(articles: Sequence[Told], reader: PlainReader, weights: Weights) -> list[Section]:
    """What is asked for, offered, given up: by the reader, and by how much it says of what they are about."""
    read = of_each(articles, lambda text: len(cues.WANTED.findall(text)))[: max(_READ, len(articles))]
    worth = reader.worth(["What does each side offer or demand?"], read)
    each, sections = (2 if len(articles) <= _FEW else 1), []
    for told in articles:
        scored = [
            (worth.get((told.article.id, line.sentence), _UNREAD) + WEIGHS * weights.of(line.text), line)
            for line in told.body
            if stands_alone(line) and cues.WANTED.search(line.text)
        ]
        best = sorted(scored, key=best_first)[:each]
        lines = sorted((line for _, line in best), key=lambda line: line.sentence.start)
        sections.append(Section(told.by_day, tuple(lines)))
    return [section for section in sections if section.lines]
