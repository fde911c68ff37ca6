"""How it is told that several articles carry a text."""

from service.wire import CitationOut, CitedArticleOut

_NAMED = 3


def outlets_of(citation: CitationOut) -> list[str]:
    """The other outlets that carry what is cited, each once."""
    named: dict[str, str] = {}
    for article in citation.also_in:
        named.setdefault(_plain(article).casefold(), _plain(article))
    own = _plain(citation.article).casefold()
    return [name for key, name in named.items() if key not in ("", own)]


def also_in(citation: CitationOut) -> str:
    """Such as "also in the Wharf Gazette and Radio Elm"; empty where no other article carries it."""
    if not citation.also_in:
        return ""
    outlets, own = outlets_of(citation), _plain(citation.article).casefold()
    unnamed = sum(_plain(article).casefold() in ("", own) for article in citation.also_in)
    more = len(outlets[_NAMED:]) + unnamed + citation.also_in_more
    counted = f"{more} more" if outlets else "1 more article" if more == 1 else f"{more} more articles"
    told = [*outlets[:_NAMED], *([counted] if more else [])]
    return "also in " + " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))


def _plain(article: CitedArticleOut) -> str:
    return " ".join((article.outlet or "").split())
