"""The App Home, the modals of all sources and of a reason, and the suggested prompts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.slack.mrkdwn import escaped, one_line, shortened, visible
from service.slack.rich_text import Block, Room, Run, plain_text, rich_text
from service.slack.sources import Link, Passage, day, source_blocks
from service.wire import AnswerOut

SOURCES_PAGE = (
    "parley_sources_page"  # buttons in the modal; the value is a page, a colon, and the answer's id
)
REASON = "parley_reason"  # the callback_id of the reason modal
REASON_BLOCK, REASON_CHOICE = "parley_reason_block", "parley_reason_choice"
COMMENT_BLOCK, COMMENT_TEXT = "parley_comment_block", "parley_comment_text"
REASONS = {
    "wrong": "It is wrong",
    "unsupported": "The sources don't say that",
    "outdated": "It is out of date",
    "missing": "Something is missing",
}

View = dict[str, Any]
_PROMPTS, _PROMPT_TITLE, _PROMPT = 4, 75, 500
_OUTLETS, _NAME, _COMMENT = 15, 100, 1_000
_PURPOSE = (
    "Answers questions about negotiations from the news articles that report them. Every sentence is tied to "
    "a quotation that stands in an article; what it doesn't find there, it says it didn't find."
)
_ASKING = (
    "It answers in a thread, where you can ask on without mentioning it again. Each [number] opens the "
    "article with the words marked; where it is no link, Show the passages shows them."
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the App Home tells. `outlets`: each with its number of articles, most first; `latest`: the latest
    date of publication that is known."""

    articles: int
    outlets: tuple[tuple[str, int], ...] = ()
    latest: str | None = None
    undated: int = 0
    of_no_outlet: int = 0


def home_view(corpus: Corpus, questions: Sequence[str], *, bot_name: str = "Parley") -> View:
    """`questions` are examples that the articles answer."""
    name = shortened(bot_name, _NAME)
    blocks: list[Block] = [
        {"type": "header", "text": plain_text(name)},
        *rich_text(Run(_PURPOSE)),
        *rich_text(Run("What it knows", bold=True)),
        *rich_text(Run(_known(corpus))),
        *rich_text(Run("How to ask", bold=True)),
        *rich_text(
            Run(f"Mention @{name} in a channel that it is in, or write to it under Messages. {_ASKING}")
        ),
    ]
    if questions:
        blocks += rich_text(Run("For example", bold=True))
    for question in questions[:_PROMPTS]:
        blocks += rich_text(Run(shortened(question, _PROMPT)), shape="rich_text_quote")
    return {"type": "home", "blocks": blocks}


def _known(corpus: Corpus) -> str:
    if corpus.articles == 0:
        return "No articles yet. Whoever runs it adds them with `parley ingest`."
    lines = [_counted(corpus.articles, "article")]
    if corpus.outlets:
        named = [f"{shortened(outlet, _NAME)} ({count})" for outlet, count in corpus.outlets[:_OUTLETS]]
        more = len(corpus.outlets) - len(named)
        lines[0] += f" from {', '.join(named)}" + (f" and {more} more outlets" if more else "")
    if corpus.outlets and corpus.of_no_outlet:
        lines.append(f"{_counted(corpus.of_no_outlet, 'article')} whose outlet isn’t known")
    if corpus.latest is not None:
        lines.append(f"The latest that bears a date is of {day(corpus.latest)}")
    if corpus.undated:
        lines.append(f"{_counted(corpus.undated, 'article')} without a date")
    return ".\n".join(lines) + "."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def sources_view(
    answer: AnswerOut, *, link: Link, passages: Mapping[int, Passage] | None = None, page: int = 0
) -> View:
    """All citations with their whole quotations, in as many pages as they need; the buttons turn them.
    `passages`: by the number of a citation, what stands around it, for readers who can't open a page."""
    pages = _pages(answer, link, passages or {})
    at = min(max(page, 0), len(pages) - 1)
    turns = [("Earlier", at - 1)] * (at > 0) + [("Later", at + 1)] * (at + 1 < len(pages))
    buttons = [_turn(label, to, answer) for label, to in turns]
    actions: list[Block] = [{"type": "actions", "elements": buttons}] if buttons else []
    place = rich_text(Run(f"Page {at + 1} of {len(pages)}", italic=True)) if len(pages) > 1 else []
    return {
        "type": "modal",
        "title": plain_text("Sources"),
        "close": plain_text("Close"),
        "blocks": [*pages[at], *place, *actions],
    }


def _pages(answer: AnswerOut, link: Link, passages: Mapping[int, Passage]) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    room = Room()
    for citation in answer.citations:
        blocks = source_blocks(citation, link=link, passage=passages.get(citation.id))
        if pages[-1] and not room.holds(blocks):
            pages.append([])
            room = Room()
        for block in blocks:
            if not room.holds([block]):
                pages.append([])
                room = Room()
            pages[-1].append(block)
            room = room.after([block])
    return pages if pages[0] else [rich_text(Run("This answer cites no source."))]


def _turn(label: str, page: int, answer: AnswerOut) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": f"{SOURCES_PAGE}_{label.lower()}",
        "text": plain_text(label),
        "value": f"{page}:{answer.id}",
    }


def reason_view(answer_id: str) -> View:
    """Asks what was wrong. `private_metadata` is the answer's id."""
    options = [{"text": plain_text(text), "value": value} for value, text in REASONS.items()]
    return {
        "type": "modal",
        "callback_id": REASON,
        "private_metadata": answer_id,
        "title": plain_text("What was wrong?"),
        "submit": plain_text("Send"),
        "close": plain_text("Cancel"),
        "blocks": [
            {
                "type": "input",
                "block_id": REASON_BLOCK,
                "label": plain_text("What was wrong?"),
                "element": {"type": "radio_buttons", "action_id": REASON_CHOICE, "options": options},
            },
            {
                "type": "input",
                "block_id": COMMENT_BLOCK,
                "optional": True,
                "label": plain_text("Anything else?"),
                "element": {
                    "type": "plain_text_input",
                    "action_id": COMMENT_TEXT,
                    "multiline": True,
                    "max_length": _COMMENT,
                },
            },
        ],
    }


def suggested_prompts(questions: Sequence[str]) -> dict[str, Any] | None:
    """The arguments of assistant.threads.setSuggestedPrompts, besides where; None where there is no question.

    A click writes the question in the reader's own name, and Slack parses what people write. Since names in
    it come from articles, one that holds anything Slack could obey is left out.
    """
    safe = [question for question in questions if question.strip() and _inert(question)]
    prompts = [{"title": shortened(q, _PROMPT_TITLE), "message": q} for q in safe[:_PROMPTS]]
    return {"title": "Ask about the articles", "prompts": prompts} if prompts else None


def _inert(question: str) -> bool:
    plain = visible(question) == question == escaped(question) == one_line(question)
    return plain and not set(question) & set("@#*_~`:|") and len(question) <= _PROMPT
