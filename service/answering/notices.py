"""What the extractive answerer says of its own accord: that it found no answer. Claims no more than was
looked at."""

from service.answering.answer import Draft, DraftPart, Kind, Proposal, Status
from service.answering.context import quote_part
from service.answering.selection import Candidate

NO_PASSAGE = "I found no passage that could answer this."
NOTHING_NEAR = "I found nothing about this in the articles I searched."
NEAREST = "I found no passage that answers this. The nearest says: "


def nothing_found(question: str) -> Proposal:
    return Proposal(Status.ABSTAINED, (_notice(NO_PASSAGE),), (question,))


def abstained(question: str, nearest: Candidate | None) -> Proposal:
    """With the nearest sentence where it is close enough to tell the reader something."""
    if nearest is None:
        return Proposal(Status.ABSTAINED, (_notice(NOTHING_NEAR),), (question,))
    said = Draft(Kind.NOTICE, (DraftPart(NEAREST), quote_part(nearest)))
    return Proposal(Status.ABSTAINED, (said,), (question,))


def part(question: str) -> Draft:
    """Of a question that was answered in part."""
    return _notice(f"I found no passage that answers this part: {question}")


def _notice(text: str) -> Draft:
    return Draft(Kind.NOTICE, (DraftPart(text),))
