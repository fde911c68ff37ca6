"""The grammar of reported speech in English news: verbs, names, and what stands beside them.

Works on one sentence whose quotations are masked (see quotation.py), by rules that prefer silence to a guess.
The patterns follow reporting style guides: subject and verb ("X said"), inversion after a quotation ("said
X"), apposition ("X, the envoy, said"), "according to X", and adjuncts of hearer, venue and day.
"""

import re
from dataclasses import dataclass, replace

from retrieval.article import Span
from service.english.adjuncts import Adjuncts, is_outlet, leading, trailing
from service.english.closed import ARTICLES, BE, BEING, DAYS, FIRST, HAVE, MODALS, SUBJECTS, WHEN, any_of
from service.english.letters import CAPITAL, CAPITALISED, NAME_WORD, SHORTENED
from service.english.names import ONLY_NAME, OPENING, last_of_several, name_of, speaker_of
from service.english.quotation import MASK

# Verbs that report speech whatever follows them, and verbs that do so beside a quotation or "that".
_STRONG = "said|says|say|told|tells|tell|tweeted|reiterated|insisted|insists|argued|argues"
_WEAK = (
    "added|adds|continued|continues|warned|warns|confirmed|confirms|reported|reports|report|claimed|claims|claim"
    "|stated|states|noted|notes|explained|explains|announced|announces|acknowledged|admitted|admits"
    "|declared|denied|denies|stressed|emphasi[sz]ed|suggested|suggests|wrote|writes|posted|replied|responded"
    "|asked|answered|answers|retorted|asserted|alleged|alleges|allege|clarified|concluded|conceded|recalled|recalls|remarked|urged|vowed"
    "|pledged|promised|repeated|testified|quipped|joked|predicted|predicts|revealed|disclosed|signall?ed"
    "|hinted|described|describes|called|indicated|underlined|underscored|commented|complained|estimated"
    "|cautioned|countered|observed|maintained|maintains|lamented|boasted|pointed out"
)
_VERB = re.compile(rf"(?<![\w’'-])(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))(?![\w’'-])")
_NOT_SPEECH = re.compile(
    rf"\b(?:{any_of(BE, BEING, ARTICLES)}|to|not|never|n[’']t|who|which|that|having|get|gets|got)\s+$",
    re.I,
)
_ADVERBS = re.compile(
    rf"(?:,?\s+(?:{any_of(HAVE)}|also|later|then|again|further|earlier|already|since|once|now|today"
    r"|himself|herself|themselves|however|though|meanwhile|instead|in turn|[a-z]+ly))+,?\s+$"
)
_BOUNDARY = re.compile(rf"[,;:()…—–{MASK}\n]|\s-{{1,2}}\s")
_CONJUNCTION = re.compile(
    r"^(?:but|and|yet|still|so|nor|or|meanwhile|however|while|whereas|though|then|afterwards|later|earlier)\s+",
    re.I,
)
_SUBORDINATE = re.compile(
    rf"^(?:{any_of(WHEN)}|after|before|if|because|although|since|unless|until|that|whether|as|once|what|who)\s",
    re.I,
)
_FULL_NAME = re.compile(rf"^(?!A ){NAME_WORD}(?: (?:[a-z]{{2,3}} ){{0,2}}{NAME_WORD}\.?){{1,3}}$")
_PRONOUN = re.compile(rf"^(?:{any_of(SUBJECTS, FIRST)})$", re.I)
_INVERTED_STOP = re.compile(
    rf"[,;:.!?()—–{MASK}](?!\w)|\s(?:on|in|at|during|after|before|as|who|to|when|while|from|via|about|last|this)\s"
    rf"|\s(?:{any_of(DAYS)})|\s(?:today|yesterday)\b|$"
)
# What stands before an "and" that joins clauses, not names.
_CLAUSE = re.compile(rf"(?<![\w’'-])(?:{any_of(BE, HAVE, MODALS)}|may|might|{_STRONG})\s")
_WHOSE = re.compile(r",\s+(?:whose|whom|to whom|in which|where)\s[^,]*,")
# A speaker inside an aside, whose words the sentence quotes beside its own: "When Roe said “no”, Doe".
_ASIDE = re.compile(
    rf"\b(?:[Ww]hen|[Aa]fter|[Aa]s|[Bb]ecause|[Ii]f|[Ww]hat|[Bb]efore|[Ss]ince|[Aa]lthough|[Tt]hough|[Ww]here)"
    rf"\s(?:{CAPITALISED}\s){{1,4}}(?:{_STRONG}|{_WEAK})[^,;:{MASK}]{{0,30}}[,:]?\s*{MASK}"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
# "said an aide to Jane Roe": what follows belongs to the aide, and isn't who heard it.
_RELATED = re.compile(
    r"\b(?:aide|advis[eo]r|assistant|envoy|ambassador|counsel|deputy|successor|heir|rival|close|delegate"
    r"|representative|consultant|messenger|secretary|liaison)$"
)
_TO_WHOM = re.compile(rf" to (?:the )?{NAME_WORD}(?: {NAME_WORD})*")
_IN_BRACKETS = re.compile(r"\s?\([^()]{1,60}\)\s*$")  # "Jane Roe (41)"
_NAME_NEXT, _WORD_NEXT = re.compile(rf"\s+(?={NAME_WORD})"), re.compile(r"\s+(?=[^\W\d_])")
# The stop in "Sen. Smith" and "J. R. Smith" ends no sentence.
_SHORT = re.compile(rf"\b(?:{CAPITAL}|{SHORTENED}|Sen|Rep|Gov|Gen|Dr|Mr|Mrs|Ms|Col|Lt|St)$")
_END_OF_SOURCE = re.compile(
    rf"[,;:()—–{MASK}]|(?<!\b{CAPITAL})(?<!\b(?:Co|Jr|Sr))(?<!\b(?:Ltd|Inc))\.(?:\s|$)"
    r"|\s(?:on|in|who|which|that|and)\s|$"
)
_SOURCE_OF_OUTLET = re.compile(r",\s*(?:quoting|citing)\s+")
# Past these it isn't news prose, and the patterns would take their time over it.
LONGEST = 1200
MOST_VERBS = 10
_NONE = Adjuncts()


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """`speaker` is a span in the sentence; `pronoun` says that it only points back. `closing` marks a clause
    at the end of what it reports (", the agency reported")."""

    speaker: Span | None
    start: int
    end: int
    pronoun: str | None = None
    closing: bool = False
    adjuncts: Adjuncts = _NONE


def clauses(sentence: str, masked: str) -> tuple[ReportingClause, ...]:
    """The reporting clauses of a sentence that report for it: those inside a "that" clause do not."""
    verbs = list(_VERB.finditer(masked))
    if len(masked) > LONGEST or len(verbs) > MOST_VERBS or _ASIDE.search(masked):
        return ()
    found = [clause for verb in verbs if (clause := _at_verb(sentence, masked, verb))]
    found.extend(_according(sentence, masked))
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.end)))


