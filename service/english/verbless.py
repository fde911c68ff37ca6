"""Other ways to report than by subject and verb: "according to", a label before a quotation, "what she
calls", a participle that goes on; and the outlet that reports what somebody else said."""

import re
from dataclasses import replace
from itertools import islice

from retrieval.article import Span
from service.english.adjuncts import is_outlet
from service.english.clauses import is_body_phrase, may_speak
from service.english.closed import BE, DAYS, HAVE, MONTHS, OBJECTS, OWNERS, SUBJECTS, UNITS, any_of
from service.english.letters import CAPITAL, LINK, NAME_WORD
from service.english.names import name_of, named_alone, speaker_of
from service.english.offices import PREPOSITIONS, is_doing, is_known_role
from service.english.papers import PAPER_DONE
from service.english.patterns import lazily
from service.english.phrase_heads import is_paper
from service.english.quotation import MASK
from service.english.reporting_clause import ReportingClause, clause_of
from service.english.speech_verbs import SAYING
from service.english.subjects import leading_subject

_MOST = 10
_ACCORDING = lazily(r"\b[Aa]ccording to\s+")
_END_OF_SOURCE = lazily(
    rf"[,;:()—–{MASK}]|(?<!\b{CAPITAL})(?<!\b(?:Co|Jr|Sr))(?<!\b(?:Ltd|Inc))\.(?:\s|$)"
    rf"|(?<!briefed)(?<!involved)\s(?:on|in|who|which|that|and|{any_of(SUBJECTS)})\s|$"
)
# With what tells it from others, "a diplomat who sat with her", but no day and no second source.
_WHOLE_SOURCE = lazily(
    rf"(?:an?|{any_of(UNITS[:3])}|several|some|people|those|traders|officials|residents|documents|papers|minutes"
    r"|figures|sources|analysts)\s?"
    rf"(?:(?!\s(?:and|{any_of(SUBJECTS)})\s|\s(?:on|in)\s(?:{any_of(DAYS, MONTHS)}|an?\s)"
    rf"|\s(?:seen|obtained|familiar|who (?:asked|spoke|declined|requested|insisted"
    rf"|refused))\s)[^,;:()—–{MASK}.]){{2,70}}(?=,|\.?$)"
)
# "according to the record signed on Monday": when it was, which tells it from another
_DATED = lazily(
    rf"\s(?:on|in)\s(?:(?:early|late|last)\s)?(?:{any_of(DAYS, MONTHS)})"
    rf"(?:\s(?:morning|afternoon|evening|night|\d{{1,2}}|\d{{4}})\b)?"
)
_PAPER_DONE = lazily(rf"\s(?:{PAPER_DONE})$")
_AFTER_SOURCE = lazily(r",\s+(?!(?:and|but|or|as|the|an?|wh\w+)\b)[a-z]")
_LABEL = lazily(
    rf"\s*(?:[(•*–—-]\s?)?(?:\d{{1,2}}[:.]\d\d\s(?:[—–-]\s)?)?"
    rf"(?P<of>(?:Statement|Message|Letter|Note|Reply|Answer) (?:from|by|of) |(?:And )?[Tt]his from |(?:And "
    rf"|Then )?[Ff]rom |(?:Said|Says|Added|Adds) )?"
    rf"(?P<who>(?:[Tt]he |[Aa]n? )?[^\W\d_][^:,;.!?“”\"{MASK}]{{1,60}}?)"
    rf"(?:,?\s(?:in|on|at|for|from|outside|after|of|to|by|with|through|via"
    rf"|later)\s[^:;.!?{MASK}]{{1,80}}|\s(?:again|later|then)|,\s[a-z][^,:;.!?{MASK}]{{1,50}})?:\s*{MASK}"
)
# "Behind Roe: “No.”", "Question for Roe: “Why?”"
_NO_LABEL = lazily(
    r"\s*(?:Behind|Next|Near|Above|Below|Beside|Headline|Question|Answer|Written|Painted|Printed|Scrawled)\s"
    r"|[\s•*–—-]*(?:Cards?|Notes?|Tips?|Gifts?|Letters?|Messages?|Songs?|Advice|Tributes?|Thanks|Farewell|Welcome"
    r"|Congratulations|Happy birthday) (?:for|to)\s"
)
# "14:20 Roe: the talks are off", in a live blog
_ENTRY = lazily(
    rf"\s*\d{{1,2}}[:.]\d\d\s(?:[—–-]\s)?(?P<who>(?:[Tt]he\s)?{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,3}}(?:[’']s?\s(?:spokes[a-z]+|office|lawyers?|camp"
    r"|team|aides?|side|deputy|union|envoy|ministry|party|people|agent|manager))?)"
    rf"(?:,\s[a-z][^,:;.!?{MASK}]{{1,50}})?(?:\sagain)?:\s(?=[\w{MASK}])"
)
# "15:10 Correction: we said that"
_NO_SPEAKER = lazily(
    r"(?:The\s)?(?:Correction|Clarification|Update|Recap|Summary|Analysis|Photo|Picture|Video|Audio|Watch|Listen|Read|Breaking"
    r"|Reminder|Note|Weather|Traffic|Result|Score|Background|Context|Latest|Live|Next|Dinner|Lunch|Breakfast|Opinion|Just"
    r"|Confirmed|New|Exclusive|Key|Agenda|Today|Tomorrow|Coming|Vote|Verdict|Question|Answer|Headline|Timeline|Explainer"
    r"|Refunds|Tickets|Trains|Flights|Roads|Schools|Talks|Markets|Shares)\b"
)
_BODY_LABEL = lazily(
    rf"\s*(?:[-•*–]\s)?(?P<who>(?:The )?{CAPITAL}[\w’'-]+(?:\s[\w’'-]+){{0,4}})"
    rf"(?:\s\([^()]{{1,40}}\)|,\s(?:asked|speaking|writing|on|when|in|at"
    rf"|after)\s[^:;.{MASK}]{{1,80}})?:\s*{MASK}"
)
# "Roe was more careful: “No.”"
_QUOTED_BEHIND = lazily(rf"[^:{MASK}]{{1,200}}\s[a-z][^:{MASK}]{{0,100}}:\s*{MASK}+\s*$")
_WHAT_CALLED = lazily(
    rf"\bwhat (?P<who>(?:[\w’'.-]+\s){{1,4}}?)(?:(?:{any_of(HAVE)}) )?"
    rf"(?P<verb>called|calls|described as|describes as|termed)\s*{MASK}"
    rf"|,\san?\s(?:[a-z]+\s){{1,3}}?(?:that\s|which\s)?"
    rf"(?P<one>{any_of(SUBJECTS)}|{NAME_WORD}(?:\s{NAME_WORD}){{0,3}}|(?:the|an?)\s[a-z]+(?:\s[a-z]+)?)\s"
    rf"(?P<how>called|calls|described as|describes as|termed|dubbed|branded|labelled|dismissed as)\s*{MASK}"
    # "threw out an offer their union branded “odd”"
    rf"|\b(?:an?|the)\s[a-z]+\s(?P<those>(?:the|{any_of(OWNERS)})\s[a-z]+(?:\s[a-z]+)?)\s"
    rf"(?P<so>called|described as|termed|dubbed|branded|labelled|dismissed as)\s*{MASK}"
)
_SIGNED = lazily(
    rf"\s*{MASK}+\s*(?:[—–]|-{{1,2}})\s*(?P<who>{NAME_WORD}(?: {NAME_WORD}){{0,4}})\s*(?:$|[(,.]|\d|on\s)"
)
# "Roe would not name it, except to say that"
_EXCEPT = lazily(
    r"\b(?:except|save|other than)\s(?:to\s)?(?P<verb>say(?:ing)?)\s(?=\w)"
    r"|\bbeyond\s(?P<saying>saying)\s(?=\w)"
)
_SOURCE_OF_OUTLET = lazily(r",\s*(?:quoting|citing)\s+")
_OBJECTS = dict(zip(OBJECTS, (*SUBJECTS[:2], *SUBJECTS[3:]), strict=True))


