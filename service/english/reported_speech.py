"""The grammar of reported speech in English news: verbs, names, and what stands beside them.

Works on one sentence whose quotations are masked (see quotation.py), by rules that prefer silence to a guess.
The patterns follow reporting style guides: subject and verb ("X said"), inversion after a quotation ("said
X"), apposition ("X, the envoy, said"), "according to X", and adjuncts of hearer, venue and day.
"""

import re
from dataclasses import dataclass, replace

from retrieval.article import Span
from service.english.adjuncts import Adjuncts, is_outlet, leading, trailing
from service.english.closed import (
    ARTICLES,
    BE,
    BEING,
    DAYS,
    DETERMINERS,
    FIRST,
    HAVE,
    OBJECTS,
    SUBJECTS,
    WHEN,
    any_of,
)
from service.english.letters import CAPITAL, CAPITALISED, NAME_WORD, SHORTENED
from service.english.names import OPENING, last_of_several, name_of, named_alone, speaker_of
from service.english.quotation import MASK
from service.english.speech_verbs import ACT, QUOTING, SAYING, STRONG, TAKES_HEARER, TOLD_WHOM, VERB, WEAK
from service.english.subjects import apposed, before_verb, leading_subject

_NOT_SPEECH = re.compile(
    rf"\b(?:{any_of(BE, BEING, ARTICLES)}|to|not|never|no longer|n[’']t|who|which|that|having|get|gets|got)\s+$",
    re.I,
)
_NO_ADVERB = r"(?:assembly|family|ally|supply|reply|rally|bully|monopoly)\b"
_ADVERBS = re.compile(
    rf"(?:,?\s+(?:{any_of(HAVE)}|also|later|then|again|further|earlier|already|since|once|now|today|yesterday|tonight"
    rf"|himself|herself|themselves|however|though|meanwhile|instead|in turn|(?!{_NO_ADVERB})[a-z]+ly))+,?\s+$"
)
_SUBORDINATE = re.compile(
    rf"^(?:{any_of(WHEN)}|after|before|if|because|although|since|unless|until|that|whether|as|once|what|who)\s",
    re.I,
)
_PRONOUN = re.compile(rf"^(?:{any_of(SUBJECTS, FIRST)})$", re.I)
_INVERTED_STOP = re.compile(
    rf"[,;:.!?()—–{MASK}](?!\w)"
    r"|\s(?:on|in|at|during|after|before|as|who|to|when|while|from|via|about|last|this|known|nicknamed|dubbed|wearing|standing|holding|speaking)\s"
    rf"|\s(?:{any_of(DAYS)})|\s(?:today|yesterday)\b|$"
)
# A speaker inside an aside, whose words the sentence quotes beside its own: "When Roe said “no”, Doe".
_ASIDE = re.compile(
    rf"\b(?:[Ww]hen|[Aa]fter|[Aa]s|[Bb]ecause|[Ii]f|[Ww]hat|[Bb]efore|[Ss]ince|[Aa]lthough|[Tt]hough|[Ww]here)"
    rf"\s(?:{CAPITALISED}\s){{1,4}}(?:{STRONG}|{WEAK})[^,;:{MASK}]{{0,30}}[,:]?\s*{MASK}"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
# "said an aide to Jane Roe": what follows belongs to the aide, and isn't who heard it.
_RELATED = re.compile(
    r"\b(?:aide|advis[eo]r|assistant|envoy|ambassador|counsel|deputy|successor|heir|rival|close|delegate"
    r"|representative|consultant|messenger|secretary|liaison)$"
)
_TO_WHOM = re.compile(rf" to (?:the )?{NAME_WORD}(?: {NAME_WORD})*")
_NAME_NEXT = re.compile(rf"\s+(?={NAME_WORD}|(?:{any_of(DETERMINERS)})\s)")
_WORD_NEXT = re.compile(r"\s+(?=[^\W\d_])")
# The stop in "Sen. Smith" and "J. R. Smith" ends no sentence.
_SHORT = re.compile(rf"\b(?:{CAPITAL}|{SHORTENED}|Sen|Rep|Gov|Gen|Dr|Mr|Mrs|Ms|Col|Lt|St)$")
_END_OF_SOURCE = re.compile(
    rf"[,;:()—–{MASK}]|(?<!\b{CAPITAL})(?<!\b(?:Co|Jr|Sr))(?<!\b(?:Ltd|Inc))\.(?:\s|$)"
    r"|\s(?:on|in|who|which|that|and)\s|$"
)
_AND = re.compile(rf"[^\s{MASK}]\s(?:and|but|then)\s(?:(?:also|later|then|again|[a-z]+ly)\s)?$")
_BE_SAID = re.compile(r"\s+to\s")
_THAT = re.compile(r",?\s+that\s")
_SPOKEN_NEXT = re.compile(
    rf"\s*(?:,\s*)?(?:that\s(?!to\s)|:|,?\s*{MASK})|,[^,;:.]{{1,60}},\s+that\s|[^,;:.{MASK}]{{1,80}}:\s*(?:{MASK}|$)"
)
_AFTER_INSIDE = re.compile(
    rf"[^,;:.()—–{MASK}]{{0,40}},\s+(?!(?:that|quoting|citing|adding|without)\b)[^{MASK}\s]"
)
_NO_MORE = re.compile(
    r"(?:\s+(?:on\s+)?\w+day)?\s*(?:[.!?;]|,\s*(?:quoting|citing|adding|without|and|but)\b|$)"
)
_ONLY_WHERE = re.compile(
    r"\s+(?:after|before|during|at|in|on|following|when|as|through|by|to)\s(?:(?!that\s)[^,;:]){1,60}[.!?]?$"
)
_AFTER_SOURCE = re.compile(r",\s+(?!(?:and|but|or|as|the|an?|wh\w+)\b)[a-z]")
# "said its chairwoman, Jane Roe"
_NAMED_NEXT = re.compile(
    rf",\s+(?:(?:Dr|Prof|Gen|Mr|Mrs|Ms|Sir)\.?\s)?(?P<who>{NAME_WORD}(?: (?:[a-z]{{2,3}} ){{0,2}}{NAME_WORD}){{1,3}})(?=[,.;—–]|\s*$|\s{MASK})"
)
_LABEL = re.compile(
    rf"\s*(?:\d{{1,2}}[:.]\d\d\s(?:[—–-]\s)?)?"
    rf"(?P<of>(?:Statement|Message|Letter|Note|Reply|Answer) (?:from|by|of) )?"
    rf"(?P<who>(?:[Tt]he |[Aa]n? )?[^\W\d_][^:,;.!?“”\"{MASK}]{{1,60}}?)"
    rf"(?:,?\s(?:in|on|at|for|from|outside|after|of)\s[^:;.!?{MASK}]{{1,80}})?:\s*{MASK}"
)
# "Roe was more careful: “No.”"
_QUOTED_BEHIND = re.compile(rf"[^:{MASK}]{{1,200}}\s[a-z][^:{MASK}]{{0,100}}:\s*{MASK}+\s*$")
_WHAT_CALLED = re.compile(
    rf"\bwhat (?P<who>(?:[\w’'.-]+\s){{1,4}}?)(?:(?:{any_of(HAVE)}) )?(?P<verb>called|calls|described as|describes as"
    rf"|termed)\s*{MASK}"
)
_LATE_PRONOUN = re.compile(rf"\s(?P<who>{any_of(SUBJECTS)})$")  # "Of Roe's remark he says"
_SIGNED = re.compile(
    rf"\s*{MASK}+\s*(?:[—–]|-{{1,2}})\s*(?P<who>{NAME_WORD}(?: {NAME_WORD}){{0,4}})\s*(?:$|[(,.]|\d|on\s)"
)
# “No,” the union's envoy, [Jane Roe, said]
BESIDE_QUOTE = re.compile(rf"{MASK}\s[^,;:.{MASK}]{{1,80}},\s*$")
_SOURCE_OF_OUTLET = re.compile(r",\s*(?:quoting|citing)\s+")
# Past these it isn't news prose, and the patterns would take their time over it.
LONGEST = 1200
MOST_VERBS = 10
_NONE = Adjuncts()
_OBJECTS = dict(zip(OBJECTS, (*SUBJECTS[:2], *SUBJECTS[3:]), strict=True))


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """`speaker` is a span in the sentence; `pronoun` says that it only points back. `closing` marks a clause
    at the end of what it reports (", the agency reported"), `inside` one in the middle of it (", he said,").
    `aside` is one that only tells when or why another thing was: "when Roe said". `act` marks what is done by words rather than told: "offered to leave", "denied the report"."""

    speaker: Span | None
    start: int
    end: int
    pronoun: str | None = None
    closing: bool = False
    adjuncts: Adjuncts = _NONE
    verb: str = ""
    inside: bool = False
    act: bool = False
    aside: bool = False

    @property
    def reach(self) -> int:
        """Where it ends, its adjuncts included."""
        return max(self.end, self.adjuncts.end)


def clauses(sentence: str, masked: str, *, acts: bool = False) -> tuple[ReportingClause, ...]:
    """The reporting clauses of a sentence, also those inside what another reports, in order."""
    verbs = list(VERB.finditer(masked))
    if len(masked) > LONGEST or len(verbs) > MOST_VERBS:
        return ()
    found: list[ReportingClause] = []
    floor = 0
    for verb in verbs:
        clause = _at_verb(sentence, masked, verb, floor) or _joined(sentence, masked, verb, found)
        if clause and (acts or not (clause.act or clause.aside)):
            found.append(clause)
            floor = floor if clause.closing else max(floor, _onward(masked, clause))
    found.extend(_according(sentence, masked))
    found.extend(_what_called(sentence, masked) if acts else ())
    found.extend(_going_on(sentence, masked, found))
    found.extend(_labelled(sentence, masked) if not found else ())
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.end)))


