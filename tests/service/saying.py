"""Conversations for tests."""

from collections.abc import Sequence

from service.answering import PARLEY, Rule
from service.conversation import TurnText, understand


def turns(*texts: str) -> list[TurnText]:
    """Question, answer, question, answer ..."""
    return [TurnText("assistant" if number % 2 else "user", text) for number, text in enumerate(texts)]


def standalone(question: str, said: Sequence[TurnText]) -> str:
    """As a person would have asked it with nothing said before, as far as that can be told."""
    return understand(question, said, PARLEY.without(Rule.CARRIED)).standalone
