"""The shape of a question: its question word, its auxiliary, whom or what it is about, and the rest."""

import re
from dataclasses import dataclass

from service.english import closed
from service.english.closed import any_of
from service.english.mentions import Mention, NameKind, mentions
from service.english.offices import BODIES, SETTLEMENTS, is_role
from service.english.verbs import BASES, is_verb
from service.english.words import SMALL

_AUX = f"(?:{any_of(closed.ASKING)})"
_DO = re.compile(any_of(closed.DO, closed.MODALS), re.I)
# They show where a subject in lower case ends.
_VERB = rf"(?:{'|'.join(BASES)})"
_FRAME = re.compile(rf"^(?P<wh>[^?]*?)(?P<aux>\b{_AUX}\b)\s+(?P<rest>.+)$", re.I | re.S)
_OPENS = re.compile(
    r"(?:(?:and|but|so|by|for|of|in|on|at|to|with|from|about|against|since|until)\s+)?"
    rf"(?:{any_of(closed.QUESTION_WORDS)})\b(?!\s+(?:{any_of(closed.SUBJECTS, closed.FIRST)})\b)"
    r"(?:\s+\S+){0,5}\s*$",
    re.I,
)
_SUBJECT = re.compile(rf"^(?P<who>(?:[\w.’'-]+\s+){{0,5}}?[\w.’'-]+)\s+(?P<verb>{_VERB})\b", re.I)
_PRONOUN = re.compile(
    rf"^(?:{any_of(closed.SUBJECTS, closed.FIRST, closed.OBJECTS, closed.DEMONSTRATIVES)}|there"
    r"|anyone|anybody|one)\b",
    re.I,
)
_DETERMINED = re.compile(rf"^(?:{any_of(closed.DETERMINERS)}|some|many|most)\s", re.I)
_GROUP = re.compile(
    r"\b(?:union|police|government|company|firm|team|club|court|jury|army|party|council|ministry|board|bank"
    r"|committee|agency|commission|parliament|opposition|family|band|airline|crew|university|hospital)$"
)
_SOMEBODY = re.compile(
    r"\b(?:\w+(?:ers?|ors?|ists?|ians?|m[ae]n|ees|ants?)|chiefs?|mayors?|presidents?|kings?|queens?"
    r"|(?:boss|witness|waitress|actress|stewardess|headmistress|coach)(?:es)?|families|residents?|students?"
    r"|experts?|officials?|police|prosecution|victims?|nurses?|judges?|aides?|captains?"
    r"|wife|husband|(?:grand)?(?:mother|father|son|daughter)|brother|sister|aunt|uncle|cousin|niece|nephew"
    r"|widow|people|rebels?|parents?|m[ae]n|wom[ae]n"
    r"|boys?|girls?)$"
)
# What ends as somebody does: "the offer", "a projector"
_THINGS = closed.words_of(
    "offer order number matter tower water winter power corner counter border weather shoulder finger dinner"
    " supper shelter server computer projector printer trailer container tanker freighter trawler steamer"
    " bomber"
    " helicopter rubber timber lumber silver butter chapter register poster banner folder drawer cover layer"
    " chamber quarter disaster danger anger hunger murder fever cancer error terror horror mirror sector"
    " factor"
    " motor reactor tractor corridor floor door harbor minor elevator generator plant restaurant grant"
    " warrant"
    " covenant remnant fee tree degree guarantee coffee river pier barrier wafer laser filter meter boiler"
    " heater"
    " charter transfer buffer trigger"
)
_LOWER = re.compile(r"(?P<who>[a-z][a-z-]+) (?P<verb>[a-z]+)\b")
SPEECH = re.compile(r"\b(?:say|tell|think|claim|announce|warn|argue|talk|speak|explain|respond)\b", re.I)


