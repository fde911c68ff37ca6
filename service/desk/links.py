"""Where a citation opens for a reader in Slack, who has no key."""

from service.config import Settings
from service.links import PageLinks
from service.wire import CitationOut


class ReaderLinks:
    """`address`: how readers reach the service, for links that don't say it; None where they can't."""

    def __init__(self, pages: PageLinks, *, address: str | None) -> None:
        self._pages = pages
        self._address = address

    def __call__(self, citation: CitationOut) -> str | None:
        link = citation.article.link
        if link.startswith("/"):
            if self._address is None:
                return None
            link = self._address + link
        return self._pages.signed(link)


def reader_links(settings: Settings, *, address: str | None) -> ReaderLinks:
    key = settings.api_key.get_secret_value() if settings.api_key else None
    return ReaderLinks(PageLinks(key), address=address)
