"""Letters and statements that an article prints whole: every sentence of theirs is their writer's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from retrieval.article import Sentence, Span
from service.english import LINK, NAME_WORD, any_of, closed

_GREETING = re.compile(
    r"^(?:Dear|Dearest|To (?:the|all|our|my|whom|every)|Fellow|Members|Neighbours|Neighbors|Citizens"
    r"|Ladies|Colleagues|Comrades|Friends|Sirs?|Madam)\b[^\n.]{0,60}[,:]$",
    re.M,
)
_SIGNATURE = re.compile(
    r"^(?:Yours|In solidarity|Sincerely|Respectfully|Signed|Faithfully|With (?:respect|thanks|hope"
    r"|regret)|(?:Kind|Best|Warm) \w+"
    r"|Regards|For the)\b[^\n.]{0,40}?[,:]?[\n ]+(?P<who>[^\W_][^\n,.]{2,70})",
    re.M,
)
_FOLLOWS = re.compile(
    r"^(?P<who>[^\W_][^,;:.\n]{2,60}?)(?:(?:,| (?:held|who|which|on|in)\b)[^.;:\n]{0,120}?)? "
    r"(?:published|issued|released|sent|posted|wrote|read)(?: out)? (?:the following|this) (?:\w+ )?"
    r"(?:statement|letter|message|text|appeal|note|declaration)",
    re.M,
)
_OURS = re.compile(
    rf"\b(?i:{any_of(closed.FIRST[1:2], closed.FIRST_OBJECTS[:2], closed.FIRST_OWNERS[:2])})\b|\bI\b"
)
# At the end of all; or with a dash or an office, since a name alone may be a heading
_NAME_BELOW = re.compile(
    rf"\n[—–-]*[ \t]*(?P<who>(?:[Tt]he[ \t][^\n.?!,”\"]{{2,60}}|{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,4}})"
    r"(?:,[^\n?!”\"]{2,120})?)\s*\Z"
    rf"|\n[—–-]+[ \t]*(?P<signed>{NAME_WORD}(?:{LINK}{NAME_WORD}){{1,4}})(?:,[^\n?!”\"]{{2,120}}(?<!\.))?\n"
    rf"|\n[ \t]*(?P<name>{NAME_WORD}(?:{LINK}{NAME_WORD}){{1,4}}),[^\n?!”\"]{{2,120}}(?<!\.)\n"
)
# "From the Port Company:" above its statement
_HEADED = re.compile(
    r"^(?:From|(?:Statement|Message|Letter|Note|Reply|Answer|Response) (?:from|by|of))"
    r" (?P<who>[^\W_][^,:;.\n]{2,60})"
    r"(?:,[^:\n]{2,120})?:[ \t]*$"
    r"|^(?P<own>[^\W_][^,:;.\n]{2,60}?)(?:[’']s)? (?:statement|reply|response|answer|letter)(?: in"
    r" full)?:[ \t]*$",
    re.M | re.I,
)
_MAIL = re.compile(
    r"^From: (?P<who>[^\W_][^<(\n]{1,60}?)[ \t]*(?:[<(][^\n]*)?\n(?:(?:To|Cc|Bcc|Subject|Re|Sent|Date):"
    r" [^\n]{0,200}\n){1,6}",
    re.M,
)
# "The mayor replies: I never said so."
_REPLIES = re.compile(
    r"^(?P<who>[^\W_][^,:;.\n“”\"]{2,60}?(?:, [^:;.\n“”\"]{2,60},)?) (?:replies|writes|responds|answers"
    r"|writes back|continues)"
    r"(?: in reply)?:[ \t]+(?=[^\s“”\"‘'])(?P<words>[^\n]+)",
    re.M,
)
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
        yield Letter(Span(*mail.span("who")), mail.end(), after)
    for replies in _REPLIES.finditer(text, low, high):
        if _OURS.search(replies["words"]):
            yield Letter(Span(*replies.span("who")), *replies.span("words"))
    for follows in (*_FOLLOWS.finditer(text, low, high), *_HEADED.finditer(text, low, high)):
        start = text.find("\n", follows.end())
        own = _first_of_ours(text, start) if start >= 0 else start
        end = _last_of_ours(text, own) if own >= 0 else own
        if end > own:
            yield Letter(Span(*follows.span(follows.lastgroup or 0)), own, end)


def _first_of_ours(text: str, start: int) -> int:
    """The next paragraph, or the one behind it, in which whoever writes says "we"."""
    two = list(islice(re.finditer(r"[^\n]+", text[start : start + _LONGEST]), 2))
    return next((start + one.start() for one in two if _OURS.search(one.group())), -1)


def _last_of_ours(text: str, start: int) -> int:
    own = takewhile(
        lambda one: _OURS.search(one.group()), re.finditer(r"[^\n]+", text[start : start + _LONGEST])
    )
    return max((start + one.end() for one in own), default=start)
