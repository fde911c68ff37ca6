"""A question that leaves out what was said before, made whole: "And on NBC?", "no, I meant Roe", "why?".

Every rule answers None where it isn't sure; then the question stays as it was asked. Only words of the
conversation are put in.
"""

import re
from collections.abc import Sequence

from service.answering import PARLEY, Policy, Rule
from service.conversation.again import again
from service.conversation.dislocated import undislocated
from service.conversation.ellipsis import ASKS, FRAGMENT, REFERS, TO_SOMEBODY, ended, fragment, put_in
from service.conversation.referents import Exchange, events_in, standing, with_referents
from service.conversation.whole import LEAD, whole, without_lead
from service.english import QuestionClause, any_of, clause, closed

_LONGEST = 300  # code points; a longer question says itself what it is about
_CORRECTION = re.compile(
    r"^(?:(?:no|nope|sorry|oops|wait|actually|wrong|not quite)[,.!;:–—-]*(?:\s+|$))*(?:sorry,?\s+)?"
    r"(?:(?P<meant>(?:i|we) (?:meant|mean)|i (?:asked|was asking) about)\b[,:]?\s*)?(?P<what>.*)$",
    re.I | re.S,
)
_SAYS_NO = re.compile(r"^(?:no|nope|sorry|oops|wait|actually|wrong|not (?=\S+(?: \S+)?(?:,| but)))\b", re.I)
_ASKS_FIRST = re.compile(rf"(?:(?:on|in|at|to|by|for|from|with) )?{ASKS.pattern}", re.I)
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
    r" (?P<rest>(?:[a-z]+(?:ed|en)|on|in|at|under|out|off)\b.*)$",
    re.I,
)
_SEVERAL = re.compile(r"^how many (?P<things>[a-z-]+(?: [a-z-]+)?)$", re.I)
_HOW_COME = re.compile(r"^how come\b", re.I)
_STRANDED = re.compile(
    rf"^(?P<wh>where|{any_of(closed.WHO, closed.WHAT)})(?: exactly)?"
    r" (?P<prep>to|from|with|by|for|against|about|on)$",
    re.I,
)
_BY_WHOM = re.compile(r"^who (?P<verb>[a-z]+ed) (?P<thing>(?:[Tt]he )?[\w’'-]+(?: [a-z][\w’'-]+)*)$", re.I)
_OF_OBJECT = re.compile(rf"^(?:what|how much) (?P<aux>{any_of(closed.DO)}|will|would) ", re.I)
_SAYS_NOT = re.compile(
    r"\b(?:no|not|nor|never|nobody|none|neither|nothing|cannot|without|\w+n[’']t)\b"
    r"|\b(?:reject|refus|den[iy]|declin|dismiss|withdr[ae]w|cancel|postpon|rul(?:es|ed|ing) out"
    r"|turn(?:s|ed) (?:\w+ ){0,2}down)",
    re.I,
)
_ELSE = re.compile(r"^(?P<of>anything|what|who|where|anyone|anybody|somebody|someone) (?:else|more)$", re.I)
_MORE_OF = {"anything": "what", "anyone": "who", "anybody": "who", "somebody": "who", "someone": "who"}


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
    found = fragment(bare, said, asks="?" in body)
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
    if ASKS.match(what) and len(what.split()) > 3:
        return with_referents(what[:1].upper() + what[1:] + "?", said, policy)
    if len(what.split()) > FRAGMENT or re.search(r"[.!?;]\s", what) or REFERS.search(what):
        return None
    about = f"What do the articles say about {what}?" if "about" in (found["meant"] or "").lower() else None
    return (put_in(what, said, corrects=True) or about) if what else None


def _more(bare: str, said: Sequence[Exchange], _: Policy) -> str | None:
    """ "Anything else?" goes on with "what", "anyone else?" with "who"."""
    asks = _ELSE.match(LEAD.sub("", bare))
    if not asks:
        return None
    before = said[-1].question
    word = _MORE_OF.get(asks["of"].lower(), asks["of"])
    found = re.match(rf"{word}\b(?!\s+(?:else|kind|sort|time|day|year|about))", before, re.I)
    return f"{found.group()} else{before[found.end() :]}" if found and " " in before else None


