"""Answers by a language model's statements, each of which names its evidence."""

from service.answering.generative.evidence import keyed
from service.answering.generative.generative import (
    AnswerPrompts,
    GenerativeAnswerer,
    Ordering,
    as_found,
    tokens_of,
)
from service.answering.generative.judging import JUDGE_UNAVAILABLE, Deliberation, ModelJudge
from service.answering.generative.nearness import Nearness

__all__ = [
    "JUDGE_UNAVAILABLE",
    "AnswerPrompts",
    "Deliberation",
    "GenerativeAnswerer",
    "ModelJudge",
    "Nearness",
    "Ordering",
    "as_found",
    "keyed",
    "tokens_of",
]
