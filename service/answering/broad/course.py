"""How one matter went: of each article, in their order, the sentence that tells most of it."""

from collections.abc import Sequence

from service.answering.broad.articles import Told, of_each
from service.answering.broad.reading import PlainReader
from service.answering.broad.sections import Section
from service.english import SMALL, plain_words, stem

_LEAST = -2.0  # worth of a sentence by the reader; by hand
_READ = 8  # passages, or one of each article
_FARTHEST = 3.0  # below the best


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
