"""Whose a verb is that stands before its subject: "“No,” said Jane Roe", ", reckons the envoy"."""

import re
from dataclasses import replace

from retrieval.article import Span
from service.english.adjuncts import trailing
from service.english.clauses import may_speak
from service.english.closed import DAYS, DETERMINERS, WHO, any_of, words_of
from service.english.letters import CAPITAL, NAME_WORD, REST, SHORTENED
from service.english.long_subjects import with_place
from service.english.names import name_of, named_alone
from service.english.offices import PREPOSITIONS
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.reporting_clause import ReportingClause, clause_of
from service.english.speech_verbs import THINKING
from service.english.standing import AFTER_INSIDE

_INVERTED_STOP = lazily(
    rf"[,;:.!?…()—–{MASK}](?!\w)"
    r"|\s(?:on|in|at|during|after|before|as|who|to|when|while|from|via|about|last|this|known|nicknamed"
    r"|dubbed|wearing|standing|holding|speaking)\s"
    rf"|\s(?:{any_of(DAYS)})|\s(?:today|yesterday)\b|$"
)
# "said an aide to Jane Roe": what follows belongs to the aide, and isn't who heard it.
_RELATED = lazily(
    r"\b(?:aide|advis[eo]r|assistant|envoy|ambassador|counsel|deputy|successor|heir|rival|close|delegate"
    r"|representative|consultant|messenger|secretary|liaison)$"
)
# "said the husband of the mayor, Ines Roe": whose the name is isn't plain
_OF_ANOTHER = lazily(
    r"\b(?:wife|husband|widow|widower|mother|father|parents?|son|daughter|brother|sister|aunt|uncle|cousin"
    r"|friend|neighbou?r|colleague|partner|rival|fan|critic|supporter|resident|patient|pupil|guest)s?(?:\s(?:of|from|in|at)\s|$)"
)
_TO_WHOM = lazily(rf" to (?:the )?{NAME_WORD}(?: {NAME_WORD})*")
_NAME_NEXT = lazily(rf"\s+(?=(?:[a-z][a-z-]+\s){{0,3}}{NAME_WORD}|(?:{any_of(DETERMINERS)})\s)")
_WORD_NEXT = lazily(r"\s+(?=[^\W\d_])")
_RELATIVE = lazily(rf",\s{WHO[0]}\s")
# The stop in "Sen. Smith" and "J. R. Smith" ends no sentence.
_SHORT = lazily(rf"\b(?:{CAPITAL}|{SHORTENED}|Sen|Rep|Gov|Gen|Dr|Mr|Mrs|Ms|Col|Lt|St)$")
_PREPOSITION = lazily(rf"(?:{any_of(sorted(PREPOSITIONS))})\s")
_PAPER = lazily(r"\b(?:report|letter|statement|notice|memo|note|document|text)$")
_TURNED = words_of(
    "said says say added adds asked warned warns insisted insists wrote argued argues conceded concedes"
    " explained explains noted notes recalled"
)
_NAME = rf"{NAME_WORD}(?: (?:[a-z]{{2,3}} ){{0,2}}{NAME_WORD})"
# "said its chairwoman, Jane Roe"; of "said the man who met the mayor, Jane Roe" it isn't plain who that is
_NAMED_NEXT = lazily(
    rf"(?:(?:\s(?:in|at|of|from|for|who)\s[^,;:.{MASK}]{{2,40}})?,\s+an?\s(?:[a-z-]+\s){{1,4}}(?:called|named)\s"
    rf"(?P<called>{_NAME}{{0,3}})"
    rf"|(?:\s(?:in|at|of|from|for)\s[^,;:.{MASK}]{{2,40}})?,\s+(?:(?:Dr|Prof|Gen|Mr|Mrs|Ms|Sir)\.?\s"
    rf"(?P<titled>{_NAME}{{0,3}})|(?P<who>{_NAME}{{1,3}})))(?=[,.;—–]|\s*$|\s{MASK})"
)


def inverted(sentence: str, masked: str, verb: re.Match[str]) -> ReportingClause | None:
    before = masked[: verb.start()].rstrip(" ,")
    unquoted = masked[: verb.start()].rstrip().endswith(",") and (
        verb.group() in _TURNED or verb.group() in THINKING
    )
    if not before.endswith(MASK) and not unquoted:
        return None
    # Without a quotation before it, only a name makes it an inversion: ", said Jane Roe".
    rest = (_WORD_NEXT if before.endswith(MASK) else _NAME_NEXT).match(masked, verb.end())
    if not rest or _PREPOSITION.match(masked, rest.end()):
        return None
    stop = _end_of_subject(masked, rest.end())
    to = _TO_WHOM.match(masked, stop) if _RELATED.search(masked, rest.end(), stop) else None
    stop = to.end() if to else stop
    subject = Span(rest.end(), stop)
    if not masked[subject.start : subject.end].strip():
        return None
    described = masked[subject.start].islower() and not re.search(
        rf"{CAPITAL}{REST}* {CAPITAL}", masked[subject.start : stop]
    )
    who = Span(stop, stop)
    if described and not to:
        who = Span(stop, with_place(masked, subject.start, stop))
        stop = who.end
        relative = _RELATIVE.match(masked, who.start, who.end)
        subject = subject if relative else Span(subject.start, stop)
    alone = (name_of(masked, subject) and not described) or _OF_ANOTHER.search(masked, subject.start, stop)
    named = None if alone else _NAMED_NEXT.match(masked, stop)
    subject, stop = (Span(*named.span(named.lastgroup or 0)), named.end()) if named else (subject, stop)
    clause = clause_of(sentence, subject, start=verb.start(), end=stop, closing=True)
    if clause and clause.speaker and clause.speaker.end == who.start < who.end:
        clause = replace(clause, speaker=Span(clause.speaker.start, who.end))
    if unquoted and (not clause or not clause.speaker or not _may_turn(sentence, clause.speaker)):
        return None
    inside = not before.endswith(MASK) and bool(AFTER_INSIDE.match(masked, stop))
    return clause and replace(clause, adjuncts=trailing(sentence, masked, stop, tells=False), inside=inside)


def prevails(sentence: str, masked: str, behind: ReportingClause | None, own: ReportingClause | None) -> bool:
    """Whether who stands behind a verb speaks rather than what before it seems to be its subject: "The board
    accepts, seven to two, said Roe.", "The parties meet in May, said Roe, “to count”."."""
    if not (behind and behind.speaker and own and own.speaker) or named_alone(sentence, own.speaker):
        return False
    rest = masked[behind.end :].strip()
    return rest in {"", "."} or (rest[0] == "," and named_alone(sentence, behind.speaker) is not None)


def _may_turn(sentence: str, span: Span) -> bool:
    """Whether it is somebody who speaks, not what is said: "said a diplomat who", never "said the talks"."""
    words = sentence[span.start : span.end]
    spoken_of = words.startswith(("a ", "an ")) or sentence[span.end :].strip() == "."
    return re.search(CAPITAL, words) is not None or (
        spoken_of and (may_speak(words) or _PAPER.search(words) is not None)
    )


def _end_of_subject(masked: str, start: int) -> int:
    at = start
    while stop := _INVERTED_STOP.search(masked, at):
        if stop.group() == "." and _SHORT.search(masked[start : stop.start()]):
            at = stop.end()
            continue
        return stop.start()
    return len(masked)
