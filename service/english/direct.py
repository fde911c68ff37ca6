"""Whose a verb is that stands behind its subject: "X, the envoy, has also said"."""

import re
from dataclasses import replace

from retrieval.article import Span
from service.english.adjuncts import Adjuncts, leading, trailing
from service.english.closed import (
    ARTICLES,
    BE,
    DEMONSTRATIVES,
    DETERMINERS,
    DO,
    FIRST,
    HAVE,
    MODALS,
    SUBJECTS,
    UNITS,
    any_of,
)
from service.english.letters import LINK, NAME_WORD
from service.english.long_subjects import LongSubject, long_subject, places
from service.english.offices import is_doing
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.reporting_clause import RELATIVE, ReportingClause, clause_of
from service.english.speech_verbs import QUOTING
from service.english.standing import closes, ends_sentence, front, goes_with, stands_inside
from service.english.subjects import apposed, before_verb, stripped

_NO_ADVERB = r"(?:assembly|family|ally|supply|reply|rally|bully|monopoly)\b"
_ADVERBS = lazily(
    rf"(?:(?:,|(?<!\s))\s+(?:{any_of(HAVE)}|also|later|then|again|further|earlier|already|since|once|now|today"
    rf"|yesterday|tonight"
    rf"|himself|herself|themselves|however|though|meanwhile|instead|in turn|just|(?:{any_of(MODALS)}) only"
    rf"|{any_of(DO)}|so far|for now|at first|at once|in the end|in effect|in public|in private|yet|still"
    r"|twice|always|often|both|all|long|first|soon|only|rather|nonetheless|nevertheless|in return|in response"
    r"|in fact|of course|as well|at last|at length|for (?:years|months|weeks|days)|by then|until now|to date"
    rf"|thus far|more than once|even|too|(?!{_NO_ADVERB})[a-z]+ly)){{1,5}},?\s+$"
)
_IN_PLACE = lazily(rf"\s(?:in|at)\s(?:the )?{NAME_WORD}(?:{LINK}{NAME_WORD})*$")
_COMMON_NOUN = lazily(
    rf"(?:^|\s)(?:the|an?|{any_of(UNITS[:3])}|several|some|many|both|all|its|officials|analysts|diplomats"
    rf"|sources|people|residents"
    r"|traders|campaigners)(?:\s[a-z-]+){0,3}$",
    re.I,
)
PROGRESSIVE = lazily(
    rf"\s(?:{any_of(BE)}|(?:{any_of(HAVE)}) been)(?:\s(?:now|also|still|already"
    rf"|again|even|then))?(?:\squoted as)?\s$"
)
_PLURAL = lazily(
    r"[^s’']s$|\s(?:and|&)\s|(?:people|police|men|women|s [a-z]+ [^.]+)$|^(?:both|most"
    r"|many|some|all|several|few)\b|\w+s\s(?:of|in|at|from|close|for|on)\s",
    re.I,
)
# In "I'll take questions", "Roe raised claims", "the pilots striking" what seems to be a verb is none.
_NO_SUBJECT = lazily(
    rf"\s(?:{any_of(DEMONSTRATIVES[2:])})$|(?i:(?:^|(?<!\bof)\s)(?:{any_of(DETERMINERS)})$)"
    r"|[’'](?:ll|ve|d)\s|n[’']t$|(?i:[a-z]s)\s[a-z]+ing$"
    r"|\w\s(?:made|raised|took|gave|got|kept|met|faced|ignored|dropped|renewed|repeated|issued|voiced|heard"
    r"|answered|rejected)$"
)
_BY_WHOM = lazily(rf"\sby\s(?:{any_of(DETERMINERS)}|{NAME_WORD})")
_TELLS_WHEN = lazily(r"(?:after|before|because|until|since)\s")
# "The official [report]", not "The official [added]"
_ADJECTIVE = lazily(
    r"^(?:[Aa]n?|[Tt]he)\s(?:previous|latest|final|first|second|recent|new|early|initial|official|joint"
    r"|public|formal|open|written)$"
)
_SUBORDINATED = lazily(r"\s(?:after|because|before|although|when|until|since|(?:in|of|to|for|on) which)\s$")
_RELATIVE = lazily(rf"{RELATIVE}\s")
_OPENLY = lazily(r"\b(?:speak|talk|comment)\s(?:publicly|openly|freely)(?=\s)")
# “No,” the union's envoy, [Jane Roe, said]
BESIDE_QUOTE = lazily(rf"{MASK}\s[^,;:.{MASK}]{{1,80}},\s*$")


