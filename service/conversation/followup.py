"""A question that leaves out what was said before, made whole: "And on NBC?", "no, I meant Roe", "why?".

Every rule answers None where it isn't sure; then the question stays as it was asked. Only words of the
conversation are put in.
"""

import re
from collections.abc import Sequence

from service.answering import PARLEY, Policy, Rule
from service.conversation.again import again, is_day_beside
from service.conversation.referents import Exchange, events_in, standing, with_referents
from service.conversation.whole import LEAD, whole, without_lead
from service.english import (
    SPEECH,
    NameKind,
    QuestionClause,
    any_of,
    bare_name,
    clause,
    closed,
    is_phrase,
    kind_of,
    may_speak,
    mentions,
    outlets,
)

_FRAGMENT = 6  # words
_LONGEST = 300  # code points; a longer question says itself what it is about
_ABOUT = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?)[,\s]+)?(?P<lead>what|how) about\s+(?P<what>\S.*)$", re.I | re.S
)
_CORRECTION = re.compile(
    r"^(?:(?:no|nope|sorry|oops|wait|actually|wrong|not quite)[,.!;:–—-]*(?:\s+|$))*(?:sorry,?\s+)?"
    r"(?:(?P<meant>(?:i|we) (?:meant|mean)|i (?:asked|was asking) about)\b[,:]?\s*)?(?P<what>.*)$",
    re.I | re.S,
)
_SAYS_NO = re.compile(r"^(?:no|nope|sorry|oops|wait|actually|wrong|not (?=\S+(?: \S+)?(?:,| but)))\b", re.I)
_ASKS = re.compile(rf"\b(?:{any_of(closed.QUESTION_WORDS, closed.ASKING)})\b", re.I)
_ASKS_FIRST = re.compile(rf"(?:(?:on|in|at|to|by|for|from|with) )?{_ASKS.pattern}", re.I)
_BARE = re.compile(
    rf"^(?P<wh>{any_of(closed.WHEN)}|who|what|whom)(?: exactly| not| so| precisely| is that| was that"
    r"| was this| is this| did that happen| was it)?$",
    re.I,
)
_PREPOSED = re.compile(
    r"^(?P<wh>(?:by|for|of|in|on|at|to|with|from|about|against|since|until)"
    rf" (?:{any_of(closed.QUESTION_WORDS)})\b.{{0,60}})$",
    re.I,
)
_AUX_FIRST = re.compile(rf"^(?:{any_of(closed.ASKING)})\b", re.I)
_ADVERBIAL = re.compile(
    rf"^(?P<wh>{any_of(closed.WHEN)})\s+(?=(?:{any_of(closed.ASKING)})\b)",
    re.I,
)
_OF_SUBJECT = re.compile(
    rf"^(?:how many|which|what) (?P<things>[a-z-]+) (?P<aux>{any_of(closed.BE)})"
    r" (?P<rest>[a-z]+(?:ed|en)\b.*)$",
    re.I,
)
_BY_WHOM = re.compile(r"^who (?P<verb>[a-z]+ed) (?P<thing>(?:[Tt]he )?[\w’'-]+(?: [a-z][\w’'-]+)*)$", re.I)
_OF_OBJECT = re.compile(rf"^what (?P<aux>{any_of(closed.DO)}|will|would) ", re.I)
_ELSE = re.compile(r"^(?:anything|what|who|where|anyone|anybody) (?:else|more)$", re.I)
_PREPOSITION = re.compile(
    r"^(?P<prep>on|in|at|to|from|with|by|for|about|against|before|after|during|since)\s+(?P<object>\S.*)$",
    re.I,
)
_ABOUT_TAIL = re.compile(
    rf"\babout\s+(?P<object>(?:(?:{any_of(closed.DETERMINERS)}) )?[\w’'-]+"
    r"(?: (?!on\b|in\b|at\b|to\b|for\b|with\b|after\b|before\b|by\b)[\w’'-]+){0,4})$",
    re.I,
)
_REFERS = re.compile(
    rf"\b(?:{any_of(closed.THIRD, closed.DEMONSTRATIVES, closed.TALKERS)}|there|then)\b",
    re.I,
)
_TO_SOMEBODY = frozenset({"tell", "give", "offer", "pay", "send", "show", "ask", "promise", "sell"})
_TOLD = re.compile(
    rf"(?:{'|'.join(sorted(_TO_SOMEBODY))}) (?P<whom>(?:the |an? )?[\w.&’'-]+"
    r"(?: (?!(?:on|in|at|about|to|for|after|before|by|that|of|when|why|how)\b)[\w.&’'-]+){0,3})",
    re.I,
)
_ASKS_WHEN = re.compile(r"(?:on )?(?:when|(?:what|which) (?:day|date|time|year))\b", re.I)
_TOLD_FROM_TODAY = re.compile(r"(?:yesterday|today|tonight|tomorrow|last|this|next)\b", re.I)
_NAMES = frozenset({NameKind.PERSON, NameKind.BODY, NameKind.UNKNOWN})