_BLAMING = "blaming "
_PASSIVE = lazily(rf"\b(?:{any_of(BE)}|been|received|got)\b")
_ONE_BLAMED = lazily(rf"\s(?:{any_of(OBJECTS)})\s")


def what_called(sentence: str, masked: str) -> list[ReportingClause]:
    """ "with what she called “a single chair”" """
    found: list[ReportingClause] = []
    for what in _WHAT_CALLED.finditer(masked):
        ways = (("who", "verb"), ("one", "how"), ("those", "so"))
        who, verb = next(way for way in ways if what[way[0]])
        clause = clause_of(
            sentence, Span(*what.span(who)), start=what.start(who), end=what.end(verb), closing=False
        )
        found.extend([replace(clause, verb=what[verb], aside=True)] if clause else ())
    return found


def going_on(sentence: str, masked: str, found: list[ReportingClause]) -> list[ReportingClause]:
    """ "Roe recalled her envoy, saying that": what the speaker or the sentence's subject says besides."""
    more: list[ReportingClause] = []
    for saying in (*SAYING.finditer(masked), *_EXCEPT.finditer(masked)):
        start, end = saying.span(saying.lastgroup or 0)
        before = [clause for clause in found if clause.end <= start and not clause.aside]
        subject = None if before else leading_subject(masked, start)
        if subject and any(is_doing(word) for word in masked[subject.start : subject.end].split()[1:]):
            subject = None  # "The dispute began in April when Roe left, saying"
        if subject and masked.startswith(_BLAMING, start) and not _may_blame(masked, subject, end):
            subject = None
        opened = clause_of(sentence, subject, start=start, end=end, closing=False) if subject else None
        if before:
            opened = ReportingClause(before[-1].speaker, start, end, before[-1].pronoun)
        more.extend([replace(opened, verb=masked[start:end])] if opened else ())
    return more


