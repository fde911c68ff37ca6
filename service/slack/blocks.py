"""An answer as Slack messages.

    Understood as: ...                      only where the question was completed; after what was streamed
    the statements under their headings, each a block of its own: a quotation has a bar, what Parley adds to
        it is slanted; a paraphrase is plain and marked as one; a notice is slanted
    Sources differ ... / Not answered: ... / what kept a better answer from being given
    the sources, a line for each article: numbers, outlet, date (sources.py)
    [Show all sources]   where they hold what the message doesn't; and thumbs

Nothing is told twice, and nothing is cut without a word: an answer too long for one message goes on in the
next, and what the lines of sources leave out is behind the button (views.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service.answering import heading_line
from service.slack.mrkdwn import notification, one_line, shortened
from service.slack.rich_text import Block, Room, Run, plain_text, rich_text
from service.slack.sources import Link, Listed, listed
from service.wire import AnswerOut, CitationOut, Cited, ConflictOut, PartOut, StatementOut, WithdrawnOut

SHOW_SOURCES = "parley_show_sources"  # a button; its value is the answer's id
FEEDBACK = "parley_feedback"  # two buttons; the value is GOOD or BAD, a colon, and the answer's id
GOOD, BAD = "good", "bad"

_WORDED = "in other words, checked"
_FACT, _NOTIFICATION = 150, 2_000
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
    sources = listed(answer, link)
    return _messages(answer, sources, [*shown, *late, *_notes(answer)], room or Room())


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


def _messages(answer: AnswerOut, sources: Listed, blocks: Sequence[Block], room: Room) -> tuple[Message, ...]:
    """`Room` leaves space for what ends a message: that it goes on, or the buttons."""
    filled: list[list[Block]] = [[]]
    for block in [*blocks, *sources.lines]:
        if not room.holds([block]):
            filled[-1] += rich_text(Run(_GOES_ON, italic=True))
            filled.append([])
            room = Room()
        filled[-1].append(block)
        room = room.after([block])
    filled[-1] += _buttons(answer.id, sources.behind)
    first, *others = map(tuple, filled)
    text = notification(answer.text, _NOTIFICATION) or _NO_TEXT
    return (Message(text, first), *(Message(_GOING_ON, each) for each in others))


def _buttons(answer_id: str, behind: str | None) -> list[Block]:
    thumbs = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": {"text": plain_text("Helpful"), "value": f"{GOOD}:{answer_id}"},
        "negative_button": {"text": plain_text("Not helpful"), "value": f"{BAD}:{answer_id}"},
    }
    shown: list[Block] = []
    if behind is not None:
        sources = {
            "type": "button",
            "action_id": SHOW_SOURCES,
            "text": plain_text(behind),
            "value": answer_id,
        }
        shown.append({"type": "actions", "elements": [sources]})
    return [*shown, {"type": "context_actions", "elements": [thumbs]}]
