import re

from retrieval.article import Facts, Region, RegionSpan
from retrieval.errors import UnreadableSource
from retrieval.parse import Parsed, article_text
from retrieval.sources import Source

HEAD = re.compile(r"(?P<title>.+)\n(?P<outlet>.+), (?P<published>\d{4}-\d\d-\d\d)\n\s*")


def read(source: Source) -> Parsed:
    """A title, a line with the outlet and the day, and then what was said."""
    text = article_text(source.name, source.data).rstrip()
    head = HEAD.match(text)
    if head is None:
        raise UnreadableSource(f"{source.name} has no head", remedy="begin with its title, outlet and day")
    regions = (
        RegionSpan(Region.HEADLINE, *head.span("title")),
        RegionSpan(Region.BYLINE, head.start("outlet"), head.end("published")),
        RegionSpan(Region.BODY, head.end(), len(text)),
    )
    return Parsed(text, regions, Facts(outlet=head["outlet"], published=head["published"]))
