"""Whom "he" and "they" mean, and what "it" is, after what was said.

The nearest exchange counts first and in it the subject asked about, as in centering theory (Grosz, Joshi
& Weinstein, Centering: A Framework for Modeling the Local Coherence of Discourse, 1995). What could be
two people stays as it was asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.answering import PARLEY, Policy, Rule
from service.english import (
    ARTICLES,
    BE,
    CAPITAL,
    CAPITALISED,
    DO,
    HAVE,
    HE,
    OWNERS,
    SHE,
    SINGULAR,
    THEY,
    WHO,
    Mention,
    NameKind,
    any_of,
    bare_name,
    clause,
    is_body_phrase,
    is_group,
    is_phrase,
    lazily,
    may_speak,
    mentions,
    of_women,
    somebody_in,
)

_HE_OR_SHE = lazily(rf"\b(?P<she>{any_of(SHE)})\b|\b(?P<he>{any_of(HE)})\b", re.I)
_EITHER = lazily(r"\b(?:he or she|she or he|his or her|him or her)\b", re.I)
_THEY = lazily(rf"\b(?:{any_of(THEY)})\b", re.I)
_IT = lazily(r"\b(?:it|its)\b", re.I)
_EXPLETIVE = lazily(
    r"\bit\s+(?:true|possible|likely|clear|certain|known|seems?|appears?|takes?|that\b)"
    r"|\bthere\b.*\bit\b|^(?:what|how) about it\b",
    re.I,
)
_IS_IT_SO = lazily(rf"(?:{any_of(BE)}) it [a-z]+(?<!ed)[?!. ]*$", re.I)  # "was it enough?": what was told
_EVENT = (
    r"(?:summit|meeting|talks|conference|vote|election|referendum|attack|bombing|shooting|strike|fire|blaze|flood"
    r"|storm|hurricane|earthquake|crash|accident|explosion|trial|hearing|match|game|race|tournament|final|deal"
    r"|agreement|treaty|ceasefire|truce|merger|takeover|protest|march|rally|ceremony|funeral|wedding|launch|raid"
    r"|siege|debate|inquiry|investigation|exhibition|festival|concert|bill|law|ruling|verdict)"
)
_THE_EVENT = lazily(
    rf"\b[Tt]he (?P<named>(?:(?!(?:{any_of(OWNERS, ARTICLES)}|of|for|to|in) )[\w’'-]+ ){{0,3}}?{_EVENT})"
    rf"(?P<where> (?:in|at|of) {CAPITAL}\w+)?\b"
)
_COMPOUNDS = lazily(
    r" (?:note|letter|fund|date|day|paper|plan|text|team|leader|organi[sz]er|result|site|camp|ballot"
    r"|committee|chairm[ae]n|chair|hall|room|call|bill|law|talks)s?\b"
)
_POSSESSIVE = lazily(r"^(?:\s+[a-z][\w-]*)")
_NO_NOUN = lazily(
    r"^\s+(?:to|on|in|at|about|for|from|with|by|after|before|when|that|why|how|what|if|and|or|again|not|too|also"
    r"|yesterday|today|now|then|there|over|out|up|as|because|during|since|exactly|verbatim|literally)\b"
)
_OF_PEOPLE = frozenset({NameKind.PERSON, NameKind.UNKNOWN})
_SENTENCE = 4  # words
_READ = 600  # code points of an answer that are read for names


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was understood, and what was answered. `alone`: whether it stands by itself, or at
    least names what it is about."""

    question: str
    answer: str = ""
    alone: bool = True

    @property
    def text(self) -> str:
        return f"{self.question} {self.answer[:_READ]}"


def standing(said: Sequence[Exchange]) -> Exchange:
    """The last that stood alone: questions that lean on each other don't pile up."""
    return next((one for one in reversed(said) if one.alone), said[-1])


def with_referents(question: str, said: Sequence[Exchange], policy: Policy = PARLEY) -> str:
    """The question with the first pronoun of each kind replaced, where one thing alone can be meant."""
    newest_first = list(reversed(said))
    for rule, replace in ((Rule.HE, _people), (Rule.THEY, _groups), (Rule.IT, _things)):
        question = policy.by(rule, replace(question, newest_first), question)
    return question