def speaks_aside(masked: str) -> bool:
    """Whether the sentence quotes somebody in a clause that only tells when or why another spoke."""
    return bool(_ASIDE.search(masked))


def _onward(masked: str, clause: ReportingClause) -> int:
    """Where what a clause reports begins: behind "that", where that stands."""
    that = _THAT.match(masked, clause.reach)
    return that.end() if that else clause.reach


def _at_verb(sentence: str, masked: str, verb: re.Match[str], floor: int) -> ReportingClause | None:
    before = masked[: verb.start()]
    if _NOT_SPEECH.search(before) or verb.start() < floor:
        return None
    direct = _direct(sentence, masked, verb, floor)
    quoted = before.rstrip(" ,").endswith(MASK)
    inverted = _inverted(sentence, masked, verb)
    turned = quoted or OPENING.match(masked.lstrip()) is not None  # "At the mill work goes on, said Roe"
    clause = inverted or direct if turned else direct or inverted
    if clause is None or (not verb.group("strong") and not _reports(masked, clause, verb)):
        done = ACT.match(masked, verb.start()) and direct
        return replace(direct, act=True, verb=verb.group(), closing=False, adjuncts=_NONE) if done else None
    return replace(clause, verb=verb.group())


def _joined(
    sentence: str, masked: str, verb: re.Match[str], found: list[ReportingClause]
) -> ReportingClause | None:
    """ "Roe shook her head and said": a verb that shares the subject of the one before it, or the sentence's."""
    if not _AND.search(masked, 0, verb.start()) or _BE_SAID.match(masked, verb.end()):
        return None
    start, end = verb.span()
    if found and not found[-1].closing:
        clause = ReportingClause(found[-1].speaker, start, end, found[-1].pronoun)
    else:
        subject = leading_subject(masked, start)
        opened = _clause(sentence, subject, start=start, end=end, closing=False) if subject else None
        if opened is None:
            return None
        clause = opened
    clause = replace(
        clause, verb=verb.group(), adjuncts=trailing(sentence, masked, end, tells="t" == verb.group()[0])
    )
    return clause if verb.group("strong") or _reports(masked, clause, verb) else None


