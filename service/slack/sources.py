"""Where an answer's statements come from: a line for each article below a message, and each quotation whole
in the modal behind its button."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from service.carried import also_in
from service.english import MONTHS
from service.slack.mrkdwn import escaped, isolated, one_line, shortened, web_url
from service.slack.rich_text import Block, Run, plain_text, rich_text
from service.wire import AnswerOut, CitationOut, Cited, WithdrawnOut

# The address of the page that shows a citation marked in its article; None where readers can't open one.
Link = Callable[[CitationOut], str | None]

SHOW_ALL, SHOW_PASSAGES = "Show all sources", "Show the passages"
_LINES = 6
_ELEMENTS = 10  # that Slack takes in one line; the last two are for the facts and the article's own address
_FACT, _FACTS = 150, 1_500
_AROUND = 400  # code points on either side of a quotation


@dataclass(frozen=True, slots=True)
class Listed:
    """`behind` is what the button says, where the modal has what the message hasn't; else None."""

    lines: list[Block]
    behind: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands before and after a quotation in its article; empty at the article's ends."""

    before: str
    after: str


def listed(answer: AnswerOut, link: Link) -> Listed:
    """The first lines, and how many sources have none; a button where anything can't be read or opened."""
    lines = list(_lines(answer, link))
    shown = [block for _, block in lines[:_LINES]]
    rest = sum(count for count, _ in lines[_LINES:])
    told = _told(answer)
    hidden = rest or any(_bare(cited.quote.text) not in told.get(cited.id, "") for cited in answer.cited)
    pageless = any(web_url(link(cited)) is None for cited in answer.cited)
    behind = SHOW_PASSAGES if pageless else SHOW_ALL if hidden else None
    if rest:
        more = f"{rest} more: {behind} has all {len(answer.citations)}."
        shown.append({"type": "context", "elements": [plain_text(more)]})
    return Listed(shown, behind)


def _told(answer: AnswerOut) -> dict[int, str]:
    """What the statements quote of each citation."""
    told: dict[int, str] = {}
    for statement in answer.statements:
        for part in statement.parts:
            if part.citation is not None and part.origin == "article":
                told[part.citation] = told.get(part.citation, "") + _bare(part.text)
    return told


def _bare(text: str) -> str:
    return "".join(text.split())


def _lines(answer: AnswerOut, link: Link) -> Iterator[tuple[int, Block]]:
    """Each with the number of sources that it tells: those of one article, as many as a line takes."""
    groups: dict[object, list[Cited]] = {}
    for cited in answer.citations:
        own = cited.id if isinstance(cited, WithdrawnOut) else (cited.article.id, cited.article.version)
        groups.setdefault(own, []).append(cited)
    most = _ELEMENTS - 2
    for group in groups.values():
        for at in range(0, len(group), most):
            yield len(group[at : at + most]), _line(group[at : at + most], answer, link)


def _line(group: Sequence[Cited], answer: AnswerOut, link: Link) -> Block:
    elements = [
        _opened(f"[{cited.id}]", link(cited) if isinstance(cited, CitationOut) else None) for cited in group
    ]
    told = [cited for cited in group if isinstance(cited, CitationOut)]
    if not told:
        return {"type": "context", "elements": [*elements, plain_text("withdrawn")]}
    article = told[0].article
    unsaid = [(cited, _unsaid(cited, answer)) for cited in told]
    many = len(told) > 1
    who = [f"[{cited.id}] {said}" if many else said for cited, said in unsaid if said]
    facts = "; ".join([f"{_named(told[0])}, {day(article.published)}", *_carried(told), *who])
    elements.append(plain_text(isolated(shortened(facts, _FACTS))))
    if web_url(link(told[0])) is None and web_url(article.url):
        elements.append(_opened("original", article.url))
    return {"type": "context", "elements": elements}


def _carried(told: Sequence[CitationOut]) -> list[str]:
    """Which other outlets carry it: of all at once, where that is so of all."""
    carried = [(cited, _also_in(cited)) for cited in told]
    if len({also for _, also in carried}) == 1:
        return [also for _, also in carried[:1] if also]
    return [f"[{cited.id}] {also}" for cited, also in carried if also]