def _bare(bare: str, said: Sequence[Exchange], _: Policy) -> str | None:
    """A question word alone, or "when was that", "of what crime": the rest is the question before."""
    body = _HOW_COME.sub("why", _STRANDED.sub(_preposed, LEAD.sub("", bare)))
    found = _BARE.match(body) or _PREPOSED.match(body)
    last = standing(said).question
    before = clause(last)
    if not found or len(before.text.split()) < 3 or ASKS.match(before.text) is None:
        return None
    if found.re is _PREPOSED and len(ASKS.findall(body)) > 1:
        return None  # it has a verb of its own
    wh = found["wh"][:1].upper() + found["wh"][1:]
    plainly = found.re is _PREPOSED or wh.lower() in closed.WHEN
    if wh == "Why" and _AUX_FIRST.match(before.text) and _denied(last, said[-1].answer):
        return None  # it isn't so: nobody asks why it is
    made = _of_the_same(wh, before) if plainly else None
    if plainly and body.lower().endswith(" was it") and len(events := events_in(last)) == 1:
        made = f"{wh} was {events[0]}"
    if made is None and not plainly and not _AUX_FIRST.match(before.text):
        return None  # "what did the court decide, and what?"
    return ended(made or f"{before.text}, and {body[:1].lower()}{body[1:]}")


def _denied(question: str, answer: str) -> bool:
    """By a word that isn't the question's own: "did they reject it? They rejected it, as it isn't new"."""
    own = {found.lower() for found in _SAYS_NOT.findall(question)}
    told = re.split(r"\bbecause\b", answer, maxsplit=1)[0]
    return any(found.lower() not in own for found in _SAYS_NOT.findall(told))


def _preposed(found: re.Match[str]) -> str:
    """ "To where" of "where to"."""
    wh = "whom" if found["wh"].lower() == "who" else found["wh"].lower()
    return f"{found['prep'].lower()} {wh}"


def _of_the_same(wh: str, before: QuestionClause) -> str | None:
    """The question before, with another question word and what was asked for taken as known."""
    if _AUX_FIRST.match(before.text):
        return f"{wh} {before.text[:1].lower()}{before.text[1:]}"
    if adverb := _ADVERBIAL.match(before.text):
        return f"{wh} {before.text[adverb.end() :]}"
    if by := _BY_WHOM.match(before.text):
        were = "were" if re.search(r"(?:^| )[a-z]+s$", by["thing"]) else "was"
        return f"{wh} {were} {by['thing']} {by['verb']}"
    if of := _OF_SUBJECT.match(before.text):
        return f"{wh} {of['aux']} the {of['things']} {of['rest']}"
    if before.subject and _OF_OBJECT.match(before.text) and (rest := _with_that(before)):
        return f"{wh} {before.aux} {before.subject} {rest}"
    several = _SEVERAL.match(before.wh)
    if several and before.subject and before.predicate and not before.pronominal():
        verb, _, rest = before.predicate.partition(" ")
        so = "so many" if wh.lower() == "why" else "the"
        return f"{wh} {before.aux} {before.subject} {verb} {so} {several['things']} {rest}"
    return None


def _set_apart(bare: str, said: Sequence[Exchange], policy: Policy) -> str | None:
    """ "The villages, do they back him": with what is set before or behind it in its place."""
    made = undislocated(bare)
    return with_referents(ended(made), said, policy) if made else None


_RULES = (
    (Rule.CORRECTED, _corrected),
    (Rule.MORE, _more),
    (Rule.BARE, _bare),
    (Rule.AGAIN, again),
    (Rule.AGAIN, _set_apart),
)


def _with_that(before: QuestionClause) -> str | None:
    """What somebody did, with "that" for the thing asked: "say on ABC" becomes "say that on ABC"."""
    verb, _, rest = before.predicate.partition(" ")
    if not verb:
        return None
    return f"{verb} {rest} that" if rest and verb.lower() in TO_SOMEBODY else f"{verb} that {rest}".rstrip()
