"""The trust boundary: whether a statement's quotations stand in their articles and bear it out. Whatever an
answerer proposes passes `verify`."""

from service.answering.verified.checks import ALL_CHECKS, Check, Checks
from service.answering.verified.instead import sentences_in, shared
from service.answering.verified.joined import joined
from service.answering.verified.judging import Asking, Exhibit, Judge, Verdicts, Word
from service.answering.verified.known_leads import Lead, known_lead
from service.answering.verified.locate import locate
from service.answering.verified.plain import is_plain
from service.answering.verified.verify import NOT_IN_ARTICLE, UNCITED, FactsOf, TextOf, Verified, verify

__all__ = [
    "ALL_CHECKS",
    "NOT_IN_ARTICLE",
    "UNCITED",
    "Asking",
    "Check",
    "Checks",
    "Exhibit",
    "FactsOf",
    "Judge",
    "Lead",
    "TextOf",
    "Verdicts",
    "Verified",
    "Word",
    "is_plain",
    "joined",
    "known_lead",
    "locate",
    "sentences_in",
    "shared",
    "verify",
]
