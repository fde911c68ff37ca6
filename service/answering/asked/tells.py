"""Whether a sentence can tell who or when, beside what the question says.

More than `holds` takes for one: a body or an office ("the ministry", "a judge"), a time that hangs on
something else. What has none of these doesn't answer, however near its words are.
"""

import re
from collections.abc import Callable
from functools import partial

from service.answering.asked.kinds import Wanted, holds
from service.english import DAYS, MONTH, WHO, any_of, offices, plain_words, words_of

_SO = r"(?:(?:and|so|but|then)\s+)?"
_WHO = re.compile(rf"{_SO}(?:(?:by|to|with|from|for)\s+)?(?:{any_of(WHO)})\b", re.I)
_ANYBODY = words_of(
    "nobody everybody everyone anybody anyone both neither either people men women sides side members workers"
    " residents villagers families neighbour neighbours neighbor neighbors rebels soldiers troops parties"
)
_WHEN = re.compile(
    rf"{_SO}(?:(?:on|in|at|by|since|until|from|for)\s+)?"
    r"(?:when\b|(?:what|which) (?:\w+ )?(?:day|date|year|time|month|weekday)\b)",
    re.I,
)
_PERIOD = r"(?:minute|hour|day|night|week|month|year|decade)s?"
# "Within seven days", "once both have signed", "on the eve of it", "at 14:40".
_ONE_TIME = re.compile(
    r"\b(?:once|as soon as|until|till|after|during|soon|immediately|at once|o[’']clock|\d{1,2}:\d\d"
    r"|(?:start|beginning|middle|end|eve|day|night|hour) (?:of|that|the|on which)"
    r"|(?:morning|evening|afternoon|weekend|easter|christmas|ramadan)s?|new year|\d{1,2}(?:st|nd|rd|th)"
    r"|dawn|dusk|overnight|spring|summer|autumn|winter|now|already|yet|never|shortly|recently|daily|weekly"
    r"|dates?"
    rf"|(?:within|in|for|every) (?:[\w-]+ ){{0,3}}{_PERIOD}"
    rf"|{_PERIOD} (?:later|before|earlier|from|into))\b",
    re.I,
)

_WHICH_DAY = re.compile(rf"{_SO}(?:(?:on|since|until)\s+)?(?:what|which) (?:week)?(?:day|date)\b", re.I)
# The day on which it was said is another than that of which it tells.
_SAID_ON = re.compile(
    r"\b(?:said|told|says|added|announced|wrote|confirmed)(?: [\w’'.-]{1,30}){0,4}"
    rf" on (?:{any_of(DAYS)})\b"
)
_DAY = re.compile(
    rf"\b(?:{any_of(DAYS)}|{MONTH}|yesterday|today|tomorrow|tonight|\d{{1,2}}(?:st|nd|rd|th)|christmas|easter)\b"
)


def tells(question: str) -> Callable[[str], bool] | None:
    """Of a question that opens with who or when, whether a text tells one; None of any other."""
    if _WHO.match(question):
        return partial(_somebody, question)
    return partial(_time, question) if _WHEN.match(question) else None


def _somebody(question: str, text: str) -> bool:
    known = set(plain_words(question))
    return holds(Wanted.PERSON, text, question) or any(
        word not in known and _is_somebody(word) for word in plain_words(text)
    )


def _is_somebody(word: str) -> bool:
    """ "Judge", "governments", "farmers", "nobody"."""
    one = re.sub(r"(?<=.)men$", "man", re.sub(r"ies$", "y", word.removesuffix("'s")))
    forms = (word, one, one.removesuffix("s"), one.removesuffix("es"))
    return word in _ANYBODY or any(offices.is_role(form) or form in offices.BODIES for form in forms)


def _time(question: str, text: str) -> bool:
    if _WHICH_DAY.match(question):
        return bool(_DAY.search(_SAID_ON.sub(" ", text)))
    return bool(_ONE_TIME.search(text)) or holds(Wanted.TIME, text, question)