def _people(question: str, said: Sequence[Exchange]) -> str:
    found = _HE_OR_SHE.search(question)
    if not found or _EITHER.search(question) or _of_its_own(question, found):
        return question
    before = [m for m in mentions(question[: found.start()]) if m.kind in _OF_PEOPLE]
    object_ = found.group().lower() in {"him", "her"} and not _possessive(question, found)
    asked = clause(question)
    own = asked.subject and not asked.pronominal() and asked.subject_at < found.start()
    if not object_ and (before or own or somebody_in(question[: found.start()])):
        return question  # its own subject is meant
    name = _person(said, she=bool(found["she"]), never=[m.text for m in before])
    return question if name is None else put(question, found, name)


def _person(said: Sequence[Exchange], *, she: bool, never: Sequence[str]) -> str | None:
    texts = " ".join(exchange.text for exchange in said)
    for at, exchange in enumerate(said):
        if _still_open(exchange, she=she):
            return _told(exchange)
        fits = [
            name
            for name in _in_order(exchange)
            if of_women(name, texts) in (None, she)
            and not any(bare_name(name) == bare_name(n) for n in never)
        ]
        distinct = _distinct(fits)
        if not distinct:
            continue
        subject = _subject_person(exchange)
        if subject in distinct:
            return subject
        if len(distinct) == 1:
            known = of_women(distinct[0], texts) is she
            return distinct[0] if known or not _surer(said[at + 1 :], she=she, texts=texts) else None
        sure = [name for name in distinct if of_women(name, texts) is she]
        asked_who = re.match(r"who(?:m|se)?\b", exchange.question, re.I) and not _PAIR.match(exchange.answer)
        if len(sure) == 1 or asked_who:
            return sure[0] if len(sure) == 1 else distinct[0]
        return None
    return None


def _surer(said: Sequence[Exchange], *, she: bool, texts: str) -> bool:
    """Whether somebody further back is of that sex for certain."""
    return any(of_women(name, texts) is she for exchange in said for name in _in_order(exchange))


def _of_its_own(question: str, found: re.Match[str]) -> bool:
    """Whether a sentence stands before the pronoun, which may be about that."""
    before = re.match(r"(.*)[.!?;]\s", question[: found.start()], re.S)
    return before is not None and len(before[1].split()) >= _SENTENCE


def _still_open(exchange: Exchange, *, she: bool) -> bool:
    """Whether the question before already spoke of somebody whom nobody had named."""
    return any(bool(found["she"]) is she for found in _HE_OR_SHE.finditer(exchange.question))


def _told(exchange: Exchange) -> str | None:
    """The name that the answer then gave: to "What is his name?", or as its own subject."""
    named = [m for m in mentions(exchange.answer[:_READ]) if m.kind is NameKind.PERSON]
    if not named or named[0].start != 0:
        return None
    asks_name = re.search(r"\bname\b", exchange.question, re.I)
    says = re.match(rf" (?:{any_of(BE, HAVE, DO)}|said|told|will|would)\b", exchange.answer[named[0].end :])
    asks_who = re.match(rf"(?:{any_of(WHO)}|which)\b", exchange.question, re.I)
    return named[0].text if asks_name or (says and not asks_who) else None


def _in_order(exchange: Exchange) -> Iterator[str]:
    """Who may be meant: the subject asked about, then the people named in question and answer."""
    subject = _subject_person(exchange)
    if subject is not None:
        yield subject
    asked = mentions(exchange.question)
    answered = [] if _names_a_thing(exchange) else mentions(exchange.answer[:_READ])
    known = [m for m in (*asked, *answered) if m.kind is NameKind.PERSON]
    yield from (m.text for m in known)


def _names_a_thing(exchange: Exchange) -> bool:
    """Whether the answer is a name alone, and not asked for by "who": a place, or a title."""
    alone = [m for m in mentions(exchange.answer[:_READ]) if m.start == 0]
    rest = exchange.answer[alone[0].end :] if alone else ""
    asks_who = re.search(rf"\b(?:{any_of(WHO)}|name|person|man|woman)\b", exchange.question, re.I)
    return bool(alone) and not re.search(r"\w", rest) and not asks_who


def _subject_person(exchange: Exchange) -> str | None:
    """The subject of the question if it may be one person: a name, or "the mediator" who says something."""
    asked = clause(exchange.question)
    if not asked.subject or asked.pronominal() or asked.plural:
        return None
    named = mentions(asked.subject)
    if is_group(asked.subject) or _owns_as_thing(asked.subject, exchange.answer):
        return None
    if named:
        return asked.subject if named[0].kind in _OF_PEOPLE and len(named) == 1 else None
    return asked.subject if not is_phrase(asked.subject) or may_speak(asked.subject) else None


