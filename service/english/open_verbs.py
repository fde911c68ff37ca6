"""Whoever stands with any verb at all right behind a quotation that goes on: "“No,” Roe bristled", "“Never!”
beamed the envoy". Which verbs these are no list tells."""

from collections.abc import Iterator
from dataclasses import replace

from retrieval.article import Span
from service.english.clauses import may_speak
from service.english.closed import ASKING, DETERMINERS, SUBJECTS, any_of
from service.english.letters import LINK, NAME_WORD
from service.english.names import named_alone
from service.english.offices import is_known_role
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.reporting_clause import ReportingClause, clause_of

_VERB = (
    rf"(?P<verb>(?!(?:{any_of(ASKING)}|means|meant|seems|seemed|remains|remained|appears|appeared|belongs"
    rf"|belonged"
    r"|reads|hears|learned|learns|discovered|discovers|finds|sees|noticed|notices|spotted|recognised|recognized"
    r"|directed|directs|starred|stars|played|plays|performs|performed)\b)"
    r"(?:[a-z]{2,}(?:ed|[a-rt-z]s)|spat|swore|shot back|broke in|cut in|chimed in|bit back|wept|sang|threw"
    r" in))"
)
_END = (
    r"(?=[.,;:—–]|$|\s(?:as|with|in|at|to|from|over|back|again|before|after|when|while|and|into|through"
    r"|on)\s)"
)
_WHO = (
    rf"(?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,3}}|(?:{any_of(SUBJECTS)})"
    rf"|(?i:{any_of(DETERMINERS)}|one)\s(?:[a-z-]+\s){{0,3}}?[a-z-]+)"
)
_OWN = lazily(rf"(?<={MASK})(?P<comma>,?)\s{_WHO}\s(?:[a-z]+ly\s)?{_VERB}{_END}")
_TURNED = lazily(rf"(?<={MASK})(?P<comma>,?)\s{_VERB}\s{_WHO}{_END}")


def beside_quote(sentence: str, masked: str) -> Iterator[ReportingClause]:
    for found in (*_OWN.finditer(masked), *_TURNED.finditer(masked)):
        who = Span(*found.span("who"))
        if masked[: found.start()].strip(f" {MASK}"):
            continue  # "After chants of “Shame!” the minister resigned"
        goes_on = found["comma"] or sentence[found.start() - 2] in ",?!—–-"
        clause = clause_of(sentence, who, start=found.start() + 1, end=found.end(), closing=True)
        if goes_on and clause and (clause.pronoun or _is_somebody(sentence, who)):
            yield replace(clause, verb=found["verb"])


def _is_somebody(sentence: str, who: Span) -> bool:
    words = sentence[who.start : who.end]
    return named_alone(sentence, who) is not None or may_speak(words) or is_known_role(words.split()[-1])
