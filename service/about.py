"""What may be asked about: the articles at hand, up to when, and questions to begin with."""

from retrieval.record import Record
from service.conversation import Suggestions
from service.wire import AboutOut, OutletOut

_OUTLETS = 100


def of_no_outlet(told: AboutOut) -> int:
    """Articles whose outlet isn't known; 0 where too many outlets are to be told to say."""
    named = sum(outlet.articles for outlet in told.outlets)
    return told.articles - named if len(told.outlets) < _OUTLETS else 0


def about(record: Record, suggestions: Suggestions) -> AboutOut:
    return AboutOut(
        articles=record.article_count(),
        undated=record.undated_count(),
        latest=record.latest_day(),
        outlets=[OutletOut(name=name, articles=count) for name, count in record.outlets(most=_OUTLETS)],
        questions=suggestions.questions(),
    )
