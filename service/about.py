"""What may be asked about: the articles at hand, from when to when, and questions to begin with."""

from retrieval.record import Record
from service.suggest import Suggestions
from service.wire import AboutOut

_OUTLETS = 20


def about(record: Record, suggestions: Suggestions) -> AboutOut:
    dates = record.published_between()
    return AboutOut(
        articles=record.article_count(),
        undated=record.undated_count(),
        earliest=dates[0],
        latest=dates[1],
        outlets=record.outlets(most=_OUTLETS),
        questions=suggestions.questions(),
    )
