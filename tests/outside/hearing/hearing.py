"""What an outsider's package may add to Parley."""

import re
from collections.abc import Mapping

from evals.cases import Case
from evals.results import CaseResult
from evals.scoring.metrics import Value, scored, unscored
from retrieval.article import Facts, Region, RegionSpan
from retrieval.errors import UnreadableSource
from retrieval.parse import Parsed, article_text
from retrieval.sources import Source

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