def _reports(masked: str, clause: ReportingClause, verb: re.Match[str]) -> bool:
    """Whether a verb that also means other things reports speech here."""
    after = masked[clause.adjuncts.end if clause.adjuncts.end > verb.end() else verb.end() :]
    if verb.group() in TAKES_HEARER and TOLD_WHOM.match(masked, verb.end()):
        return True
    if not verb.group("act") and (clause.closing or clause.inside or _SPOKEN_NEXT.match(after)):
        return True
    if verb.group() not in QUOTING:
        return False
    return MASK in re.split(r"[,;]", after, maxsplit=1)[0]


def _what_called(sentence: str, masked: str) -> list[ReportingClause]:
    """ "with what she called “a single chair”" """
    found = []
    for what in _WHAT_CALLED.finditer(masked):
        clause = _clause(
            sentence, Span(*what.span("who")), start=what.start(), end=what.end("verb"), closing=False
        )
        found.extend([replace(clause, verb=what["verb"], aside=True)] if clause else ())
    return found


def _going_on(sentence: str, masked: str, found: list[ReportingClause]) -> list[ReportingClause]:
    """ "Roe recalled her envoy, saying that": what the speaker or the subject of the sentence says besides."""
    more = []
    for saying in SAYING.finditer(masked):
        start, end = saying.span("verb")
        before = [clause for clause in found if clause.end <= start and not clause.aside]
        subject = None if before else leading_subject(masked, start)
        opened = _clause(sentence, subject, start=start, end=end, closing=False) if subject else None
        if before:
            opened = ReportingClause(before[-1].speaker, start, end, before[-1].pronoun)
        more.extend([replace(opened, verb=saying["verb"])] if opened else ())
    return more