def _also_in(citation: CitationOut) -> str:
    return shortened(also_in(citation), _FACT)


def _opened(label: str, address: str | None) -> Block:
    """A label of ours that opens an address. Slack parses it, and others had a hand in the address: `web_url`
    leaves nothing in it that could end the link."""
    url = web_url(address)
    if url is None:
        return plain_text(label)
    return {"type": "mrkdwn", "text": f"<{escaped(url)}|{label}>", "verbatim": True}


def _named(cited: CitationOut) -> str:
    """The outlet; of an unknown one the title."""
    article = cited.article
    if article.outlet and one_line(article.outlet):
        return shortened(article.outlet, _FACT)
    return f"unknown outlet, “{shortened(article.title, _FACT)}”" if article.title else "unknown outlet"


def _unsaid(cited: CitationOut, answer: AnswerOut) -> str:
    """Who said it, as far as the statements that cite it don't tell."""
    told = " ".join(
        one_line(each.text) for each in answer.statements if cited.id in each.citations
    ).casefold()
    return ", ".join(text for value, text in _said(cited) if one_line(value).casefold() not in told)


def passage_of(text: str, citation: CitationOut) -> Passage:
    """The paragraphs that it stands in, the one before and the one after, as far as they are near. `text` is
    that of the version that was cited."""
    start, end = citation.quote.start, citation.quote.end
    before, after = text[max(0, start - _AROUND - 1) : start], text[end : end + _AROUND + 1]
    return Passage(_near(before[::-1])[::-1], _near(after))


def _near(text: str) -> str:
    """The beginning, to the end of its second paragraph; where that is far, to the end of a word."""
    lines = re.split(r"(\n+)", text[:_AROUND])
    near = "".join(lines[:3])
    if len(lines) > 3 or len(text) <= _AROUND:
        return near
    spaces = [found.start() for found in re.finditer(r"\s", near)]
    return near[: spaces[-1] + 1 if spaces else None] + "…"


def source_blocks(citation: Cited, *, link: Link, passage: Passage | None = None) -> list[Block]:
    """Number, outlet, date and links; then the whole quotation, bold in what stands around it where `passage`
    is given."""
    if isinstance(citation, WithdrawnOut):
        return rich_text(Run(f"[{citation.id}] withdrawn", italic=True))
    article = citation.article
    said = ", ".join(filter(None, (*(text for _, text in _said(citation)), _also_in(citation))))
    head = (
        Run(f"[{citation.id}] {shortened(article.outlet or 'unknown outlet', _FACT)}", bold=True),
        Run(f", {day(article.published)}: "),
        *_opening(citation, link),
        Run(f" ({said})" if said else "", italic=True),
    )
    around = passage or Passage("", "")
    marked = Run(citation.quote.text, bold=passage is not None)
    quotation = (Run(around.before), marked, Run(around.after))
    return [*rich_text(*head), *rich_text(*quotation, shape="rich_text_quote")]


def _opening(citation: CitationOut, link: Link) -> Iterator[Run]:
    """The title, linked if a page can be opened. Then the article's own address."""
    article = citation.article
    yield Run(shortened(article.title, _FACT) if article.title else "no title", url=link(citation))
    if original := web_url(article.url):
        yield Run(" · ")
        yield Run("original", url=original)


def _said(citation: CitationOut) -> list[tuple[str, str]]:
    """Each fact of who said it, and how it is told."""
    if citation.said is None:
        return []
    said = citation.said
    named = (("said by", said.speaker), ("to", said.to), ("on or in", said.venue), ("when:", said.when))
    return [(value, f"{label} {shortened(value, _FACT)}") for label, value in named if value]


def day(published: str | None) -> str:
    if published is None:
        return "undated"
    found = re.match(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)(?!\d)", published)
    if found is None:
        return shortened(published, _FACT)
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"
