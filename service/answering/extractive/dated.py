"""What articles of several days tell is told apart: what one of them said may have changed by the next."""

from collections.abc import Sequence
from dataclasses import replace

from service.answering import Draft, headings
from service.answering.extractive.scoring import Candidate


def in_articles(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Those of one article together, the articles in the order of their first."""
    order = list(dict.fromkeys(one.passage.article.id for one in chosen))
    return sorted(chosen, key=lambda one: order.index(one.passage.article.id))


def under_their_days(drafts: Sequence[Draft], chosen: Sequence[Candidate]) -> list[Draft]:
    """Each under its article's outlet and day, where they are of several days."""
    articles = [one.passage.article for one in chosen]
    days = {headings.by_day(article) for article in articles}
    if len(days) < 2:
        return list(drafts)
    of = zip(drafts, articles, strict=True)
    return [replace(draft, heading=headings.by_source(article)) for draft, article in of]