def _labelled(sentence: str, masked: str) -> tuple[ReportingClause, ...]:
    """ "Roe: “No.”", "“No.” — Jane Roe": a name beside a quotation, and no verb."""
    if _QUOTED_BEHIND.match(masked) and (subject := leading_subject(masked, len(masked))):
        opened = _clause(sentence, subject, start=subject.start, end=masked.rindex(":"), closing=False)
        return (opened,) if opened else ()
    found = _LABEL.match(masked) or _SIGNED.match(masked)
    who = Span(*found.span("who")) if found else None
    read = speaker_of if found and found.groupdict().get("of") else named_alone
    name = who and read(sentence, who)
    if not found or not name:
        return ()
    return (ReportingClause(name, *found.span("who"), closing=found.re is _SIGNED),)


def _inverted(sentence: str, masked: str, verb: re.Match[str]) -> ReportingClause | None:
    before = masked[: verb.start()].rstrip(" ,")
    unquoted = masked[: verb.start()].rstrip().endswith(",") and verb.group() in {"said", "says", "added"}
    if not before.endswith(MASK) and not unquoted:
        return None
    # Without a quotation before it, only a name makes it an inversion: ", said Jane Roe".
    rest = (_WORD_NEXT if before.endswith(MASK) else _NAME_NEXT).match(masked, verb.end())
    if not rest:
        return None
    stop = _end_of_subject(masked, rest.end())
    to = _TO_WHOM.match(masked, stop) if _RELATED.search(masked, rest.end(), stop) else None
    stop = to.end() if to else stop
    subject = Span(rest.end(), stop)
    if not masked[subject.start : subject.end].strip():
        return None
    named = None if name_of(masked, subject) else _NAMED_NEXT.match(masked, stop)
    subject, stop = (Span(*named.span("who")), named.end()) if named else (subject, stop)
    clause = _clause(sentence, subject, start=verb.start(), end=stop, closing=True)
    if unquoted and (not clause or not clause.speaker or not _holds_name(sentence, clause.speaker)):
        return None
    inside = not before.endswith(MASK) and bool(_AFTER_INSIDE.match(masked, stop))
    return clause and replace(clause, adjuncts=trailing(sentence, masked, stop, tells=False), inside=inside)


def _holds_name(sentence: str, span: Span) -> bool:
    return re.search(CAPITAL, sentence[span.start : span.end]) is not None


def _end_of_subject(masked: str, start: int) -> int:
    at = start
    while stop := _INVERTED_STOP.search(masked, at):
        if stop.group() == "." and _SHORT.search(masked[start : stop.start()]):
            at = stop.end()
            continue
        return stop.start()
    return len(masked)