def _may_blame(masked: str, subject: Span, end: int) -> bool:
    """Not things, of which fog is to blame ("Profits halved, blaming fog"), nor those who are blamed
    ("Roe was removed, blaming her")."""
    who, does = masked[subject.start : subject.end], masked[subject.end : end]
    name = name_of(masked, subject) if not PREPOSITIONS & set(who.split()) else None
    of_name = name is not None and " " in masked[name.start : name.end]
    acts = of_name or (who[1:].islower() and (may_speak(who.lower()) or is_body_phrase(who.lower())))
    return acts and not _PASSIVE.search(does) and not _ONE_BLAMED.match(masked, end)


def labelled(sentence: str, masked: str) -> tuple[ReportingClause, ...]:
    """ "Roe: “No.”", "“No.” — Jane Roe": a name beside a quotation, and no verb."""
    if _NO_LABEL.match(masked):
        return ()
    if _QUOTED_BEHIND.match(masked) and (subject := leading_subject(masked, len(masked))):
        opened = clause_of(sentence, subject, start=subject.start, end=masked.rindex(":"), closing=False)
        return (opened,) if opened else ()
    entry = _ENTRY.match(masked)
    if (
        entry
        and not _NO_SPEAKER.match(entry["who"])
        and (called := speaker_of(sentence, Span(*entry.span("who"))))
    ):
        return (ReportingClause(called, entry.start("who"), entry.end(), verb="said", entry=True),)
    found = _LABEL.match(masked) or _SIGNED.match(masked)
    who = Span(*found.span("who")) if found else None
    read = speaker_of if found and found.groupdict().get("of") else named_alone
    name = who and read(sentence, who)
    name = name or (who and _called(sentence, who))
    body = None if name else _BODY_LABEL.match(masked)
    if body and (called := speaker_of(sentence, Span(*body.span("who")))):
        return (ReportingClause(called, *body.span("who")),)
    if not found or not name:
        return ()
    return (ReportingClause(name, *found.span("who"), closing=found.re is _SIGNED),)


def _called(sentence: str, who: Span) -> Span | None:
    """ "union press officer Jane Roe": the name behind an office in small letters."""
    name = name_of(sentence, who)
    before = sentence[who.start : name.start].split() if name else []
    return name if before and is_known_role(before[-1]) else None


def according(sentence: str, masked: str) -> list[ReportingClause]:
    found = []
    for opening in islice(_ACCORDING.finditer(masked), _MOST):
        whole = _WHOLE_SOURCE.match(masked, opening.end())
        stop = _END_OF_SOURCE.search(masked, whole.end() if whole else opening.end())
        end = _dated(masked, opening.end(), stop.start() if stop else len(masked))
        if 0 < end - opening.end() <= 80:
            later = opening.start() > 0 and not masked[: opening.start()].rstrip(" ,").endswith(" that")
            pronoun = _OBJECTS.get(masked[opening.end() : end].lower())
            found.append(
                ReportingClause(
                    None if pronoun else Span(opening.end(), end),
                    opening.start(),
                    end,
                    pronoun,
                    closing=later,
                    inside=later and bool(_AFTER_SOURCE.match(masked, end)),
                    verb="according to",
                )
            )
    return found


def _dated(masked: str, start: int, end: int) -> int:
    done = _PAPER_DONE.search(masked, start, end)
    day = _DATED.match(masked, end) if done and is_paper(masked[start : done.start()]) else None
    return day.end() if day else end


def quoted_by_outlet(masked: str, clause: ReportingClause) -> Span | None:
    """ "the agency reported, quoting senior officials" -> the officials."""
    found = _SOURCE_OF_OUTLET.match(
        masked, clause.adjuncts.end if clause.adjuncts.end > clause.end else clause.end
    )
    if not found:
        return None
    stop = re.compile(rf"[,;:.()—–{MASK}]|\s(?:who|that|as)\s|$").search(masked, found.end())
    end = stop.start() if stop else len(masked)
    return Span(found.end(), end) if 0 < end - found.end() <= 60 else None


def speaks_for_an_outlet(sentence: str, clause: ReportingClause) -> bool:
    return clause.speaker is not None and is_outlet(sentence[clause.speaker.start : clause.speaker.end])
