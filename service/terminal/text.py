"""Answers and articles as text for a terminal."""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from retrieval.article import too_long
from retrieval.outcome import Ingested, Outcome
from service.answering import Policy, marks_for
from service.articles import ArticleSummary, ShownTitle
from service.carried import also_in
from service.statements import ReportedList, ReportedOut
from service.terminal.harmless import harmless
from service.wire import AnswerOut, CitationOut, WithdrawnOut

_WIDTH = 88
_INDENT = "    "


def answer_text(answer: AnswerOut, *, shown_title: Callable[[CitationOut], ShownTitle], base_url: str) -> str:
    """The statements with their markers, then the citations they stand on; a quotation that stands whole in a
    statement isn't told again. `shown_title` names an article without a title; `base_url` is empty where no
    service runs that could open a link."""
    lines: list[str] = []
    above = None
    for statement in answer.statements:
        if statement.heading != above:
            above = statement.heading
            lines += [*([""] if lines else []), *([_fill(f"{above}:")] if above else [])]
        markers = "".join(f"[{number}]" for number in statement.citations)
        lines.append(_fill(f"{statement.text} {markers}".strip()))
    if answer.standalone_question != answer.question:
        lines.insert(0, _fill(f"(Understood as: {answer.standalone_question})"))
    for citation in answer.citations:
        lines.append("")
        if isinstance(citation, WithdrawnOut):
            lines.append(f"[{citation.id}] withdrawn")
        else:
            again = not any(citation.quote.text in statement.text for statement in answer.statements)
            lines += _citation(citation, quoted_title(shown_title(citation)), base_url, again=again)
    if made := _made(answer):
        lines += ["", _fill(made)]
    return "\n".join(lines)


def _made(answer: AnswerOut) -> str:
    """Where a language model was to answer: which one did, or what kept it from it."""
    by, degraded = answer.produced_by, answer.diagnostics.degraded
    claims = answer.status in ("answered", "partial")
    written = f"Written by {by.model} and checked against the articles" if by.model and claims else ""
    reduced = f"reduced service: {degraded}" if degraded else ""
    told = "; ".join(filter(None, (written, reduced)))
    return f"({told[0].upper()}{told[1:]})" if told else ""


def _citation(citation: CitationOut, title: str, base_url: str, *, again: bool) -> list[str]:
    article = citation.article
    facts = f"{article.outlet or 'unknown outlet'}, {title}, {article.published or 'undated'}"
    told = "; ".join(filter(None, (facts, also_in(citation))))
    lines = [_fill(f"[{citation.id}] {told}", hanging=True)]
    if again:
        opening, closing = marks_for(citation.quote.text)
        lines.append(_fill(f"{opening}{citation.quote.text}{closing}", indent=_INDENT))
    if said := _said(citation):
        lines.append(_fill(said, indent=_INDENT))
    return lines + _link(article.link, base_url)


def _link(link: str, base_url: str) -> list[str]:
    """None where nothing runs that could open it."""
    whole = link if link.startswith("http") else base_url and base_url + link
    return [_INDENT + whole] if whole else []


def _said(citation: CitationOut) -> str:
    if citation.said is None:
        return ""
    said = citation.said
    named = (("said by", said.speaker), ("to", said.to), ("venue:", said.venue), ("when:", said.when))
    return ", ".join(f"{label} {value}" for label, value in named if value)


def settings_text(read: Mapping[str, Any], policy: Policy) -> str:
    """A secret that is set comes as stars."""
    told = {name: "unset" if value is None or value == [] else str(value) for name, value in read.items()}
    numbers = {name: f"{number:g}" for name, number in policy.numbers().items()}
    lines = [harmless(f"{name} = {value}") for name, value in (told | numbers).items()]
    lines.insert(len(told), f"\nThe policy, {policy.digest}:")
    return "\n".join([*lines, _fill(f"rules: {', '.join(sorted(policy.rules))}")])


def ingested_line(done: Ingested) -> str:
    if done.error is not None:
        remedy = done.error.remedy
        return harmless(f"{done.name}: refused: {done.error.message}. {remedy[:1].upper()}{remedy[1:]}")
    told = [*done.notes] if done.left_out is None else [too_long(done.left_out.start), *done.notes]
    more = "".join(f"; {harmless(note)}" for note in told)
    if done.duplicate_of is not None:
        which = f"{done.duplicate_of}, which is {done.article_id} version {done.version}"
        return harmless(f"{done.name}: duplicate of {which}{more}")
    again = " again" if done.outcome is Outcome.ADDED and (done.version or 1) > 1 else ""
    return f"{harmless(done.name)}: {done.outcome}{again} as {done.article_id} version {done.version}{more}"


def article_table(articles: Sequence[ArticleSummary]) -> str:
    if not articles:
        return "There are no articles. Add some with `parley ingest PATH`."
    return "\n".join(
        f"{article.id}  v{article.version}  {article.published or 'undated':<10.10}  "
        f"{harmless(article.outlet or 'unknown outlet')}  {harmless(quoted_title(article.shown_title))}"
        + _copied(article)
        + (f"  ({too_long(article.left_out.start)})" if article.left_out else "")
        for article in articles
    )


def _copied(article: ArticleSummary) -> str:
    if not article.copy_of:
        return ""
    like = "nearly the same" if article.copy_differs else "the same"
    more = ", with other figures" if article.copy_differs == "figures" else ""
    return f"  ({like} text as {article.copy_of}{more})"


def reported_text(found: ReportedList, *, base_url: str) -> str:
    if not found.statements:
        return "No article reports such a statement."
    return "\n\n".join("\n".join(_reported(one, base_url)) for one in found.statements)


def _reported(one: ReportedOut, base_url: str) -> list[str]:
    """Who said it, in which words, and where that stands."""
    known = one.who if one.who != one.speaker else None
    who = ", ".join(filter(None, (one.speaker or "somebody", known, one.office)))
    beside = (("to", one.to), ("venue:", one.venue), ("when:", one.when))
    more = "".join(f"; {label} {value}" for label, value in beside if value)
    article, quote = one.citation.article, one.citation.quote
    facts = f"{article.outlet or 'unknown outlet'}, {article.published or 'undated'}, {article.id}"
    opening, closing = marks_for(quote.text)
    return [
        _fill(f"{_day(one):<10}  {who}: {one.verb}{more}", hanging=True),
        _fill(f"{opening}{quote.text}{closing}", indent=_INDENT),
        _fill(f"{facts} v{article.version}, {quote.start}-{quote.end}", indent=_INDENT),
        *_link(article.link, base_url),
    ]


def _day(one: ReportedOut) -> str:
    published = one.citation.article.published
    return one.day or (f"{published[:10]} (its article)" if published else "undated")


def quoted_title(shown: ShownTitle) -> str:
    """The title in quotation marks; first words of ours in brackets."""
    return f"“{shown.text}”" if shown.origin == "article" else f"[no title: {shown.text}]"


def _fill(text: str, *, indent: str = "", hanging: bool = False) -> str:
    return textwrap.fill(
        harmless(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=_INDENT if hanging else indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