def _direct(sentence: str, masked: str, verb: re.Match[str], floor: int) -> ReportingClause | None:
    adverbs = _ADVERBS.search(masked[: verb.start()])
    end = adverbs.start() if adverbs else len(masked[: verb.start()].rstrip())
    between = leading(sentence, masked[:end])
    end = between.start if between else end
    head = masked[:end].rstrip()
    if head.endswith((" and", " but", " then")):
        return None
    subject = (
        apposed(masked, head.rstrip(",").rstrip(), floor)
        if head[-1:] == ","
        else before_verb(masked, end, floor)
    )
    if subject is None:
        return None
    inside = _stands_inside(masked, subject.start, verb.end(), floor)
    closing = (
        masked[: subject.start].rstrip(" ,").endswith(MASK)
        or BESIDE_QUOTE.search(masked, 0, subject.start) is not None
        or _closes(masked, subject.start, verb.end())
    )
    clause = _clause(sentence, subject, start=subject.start, end=verb.end(), closing=closing)
    if clause is None:
        return None
    beside = trailing(sentence, masked, verb.end(), tells=verb.group() in {"told", "tells", "tell"})
    front = _front(sentence, masked, subject.start)
    clause = replace(clause, adjuncts=beside.filled_from(between).filled_from(front), inside=inside)
    return replace(clause, closing=closing or _ends_sentence(masked, clause, floor))


def _ends_sentence(masked: str, clause: ReportingClause, floor: int) -> bool:
    """Whether it stands behind a comma at the end: "The talks had failed, Roe told the Post on Monday."."""
    head = masked[floor : clause.start].rstrip()
    settled = head.endswith(",") and len(head.split()) > 2 and not OPENING.match(head)
    return settled and masked[clause.reach :].strip() in {"", ".", "!", "?"}


def _stands_inside(masked: str, start: int, end: int, floor: int) -> bool:
    """Whether a clause stands between commas in the middle of what it reports: "The army, she said, left"."""
    head = masked[floor:start].rstrip()
    if not head.endswith(",") or MASK in head[-3:] or OPENING.match(head) or " " not in head.strip():
        return False
    return bool(_AFTER_INSIDE.match(masked, end))


def _closes(masked: str, start: int, end: int) -> bool:
    """Whether a clause stands after a comma with nothing to report behind it: ", the agency reported."."""
    head = masked[:start].rstrip()
    if not head.endswith(","):
        return False
    settled = len(head.split()) > 3 and not OPENING.match(head) and MASK not in masked[end:]
    return bool(_NO_MORE.match(masked, end) or (settled and _ONLY_WHERE.match(masked, end)))


def _front(sentence: str, masked: str, subject: int) -> Adjuncts | None:
    """ "On Sunday, X said", "Speaking to CNN on Sunday, X said": adjuncts that open the sentence."""
    head = masked[:subject].rstrip()
    if not head.endswith(",") or len(head) > 120:
        return None
    for stretch in (head[:-1], head[: head.find(",")]):
        opened = leading(sentence, stretch)
        if opened and opened.start == 0:
            return opened
    return None


def _clause(sentence: str, subject: Span, *, start: int, end: int, closing: bool) -> ReportingClause | None:
    words = sentence[subject.start : subject.end].strip()
    aside = _SUBORDINATE.match(words)
    if aside and not _late_subject(words):
        inner = _clause(
            sentence, Span(subject.start + aside.end(), subject.end), start=start, end=end, closing=closing
        )
        return inner and replace(inner, aside=True)
    late = _LATE_PRONOUN.search(words) if OPENING.match(words) else None
    if late:
        return ReportingClause(None, start, end, pronoun=late["who"], closing=closing)
    if _PRONOUN.match(words):
        return ReportingClause(None, start, end, pronoun=words.lower(), closing=closing)
    if last_of_several(sentence, subject):
        return None
    speaker = speaker_of(sentence, subject)
    return ReportingClause(speaker, start, end, closing=closing) if speaker else None


def _late_subject(words: str) -> bool:
    """ "After Friday summit Trump said": an opening phrase without its comma."""
    parts = words.split()
    return parts[0].lower() in {"after", "before"} and 3 <= len(parts) <= 6 and parts[-2].islower()


def _according(sentence: str, masked: str) -> list[ReportingClause]:
    found = []
    for opening in _ACCORDING.finditer(masked):
        stop = _END_OF_SOURCE.search(masked, opening.end())
        end = stop.start() if stop else len(masked)
        if 0 < end - opening.end() <= 80:
            pronoun = _OBJECTS.get(masked[opening.end() : end].lower())
            found.append(
                ReportingClause(
                    None if pronoun else Span(opening.end(), end),
                    opening.start(),
                    end,
                    pronoun,
                    closing=opening.start() > 0,
                    inside=opening.start() > 0 and bool(_AFTER_SOURCE.match(masked, end)),
                    verb="according to",
                )
            )
    return found


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
