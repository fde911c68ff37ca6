"""Follow-ups: what a question means after what has been said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_LEANING = re.compile(
    r"\b(he|she|they|him|her|them|his|hers|their|theirs|it|its|this|that|these|those|there|then|one|ones"
    r"|same|other|others|another|else|more)\b|^(and|but|or|so|what about|how about|why)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 4
_MOST_CARRIED = 400


@dataclass(frozen=True, slots=True)
class TurnText:
    role: Literal["user", "assistant"]
    text: str


def standalone(question: str, turns: Sequence[TurnText]) -> str:
    """The question as it is searched for. One that leans on what came before, by a pronoun or by being
    very short, gets the previous question in front of it."""
    asked = [turn.text for turn in turns if turn.role == "user"]
    if not asked or not _leans(question):
        return question
    return f"{asked[-1].strip()[:_MOST_CARRIED]} {question}"


def _leans(question: str) -> bool:
    return len(question.split()) <= _FEW_WORDS or _LEANING.search(question.strip()) is not None
