"""What we say of ourselves in Slack, in plain words: never silence, nothing that only an operator reads."""

from collections.abc import Sequence

from retrieval.errors import ParleyError
from service.slack.mrkdwn import one_line

WELCOME = "heart"  # the name of an emoji
_HELP = (
    "Ask me a question about the articles that I know. Each sentence of my answer is tied to a quotation "
    "that stands in one of them; where I find nothing, I say so. In this thread you can ask on. Mention me "
    "where I might think that you ask somebody else."
)
BUSY = "I have too many questions at once and can't take this one. Please ask it again in a minute."
SLOW = "This takes longer than usual. The answer will follow here."
FAILED = "Something went wrong on my side, and I couldn't answer. Whoever runs me can see why in my log."
GAVE_UP = "I tried several times and couldn't answer this. Please ask it again, perhaps in other words."
NOT_READY = "I can't answer just now: I don't get at my articles. Please try again in a few minutes."
NOT_HERE = "I'm not to answer in this channel. Write to me directly, or ask whoever runs me to let me in."
STILL_BEFORE = "I'm still answering the question before this one. Please ask it again when that is done."


def sorry(error: ParleyError) -> str:
    """To whoever asked."""
    match error.code:
        case "overloaded":
            return BUSY
        case "invalid_request":
            return f"I can't answer that: {error.message}. {error.remedy}"
        case "conflict":
            return STILL_BEFORE
        case "not_ready" | "storage_full":
            return NOT_READY
    return FAILED


def reading(articles: int | None) -> str:
    """A status: Slack shows it behind our name."""
    if articles is None:
        return "is reading the articles…"
    return f"is reading {articles:,} article{'' if articles == 1 else 's'}…"


def help_with(questions: Sequence[str]) -> str:
    """Asked for, or for a mention without a question."""
    if not questions:
        return _HELP
    return "\n".join((_HELP, "", "For example:", *(f"• {one_line(question)}" for question in questions)))
