"""Questions that the articles at hand can answer, to begin with."""

from retrieval.record import Record
from retrieval.search import Searcher


def suggestions(record: Record, searcher: Searcher) -> list[str]:
    """None yet."""
    return []