def resolve(question: str, said: Sequence[Exchange], policy: Policy = PARLEY) -> str:
    """`said` is oldest first. With nothing said before, only a question that is whole loses its "And"."""
    if len(question) > _LONGEST or not question.strip():
        return question
    if policy.by(Rule.WHOLE, whole(question), False):
        return _of_its_own(question)
    if not said:
        return question
    body = " ".join(question.split())
    bare = body.rstrip("?!. ")
    for rule, made in _RULES:
        found = made(bare, said, policy)
        if found is not None and rule in policy.rules:
            return found
    found = _fragment(bare, said, asks="?" in body)
    if found is not None and Rule.FRAGMENT in policy.rules:
        return found
    return _whole(question, body, said, policy)


def _whole(question: str, body: str, said: Sequence[Exchange], policy: Policy) -> str:
    """A question of its own shape: without the "And" before it, and with its pronouns resolved."""
    lead = LEAD.match(body)
    asks = body[lead.end() :] if lead else body
    if lead and _ASKS_FIRST.match(asks) and len(asks.split()) > 2:
        asks = asks[:1].upper() + asks[1:] if body[0].isupper() else asks
        return with_referents(asks, said, policy)
    return with_referents(question, said, policy)


def _of_its_own(question: str) -> str:
    """Without an "And" before it."""
    asks = without_lead(question.strip())
    if asks == question.strip():
        return question
    return asks[:1].upper() + asks[1:] if question.strip()[0].isupper() else asks


def _corrected(bare: str, said: Sequence[Exchange], policy: Policy) -> str | None:
    found = _CORRECTION.match(bare)
    if not found or not (found["meant"] or _SAYS_NO.match(bare)):
        return None
    what = found["what"].strip(" ,.:;–—-")
    if _ASKS.match(what) and len(what.split()) > 3:
        return with_referents(what[:1].upper() + what[1:] + "?", said, policy)
    if len(what.split()) > _FRAGMENT or re.search(r"[.!?;]\s", what) or _REFERS.search(what):
        return None
    about = f"What do the articles say about {what}?" if "about" in (found["meant"] or "").lower() else None
    return (_put_in(what, said, corrects=True) or about) if what else None


def _swapped(text: str, old: str, new: str) -> str | None:
    for mention in mentions(text):
        if mention.same_as(old):
            return _ended(text[: mention.start] + new + text[mention.end :])
    return None


def _more(bare: str, said: Sequence[Exchange], _: Policy) -> str | None:
    bare = LEAD.sub("", bare)
    if not _ELSE.match(bare):
        return None
    before = said[-1].question
    found = re.match(r"(?:what|who|where)\b(?!\s+(?:else|kind|sort|time|day|year|about))", before, re.I)
    return f"{found.group()} else{before[found.end() :]}" if found and " " in before else None


def _bare(bare: str, said: Sequence[Exchange], _: Policy) -> str | None:
    """A question word alone, or "when was that", "of what crime": the rest is the question before."""
    bare = LEAD.sub("", bare)
    found = _BARE.match(bare) or _PREPOSED.match(bare)
    last = standing(said).question
    before = clause(last)
    if not found or len(before.text.split()) < 3 or _ASKS.match(before.text) is None:
        return None
    if found.re is _PREPOSED and len(_ASKS.findall(bare)) > 1:
        return None  # it has a verb of its own
    wh = found["wh"][:1].upper() + found["wh"][1:]
    plainly = found.re is _PREPOSED or wh.lower() in closed.WHEN
    if plainly and bare.lower().endswith(" was it") and len(events := events_in(last)) == 1:
        return _ended(f"{wh} was {events[0]}")
    if plainly and _AUX_FIRST.match(before.text):
        return _ended(f"{wh} {before.text[:1].lower()}{before.text[1:]}")
    if plainly and (adverb := _ADVERBIAL.match(before.text)):
        return _ended(f"{wh} {before.text[adverb.end() :]}")
    if plainly and (by := _BY_WHOM.match(before.text)):
        were = "were" if re.search(r"(?:^| )[a-z]+s$", by["thing"]) else "was"
        return _ended(f"{wh} {were} {by['thing']} {by['verb']}")
    if plainly and (of := _OF_SUBJECT.match(before.text)):
        return _ended(f"{wh} {of['aux']} the {of['things']} {of['rest']}")
    if plainly and before.subject and _OF_OBJECT.match(before.text) and (rest := _with_that(before)):
        return _ended(f"{wh} {before.aux} {before.subject} {rest}")
    return _ended(f"{before.text}, and {bare[:1].lower()}{bare[1:]}")


_RULES = ((Rule.CORRECTED, _corrected), (Rule.MORE, _more), (Rule.BARE, _bare), (Rule.AGAIN, again))


def _with_that(before: QuestionClause) -> str | None:
    """What somebody did, with "that" for the thing asked: "say on ABC" becomes "say that on ABC"."""
    verb, _, rest = before.predicate.partition(" ")
    if not verb:
        return None
    return f"{verb} {rest} that" if rest and verb.lower() in _TO_SOMEBODY else f"{verb} that {rest}".rstrip()


