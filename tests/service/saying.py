"""Conversations for tests."""

from service.conversation.understand import TurnText


def turns(*texts: str) -> list[TurnText]:
    """Question, answer, question, answer ..."""
    return [TurnText("assistant" if number % 2 else "user", text) for number, text in enumerate(texts)]
