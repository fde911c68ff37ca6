"""The list of sources that closes an answer where it is asked for."""

from collections.abc import Callable

from service.answering import marks_for
from service.answering.composed import inert
from service.carried import also_in
from service.wire import AnswerOut, CitationOut, Cited

_HEAD = "\n\nSources:\n"


def sources(answer: AnswerOut, address: Callable[[CitationOut], str]) -> str:
    """Empty where nothing is cited. `address` is where the citation opens."""
    return _HEAD + "\n".join(_line(cited, address) for cited in answer.citations) if answer.citations else ""


def without_sources(text: str) -> str:
    """What a client sends back of an answer, as it was before its list of sources."""
    told, _, listed = text.rpartition(_HEAD)
    return told if told and all(line.startswith("- [") for line in listed.splitlines()) else text


def _line(cited: Cited, address: Callable[[CitationOut], str]) -> str:
    if not isinstance(cited, CitationOut):
        return f"- [{cited.id}] withdrawn"
    article = cited.article
    opening, closing = marks_for(article.title or "")
    title = f"{opening}{article.title}{closing}" if article.title else "untitled"
    facts = (article.outlet or "unknown outlet", title, article.published or "undated")
    known = ", ".join(filter(None, (*facts, also_in(cited))))
    return f"- [{cited.id}] {inert(known)}: {address(cited)}"
