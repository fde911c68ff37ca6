from collections.abc import Sequence

from retrieval.article import Region
from retrieval.embed import Embedder
from retrieval.timing import Timings
from service.answering import UNWATCHED, Draft, DraftPart, Passage, Proposal, StatementKind, Status, Watch
from service.config import Settings


class Nearest:
    """Quotes the sentence whose vector is nearest to the question's."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self._embedder = embedder

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        bodies = [passage for passage in passages if passage.hit.chunk.region is Region.BODY]
        found = [passage.quote(sentence) for passage in bodies for sentence in passage.hit.chunk.sentences]
        if not found:
            return Proposal(Status.ABSTAINED, ())
        vectors = self._embedder.embed([question, *(quote.text for quote in found)])
        nearest = found[int((vectors[1:] @ vectors[0]).argmax())]
        part = DraftPart(nearest.text, nearest)
        return Proposal(Status.ANSWERED, (Draft(StatementKind.QUOTE, (part,)),))
