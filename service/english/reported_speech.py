"""The grammar of reported speech in English news: verbs, names, and what stands beside them.

Works on one sentence whose quotations are masked (see quotation.py), by rules that prefer silence to a guess.
The patterns follow reporting style guides: subject and verb ("X said"), inversion after a quotation ("said
X"), apposition ("X, the envoy, said"), "according to X", and adjuncts of hearer, venue and day.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from retrieval.article import Span
from service.english.acts import ACT
from service.english.adjuncts import Adjuncts, trailing
from service.english.clauses import may_speak
from service.english.closed import (
    ARTICLES,
    BE,
    BEING,
    DETERMINERS,
    DO,
    FIRST,
    HAVE,
    MODALS,
    QUESTION_WORDS,
    SUBJECTS,
    UNITS,
    any_of,
)
from service.english.direct import PROGRESSIVE, direct, is_plural
from service.english.inverted import inverted, prevails
from service.english.letters import LINK, NAME_WORD
from service.english.names import OPENING
from service.english.nouns_of_saying import IN_VIEW, deeds
from service.english.offices import is_role
from service.english.open_verbs import beside_quote
from service.english.patterns import lazily
from service.english.quotation import MASK
from service.english.relayed import contrasted, gapped, of_name_before, relayed, went_to_say
from service.english.reporting_clause import NO_WORDS, ReportingClause, clause_of, is_body
from service.english.speech_verbs import (
    BARE,
    QUOTING,
    TAKES_HEARER,
    THINKING,
    TOLD_WHOM,
    VERB,
)
from service.english.subjects import before_verb, last_noun, leading_subject
from service.english.verbless import according, going_on, labelled, what_called
from service.english.what_is_read import as_paper, can_be_read, is_noun, is_read, names_paper

_NOT_SPEECH = lazily(
    rf"\b(?:{any_of(BE, BEING, ARTICLES)}|am|to|not|never|no longer|n[’']t|who|which|that|having|gets?"
    rf"|got)\s+$",
    re.I,
)
_AND = lazily(
    rf"(?P<quoted>{MASK})?\s(?:and|but|then)\s(?:(?:also|later|then|again|twice|since|[a-z]+ly"
    rf"|{any_of(HAVE)})\s){{0,2}}$"
)
_SOMEBODY = lazily(rf"(?<![\w’'-])(?:{any_of(DETERMINERS)}|{any_of(UNITS[:3])}|those|people|some)\s")
# "Roe, asked about it, said"
_WAS_ASKED = lazily(rf"\s(?:about|by|if|whether|{any_of(QUESTION_WORDS)}|on|for)\s[^;:.]{{1,120}},\s")
# "a pharmacist called Dina"
_NAMED = lazily(r"\b(?:[Aa]n?|one|the)\s[a-z-]+(?:\s[a-z-]+){0,3}\s$")
_ITS_NAME = lazily(rf"\s{NAME_WORD}(?:\s{NAME_WORD}){{0,3}}(?:[,.;]|$|\s(?:who|in|from|of|said|told)\b)")
_DOES = lazily(rf"\s(?:{any_of(DO)}|only)\s(?:[a-z]+ly\s)?$")
_WHO_DOES = lazily(
    rf",?\s(?:who|which)\s(?:(?:{any_of(HAVE)}|also|then|later|first|once|[a-z]+ly)\s){{0,2}}$"
)
_NOT_THEM = lazily(r"(?:\bnot|n[’']t)\s$")  # "It was not Roe who said"
_LAST_NAME = lazily(rf"{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,3}}$")
_HAD = lazily(r"^[^,;:]{1,80}\shad\s[^,;:]{1,80}$")
_COORDINATE = lazily(r"\s(?:and|but|while|whereas|though)\s")
_DOES_INSIDE = lazily(rf"\s(?:{any_of(BE, HAVE, MODALS)}|[a-z]+ed)\s")
# "Roe called it “absurd” and said": a part of what is told, not a quotation of its own
_MARKED_PART = lazily(r"[a-z]\s$")
_BE_SAID = lazily(r"\s+to\s")
_THAT = lazily(r",?\s+that\s")
_PAUSE = lazily(r"\s*(?:[a-z]+ly\s?)?,")
_QUOTE_NEXT = lazily(rf":\s*{MASK}")  # "Roe agreed: “Yes.”"
_SPOKEN_NEXT = lazily(
    rf"\s*(?:,\s*)?(?:(?:(?:in|at|on|by|after|during|to|from|through|with|for|since|before|over|under|within"
    rf"|ahead)\s[^,;:.{MASK}]{{1,60}}?\s|[a-z]+ly\s|again\s|twice\s)?that\s(?!to\s)|:|,?\s*{MASK})"
    rf"|,[^,;:.]{{1,60}},\s+that\s|\sto\s[^,;:.{MASK}]{{2,60}},\s[^,;:.{MASK}]{{2,50}},\sthat\s"
    rf"|\s(?:(?:the (?:next|same|following)|last|this)\s[a-z]+|[a-z]+\s[a-z]+ (?:later|ago))\sthat\s"
    rf"|[^;:.{MASK}]{{1,80}}:(?:\s|$)"
)
# Past these it isn't news prose, and the patterns would take their time over it.
LONGEST = 1200
MOST_VERBS = 16


def clauses(sentence: str, masked: str, *, acts: bool = False) -> tuple[ReportingClause, ...]:
    """The reporting clauses of a sentence, also those inside what another reports, in order. Kept."""
    return _clauses(sentence, masked, acts=acts) if len(masked) <= LONGEST else ()


@lru_cache(maxsize=2048)
def _clauses(sentence: str, masked: str, *, acts: bool) -> tuple[ReportingClause, ...]:
    verbs = list(VERB.finditer(masked))
    if len(verbs) > MOST_VERBS:
        return ()
    found: list[ReportingClause] = []
    floor = 0
    for verb in verbs:
        clause = (
            _at_verb(sentence, masked, verb, floor)
            or _joined(sentence, masked, verb, found)
            or (of_name_before(masked, _who(sentence, masked, verb, floor), found) if acts else None)
        )
        if clause and (acts or not (clause.act or clause.aside)):
            found.append(clause)
            if not (clause.closing or _WHO_DOES.search(masked, 0, clause.start)):
                floor = max(floor, _onward(masked, clause))
    other = contrasted(sentence, masked, found)
    found.extend([other] if other else ())
    found.extend(gapped(sentence, masked, found))
    found.extend(according(sentence, masked))
    found.extend(_done_by_words(sentence, masked, found) if acts else ())
    found.extend(going_on(sentence, masked, found))
    found.extend(beside_quote(sentence, masked) if not found else ())
    found.extend(labelled(sentence, masked) if not found else ())
    return tuple(sorted(found, key=lambda clause: (clause.start, clause.end)))


def _done_by_words(sentence: str, masked: str, found: list[ReportingClause]) -> Iterator[ReportingClause]:
    told = {one.end for one in found}
    yield from (one for one in what_called(sentence, masked) if one.end not in told)
    yield from relayed(sentence, masked)
    known = list(found)
    onward = [_onward(masked, one) for one in found if not (one.closing or one.inside)]
    for one in deeds(sentence, masked, onward):
        if one.verb == IN_VIEW and any(one.end <= other.start for other in found):
            continue  # "As far as pay is concerned, Roe told members,": not pay's, nor, surely, another's
        if all(one.end <= other.start or other.end <= one.start for other in known):
            known.append(one)
            yield one
    said = went_to_say(sentence, masked, max(onward, default=0)) if len(onward) == len(found) else None
    if said:
        yield said


def _onward(masked: str, clause: ReportingClause) -> int:
    """Where what a clause reports begins: behind "that", where that stands."""
    that = _THAT.match(masked, clause.reach)
    return that.end() if that else clause.reach


def _at_verb(sentence: str, masked: str, verb: re.Match[str], floor: int) -> ReportingClause | None:
    before = masked[: verb.start()]
    doing = PROGRESSIVE.search(before) if verb.group("doing") else None
    if (
        (verb.group("doing") and not doing)
        or (not doing and _NOT_SPEECH.search(before))
        or verb.start() < floor
        or (verb.group("paper") and not names_paper(masked, floor, verb.start()))
    ):
        return None
    if verb.group() == "asked" and before.endswith(", ") and _WAS_ASKED.match(masked, verb.end()):
        return None
    if verb.group() == "called" and _NAMED.search(before) and _ITS_NAME.match(masked, verb.end()):
        return None
    own = direct(sentence, masked, verb, floor, doing)
    if own and verb.group() in BARE and not _DOES.search(before) and not is_plural(sentence, own):
        return None
    if own and own.aside and verb.group() in ("put it", "puts it"):
        return None  # "as she puts it", which is told by what stands around it
    quoted = before.rstrip(" ,").endswith(MASK)
    behind = inverted(sentence, masked, verb)
    # "At the mill work goes on, said Roe"
    turned = quoted or OPENING.match(masked.lstrip()) is not None or prevails(sentence, masked, behind, own)
    clause = behind or own if turned else own or behind
    if verb.group("paper") or is_noun(masked, verb):
        return as_paper(sentence, own, verb) if verb.group("paper") else None
    if clause and verb.group() in {"read", "reads"} and not can_be_read(sentence, clause):
        return None
    if clause is None or (not verb.group("strong") and not _reports(masked, clause, verb)):
        if own is None or not (ACT.match(masked, verb.start()) or _stands_alone(masked, own, verb)):
            return None
        return replace(own, act=True, verb=verb.group(), closing=False, inside=False, adjuncts=Adjuncts())
    return replace(clause, verb=verb.group())


def _stands_alone(masked: str, own: ReportingClause, verb: re.Match[str]) -> bool:
    """ "Jane Roe asked.": what stands behind a quotation as a sentence of its own."""
    first = masked[: own.start]
    return MASK not in first and len(first.split()) < 6 and NO_WORDS.fullmatch(masked, verb.end()) is not None


def _joined(
    sentence: str, masked: str, verb: re.Match[str], found: list[ReportingClause]
) -> ReportingClause | None:
    """ "Roe shook her head and said": a verb with the subject of the one before it, or of the sentence."""
    joins = _AND.search(masked, 0, verb.start())
    if not joins or (
        joins["quoted"] and not (found and _MARKED_PART.search(masked[: joins.start()].rstrip(MASK)))
    ):
        return None
    if found and masked[: joins.start()].endswith(",") and _WHO_DOES.search(masked, 0, found[-1].start):
        return None  # "Roe met Doe, who called it “mad”, and said": whose it is isn't plain
    if verb.group("paper") and not (found and is_read(sentence, found[-1])):
        return None
    if _BE_SAID.match(masked, verb.end()) and not ACT.match(masked, verb.start()):
        return None
    start, end = verb.span()
    if _may_be_inner(sentence, masked, verb, found) or (joins["quoted"] and _is_deeper(masked, verb, found)):
        return None
    if found and not (found[-1].closing or found[-1].inside):
        clause = ReportingClause(found[-1].speaker, start, end, found[-1].pronoun)
    else:
        subject = leading_subject(masked, start)
        opened = clause_of(sentence, subject, start=start, end=end, closing=False) if subject else None
        if opened is None:
            return None
        clause = opened
    clause = replace(
        clause, verb=verb.group(), adjuncts=trailing(sentence, masked, end, tells=verb.group()[0] == "t")
    )
    if verb.group("strong") or _reports(masked, clause, verb):
        return clause
    acts = verb.group("paper") or ACT.match(masked, start)
    return replace(clause, act=True, adjuncts=Adjuncts()) if acts else None


def _may_be_inner(sentence: str, masked: str, verb: re.Match[str], found: list[ReportingClause]) -> bool:
    """ "Roe said the clerk had smiled and [promised]": whether it isn't plain whose a joined verb is."""
    if not found or found[-1].closing or found[-1].inside or found[-1].act:
        return False
    if not _HAD.match(masked[found[-1].reach : verb.start()]):
        return False
    that = _THAT.match(masked, found[-1].reach)
    subject = leading_subject(masked, verb.start(), start=that.end() if that else found[-1].reach)
    return subject is not None and _may_do(sentence, subject)


