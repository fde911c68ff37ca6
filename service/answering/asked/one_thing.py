"""Whether a question of common words alone wants one thing, or is none: "which side wants a deal", "what made
them agree", "they agreed on a date", "no summary please"."""

import re

from service.answering.asked.wordings import EVENTS
from service.english import any_of, closed

LEADS_IN = r"^(?:(?:so|and|ok|okay|btw|but|hi|hey|hello|well|then|now|just|please|pls) )*"
_MAYBE = re.compile(rf"{LEADS_IN}(?:{any_of(closed.MODALS)}) (?!(?:{any_of(closed.FIRST)}|u)\b)")
_WHICH = (
    rf"which (?!(?:(?:\w+s|people) )?(?:{any_of(closed.BE)})\b"
    rf"|(?:\w+s|people) (?:{any_of(closed.DO, closed.HAVE)}|remain|still|you)\b"
    r"|(?:agreement|accord) has been\b)"
    r"|(?:what|which) (?:side|party|paper|outlet|source|day|date|part|place)\b"
)
_ONE_THING = re.compile(
    rf"\b(?:{_WHICH})|\bhow far\b(?! along)|\bhow (?:to|\w+ (?:i|you))\b"
    r"|\bmade (?:them|both|the)\b|\bbreak (?!down\b)|\bwhat (?:is |are )?an?\b|\bthe part\b"
    r"|\b(?:the|an?|that|any) (?:\w+ )?(?:article|report|paper|outlet|source)\b"
    rf"|\b(?:next|other) (?:deal|agreement|treaty|truce|pact|contract|{any_of(EVENTS)})\b"
    r"|\b(?:papers|articles) (?:were |are )?signed\b"
    r"|\b(?:an?|the|what|end|start) (?:day|date)\b(?! list)|\bthe us\b"
    rf"|\b(?:{any_of(closed.DO, closed.HAVE)}) will\b"
    r"|\b(?:agreed?|decided?|settled?)(?: (?:to|on|for|with))+ "
    r"(?!(?:so|yet|now|already|in|all|together|at|until|up|before|after|as|each|here|today|or|and|both)\b)\w"
    r"|\bwhat (?:settled|resolved|decided|solved)\b"
    r"|\bbehind the\b|\bthe (?!whole )(?:\w+ ){1,3}(?:point|issue|thing|problem|matter|topic)\b"
    r"|\bwhat (?:can|could)\b|\bexpected$|\bsource of\b|\bwhat to\b"
    r"|\bshould i\b|\barticles are about\b|\b(?:sides|parties|they) (?:say|said)\b|^in order$"
    r"|\b(?:links|sources|articles) (?:do |are )?not\b"
)
# Somebody tells or orders; no question.
_TELLS = re.compile(
    rf"{LEADS_IN}(?:i (?!need a|need the|want a|want the|would like|missed|have|had)|we (?!need)"
    rf"|{any_of(closed.FIRST_OWNERS)}|you|they|lets?|not?|next (?:article|one|point)|next$|open (?:the|up)"
    rf"|proceed|come|start|sort|tell (?!me\b|us\b)"
    rf"|(?:{any_of(closed.DO, closed.HAVE, closed.BE)}|should) (?:{any_of(closed.FIRST)}) "
    r"(?!have an?|have any)"
    r"|can (?:i (?!get|have|see)|(?:you|we) (?:read|follow|open|talk))|(?:do|i do|i did) not)\b"
)
_DECLINED = re.compile(
    r"\b(?:no|not) (?:want |need |an? |the |any )*(?:summ|overview|timeline|recap|brief)"
    r"|\bthanks? (?:you )?for\b|\bgo ahead\b|\bthis (?:summary|overview)\b|\bcan i do\b"
)


def wants_one(text: str) -> bool:
    """Of a text in small letters, its words apart by single blanks."""
    return any(pattern.search(text) for pattern in (_ONE_THING, _MAYBE, _DECLINED, _TELLS))
