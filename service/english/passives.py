"""Whose words a passive tells: "was dismissed as “a stunt” by Roe", "was described by an aide as “odd”"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.article import Span
from service.english.closed import BE, DAYS, OBJECTS, SUBJECTS, any_of
from service.english.long_subjects import whole_of
from service.english.names import named_alone, speaker_of
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.reporting_clause import ReportingClause

_JUDGED = (
    "dismissed|described|branded|called|labelled|labeled|rejected|denounced|condemned|hailed|praised|criticised"
    "|criticized|welcomed|characterised|characterized|portrayed|ridiculed|mocked|attacked|slammed|derided"
    "|decried|deplored|termed|dubbed|blasted|lambasted|deemed|considered|summed up|defended|written off"
    "|held up|presented|billed|trumpeted|touted|waved away|brushed aside|brushed off|shrugged off"
)
_IS = rf"(?:{any_of(BE)}|been|being)\s(?:(?!not\s|never\s)[a-z]+\s){{0,2}}?"
_QUOTED_BY = lazily(rf"\b{_IS}(?P<verb>{_JUDGED})\s(?:as\s)?(?={MASK})(?P<words>{MASK}+)[.,]?\sby\s")
_BY_AS = lazily(rf"\b{_IS}(?P<verb>{_JUDGED})\s(?:[a-z]+ly\s)?by\s")
_WHOM = lazily(
    rf"(?P<who>[^,;:()—–{MASK}]{{2,90}}?)(?:,\s(?P<beside>[^,;:()—–{MASK}]{{2,60}}?),?)?"
    rf"(?=\sas\s(?!(?:{any_of(SUBJECTS)})\s)|\s(?:on|in|at|during|after|before|last|this)\s"
    rf"(?:{any_of(DAYS)}|[a-z]+)\b|[,;:.—–]|$|\s(?:and|but|when|while)\s)"
)
_AS = lazily(r",?\sas\s")
_PRONOUN = dict(zip(OBJECTS, (*SUBJECTS[:2], SUBJECTS[3]), strict=True))


def passives(sentence: str, masked: str) -> Iterator[ReportingClause]:
    if " by " not in masked:
        return
    for judged in _QUOTED_BY.finditer(masked):
        whom = _WHOM.match(masked, judged.end())
        clause = whom and _clause(sentence, masked, judged, whom)
        if clause:
            yield replace(clause, end=judged.start("words"))
    for judged in _BY_AS.finditer(masked):
        whom = _WHOM.match(masked, judged.end())
        as_what = whom and _AS.match(masked, whom.end())
        clause = whom and as_what and _clause(sentence, masked, judged, whom)
        if clause and as_what:
            yield replace(clause, end=as_what.end())


def _clause(sentence: str, masked: str, judged: re.Match[str], whom: re.Match[str]) -> ReportingClause | None:
    pronoun = _PRONOUN.get(whom["who"].lower())
    who = None if pronoun else by_whom(sentence, masked, whom)
    if not pronoun and not who:
        return None
    return ReportingClause(who, judged.start(), judged.end(), pronoun, verb=judged["verb"], act=True)


def by_whom(sentence: str, masked: str, whom: re.Match[str]) -> Span | None:
    """Of "Roe's aide, Jon Doe," Jon Doe, of "Jon Doe, its chair," too; of "one banker who knew her" all."""
    who = Span(*whom.span("who"))
    beside = Span(*whom.span("beside")) if whom["beside"] else None
    name = named_alone(sentence, beside) if beside and not named_alone(sentence, who) else None
    if name and " " in sentence[name.start : name.end]:
        return name
    whole = whole_of(masked, who.start, who.end)
    return whole or speaker_of(sentence, who)
