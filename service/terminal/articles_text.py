"""One article, and its versions, as text for a terminal."""

from service.articles import ArticleOut, ChangedOut, HistoryOut, VersionOut
from service.terminal.harmless import harmless
from service.terminal.text import quoted_title


def article_text(article: ArticleOut, text: str) -> str:
    """What is known of it, then its text, line by line."""
    facts = {
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "authors": ", ".join(article.authors),
        "language": article.language,
        "received": article.retrieved_at,
    }
    told = [f"{name}: {harmless(value or 'unknown')}" for name, value in facts.items()]
    heading = f"{article.id} v{article.version}  {harmless(quoted_title(article.shown_title))}"
    return "\n".join([heading, *told, "", *map(harmless, text.split("\n"))])


def history_text(found: HistoryOut) -> str:
    lines = [line for version in found.versions for line in _version(version, found.latest_version)]
    if found.deleted_at is not None:
        lines.append(f"deleted {found.deleted_at:.10}")
    return "\n".join(lines)


def _version(version: VersionOut, latest: int | None) -> list[str]:
    now = ", searched now" if version.version == latest else ""
    text = ", another text" if version.text_changed else ""
    head = f"v{version.version}  {version.retrieved_at:.10}  {version.outcome}{text}{now}"
    return [head, *(harmless(f"    {_changed(one)}") for one in version.changed)]


def _changed(one: ChangedOut) -> str:
    return f"{one.fact}: {_shown(one.before)} -> {_shown(one.after)}"


def _shown(fact: str | list[str] | None) -> str:
    return (", ".join(fact) if isinstance(fact, list) else fact) or "unknown"
