"""Letters and statements that an article prints whole: every sentence of theirs is their writer's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from retrieval.article import Sentence, Span
from service.english import (
    LINK,
    MASK,
    NAME_WORD,
    SUBJECTS,
    NameKind,
    any_of,
    clauses,
    closed,
    lazily,
    masked,
    may_speak,
    mentions,
    offices,
    quoted_spans,
)

_GREETING = lazily(
    r"^(?:Dear|Dearest|To (?:the|all|our|my|whom|every)|Fellow|Members|Neighbours|Neighbors|Citizens"
    r"|Ladies|Colleagues|Comrades|Friends|Sirs?|Madam)\b[^\n.]{0,60}[,:]$",
    re.M,
)
_SIGNATURE = lazily(
    r"^(?:Yours|In solidarity|Sincerely|Respectfully|Signed|Faithfully|With (?:respect|thanks|hope"
    r"|regret)|(?:Kind|Best|Warm) \w+"
    r"|Regards|For the)\b[^\n.]{0,40}?[,:]?[\n ]+(?P<who>[^\W_][^\n,.]{2,70})",
    re.M,
)
_FOLLOWS = lazily(
    r"^(?P<who>[^\W_][^,;:.\n]{2,60}?)(?:(?:,| (?:held|who|which|on|in)\b)[^.;:\n]{0,120}?)? "
    r"(?:published|issued|released|sent|posted|wrote|read)(?: out)? (?:the following|this) (?:\w+ )?"
    r"(?:statement|letter|message|text|appeal|note|declaration)",
    re.M,
)
_OURS = lazily(
    rf"\b(?i:{any_of(closed.FIRST[1:2], closed.FIRST_OBJECTS[:2], closed.FIRST_OWNERS[:2])})\b|\bI\b"
)
_WE = lazily(rf"\b(?i:{any_of(closed.FIRST[1:2], closed.FIRST_OWNERS[:2])})\b|\bI\b")
# At the end of all; or with a dash or an office, since a name alone may be a heading
_NAME_BELOW = lazily(
    rf"\n[—–-]*[ \t]*(?P<who>(?:[Tt]he[ \t][^\n.?!,”\"]{{2,60}}|{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,4}})"
    r"(?:,[^\n?!”\"]{2,120})?)\s*\Z"
    rf"|\n[—–-]+[ \t]*(?P<signed>{NAME_WORD}(?:{LINK}{NAME_WORD}){{1,4}})(?:,[^\n?!”\"]{{2,120}}(?<!\.))?\n"
    rf"|\n[ \t]*(?P<name>{NAME_WORD}(?:{LINK}{NAME_WORD}){{1,4}}),[^\n?!”\"]{{2,120}}(?<!\.)\n"
)
# "From the Port Company:" above its statement
_HEADED = lazily(
    r"^(?:From|(?:Statement|Message|Letter|Note|Reply|Answer|Response) (?:from|by|of))"
    r" (?P<who>[^\W_][^,:;.\n]{2,60})"
    r"(?:,[^:\n]{2,120})?:[ \t]*$"
    r"|^(?P<own>[^\W_][^,:;.\n]{2,60}?)(?:[’']s)? (?:statement|reply|response|answer|letter)(?: in"
    r" full)?:[ \t]*$",
    re.M | re.I,
)
_MAIL = lazily(
    r"^From: (?P<who>[^\W_][^<(\n]{1,60}?)[ \t]*(?:[<(][^\n]*)?\n(?:(?:To|Cc|Bcc|Subject|Re|Sent|Date):"
    r" [^\n]{0,200}\n){1,6}",
    re.M,
)
# "The mayor replies: I never said so."
_REPLIES = lazily(
    r"^(?P<who>[^\W_][^,:;.\n“”\"]{2,60}?(?:, [^:;.\n“”\"]{2,60},)?) (?:replies|writes|responds|answers"
    r"|writes back|continues)"
    r"(?: in reply)?:[ \t]+(?=[^\s“”\"‘'])(?P<words>[^\n]+)",
    re.M,
)
SENTENCE_ENDS = lazily(r"(?<=[.!?])\s")
_MANY = 3
_LONGEST = 20_000  # code points


@dataclass(frozen=True, slots=True)
class Letter:
    """Whose words stand between two places of an article."""

    writer: Span
    start: int
    end: int


def letters(text: str, sentences: Sequence[Sentence]) -> Iterator[Letter]:
    low, high = max(0, sentences[0].start - _LONGEST), sentences[-1].end
    greeting = _GREETING.search(text, low, high)
    start = greeting.end() if greeting else low
    signed = _SIGNATURE.search(text, start, start + _LONGEST) or (
        greeting and _NAME_BELOW.search(text, start, start + _LONGEST)
    )
    if signed and (greeting or len(_OURS.findall(text, start, signed.start())) >= _MANY):
        yield Letter(Span(*signed.span(signed.lastgroup or 0)), start, signed.start())
    mails = list(_MAIL.finditer(text, low, high))
    for mail, after in zip(mails, [one.start() for one in mails[1:]] + [high] * bool(mails), strict=True):
        end = _last_of_ours(text[:after], mail.end(), at_least=1)
        if end > mail.end():
            yield Letter(Span(*mail.span("who")), mail.end(), end)
    for replies in _REPLIES.finditer(text, low, high):
        if _OURS.search(replies["words"]):
            yield Letter(Span(*replies.span("who")), *replies.span("words"))
    for follows in (*_FOLLOWS.finditer(text, low, high), *_HEADED.finditer(text, low, high)):
        start = text.find("\n", follows.end())
        own = _first_of_ours(text, start) if start >= 0 else start
        end = _last_of_ours(text, own) if own >= 0 else own
        writer = Span(*follows.span(follows.lastgroup or 0))
        if end > own and (not follows.group().lower().startswith("from ") or is_somebody(text, writer)):
            yield Letter(writer, own, end)


def is_somebody(text: str, writer: Span) -> bool:
    """Whether it is a person, a body or an office: not "the archive", "Monday", "page one", "Ulmer"."""
    words = text[writer.start : writer.end]
    head = words.partition(" of ")[0].split()[-1].lower().removesuffix("s")
    if may_speak(words) or offices.is_known_role(head) or head in offices.BODIES:
        return True
    named = [one for one in mentions(words) if one.kind is not NameKind.DAY]
    return any(one.kind is not NameKind.UNKNOWN or " " in one.text for one in named)


def _first_of_ours(text: str, start: int) -> int:
    """The next paragraph, or the one behind it, in which whoever writes says "we"."""
    two = list(islice(re.finditer(r"[^\n]+", text[start : start + _LONGEST]), 2))
    return next((start + one.start() for one in two if _is_ours(one.group())), -1)


def _last_of_ours(text: str, start: int, *, at_least: int = 0) -> int:
    """Where the paragraphs end in which "we" write; of the first `at_least` it is enough that nobody is
    quoted in them."""
    every = enumerate(re.finditer(r"[^\n]+", text[start : start + _LONGEST]))
    own = takewhile(lambda one: _is_ours(one[1].group(), anyway=one[0] < at_least), every)
    return max((start + one.end() for _, one in own), default=start)


def _is_ours(paragraph: str, *, anyway: bool = False) -> bool:
    """Whether "we" write it, outside of quotation marks, and no reporter tells in it who said what."""
    bare = masked(paragraph, quoted_spans(paragraph), start=0, end=len(paragraph))
    if bare.startswith(">") or not (anyway or _OURS.search(bare)):
        return False
    if MASK not in bare and _WE.search(bare):
        return True
    every = (clause for one in SENTENCE_ENDS.split(bare) for clause in clauses(one, one))
    return not any(clause.speaker or clause.pronoun in SUBJECTS for clause in every)
