"""Whose words a passive tells: "was dismissed as “a stunt” by Roe", "was described by an aide as “odd”"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.article import Span
from service.english.closed import BE, DAYS, DETERMINERS, MODALS, MONTHS, OBJECTS, SUBJECTS, any_of, words_of
from service.english.letters import NAME_WORD
from service.english.long_subjects import whole_of
from service.english.names import named_alone, speaker_of
from service.english.patterns import lazily
from service.english.phrase_heads import kind_of_noun
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
# "asked for both, a request described by the other as “odd”"
_A_THING_BY_AS = lazily(rf"(?<=,)\san?\s(?:[a-z-]+\s){{1,3}}(?P<verb>{_JUDGED})\s(?:[a-z]+ly\s)?by\s")
_WHOM = lazily(
    rf"(?P<who>[^,;:()—–{MASK}]{{2,90}}?)(?:,\s(?P<beside>[^,;:()—–{MASK}]{{2,60}}?),?)?"
    rf"(?=\sas\s(?!(?:{any_of(SUBJECTS)})\s)|\s(?:on|in|at|during|after|before|last|this)\s"
    rf"(?:{any_of(DAYS)}|[a-z]+)\b|[,;:.—–]|$|\s(?:and|but|when|while)\s)"
)
_AS = lazily(r",?\sas\s")
# "condemned by Roe as president", "praised by Roe as a mother": as what Roe speaks
_AS_WHO = lazily(rf"(?P<article>(?:{any_of(DETERMINERS)})\s)?(?P<who>[a-z-]+(?:\s[a-z-]+)?)\b")
_DESCRIBES = words_of("described characterised characterized portrayed presented")
_NO_DAY = lazily(rf"(?:{any_of(DAYS, MONTHS)}|early|late|mid|next|last|this)\b")
_CLAUSE = 160  # code points of what stands before in one
_SUPPOSED = lazily(rf"\b(?:if|unless|whether|lest|{any_of(MODALS)}|may|might|must)\b", re.I)
# "by Roe and Doe", "by Roe, Doe and others"
_AND_ANOTHER = lazily(rf"\sand\s(?:{NAME_WORD}|{any_of(DETERMINERS)})\b")
_NAME_NEXT = lazily(rf",\s{NAME_WORD}")
_PRONOUN = dict(zip(OBJECTS, (*SUBJECTS[:2], SUBJECTS[3]), strict=True))


def passives(sentence: str, masked: str) -> Iterator[ReportingClause]:
    if " by " not in masked:
        return
    for judged in _QUOTED_BY.finditer(masked):
        whom = _WHOM.match(masked, judged.end())
        clause = whom and _clause(sentence, masked, judged, whom)
        title = sentence[judged.start("words") + 1].isupper()  # a book's
        if clause and not title:
            yield replace(clause, end=judged.start("words"))
    for judged in (*_BY_AS.finditer(masked), *_A_THING_BY_AS.finditer(masked)):
        whom = _WHOM.match(masked, judged.end())
        as_what = whom and _AS.match(masked, whom.end())
        clause = whom and as_what and _clause(sentence, masked, judged, whom)
        if clause and as_what and not _as_who(masked, judged, as_what.end()):
            yield replace(clause, end=as_what.end())


def _clause(sentence: str, masked: str, judged: re.Match[str], whom: re.Match[str]) -> ReportingClause | None:
    pronoun = _PRONOUN.get(whom["who"].lower())
    floor = max(0, judged.start() - _CLAUSE)
    begins = max(floor, *(masked.rfind(mark, floor, judged.start()) for mark in ",;:."))
    if _SUPPOSED.search(masked, begins, judged.start()) or _NO_DAY.match(whom["who"]):
        return None
    listed = _NAME_NEXT.match(masked, whom.end("who")) and named_alone(sentence, Span(*whom.span("who")))
    if listed or _AND_ANOTHER.match(masked, whom.end()):
        return None
    who = None if pronoun else by_whom(sentence, masked, whom)
    if not pronoun and not who:
        return None
    return ReportingClause(who, judged.start(), judged.end(), pronoun, verb=judged["verb"], act=True)


def _as_who(masked: str, judged: re.Match[str], at: int) -> bool:
    found = _AS_WHO.match(masked, at)
    return bool(
        found
        and any(kind_of_noun(word, bare=False, first=False) == "somebody" for word in found["who"].split())
        and not (found["article"] and judged["verb"] in _DESCRIBES)
    )


def by_whom(sentence: str, masked: str, whom: re.Match[str]) -> Span | None:
    """Of "Roe's aide, Jon Doe," Jon Doe, of "Jon Doe, its chair," too; of "one banker who knew her" all."""
    who = Span(*whom.span("who"))
    beside = Span(*whom.span("beside")) if whom["beside"] else None
    name = named_alone(sentence, beside) if beside and not named_alone(sentence, who) else None
    if name and " " in sentence[name.start : name.end]:
        return name
    whole = whole_of(masked, who.start, who.end)
    return whole or speaker_of(sentence, who)