def _at_verb(sentence: str, masked: str, verb: re.Match[str]) -> ReportingClause | None:
    before = masked[: verb.start()]
    if _NOT_SPEECH.search(before):
        return None
    direct = _direct(sentence, masked, verb)
    quoted = before.rstrip(" ,").endswith(MASK)
    clause = (
        _inverted(sentence, masked, verb) or direct if quoted else direct or _inverted(sentence, masked, verb)
    )
    if clause is None or (verb.group("weak") and not _reports(masked, clause, verb)):
        return None
    return clause


def _reports(masked: str, clause: ReportingClause, verb: re.Match[str]) -> bool:
    """Whether a verb that also means other things reports speech here."""
    after = masked[clause.adjuncts.end if clause.adjuncts.end > verb.end() else verb.end() :]
    if clause.closing or re.match(rf"\s*(?:,\s*)?(?:that\s|:|,?\s*{MASK})", after):
        return True
    if verb.group() not in {"described", "describes", "called", "wrote", "warned", "denied"}:
        return False
    return MASK in re.split(r"[,;]", after, maxsplit=1)[0]


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
    clause = _clause(sentence, subject, start=verb.start(), end=stop, closing=True)
    return clause and replace(clause, adjuncts=trailing(sentence, masked, stop, tells=False))


def _end_of_subject(masked: str, start: int) -> int:
    at = start
    while stop := _INVERTED_STOP.search(masked, at):
        if stop.group() == "." and _SHORT.search(masked[start : stop.start()]):
            at = stop.end()
            continue
        return stop.start()
    return len(masked)


