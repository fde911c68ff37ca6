"""An answer as Slack messages.

    Understood as: ...                      only where the question was completed; after what was streamed
    the statements under their headings, each a block of its own: a quotation has a bar, what Parley adds to
        it is slanted; a paraphrase is plain and marked as one; a notice is slanted
    Sources differ ... / Not answered: ... / what kept a better answer from being given
    the sources: number, outlet, date, link, quotation; those that bear a paraphrase out before others
    [Show all sources]   and thumbs

Nothing is cut without a word: an answer too long for one message goes on in the next, and what the list of
sources leaves out is behind the button (views.py).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service.answering import heading_line
from service.english import MONTHS
from service.slack.mrkdwn import notification, one_line, shortened, web_url
from service.slack.rich_text import Block, Room, Run, rich_text
from service.wire import AnswerOut, CitationOut, Cited, ConflictOut, PartOut, StatementOut, WithdrawnOut

SHOW_SOURCES = "parley_show_sources"  # a button; its value is the answer's id
FEEDBACK = "parley_feedback"  # two buttons; the value is GOOD or BAD, a colon, and the answer's id
GOOD, BAD = "good", "bad"

# The address of the page that shows a citation marked in its article; None where readers can't open one.
Link = Callable[[CitationOut], str | None]

_WORDED = "in other words, checked"
_SOURCES_SHOWN, _BEARING_SHOWN = 6, 12
_FACT, _QUOTATION, _NOTIFICATION = 150, 500, 2_000
_GOES_ON, _GOING_ON = "The answer goes on in the next message.", "The rest of the answer."
_NO_TEXT = "An answer without a statement."
_MODEL_FAILED = (
    "The language model could not be used this time; the answer is put together from the articles' own words."
)
_JUDGE_FAILED = (
    "Nobody could judge what the language model said in its own words this time, so it is told in quotations."
)
_PART_FAILED = "A part of Parley was not working ({code}), so this answer may lack something."


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the notification; readers see the blocks."""

    text: str
    blocks: tuple[Block, ...]

    def posting(self) -> dict[str, Any]:
        """The arguments of chat.postMessage, besides where. Slack is asked to unfurl and to parse nothing."""
        return self.updating() | {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}

    def updating(self) -> dict[str, Any]:
        """The arguments of chat.update, besides which."""
        return {"text": self.text, "blocks": list(self.blocks), "parse": "none", "link_names": False}


def answer_messages(
    answer: AnswerOut, *, link: Link, streamed: Sequence[str] = (), room: Room | None = None
) -> tuple[Message, ...]:
    """One message, or as many as the answer needs; at least one.

    `streamed` are the ids of the statements that the first message already shows, `room` what it has left.
    """
    shown = [] if streamed else _understood(answer)
    above = None
    for statement in answer.statements:
        if statement.id not in streamed:
            shown += statement_blocks(statement, answer.citations, link=link, above=above)
        above = statement.heading
    late = _understood(answer) if streamed else []  # how it was understood is known when the stream ends
    return _messages(answer, [*shown, *late, *_notes(answer), *_sources(answer, link)], room or Room())


def plain_message(text: str) -> Message:
    """A sentence or two of our own: an error, or that work goes on."""
    return Message(notification(text, _NOTIFICATION), tuple(rich_text(Run(text))))


def statement_blocks(
    statement: StatementOut, citations: Sequence[Cited], *, link: Link, above: str | None = None
) -> list[Block]:
    """One statement with its markers, and its heading unless that stands `above`. `citations` holds at least
    those that it names."""
    marks = list(_markers(statement.citations, citations, link))
    opens = heading_line(statement.heading, above).strip()
    heading = rich_text(Run(shortened(opens, _FACT), bold=True)) if opens else []
    match statement.kind:
        case "quote":
            return [*heading, *rich_text(*map(_part, statement.parts), *marks, shape="rich_text_quote")]
        case "paraphrase":
            return [*heading, *rich_text(Run(statement.text), *marks, Run(f" {_WORDED}", italic=True))]
        case _:
            return [*heading, *rich_text(*map(_part, statement.parts), *marks)]


def stream_chunks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """The `chunks` of chat.appendStream. Blocks rather than markdown: that would be parsed."""
    return [{"type": "blocks", "blocks": list(blocks)}]


def source_blocks(citation: Cited, *, link: Link, longest: int | None) -> list[Block]:
    """Number, outlet, date and links; then the quotation, of which at most `longest` units."""
    if isinstance(citation, WithdrawnOut):
        return rich_text(Run(f"[{citation.id}] withdrawn", italic=True))
    article, whole = citation.article, citation.quote.text
    shown = whole if longest is None else shortened(whole, longest)
    cut_short = longest is not None and shown != one_line(whole)
    head = (
        Run(f"[{citation.id}] {shortened(article.outlet or 'unknown outlet', _FACT)}", bold=True),
        Run(f", {day(article.published)}: "),
        *_opening(citation, link),
        Run(_said(citation), italic=True),
    )
    more = (Run(" (shortened; Show all sources has it whole)", italic=True),) if cut_short else ()
    return [*rich_text(*head), *rich_text(Run(shown), *more, shape="rich_text_quote")]


