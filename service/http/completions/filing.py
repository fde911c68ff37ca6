"""In which conversation a question is kept. OpenAI's API knows none: a client sends all that was said before.

Where that is what a stored conversation says, to its end, the question goes on in it, so that a chat is
listed as one and not as so many as it has questions. Where the client changed something, such as a question
before, a new one begins. What is read as said before is what the client sent, in either case.
"""

import uuid
from collections.abc import Sequence

from service.conversations import Conversations
from service.http.completions.closing import without_sources
from service.http.completions.reply import told
from service.http.completions.request import CompletionRequest, MessageIn
from service.wire import AnswerOut


def filed(
    conversations: Conversations, request: CompletionRequest, *, principal: str, key: str | None
) -> str:
    """Its id; of a request that is sent again under its Idempotency-Key, the one of the first time."""
    found = None if key is None else conversations.of_key(key, principal=principal)
    return found or _went_on(conversations, request.said[:-1], principal) or f"c_{uuid.uuid4().hex}"


def _went_on(conversations: Conversations, before: Sequence[MessageIn], principal: str) -> str | None:
    if len(before) < 2 or [message.role for message in before[-2:]] != ["user", "assistant"]:
        return None
    question, answer = before[-2].text, without_sources(before[-1].text).strip()

    def same(stored: AnswerOut) -> bool:
        return told(stored).text.strip() == answer

    asked = sum(message.role == "user" for message in before)
    return conversations.ending(question, same, asked=asked, principal=principal)
