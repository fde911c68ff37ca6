"""What each of several says or wants, under their names: of all, or of one matter."""

from collections.abc import Iterator, Sequence

from service.answering import Overviewing, headings
from service.answering.broad import cues
from service.answering.broad.articles import Told, Weights, stands_alone
from service.answering.broad.parties import Party, party, people, sayings
from service.answering.broad.reading import PlainReader
from service.answering.broad.sections import Section, best_first, enough
from service.answering.extractive import Cited

_LATER = 1.5  # of the last article's, since what somebody wants changes
_EVERYONE = 6  # of those who take part, heard on one matter


def stand(
    of: Party,
    about: str,
    articles: Sequence[Told],
    reader: PlainReader,
    *,
    weights: Weights,
    by: Overviewing,
    most: int,
) -> Section:
    """The few likeliest; none where they say nothing of it."""
    found = sayings(of, articles, reader, passages=by.read // 2, weights=weights, about=about)
    order = {told.article.id: _LATER * at / len(articles) for at, told in enumerate(articles)}
    found = [(worth + order[line.passage.article.id], line) for worth, line in found]
    wanted = [each for each in found if cues.WANTED.search(each[1].text) and stands_alone(each[1])]
    found = wanted if wanted and not about else found
    likely = sorted(enough(found, by.on_topic if about else by.wants, by), key=best_first)
    return _under_their_name(of, [line for _, line in likely[:most]], articles)


def parties_of(articles: Sequence[Told], weights: Weights) -> Iterator[Party]:
    """Those who take part, who is named most first."""
    for section in people(articles, weights, most=_EVERYONE, room=_EVERYONE):
        found = party(section.heading, articles)
        if found:
            yield found


def _under_their_name(of: Party, lines: Sequence[Cited], articles: Sequence[Told]) -> Section:
    """As the articles that are cited have it; what other articles say goes."""
    forms = list(dict.fromkeys((*(one.name for one in of.who), *of.forms, of.asked)))
    under = [[line for line in lines if headings.is_sound(form, line.passage.article)] for form in forms]
    at = max(range(len(forms)), key=lambda i: (len(under[i]), -i))
    order = [told.article.id for told in articles]
    its = sorted(under[at], key=lambda line: (order.index(line.passage.article.id), line.sentence.start))
    return Section(forms[at], tuple(its))
