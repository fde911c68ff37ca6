"""How one matter went: of each article, in their order, the sentence that tells most of it."""

from collections.abc import Sequence

from retrieval.article import Region
from service.answering import headings
from service.answering.broad.articles import Told
from service.answering.broad.reading import PlainReader
from service.answering.broad.sections import Section
from service.english import SMALL, plain_words, stem

_LEAST = -2.0  # worth of a sentence by the reader; by hand
_READ = 24  # passages
_FARTHEST = 3.0  # below the best


def course(matter: str, question: str, articles: Sequence[Told], reader: PlainReader) -> list[Section]:
    stems = {stem(word) for word in plain_words(matter) if word not in SMALL}
    of = [told for told in articles if stems & told.whole.all_words]
    read = [p for told in of for p in told.passages if p.hit.chunk.region is Region.BODY]
    worth = reader.worth([question, f"What is {matter}?"], read[:_READ])
    least = max(_LEAST, max(worth.values(), default=0.0) - _FARTHEST)
    sections = []
    for told in articles:
        scored = [(worth.get((told.article.id, line.sentence), least - 1), line) for line in told.body]
        best = max(scored, key=lambda each: each[0], default=None)
        if best is not None and best[0] >= least:
            heading = headings.by_day(told.article) if told.day else told.source
            sections.append(Section(heading, (best[1],)))
    return sections