def direct(
    sentence: str, masked: str, verb: re.Match[str], floor: int, doing: re.Match[str] | None = None
) -> ReportingClause | None:
    adverbs = doing or _ADVERBS.search(masked[: verb.start()])
    if adverbs and adverbs.group().rstrip().endswith(",") and not adverbs.group().startswith(","):
        adverbs = None  # "who won't speak publicly, said"
    end = adverbs.start() if adverbs else len(masked[: verb.start()].rstrip())
    last = end
    between = _between(sentence, masked, end)
    end = between.start if between else end
    head = masked[:end].rstrip()
    if head.endswith((" and", " but", " then")):
        return None
    clause, subject, relative = None, _set_apart(masked, head, adverbs, floor), False
    apart = subject is not None
    if subject is None and head[-1:] != ",":
        subject = before_verb(masked, end, floor)
    if subject and not _is_none(masked, subject, verb):
        relative = _RELATIVE.match(masked, subject.start) is not None  # ", which Roe denies"
        closing = not relative and _closes(masked, subject.start, verb.end())
        clause = clause_of(sentence, subject, start=subject.start, end=verb.end(), closing=closing)
    whole = (
        None
        if clause and _is_all(masked, clause, last, floor)
        else _whole(masked, _spoken_openly(masked, last, verb.start()), floor)
    )
    if whole and (not clause or _is_part(clause, whole)):
        subject, relative = Span(whole.start, whole.who.end), False
        closing = _closes(masked, whole.start, verb.end())
        clause = ReportingClause(whole.who, whole.start, verb.end(), closing=closing)
    if clause is None or subject is None:
        return None
    aside = clause.aside or _SUBORDINATED.search(masked, 0, subject.start) is not None
    beside = trailing(sentence, masked, verb.end(), tells=verb.group() in {"told", "tells", "tell"})
    beside = beside.filled_from(between).filled_from(front(sentence, masked, subject.start))
    inside = not (relative or (closing and goes_with(masked, verb.end()))) and stands_inside(
        masked, subject.start, verb.end(), floor, apart=apart
    )
    clause = replace(clause, aside=aside, adjuncts=beside, inside=inside, verb=verb.group())
    return replace(clause, closing=closing or (not relative and ends_sentence(masked, clause, floor)))


def _spoken_openly(masked: str, end: int, verb: int) -> int:
    """Of "not authorised to speak publicly [said]" where the adverb ends: it isn't how it was said."""
    openly = _OPENLY.search(masked, max(0, end - 9), verb)
    return openly.end() if openly and openly.start() <= end <= openly.end() else end


def _whole(masked: str, end: int, floor: int) -> LongSubject | None:
    """Who speaks by a long phrase that ends there."""
    end = len(masked[:end].rstrip())
    first = stripped(masked, floor, end)
    return long_subject(masked, end, places(masked, floor, end, first.start)) if first else None


def _is_all(masked: str, clause: ReportingClause, end: int, floor: int) -> bool:
    """Whether it leaves nothing out that stands before the verb."""
    who = clause.speaker
    return who is None or not masked[floor : who.start].strip() + masked[who.end : end].strip()


def _is_part(clause: ReportingClause, whole: LongSubject) -> bool:
    """Whether what a clause names stands within it, or beside it before the verb."""
    return clause.speaker is not None and clause.speaker.start >= whole.start


def _between(sentence: str, masked: str, end: int) -> Adjuncts | None:
    """ "X on Sunday" [said]; not "an official in Rome", where it tells which."""
    found = leading(sentence, masked[:end])
    if not found or not _IN_PLACE.search(masked, found.start, found.end):
        return found
    return None if _COMMON_NOUN.search(masked, 0, found.start) else found


def _is_none(masked: str, subject: Span, verb: re.Match[str]) -> bool:
    if _NO_SUBJECT.search(masked, subject.start, subject.end):
        return True
    if verb.group() in QUOTING and _BY_WHOM.match(masked, verb.end()):
        return True  # "a request described by the envoy as “odd”"
    noun = not verb.group().endswith("ed") and verb.group() not in ("said", "told")
    if noun and _ADJECTIVE.match(masked[subject.start : subject.end]):
        return True
    return verb.group().endswith("s") and _has_verb(masked, subject)


def _closes(masked: str, start: int, end: int) -> bool:
    if _TELLS_WHEN.match(masked, start):
        return False  # "accused her of “greed” after officials warned"
    beside = masked[:start].rstrip(" ,").endswith(MASK) or BESIDE_QUOTE.search(masked, 0, start) is not None
    return beside or closes(masked, start, end)


def _set_apart(masked: str, head: str, adverbs: re.Match[str] | None, floor: int) -> Span | None:
    """The subject before a comma: "Roe, the envoy, said", "Roe, who leads it, has said"."""
    if head[-1:] == ",":
        return apposed(masked, head.rstrip(",").rstrip(), floor)
    if head[-1:] in ("—", "–") and (first := masked.rfind(head[-1], floor, len(head) - 1)) > floor:
        return before_verb(masked, first, floor)
    behind = adverbs is not None and adverbs.group().startswith(",") and "," in head[floor:]
    return apposed(masked, head, floor) if behind else None


def _has_verb(masked: str, subject: Span) -> bool:
    """Whether a subject that begins with an article goes on over a verb: "the panel counted two [calls]"."""
    words = masked[subject.start : subject.end].split()
    return words[0].lower() in ARTICLES and any(is_doing(word) for word in words[2:] if word.islower())


def is_plural(sentence: str, clause: ReportingClause) -> bool:
    if clause.speaker is None:
        return clause.pronoun in (*FIRST, SUBJECTS[-1])
    words = sentence[clause.speaker.start : clause.speaker.end]
    return _PLURAL.search(words) is not None
