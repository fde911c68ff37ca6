"""Answers that are sentences of the articles, chosen without a language model."""

from service.answering.extractive import notices
from service.answering.extractive.choosing import says_again
from service.answering.extractive.conflicts import about, told_apart
from service.answering.extractive.context import BEFORE, Cited, draft
from service.answering.extractive.corrections import Corrections, corrections, is_correction
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.leaning import Leaning, is_told
from service.answering.extractive.notices import nothing_found
from service.answering.extractive.premises import denying
from service.answering.extractive.recent import Recent
from service.answering.extractive.scoring import Candidate, nearness
from service.answering.extractive.taken_back import taken_back_by
from service.answering.extractive.token_vectors import PassageTokens

__all__ = [
    "BEFORE",
    "Candidate",
    "Cited",
    "Corrections",
    "ExtractiveAnswerer",
    "Leaning",
    "PassageTokens",
    "Recent",
    "about",
    "corrections",
    "denying",
    "draft",
    "is_correction",
    "is_told",
    "nearness",
    "nothing_found",
    "notices",
    "says_again",
    "taken_back_by",
    "told_apart",
]
