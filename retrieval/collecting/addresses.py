"""A web address: a page, or a feed and the pages of its entries."""

import re
import time
from calendar import timegm
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import feedparser

from retrieval.article import Facts
from retrieval.collecting.entries import Entry, Given, Left, Skipped
from retrieval.collecting.guard import Fetch, Page
from retrieval.errors import SourceError, UnsupportedSource
from retrieval.sources import Source, facts_from, is_date, printable

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
ENTRIES = 50
PAUSE = 1.0  # seconds between two requests
_KINDS = {
    "application/pdf": ".pdf",
    "application/xhtml+xml": ".html",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_ROOT = re.compile(rb"<(?:(rss|feed|rdf:RDF)|html|!DOCTYPE html)[\s>]", re.IGNORECASE)
_HEAD = 4096  # bytes, in which it is seen what a page is
_OFFSET = re.compile(r"(Z|GMT|UTC?|[+-]\d\d:?\d\d)\s*$")


@dataclass(frozen=True, slots=True)
class Web:
    """`pause` is how long is waited between two requests; `sleep` waits."""

    fetch: Fetch
    options: Given
    sleep: Callable[[float], None] = time.sleep
    pause: float = PAUSE

    def entry(self, url: str) -> Entry:
        return Entry(url, 1, lambda: self._read(url))

    def _read(self, url: str) -> Iterator[Source | Left]:
        try:
            page = self.fetch(url)
        except SourceError as error:
            yield Left(printable(url), error)
            return
        root = _ROOT.search(page.data[:_HEAD])
        if root is not None and root[1]:
            yield from self._feed(page)
        else:
            yield self._article(page, url, Given())

    def _feed(self, page: Page) -> Iterator[Source | Left]:
        found = feedparser.parse(BytesIO(page.data)).entries
        if not found:
            error = UnsupportedSource(f"{page.url} is a feed without entries", remedy="Try again later.")
            yield Left(page.url, error)
        for entry in found[:ENTRIES]:
            link = urljoin(page.url, str(entry.get("link") or ""))
            self.sleep(self.pause)
            try:
                led = self.fetch(link)
                told = _told(entry) if _host(led.url) == _host(page.url) else Given()
                yield self._article(led, link, told)
            except SourceError as error:
                yield Left(printable(link), error)
        yield from (Left(str(entry.get("link") or page.url), why=Skipped.BEYOND) for entry in found[ENTRIES:])

    def _article(self, page: Page, url: str, told: Given) -> Source | Left:
        """Known by the address that was named; by where it was found if that is another host."""
        url = url if _host(url) == _host(page.url) else page.url
        name = printable(url)
        if page.kind not in _KINDS:
            what = page.kind or "an unnamed type"
            return Left(
                name, UnsupportedSource(f"{name} is {what}, which isn't read", remedy="Save its text.")
            )
        try:
            given = self.options.over(told).over(Given(facts_from({"url": url}, where=name)))
        except SourceError as error:
            return Left(name, error)
        return given.source(_file_name(url, _KINDS[page.kind]), page.data)


def _told(entry: "feedparser.FeedParserDict") -> Given:
    """The title, and the time where the feed names its zone."""
    title = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", str(entry.get("title") or "")).split())
    at, written = entry.get("published_parsed"), str(entry.get("published") or "")
    published = None
    if at is not None and _OFFSET.search(written):
        published = datetime.fromtimestamp(timegm(at), UTC).isoformat()
    elif is_date(written[:10]):
        published = written[:10]
    return Given(Facts(title=title or None, published=published))


def _host(url: str) -> str | None:
    return urlsplit(url).hostname


def _file_name(url: str, ending: str) -> str:
    """As the record calls it: the address, with the ending that says how it is read."""
    parts = urlsplit(url)
    path = PurePosixPath(parts.path)
    shown = printable(f"{parts.netloc}{parts.path}").rstrip("/")
    return shown if path.suffix.lower() == ending else shown + ending
