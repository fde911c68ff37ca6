"""Whose words another tells of: "had been told by the clerk that", "quoted an aide as saying", "an assurance
from the company that", "The general's reply was short:", "..., but her deputy disagreed:"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.article import Span
from service.english.clauses import may_speak
from service.english.closed import (
    BE,
    DETERMINERS,
    HAVE,
    MODALS,
    OBJECTS,
    OWNERS,
    SUBJECTS,
    any_of,
    holds,
)
from service.english.letters import NAME_WORD
from service.english.names import named_alone, speaker_of
from service.english.offices import is_known_role
from service.english.passives import by_whom, passives
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.reporting_clause import ReportingClause, clause_of
from service.english.speech_verbs import TAKES_HEARER, forms
from service.english.subjects import apposed, leading_subject

_WHO = rf"(?P<who>(?:[^,;:.{MASK}]|(?<=[DM][rs])\.|(?<=Mrs)\.|(?<=Gen)\.){{2,60}}?)"
# With who that is beside: "an aide, Jane Roe,"
_WHO_BESIDE = rf"(?:[^,;:.{MASK}]{{2,60}}?,\s)?{_WHO},?"
_ASKED_BY = (
    "[Aa]sked|told|assured|promised|ordered|urged|warned|advised|informed|reminded|instructed|accused|offered"
)
_TOLD_OF = (
    "assurances?|promises?|pledges?|warnings?|claims?|requests?|demands?|orders?|threats?|offers?|reports?"
    "|instructions?"
)
_RELAYED = (
    # "was told twice by Roe that", "was asked by Sir John which one", "Asked by Roe whether"
    lazily(
        rf"\b(?:(?:{any_of(BE)}|been|being)\s(?:[a-z]+\s)?|(?=[Aa]sked))(?P<verb>{_ASKED_BY})\s"
        rf"(?:[^,;:.{MASK}]{{1,30}}?\s)??by\s{_WHO}(?:,\s(?P<beside>[^,;:.{MASK}]{{2,50}}),)?\s"
        r"(?:(?:in|at|on|by|during"
        rf"|over)\s[^,;:.{MASK}]{{2,40}}?\s)??"
        rf"(?=that\s|to\s|if\s|whether\s|wh\w+\s|of\s\w+ing\s|an?\s|{MASK})(?:that\s)?"
    ),
    lazily(rf"\bgiven\s(?P<verb>assurances)\s(?:[a-z]+\s)?by\s{_WHO}\s(?:that|to)\s"),
    lazily(rf"\b(?P<verb>{_TOLD_OF})\s(?:from|by)\s{_WHO_BESIDE}\s(?:that|to)\s(?=\w)"),
    lazily(
        rf"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)|quote"
        rf"|cite)\s{_WHO_BESIDE}\sas\s(?:having\s)?(?P<verb>saying|telling|warning|insisting|said|told"
        r")\s(?:that\s)?"
    ),
    # "a letter from the clerk saying that", "a message from the clerk: “No.”"
    lazily(
        rf"\b(?P<verb>letter|message|note|statement|email|post|text|memo|word)s?\s(?:from|by)\s{_WHO_BESIDE}"
        rf"(?:\s(?:saying|warning|telling|insisting|claiming)\s(?:that\s)?(?=[\w{MASK}])|:(?=\s*{MASK}))"
    ),
    # "recalled the clerk telling him that", "heard Roe say"
    lazily(
        rf"\b(?:recall(?:s|ed)?|remember(?:s|ed)?|heard|hears?|overheard|described|caught|reported"
        rf"|recorded)\s{_WHO}\s"
        r"(?P<verb>say|saying|tell|telling|ask|asking|promise|promising|threaten|threatening|warn|warning"
        r"|insist|insisting"
        rf"|joke|joking|boast|boasting|complain|complaining|admit|admitting|swear|swearing|shout"
        rf"|shouting)[\s,:]+(?:that\s)?(?=[\w{MASK}])"
    ),
    # "what Roe had said to him: “No.”"
    lazily(
        rf"\bwhat\s{_WHO}\s(?:had\s|has\s)?(?P<verb>said|told|written|wrote|replied|asked"
        rf"|promised)\b[^:;.{MASK}]{{0,40}}:(?=\s*{MASK})"
    ),
    lazily(
        rf"\bwith\s{_WHO}\s(?P<verb>accusing|saying|insisting|warning|arguing|claiming|demanding|refusing"
        r"|threatening|rejecting|denying|calling)\s(?=\w)"
    ),
)
# Of these, in turn, each needs one.
_NEEDS = (
    ("by",),
    ("assurances",),
    ("from", "by"),
    ("quot", "citing", "cite"),
    ("from", "by"),
    ("recall", "remember", "heard", "hears", "described", "caught", "reported", "recorded"),
    ("what",),
    ("with",),
)
_REPLY = lazily(
    rf"(?<![\w’'])(?P<who>[Tt]he [a-z]+(?: [a-z]+)?|{NAME_WORD}(?: {NAME_WORD})*)[’']s?\s(?:[a-z]+\s){{0,2}}?"
    r"(?:reply|answer|response|verdict|message|comment|advice|warning|explanation|retort|words|view|statement"
    rf"|post|letter|note)\b[^:;.{MASK}]{{0,60}}:(?=\s*(?:{MASK}|$))"
)
# "“No,” came the reply from Roe", "“No” was Roe's answer", "“No” was all Roe would say"
_ANSWERED = lazily(
    rf"(?<={MASK})\s?,?\s(?:came|{any_of(BE)})\s"
    rf"(?:(?:the|an?)\s(?:[a-z]+\s)?(?:reply|answer|response|verdict|cry|shout|voice|call|whisper|retort"
    rf"|murmur)\s(?:from|of)\s(?P<from>[^,;:.{MASK}]{{2,50}})"
    rf"|(?P<own>[^,;:.{MASK}’']{{2,50}})[’']s?\s(?:reply|answer|response|verdict|message|advice|comment)"
    rf"|how\s(?P<how>[^,;:.{MASK}]{{2,50}})\s(?:describe[sd]|puts?|sees|saw|tells)\sit"
    rf"|all\s(?P<all>[^,;:.{MASK}]{{2,50}})\s(?:{any_of(MODALS[:4])})\ssay)"
    r"(?=[.,]|$|\s(?:on|in|to|last|this|yesterday)\b)"
)
_PRONOUNS = dict(zip((*SUBJECTS, *OBJECTS), (*SUBJECTS, *SUBJECTS[:2], SUBJECTS[3]), strict=True))
_OUTLET_QUOTED = lazily(rf"(?<={MASK})[^{MASK}:;.]{{1,80}}?\s(?:quoted|cited)\s{_WHO}\sas\ssaying(?=[.,]|$)")
_BUT = lazily(
    rf"[,;]\s(?:but|and|while|whereas|though)\s"
    rf"(?=(?P<who>(?:[^,;:.{MASK}]{{2,60}}?,\s)?[^,;:.{MASK}]{{2,60}}?),?\s"
    rf"(?P<verb>[a-z]+(?:ed|s|t))(?P<to>(?:\s[^:;.{MASK}]{{0,60}})?):\s*{MASK}+\s*$)"
)
_OF_SAYING = frozenset(("said", "says", "say", "insisted", "insists", "argued", "argues", "claims"))
_HEARER = lazily(rf"\b(?:tells?|told|shows?|showed|shown|{any_of(sorted(TAKES_HEARER))})\s")
# Of one by name, or ", the pilot that he would": in "the mayor that the town loves" no verb is left out.
_GAPPED = lazily(
    rf"(?:(?:[,;]\s(?:(?:and|but|while)\s)?|\sand\s)(?P<name>{NAME_WORD}(?: {NAME_WORD}){{0,3}})\sthat\s"
    rf"(?=(?:{any_of(DETERMINERS, SUBJECTS)}|there|no|{NAME_WORD})\s)"
    rf"|[,;]\s(?:(?:and|but|while)\s)?(?P<role>(?:the|{any_of(OWNERS)})(?:\s[a-z-]+){{1,3}}?)\sthat\s"
    rf"(?=(?:{any_of(SUBJECTS)}|there)\s(?:{any_of(BE, HAVE, MODALS)})\s))"
)
_TO_SAY = lazily(
    rf"\b(?:went|goes|rang|rung|called|phoned|written|wrote|took to|appeared|came|comes|turned|stood|rose"
    r"|telephoned|emailed"
    r"|broke"
    rf"|used)\b[^.;:{MASK}]{{0,60}}?\sto\s"
    rf"(?P<verb>say|add|argue|deny|insist|warn|announce|demand|confirm|ask|complain|stress)\s(?:that\s)?(?=[\w{MASK}])"
    rf"|\b(?:issued|released|sent|published|posted|circulated|put"
    rf" out)\s[^,;:.{MASK}]{{2,40}}?\s(?:statement|letter|note"
    r"|message|memo|notice)\s(?:(?:that|which)\s(?P<said>said))\s(?:that\s)?(?=\w)"
)


# "Roe never heard the clerk say so", "denied having been told by the clerk that", "waits for a letter from"
_NOT_YET = (
    r"if|waiting|awaiting|demanding|hoping|seeking|sought|longs|longed|would(?!\slater)|to hear|fake[sd]?"
    r"|wrongly|falsely"
    rf"|{forms('want need wait await demand seek hope expect forge')}"
)
_NONE_TOLD = lazily(
    rf"\b(?:not|never|no|nobody|none|no one|nor|neither|without|hardly|few|{forms('deny doubt dispute')}"
    rf"|{_NOT_YET})\s"
    r"(?!doubt\b|longer\b|only\b)[^,;:.]{0,60}$|n[’']t\s[^,;:.]{0,60}$",
    re.I,
)


def relayed(sentence: str, masked: str) -> Iterator[ReportingClause]:
    may_match = (pattern for pattern, needs in zip(_RELAYED, _NEEDS, strict=True) if holds(masked, needs))
    for pattern in may_match:
        for told in pattern.finditer(masked):
            first = told.start() if masked.endswith((" and ", ", but "), 0, told.start()) else 0
            if _NONE_TOLD.search(masked, first, min(told.start("verb"), told.start("who"))):
                continue
            beside = "beside" in told.groupdict()
            name = (
                by_whom(sentence, masked, told) if beside else speaker_of(sentence, Span(*told.span("who")))
            )
            opens = told["verb"] == "Asked"
            if name:
                verb = told["verb"].lower()
                yield ReportingClause(name, told.start(), told.end(), verb=verb, act=True, aside=opens)
    yield from passives(sentence, masked)
    yield from _replied(sentence, masked) if holds(masked, (MASK, ":")) else ()


def _replied(sentence: str, masked: str) -> Iterator[ReportingClause]:
    for told in _ANSWERED.finditer(masked):
        name, pronoun = _who(sentence, Span(*told.span(told.lastgroup or 0)))
        if name or pronoun:
            yield ReportingClause(name, *told.span(), pronoun, verb="said", act=True, closing=True)
    for pattern in (_REPLY, _OUTLET_QUOTED):
        for told in pattern.finditer(masked):
            name, pronoun = _who(sentence, Span(*told.span("who")))
            closing = pattern is _OUTLET_QUOTED
            if name or pronoun:
                above = told.end() == len(masked.rstrip())  # "The clerk's reply:" on a line of its own
                yield ReportingClause(
                    name, *told.span(), pronoun, verb="said", act=not above, closing=closing
                )


def _who(sentence: str, subject: Span) -> tuple[Span | None, str | None]:
    """The name or phrase, or the pronoun that points back."""
    pronoun = _PRONOUNS.get(sentence[subject.start : subject.end].lower())
    return (None, pronoun) if pronoun else (speaker_of(sentence, subject), None)


def went_to_say(sentence: str, masked: str, start: int = 0) -> ReportingClause | None:
    """ "Roe rang the paper to deny that" """
    saying = _TO_SAY.search(masked, start)
    subject = leading_subject(masked, saying.start() + 1, start=start) if saying else None
    if not saying or not subject:
        return None
    opened = clause_of(sentence, subject, start=saying.start(), end=saying.end(), closing=False)
    return opened and replace(opened, verb=saying[saying.lastgroup or 0], act=True)


def gapped(sentence: str, masked: str, found: Sequence[ReportingClause]) -> Iterator[ReportingClause]:
    """ "Roe said that it was lost, and Doe that it wasn't": who says so by the verb of another."""
    first = next((one for one in found if not (one.closing or one.inside or one.act or one.aside)), None)
    if not first or first.verb not in _OF_SAYING:
        return
    for other in _GAPPED.finditer(masked, first.reach):
        who = Span(*other.span(other.lastgroup or 0))
        if any(one.start < other.end() and who.start < one.end for one in found):
            continue
        if _HEARER.search(masked, first.start, who.start):
            continue  # "that she told Doe that it was lost, and Poe that it was sold": they heard it
        called = named_alone(sentence, who) if other["name"] else who if _speaks(other["role"]) else None
        if called:
            yield ReportingClause(called, who.start, who.end, verb=first.verb)


def _speaks(words: str) -> bool:
    return may_speak(words) or is_known_role(words.split()[-1])


def contrasted(sentence: str, masked: str, found: Sequence[ReportingClause]) -> ReportingClause | None:
    """ "Roe said it would, but her deputy, Jon Doe, disagreed: “No.”": who is quoted is the last subject."""
    last = _BUT.search(masked) if ":" in masked else None
    if not last or (found and found[-1].end > last.start()):
        return None
    at, own = last.end(), last["who"]
    subject = Span(*last.span("who"))
    if "," in own:
        named = apposed(masked, masked[: last.start("verb")].rstrip(" ,"), at)
        if named is None:
            return None
        subject = named
    return clause_of(sentence, subject, start=at, end=last.end("to"), closing=False)


def of_name_before(
    masked: str, clause: ReportingClause | None, found: Sequence[ReportingClause]
) -> ReportingClause | None:
    """ "said Jane Roe, its chair, who added": of whom it is told, not what stands beside the name."""
    named = found[-1].speaker if found else None
    if clause is None or clause.speaker is None or named is None:
        return clause
    beside = masked[named.end : clause.speaker.start] == ", "
    return replace(clause, speaker=named) if beside else clause
