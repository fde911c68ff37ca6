"""What may be asked about: the articles at hand, up to when, and questions to begin with."""

from retrieval.record import Record
from service.conversation import Suggestions
from service.wire import AboutOut, OutletOut

_OUTLETS = 100


def about(record: Record, suggestions: Suggestions) -> AboutOut:
    return AboutOut(
        articles=record.article_count(),
        undated=record.undated_count(),
        latest=record.latest_day(),
        outlets=[OutletOut(name=name, articles=count) for name, count in record.outlets(most=_OUTLETS)],
        questions=suggestions.questions(),
    )
