"""Statements in other words than their quotations': rules that no judge can talk away, and the judge."""

from service.answering.verified.restated.judged import JUDGED, CastOf, restatement_refused
from service.answering.verified.restated.restated import ALL_RULES, Rule, restated

__all__ = ["ALL_RULES", "JUDGED", "CastOf", "Rule", "restated", "restatement_refused"]