def _fragment(bare: str, said: Sequence[Exchange], *, asks: bool) -> str | None:
    """ "What about Roe", "and on Friday", "in Berlin": put where its like is in the question before."""
    about = _ABOUT.match(bare)
    lead = LEAD.match(bare)
    what = about["what"] if about else bare[lead.end() :] if lead else bare
    if len(what.split()) > _FRAGMENT or _ASKS.search(what) or _REFERS.search(what) or is_day_beside(bare):
        return None
    if not (about or lead or _PREPOSITION.match(what) or (asks and _named_before(what, said))):
        return None
    return _put_in(what, said, topic=about is not None)


def _named_before(what: str, said: Sequence[Exchange]) -> bool:
    return any(m.same_as(what) for exchange in said for m in mentions(exchange.text))


def _put_in(
    what: str, said: Sequence[Exchange], *, topic: bool = False, corrects: bool = False
) -> str | None:
    before = clause(said[-1].question)
    if len(before.text.split()) < 3 or (_ASKS.search(before.text) is None and not corrects):
        return None
    phrase = _PREPOSITION.match(what)
    thing = phrase["object"] if phrase else what
    kind = _kind(thing, phrase["prep"].lower() if phrase else "", said)
    prep = phrase["prep"] if phrase else "to" if kind is NameKind.OUTLET else ""
    if told := _to(before, prep, thing):
        return told
    if kind in (NameKind.DAY, NameKind.OUTLET, NameKind.PLACE):
        return _beside(before, thing, kind, phrase["prep"].lower() if phrase else "")
    if phrase:
        return None
    if kind in _NAMES and (thing[:1].isupper() or _named_before(thing, said)):
        return _for_name(before, thing)
    return _for_phrase(before, thing, topic=topic)


def _kind(thing: str, prep: str, said: Sequence[Exchange]) -> NameKind:
    kind = kind_of(thing)
    if kind is not NameKind.UNKNOWN:
        return NameKind.PLACE if kind is NameKind.PERSON and prep in {"in", "at", "from"} else kind
    if prep in {"in", "at", "from"} and thing[:1].isupper():
        return NameKind.PLACE
    known = [m.kind for x in said for m in mentions(x.text) if m.same_as(thing)]
    return next((k for k in known if k is not NameKind.UNKNOWN), NameKind.UNKNOWN)


def _beside(before: QuestionClause, thing: str, kind: NameKind, prep: str) -> str | None:
    """A day, an outlet or a place instead of the one in the question before, or added to it."""
    same = [m for m in mentions(before.text) if m.kind is kind]
    same = same or (outlets(before.text) if kind is NameKind.OUTLET else [])
    if len(same) == 1:
        start, end = same[0].start, same[0].end
        had = re.search(
            r"\b(?:on|in|at|to|from|with|by|since|before|after) (?:the )?$", before.text[:start], re.I
        )
        if had and (prep or _TOLD_FROM_TODAY.match(thing)):
            start, thing = had.start(), f"{prep} {thing}".lstrip()
        return _ended(before.text[:start] + thing + before.text[end:])
    if (
        same
        or (not prep and kind is NameKind.PLACE)
        or (kind is NameKind.DAY and _ASKS_WHEN.match(before.text))
    ):
        return None
    if kind is NameKind.OUTLET and not SPEECH.search(before.text):
        return None
    on = "" if _TOLD_FROM_TODAY.match(thing) else "on"
    return _ended(f"{before.text} {prep or on} {thing}")


def _to(before: QuestionClause, prep: str, thing: str) -> str | None:
    """ "To Radio Kavik" after "tell the Mercury": told instead of the Mercury."""
    told = _TOLD.match(before.predicate)
    if told is None or prep.lower() != "to":
        return None
    at = len(before.text) - len(before.predicate)
    return _ended(before.text[: at + told.start("whom")] + thing + before.text[at + told.end("whom") :])


def _for_name(before: QuestionClause, name: str) -> str | None:
    """A name instead of the subject of the question before; else of the one other name in it."""
    own = re.search(r"[’']s$", before.subject)
    if before.subject and bare_name(before.subject) != bare_name(name) and not own:
        return _ended(before.with_subject(name))
    others = [m for m in mentions(before.text) if m.kind in _NAMES and not m.same_as(name)]
    return _swapped(before.text, others[0].text, name) if len(others) == 1 else None


def _for_phrase(before: QuestionClause, thing: str, *, topic: bool) -> str | None:
    """A thing in lower case: what the question before was about, or its subject if that was one too."""
    asked = before.subject and not before.pronominal()
    somebody = bool(asked) and is_phrase(thing) and may_speak(thing)
    tail = _ABOUT_TAIL.search(before.text)
    if tail and (topic or not somebody):
        return _ended(before.text[: tail.start("object")] + thing)
    if somebody:
        return _ended(before.with_subject(thing))
    if topic and before.subject and re.search(r"\bsay\b", before.predicate):
        return _ended(f"{before.text} about {thing}")
    return None


def _ended(text: str) -> str:
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] + "?"