@dataclass(frozen=True, slots=True)
class QuestionClause:
    """Of "What did Jane Roe tell the BBC?": "What", "did", "Jane Roe", "tell the BBC". Each part stands in
    `text`, the question without its mark; `subject` is empty where it isn't plain what the subject is."""

    text: str
    wh: str
    aux: str
    subject: str
    predicate: str
    subject_at: int

    @property
    def plural(self) -> bool:
        words = self.subject.split()
        several = bool(re.search(r"\sand\s", self.subject)) or bool(
            words and words[-1].islower() and re.search(r"(?:[^s]s|men|people|police)$", words[-1])
        )
        return several or (self.aux.lower() in closed.SINGULAR and bool(words))

    def pronominal(self) -> bool:
        return bool(_PRONOUN.match(self.subject))

    def with_subject(self, subject: str) -> str:
        at = self.subject_at
        return self.text[:at] + subject + self.text[at + len(self.subject) :]


def clause(question: str) -> QuestionClause:
    text = question.strip().rstrip("?!. ")
    frame = _FRAME.match(text)
    if not frame or (frame["wh"] and not _OPENS.match(frame["wh"])):
        return QuestionClause(text, "", "", "", text, 0)
    at = frame.start("rest")
    does = bool(_DO.fullmatch(frame["aux"]))
    acts = does or frame["aux"].lower() in closed.HAVE
    subject = _subject(text, at, does=does, acts=acts)
    rest = text[at + len(subject) :].strip()
    return QuestionClause(text, frame["wh"].strip(), frame["aux"], subject, rest, at)


def _subject(text: str, at: int, *, does: bool, acts: bool) -> str:
    named = next((m for m in mentions(text) if _starts(m, at)), None)
    rest = text[at:]
    if named is not None:
        both = re.match(r"\s+and\s+", text[named.end :])
        other = named.end + both.end() if both else 0
        second = next((m for m in mentions(text) if both and m.start == other), None)
        return text[at : second.end if second else named.end]
    pronoun = _PRONOUN.match(rest)
    if pronoun:
        return pronoun.group()
    found = _SUBJECT.match(rest) if does else None
    if found and found["who"].lower() not in closed.DETERMINERS:
        return found["who"]
    return _acting(rest) if acts else ""


def _acting(rest: str) -> str:
    """ "The league" of "the league count"; "roe" of "roe hold", where the second word alone is a verb."""
    words = rest.split(" ")
    if words[0].lower() == "the":
        phrases = (" ".join(words[:length]) for length in (3, 2))
        return next((one for one in phrases if one.islower() and may_act(one)), "")
    one = _LOWER.match(rest)
    alone = one is not None and not is_verb(one["who"]) and one["who"] not in SMALL and is_verb(one["verb"])
    return one["who"] if one is not None and alone else ""


def _starts(mention: Mention, at: int) -> bool:
    """Whether a name begins there; an office may stand before it ("President Jane Roe")."""
    return mention.kind is not NameKind.DAY and mention.start == at


def is_group(subject: str) -> bool:
    """Whether a phrase in lower case names a body of people, "the union", that is "it" or "they"."""
    return bool(_GROUP.search(subject))


def may_speak(phrase: str) -> bool:
    """Whether a phrase in lower case is of somebody: "the mediator", "the families"."""
    head = phrase.partition(" of ")[0]
    last = head.rpartition(" ")[2].lower().removesuffix("s")
    return is_group(head) or (last not in _THINGS and bool(_SOMEBODY.search(head)))


def is_body_phrase(phrase: str) -> bool:
    """Whether a phrase in lower case is of a body or a place that does things: "the league"."""
    last = phrase.partition(" of ")[0].rpartition(" ")[2].lower()
    return is_group(phrase) or last in BODIES or last in SETTLEMENTS or last == "county"


def may_act(phrase: str) -> bool:
    """Whether it is of somebody, or of such a body."""
    head = phrase.partition(" of ")[0].rpartition(" ")[2].lower()
    return may_speak(phrase) or is_role(head) or is_body_phrase(phrase)


def somebody_in(text: str) -> bool:
    """Whether a text speaks of somebody in lower case: "has the actor"."""
    phrases = re.finditer(r"\b(?:the|an?) ((?:[a-z-]+(?: |\b)){1,3})", text)
    return any(may_speak(word) for phrase in phrases for word in phrase[1].split())


def is_phrase(text: str) -> bool:
    """Whether words in lower case are introduced as a thing: "the owners"."""
    return bool(_DETERMINED.match(text))