def _owns_as_thing(name: str, told: str) -> bool:
    """Whether something is told to be "its": "Brightwater raised its offer"."""
    named = re.escape(name)
    return of_women(name, "") is None and bool(re.search(rf"\b{named}(?: [a-z]+)? its\b", told[:_READ]))


def _distinct(names: Sequence[str]) -> list[str]:
    """Each bearer once, as first named."""
    kept: list[str] = []
    for name in names:
        mention = Mention(name, NameKind.PERSON, 0, 0)
        if not any(mention.same_as(other) for other in kept):
            kept.append(name)
    return kept


def _groups(question: str, said: Sequence[Exchange]) -> str:
    found = _THEY.search(question)
    if (
        not found
        or _of_its_own(question, found)
        or [m for m in mentions(question[: found.start()]) if m.kind is not NameKind.DAY]
    ):
        return question
    if re.search(r"\b(?:s|men|people|police)\b|\w{2}[^s\W]s\b(?= )", _subject_before(question, found)):
        return question
    for exchange in said:
        asked = clause(exchange.question)
        several = asked.plural or is_body_phrase(asked.subject) or _is_body(asked.subject)
        if asked.subject and not asked.pronominal() and several:
            return put(question, found, asked.subject)
        pair = _PAIR.match(exchange.answer)
        if pair and not asked.pronominal():
            return put(question, found, pair.group())
        if asked.subject and not asked.pronominal():
            return question
    return question


def _subject_before(question: str, found: re.Match[str]) -> str:
    """What stands between the auxiliary and the pronoun: "did the owners say" before "they"."""
    asked = clause(question)
    return asked.subject + " " if asked.subject and asked.subject_at < found.start() else ""


def _is_body(name: str) -> bool:
    return any(m.kind in (NameKind.BODY, NameKind.OUTLET) for m in mentions(name))


def _things(question: str, said: Sequence[Exchange]) -> str:
    found = _IT.search(question)
    if not found or _EXPLETIVE.search(question) or _of_its_own(question, found) or not said:
        return question
    if [m for m in mentions(question[: found.start()]) if m.kind is not NameKind.DAY]:
        return question
    asked = clause(question)
    if asked.subject and not asked.pronominal() and asked.subject_at < found.start():
        return question
    events = events_in(said[0].text)
    if len(events) == 1:
        return put(question, found, events[0])
    before = clause(said[0].question)
    body = _is_body(before.subject) or is_body_phrase(before.subject)
    thing = body and not before.plural and not _IS_IT_SO.match(question)
    return put(question, found, before.subject) if thing and not events else question


def events_in(text: str) -> list[str]:
    """ "The Lorn summit", each once, as "the" and its name."""
    found = (m.group() for m in _THE_EVENT.finditer(text) if not _COMPOUNDS.match(text, m.end()))
    return list(dict.fromkeys("the " + event[4:] for event in found))


def _possessive(question: str, found: re.Match[str]) -> bool:
    """Whether a pronoun owns what follows: "her offer", but not "tell her that"."""
    word = found.group().lower()
    if word in OWNERS and word != "her":
        return True
    rest = question[found.end() :]
    return word == "her" and bool(_POSSESSIVE.match(rest)) and not _NO_NOUN.match(rest)


def put(question: str, found: re.Match[str], name: str) -> str:
    own = ("’" if "’" in question else "'") + ("" if name.endswith("s") and " and " not in name else "s")
    shown = name + own if _possessive(question, found) or found.group().lower() == "theirs" else name
    if found.start() == 0:
        shown = shown[:1].upper() + shown[1:]
    before = question[: found.start()]
    if found.group().lower() == "they" and not clause(f"did {name} say").plural:
        before = _AGREES.sub(lambda aux: SINGULAR[aux.group(1).lower()] + " ", before)
        before = before[:1].upper() + before[1:] if question[:1].isupper() else before
    return before + shown + question[found.end() :]


_AGREES = lazily(rf"\b({any_of(SINGULAR)}) $", re.I)
_CAPS = rf"(?!\w\b){CAPITALISED}(?: {CAPITALISED}){{0,2}}"
_PAIR = lazily(rf"\b{_CAPS} and {_CAPS}")