def _opening(citation: CitationOut, link: Link) -> Iterator[Run]:
    """The title, linked; with where it stands, if no page can be opened. Then the article's own address."""
    article, quote = citation.article, citation.quote
    title = shortened(article.title, _FACT) if article.title else "no title"
    ours = web_url(link(citation))
    yield Run(title, url=ours)
    if ours is None:
        yield Run(
            f" (article {article.id}, version {article.version}, characters {quote.start} to {quote.end})"
        )
    if original := web_url(article.url):
        yield Run(" · ")
        yield Run("original", url=original)


def _said(citation: CitationOut) -> str:
    if citation.said is None:
        return ""
    said = citation.said
    named = (("said by", said.speaker), ("to", said.to), ("on or in", said.venue), ("when:", said.when))
    told = [f"{label} {shortened(value, _FACT)}" for label, value in named if value]
    return f" ({', '.join(told)})" if told else ""


def day(published: str | None) -> str:
    if published is None:
        return "undated"
    found = re.match(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)(?!\d)", published)
    if found is None:
        return shortened(published, _FACT)
    return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"


def _part(part: PartOut) -> Run:
    return Run(part.text, italic=part.origin == "parley")


def _markers(numbers: Sequence[int], citations: Sequence[Cited], link: Link) -> Iterator[Run]:
    known = {citation.id: citation for citation in citations}
    for number in numbers:
        cited = known[number]
        yield Run(" ")
        yield Run(f"[{number}]", url=None if isinstance(cited, WithdrawnOut) else link(cited))


def _understood(answer: AnswerOut) -> list[Block]:
    if answer.standalone_question == answer.question:
        return []
    return rich_text(Run(f"Understood as: {answer.standalone_question}", italic=True))


def _notes(answer: AnswerOut) -> list[Block]:
    blocks: list[Block] = []
    for conflict in answer.conflicts:
        blocks += _conflict(conflict, answer.citations)
    for question in _gaps(answer):
        blocks += rich_text(Run("Not answered: ", bold=True), Run(question))
    if code := answer.diagnostics.degraded:
        failed = _MODEL_FAILED if code.startswith("model_") else _PART_FAILED.format(code=one_line(code))
        failed = _JUDGE_FAILED if code.startswith("judge_") else failed
        blocks += rich_text(Run(failed, italic=True))
    return blocks


def _conflict(conflict: ConflictOut, citations: Sequence[Cited]) -> list[Block]:
    outlets = {c.id: c.article.outlet or "unknown outlet" for c in citations if isinstance(c, CitationOut)}
    sides = ", ".join(f"[{number}] {shortened(outlets[number], _FACT)}" for number in conflict.citations)
    return rich_text(Run("The sources differ", bold=True), Run(f" on {conflict.about}: {sides}."))


def _gaps(answer: AnswerOut) -> list[str]:
    """What no notice has said already."""
    said = [one_line(statement.text) for statement in answer.statements if statement.kind == "notice"]
    if said and answer.status in {"abstained", "clarification"}:
        return []
    return [gap for gap in answer.unanswered if not any(one_line(gap) in notice for notice in said)]


def _sources(answer: AnswerOut, link: Link) -> list[Block]:
    shown = _shown(answer)
    blocks: list[Block] = [{"type": "divider"}] if shown else []
    for citation in shown:
        blocks += source_blocks(citation, link=link, longest=_QUOTATION)
    if rest := len(answer.citations) - len(shown):
        more = f"{rest} more: Show all sources has all {len(answer.citations)}."
        blocks += rich_text(Run(more, italic=True))
    return blocks


def _shown(answer: AnswerOut) -> list[Cited]:
    """In their order. The quotations of a paraphrase stand nowhere else in the message."""
    worded = [each for each in answer.statements if each.kind == "paraphrase"]
    bearing = {number for each in worded for number in each.citations}
    first = [citation for citation in answer.citations if citation.id in bearing][:_BEARING_SHOWN]
    others = [citation for citation in answer.citations if citation.id not in bearing]
    kept = {citation.id for citation in [*first, *others[: max(0, _SOURCES_SHOWN - len(first))]]}
    return [citation for citation in answer.citations if citation.id in kept]


def _messages(answer: AnswerOut, blocks: Sequence[Block], room: Room) -> tuple[Message, ...]:
    """`Room` leaves space for what ends a message: that it goes on, or the buttons."""
    filled: list[list[Block]] = [[]]
    for block in blocks:
        if not room.holds([block]):
            filled[-1] += rich_text(Run(_GOES_ON, italic=True))
            filled.append([])
            room = Room()
        filled[-1].append(block)
        room = room.after([block])
    filled[-1] += _buttons(answer)
    first, *others = map(tuple, filled)
    text = notification(answer.text, _NOTIFICATION) or _NO_TEXT
    return (Message(text, first), *(Message(_GOING_ON, each) for each in others))


def _buttons(answer: AnswerOut) -> list[Block]:
    sources = {
        "type": "button",
        "action_id": SHOW_SOURCES,
        "text": plain_text("Show all sources"),
        "value": answer.id,
    }
    thumbs = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": {"text": plain_text("Helpful"), "value": f"{GOOD}:{answer.id}"},
        "negative_button": {"text": plain_text("Not helpful"), "value": f"{BAD}:{answer.id}"},
    }
    shown: list[Block] = [{"type": "actions", "elements": [sources]}] if answer.citations else []
    return [*shown, {"type": "context_actions", "elements": [thumbs]}]


def plain_text(text: str) -> dict[str, Any]:
    """Slack parses nothing in it; `emoji` off, so that no :name: becomes a picture."""
    return {"type": "plain_text", "text": text, "emoji": False}
