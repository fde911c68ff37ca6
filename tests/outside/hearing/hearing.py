"""What an outsider's package may add to Parley."""

import re
from collections.abc import Mapping, Sequence

from evals.cases import Case
from evals.results import CaseResult
from evals.scoring.metrics import Value, scored, unscored
from retrieval.article import Facts, Region, RegionSpan
from retrieval.embed import Embedder
from retrieval.errors import UnreadableSource
from retrieval.parse import Parsed, article_text
from retrieval.sources import Source
from retrieval.timing import Timings
from service.answering import UNWATCHED, Draft, DraftPart, Passage, Proposal, StatementKind, Status, Watch
from service.config import Settings

_HEAD = re.compile(r"(?P<title>.+)\n(?P<outlet>.+), (?P<published>\d{4}-\d\d-\d\d)\n\s*")


def read_transcript(source: Source) -> Parsed:
    """A title, a line with the outlet and the day, and then what was said."""
    text = article_text(source.name, source.data).rstrip()
    head = _HEAD.match(text)
    if head is None:
        raise UnreadableSource(f"{source.name} has no head", remedy="begin with its title, outlet and day")
    regions = (
        RegionSpan(Region.HEADLINE, *head.span("title")),
        RegionSpan(Region.BYLINE, head.start("outlet"), head.end("published")),
        RegionSpan(Region.BODY, head.end(), len(text)),
    )
    return Parsed(text, regions, Facts(outlet=head["outlet"], published=head["published"]))


def brevity(case: Case, result: CaseResult) -> Mapping[str, Value]:
    """How much of what is claimed fits into 40 words."""
    claims = [statement.text for statement in result.statements if statement.kind != "notice"]
    if not claims:
        return {"in_40_words": unscored("nothing is claimed")}
    return {"in_40_words": scored(min(1.0, 40 / len(" ".join(claims).split())))}


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
