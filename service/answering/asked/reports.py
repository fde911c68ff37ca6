"""A question about the reports themselves: whether they differ, who disputes something."""

import re

from service.english import ASKING, QUESTION_WORDS, any_of

_REPORTS = r"(?:reports?|articles?|outlets?|sources?|papers?|newspapers?|accounts?|stories|media)"
_DIFFER = (
    r"(?:(?:differ|disagree|agree|contradict|conflict|contradiction|disagreement|difference)(?:s|ed|ing)?"
    r"|(?:in)?consistent|at odds|divided|discrepanc(?:y|ies))"
)
_EACH_OTHER = r"(?: with)?(?: each other| one another)?"
_ABOUT = re.compile(
    rf"\W*(?:(?:how|where) )?(?:{any_of(ASKING)}) (?:[\w’'-]+ ){{0,5}}?"
    rf"(?:{_REPORTS}\b.{{0,30}}?\b{_DIFFER}|{_DIFFER} (?:between|among|in) (?:[\w’'-]+ ){{0,4}}?{_REPORTS})"
    rf"{_EACH_OTHER} (?:on|about|over|as to|regarding|in) (?P<what>.+)",
    re.I | re.S,
)
_DISPUTES = re.compile(
    r"\W*who (?:disputes?|disputed|denies|denied|contradicts?|contradicted|doubts?|questions) "
    r"(?:(?:the )?(?:claims?|reports?) )?(?:that|whether) (?P<what>.+)",
    re.I | re.S,
)
_ASKS = re.compile(rf"(?:{any_of(QUESTION_WORDS)}|whether|if|that)\b", re.I)


def asked_of_reports(question: str) -> str | None:
    """What the reports may differ on, as a question: "how many were seized?" of "Do the reports differ on how
    many were seized?"; None where it asks of something else."""
    found = _ABOUT.match(question) or _DISPUTES.match(question)
    if found is None:
        return None
    what = re.sub(r"^(?:whether|if|that) ", "", found["what"].strip(" ?."))
    asks = _ASKS.match(found["what"]) or found.re is _DISPUTES
    return f"{what}?" if asks else f"what is {what}?"