def _is_deeper(masked: str, verb: re.Match[str], found: list[ReportingClause]) -> bool:
    """ "Roe said Doe had called her “a liar” and [demanded]": who quotes in another's words."""
    last = found[-1]
    if last.closing or last.inside or last.act:
        return False
    before = found[-2] if len(found) > 1 else None
    if before and not (before.closing or before.inside or before.act):
        return not _COORDINATE.search(masked, before.reach, last.start)
    start = _onward(masked, last)
    does = leading_subject(masked, verb.start(), start=start)
    if last.verb in QUOTING or does is None:
        return False
    own = masked[does.start : does.end].lower() in SUBJECTS and " had " not in masked[start : verb.start()]
    return not own and _DOES_INSIDE.search(masked, does.end, verb.start()) is not None


def _may_do(sentence: str, subject: Span) -> bool:
    """Whether it is somebody, by name or by what they are."""
    words = sentence[subject.start : subject.end]
    if words.lower() in SUBJECTS:
        return False
    return not words[:1].islower() or may_speak(words) or is_role(words.split()[-1])


def _who(sentence: str, masked: str, verb: re.Match[str], floor: int) -> ReportingClause | None:
    """ "by Jane Roe, who reminded them that": whom a relative clause is about."""
    who = _WHO_DOES.search(masked, floor, verb.start())
    subject = last_noun(masked, before_verb(masked, who.start(), floor)) if who else None
    first = sentence[subject.start : subject.end].split()[0].lower() if subject else ""
    if subject and who and (not who.group().startswith(",") or first in (*FIRST, *SUBJECTS)):
        some = list(_SOMEBODY.finditer(masked, subject.start, subject.end))
        subject = Span(some[-1].start(), subject.end) if some else None  # "It was won by a boy who asked"
    clause = subject and clause_of(sentence, subject, start=verb.start(), end=verb.end(), closing=False)
    singular = who and "which" not in who.group() and verb.group() not in BARE | {"say", "tell"}
    if who and singular and not clause and (name := _LAST_NAME.search(masked, floor, who.start())):
        clause = clause_of(sentence, Span(*name.span()), start=verb.start(), end=verb.end(), closing=False)
    if not clause or clause.speaker is None or verb.group("doing") or verb.group("bare"):
        return None
    if _NOT_THEM.search(masked, 0, clause.speaker.start):
        return None
    if who and "which" in who.group() and not is_body(sentence, clause.speaker):
        return None
    if not (verb.group("strong") or _reports(masked, clause, verb) or ACT.match(masked, verb.start())):
        return None
    return replace(clause, verb=verb.group(), act=True)


def _reports(masked: str, clause: ReportingClause, verb: re.Match[str]) -> bool:
    """Whether a verb that also means other things reports speech here."""
    after = masked[clause.adjuncts.end if clause.adjuncts.end > verb.end() else verb.end() :]
    if verb.group() in TAKES_HEARER and TOLD_WHOM.match(masked, verb.end()):
        return True
    pauses = clause.closing or (clause.inside and _PAUSE.match(after) is not None)
    if pauses and (not verb.group("act") or verb.group() in THINKING):
        return True
    if not verb.group("act") and _SPOKEN_NEXT.match(after):
        return True
    if verb.group("act") and _QUOTE_NEXT.match(after):
        return True
    if verb.group() not in QUOTING:
        return False
    return MASK in re.split(r"[,;]", after, maxsplit=1)[0]
