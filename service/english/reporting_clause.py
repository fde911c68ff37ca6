"""A clause that reports what somebody says, and whom its subject names."""

import re
from dataclasses import dataclass, replace

from retrieval.article import Span
from service.english.adjuncts import Adjuncts
from service.english.clauses import is_group
from service.english.closed import FIRST, SUBJECTS, WHAT, WHEN, any_of
from service.english.letters import CAPITALISED
from service.english.names import OPENING, last_of_several, speaker_of
from service.english.offices import BODIES, SPEECHLESS
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.speech_verbs import STRONG, WEAK

RELATIVE = r"(?:(?:of|in|for|to|on|with|from|about|over)\s)?(?:which|whom)"
_SUBORDINATE = lazily(
    rf"^(?:{any_of(WHEN)}|after|before|if|because|although|since|unless|until|that|whether|as|once|what"
    rf"|who|(?-i:{RELATIVE}))\s",
    re.I,
)
_PRONOUN = lazily(rf"^(?P<who>{any_of(SUBJECTS, FIRST)})(?:[’'](?:ve|d|ll|m|re|s))?$", re.I)
_LATE_PRONOUN = lazily(rf"\s(?P<who>{any_of(SUBJECTS)})$")  # "Of Roe's remark he says"
# "Roe wrote again.", "The mayor replied within the hour."
NO_WORDS = lazily(
    r"\s?(?:again|back|at once|at last|later|next|in kind|[a-z]+ly|within [a-z ]{3,20}|the same (?:day"
    r"|evening|night))?\s?\.?\s?"
)
_PLACED = lazily(r"\s(?:of|in|at|from|for|on|over|by|with|to|near)\s")
# A speaker inside an aside, whose words the sentence quotes beside its own: "When Roe said “no”, Doe".
_ASIDE = lazily(
    rf"\b(?:[Ww]hen|[Aa]fter|[Aa]s|[Bb]ecause|[Ii]f|[Ww]hat|[Bb]efore|[Ss]ince|[Aa]lthough|[Tt]hough"
    rf"|[Ww]here)"
    rf"\s(?:{CAPITALISED}\s){{1,4}}(?:{STRONG}|{WEAK})[^,;:{MASK}]{{0,30}}[,:]?\s*{MASK}"
)
_NONE = Adjuncts()


@dataclass(frozen=True, slots=True)
class ReportingClause:
    """`speaker` is a span in the sentence; `pronoun` says that it only points back. `closing` marks a clause
    at the end of what it reports (", the agency reported"), `inside` one in the middle of it (", he said,").
    `aside` is one that only tells when or why another thing was ("when Roe said"); `act` marks what is done
    by words rather than told: "offered to leave", "denied the report"; `entry` what stands in front of a live
    blog's entry, which may be its topic."""

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
    entry: bool = False

    @property
    def told(self) -> bool:
        """Whether its verb takes the hearer bare."""
        return self.verb in {"told", "tells", "tell", "telling"}

    @property
    def reach(self) -> int:
        """Where it ends, its adjuncts included."""
        return max(self.end, self.adjuncts.end)


def clause_of(sentence: str, subject: Span, *, start: int, end: int, closing: bool) -> ReportingClause | None:
    words = sentence[subject.start : subject.end].strip()
    aside = _SUBORDINATE.match(words)
    if aside and aside.group().strip() in WHAT[1:] and sentence[subject.start - 2 : subject.start - 1] != ",":
        return None  # "Roe asked which Doe spoke"
    if aside and not _late_subject(words):
        inner = clause_of(
            sentence, Span(subject.start + aside.end(), subject.end), start=start, end=end, closing=closing
        )
        return inner and replace(inner, aside=True)
    late = _LATE_PRONOUN.search(words) if OPENING.match(words[:1].upper() + words[1:]) else None
    if late:
        return ReportingClause(None, start, end, pronoun=late["who"], closing=closing)
    if pronoun := _PRONOUN.match(words):
        return ReportingClause(None, start, end, pronoun=pronoun["who"].lower(), closing=closing)
    if last_of_several(sentence, subject):
        return None
    speaker = speaker_of(sentence, subject)
    if speaker and _is_thing(sentence[speaker.start : speaker.end]):
        return None
    return ReportingClause(speaker, start, end, closing=closing) if speaker else None


def _is_thing(words: str) -> bool:
    """ "The storm", "a week of rain": not "The Storm", which may be a newspaper."""
    head = _PLACED.split(words, maxsplit=1)[0].split()[-1]
    return head.removesuffix("s") in SPEECHLESS


def _late_subject(words: str) -> bool:
    """ "After Friday summit Trump said": an opening phrase without its comma."""
    parts = words.split()
    return parts[0].lower() in {"after", "before"} and 3 <= len(parts) <= 6 and parts[-2].islower()


def speaks_aside(masked: str) -> bool:
    """Whether the sentence quotes somebody in a clause that only tells when or why another spoke."""
    return bool(_ASIDE.search(masked))


def is_body(sentence: str, speaker: Span) -> bool:
    """Whether it is a body of people, which is "it" or "which"."""
    words = sentence[speaker.start : speaker.end]
    return (
        is_group(words)
        or words.split()[-1].lower() in BODIES
        or (words[:1].isupper() and "The " not in words)
    )
