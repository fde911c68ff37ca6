"""What the tools give as text, for a language model to read and pass on."""

from service.answering import marks_for
from service.mcp.shapes import Answered, Articles, Listed, Passages, Read, Source


def told_answer(told: Answered) -> str:
    sources = [_source(source) for source in told.sources]
    gone = [f"[{number}] withdrawn" for number in told.withdrawn]
    listed = ["", "Sources:", *sources, *gone] if sources or gone else []
    return "\n".join([told.text, *listed])


def told_passages(told: Passages) -> str:
    if not told.passages:
        return "Nothing was found."
    return "\n\n".join(
        f"{_facts(one.title or 'untitled', one.outlet, one.published)} "
        f"({one.article_id}, version {one.version}, {one.start}-{one.end}):\n{_quoted(one.text)}"
        for one in told.passages
    )


def told_reading(told: Read) -> str:
    more = [] if told.next_start is None else [f"(Read on from character {told.next_start:,}.)"]
    gone = ["(This article was deleted: no answer finds it any more.)"] if told.deleted else []
    return "\n".join([_row(told), *gone, "", told.text, *more])


def told_articles(told: Articles) -> str:
    return "\n".join(
        [f"{len(told.articles)} of {told.total} articles", *(_row(one) for one in told.articles)]
    )


def _source(source: Source) -> str:
    said = f", said by {source.speaker}" if source.speaker else ""
    opens = " ".join(filter(None, (source.link, source.url)))
    facts = _facts(_quoted(source.title), source.outlet, source.published)
    told = "; ".join(filter(None, (facts, source.also_in)))
    return f"[{source.number}] {_quoted(source.quote)}{said}. {told}. {opens}".rstrip()


def _row(one: Listed) -> str:
    title = _quoted(one.title) if one.title_is_from_article else f"[no title: {one.title}]"
    return f"{one.article_id} version {one.version}: {_facts(title, one.outlet, one.published)}"


def _facts(title: str, outlet: str | None, published: str | None) -> str:
    return ", ".join((outlet or "unknown outlet", title, published or "undated"))


def _quoted(text: str) -> str:
    opening, closing = marks_for(text)
    return f"{opening}{text}{closing}"
