"""The noun that a phrase is about, and what kind of thing it is: a paper, somebody, a body of people."""

from service.english.clauses import is_group, may_speak
from service.english.closed import DAYS, DETERMINERS, WHAT, WHO, any_of, words_of
from service.english.offices import BODIES, is_known_role, is_role
from service.english.papers import PAPER_DONE, PAPERS
from service.english.patterns import lazily

# "Three officials briefed on the talks"
SOMEBODY_DONE = (
    "briefed|involved|employed|hired|authorized|authorised|not authorized|not authorised|based|elected"
    "|appointed|affected|injured|wounded|caught|stranded|trained|familiar|close|opposed|loyal|aware"
    "|polled|surveyed|interviewed|consulted|contacted|quoted|detained|evicted|displaced|present|responsible"
    "|critical|(?!(?:during|including|according|excluding)\\b)[a-z]{2,}ing"
)
PREPOSITION = lazily(
    r"\s(?:of|by|from|to|for|in|at|on|with|without|behind|beside|near|about|between|among|outside|inside|into"
    r"|against|over|within|under|across|around|along|through|next to)\s"
)
# Somebody too, whom neither their ending nor their work tells.
_ALSO = words_of(
    "parent person executive source colleague friend relative passenger commuter caller couple guest"
)
_HEAD_ENDS = lazily(
    rf",|\s(?:{any_of(WHO, WHAT[1:])}|that)\s|{PREPOSITION.pattern}"
    rf"|(?<!\b[Aa])(?<!\b[Aa]n)(?<!\b[Tt]he)\s(?:{PAPER_DONE}|{SOMEBODY_DONE})\s"
    rf"(?=(?:by|on|in|to|at|for|from|with|of|last|this|earlier|not|{any_of(DETERMINERS, DAYS)})\b)"
)


def head_of(phrase: str) -> str:
    """Of a phrase in small letters what stands before that which tells it from others: "A woman" of "A woman
    holding a sign"; any other as it is."""
    ends = _HEAD_ENDS.search(phrase)
    head = phrase[: ends.start()] if ends else phrase
    return head if head.split()[-1:] and head.split()[-1][1:].islower() and _is_small(head) else phrase


def is_paper(phrase: str) -> bool:
    """Whether it is something that is read: "A report by the auditors"."""
    ends = _HEAD_ENDS.search(phrase)
    words = (phrase[: ends.start()] if ends else phrase).split()
    return bool(words) and kind_of_noun(words[-1], bare=False, first=len(words) == 1) == "paper"


def _is_small(head: str) -> bool:
    *first, last = head.split()
    return last[0].islower() or (
        not first and (may_speak(last.lower()) or kind_of_noun(last, bare=True, first=True) is not None)
    )


def kind_of_noun(word: str, *, bare: bool, first: bool) -> str | None:
    """ "paper", "somebody", "body", or None. `first`: it opens its phrase, so that its capital says nothing;
    `bare`: no article stands before it, so that only several count."""
    low = word.lower() if first else word
    one = low.removesuffix("s")
    if bare and (one == low or low.endswith("ss")) and low != "people":
        return None
    if low in PAPERS or one in PAPERS:
        return "paper"
    if not low.islower():
        return None
    one = one.removesuffix("ie") + "y" if one.endswith("ie") else one
    if is_group(low) or low in BODIES or one in BODIES:
        return "body"
    if may_speak(low) or is_role(one) or is_known_role(one) or one in _ALSO:
        return "somebody"
    return None