def _direct(sentence: str, masked: str, verb: re.Match[str]) -> ReportingClause | None:
    adverbs = _ADVERBS.search(masked[: verb.start()])
    end = adverbs.start() if adverbs else len(masked[: verb.start()].rstrip())
    between = leading(sentence, masked[:end])
    end = between.start if between else end
    head = masked[:end]
    apposed = head.rstrip().endswith(",")
    subject = _apposed(masked, head.rstrip().rstrip(",").rstrip()) if apposed else _segment(masked, end)
    if subject is None:
        return None
    closing = masked[: subject.start].rstrip(" ,").endswith(MASK) or _closes(
        masked, subject.start, verb.end()
    )
    clause = _clause(sentence, subject, start=subject.start, end=verb.end(), closing=closing)
    if clause is None:
        return None
    beside = trailing(sentence, masked, verb.end(), tells=verb.group() in {"told", "tells", "tell"})
    front = _front(sentence, masked, subject.start)
    return replace(clause, adjuncts=beside.filled_from(between).filled_from(front))


def _closes(masked: str, start: int, end: int) -> bool:
    """Whether a clause stands after a comma with nothing to report behind it: ", the agency reported."."""
    return masked[:start].rstrip().endswith(",") and bool(
        re.match(
            r"(?:\s+(?:on\s+)?\w+day)?\s*(?:[.!?]|,\s*(?:quoting|citing|adding|without|and|but)\b|$)",
            masked[end:],
        )
    )


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


def _segment(masked: str, end: int) -> Span | None:
    """The words between the last boundary and the verb."""
    start = 0
    for boundary in _BOUNDARY.finditer(masked, 0, end):
        start = boundary.end()
    joined = [found.end() for found in re.finditer(r"\s(?:while|whereas|but)\s", masked[start:end])]
    joined += [
        found.end()
        for found in re.finditer(r"\sand\s", masked[start:end])
        if _CLAUSE.search(masked, start, start + found.start())
    ]
    start += max(joined, default=0)
    return _stripped(masked, start, end)


def _stripped(masked: str, start: int, end: int) -> Span | None:
    while start < end and not masked[start].isalnum():
        start += 1
    aside = _IN_BRACKETS.search(masked, start, end)
    end = aside.start() if aside else end
    conjunction = _CONJUNCTION.match(masked[start:end])
    start += conjunction.end() if conjunction else 0
    return Span(start, end) if start < end else None


def _apposed(masked: str, head: str) -> Span | None:
    """The subject of "A, B, said": A if it is a name, else B if it is one, else A."""
    comma = head.rfind(",")
    if comma < 0 or MASK in head[comma:] or _WHOSE.search(head + ","):
        return None
    inner = _stripped(masked, comma + 1, len(head))
    last = head.rfind(",", 0, comma)
    beside = _stripped(masked, last + 1, comma)
    if last > 0 and beside and _FULL_NAME.match(masked[beside.start : beside.end]):
        return beside
    first = head.find(",")
    after = 0
    while first < comma and OPENING.match(masked[after:first].strip()):
        after, first = first + 1, head.find(",", first + 1)
    opening = after
    for boundary in re.finditer(rf"[{MASK};:—–]", head):
        opening = max(opening, boundary.end())
    if opening > first:
        first = head.find(",", opening)
    outer = _stripped(masked, opening, first) if first > opening else None
    if (
        outer
        and name_of(masked, outer)
        and not masked[outer.start : outer.end].lower().startswith(("the ", "a "))
    ):
        return outer if len(head) - first < 140 else None
    if inner and ONLY_NAME.match(masked[inner.start : inner.end]):
        return inner
    return outer if outer and comma == first else None


def _clause(sentence: str, subject: Span, *, start: int, end: int, closing: bool) -> ReportingClause | None:
    words = sentence[subject.start : subject.end].strip()
    if _PRONOUN.match(words):
        return ReportingClause(None, start, end, pronoun=words.lower(), closing=closing)
    if (_SUBORDINATE.match(words) and not _late_subject(words)) or last_of_several(sentence, subject):
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
            found.append(
                ReportingClause(Span(opening.end(), end), opening.start(), end, closing=opening.start() > 0)
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
