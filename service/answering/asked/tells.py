"""Whether a sentence can tell who, where or when, beside what the question says.

More than `holds` takes for one: a body or an office ("the ministry", "a judge"), a place without a name, a
time that hangs on something else. What has none of these doesn't answer, however near its words are.
"""

import re
from collections.abc import Callable
from functools import partial

from service.answering.asked.kinds import Wanted, holds
from service.english import ARTICLES, CAPITAL, OWNERS, WHO, any_of, offices, plain_words, words_of

_SO = r"(?:(?:and|so|but|then)\s+)?"
_WHO = re.compile(rf"{_SO}(?:(?:by|to|with|from|for)\s+)?(?:{any_of(WHO)})\b", re.I)
_ANYBODY = words_of(
    "nobody everybody everyone anybody anyone both neither either people men women sides side members workers"
    " residents villagers families neighbour neighbours neighbor neighbors rebels soldiers troops parties"
)
_WHERE = re.compile(rf"{_SO}(?:(?:from|in|to)\s+)?where\b", re.I)
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
_PLACES = (
    "abroad|airport|bank|barn|border|boat|boathouse|bridge|building|camp|capital|castle|cellar|cent(?:er|re)|church"
    "|city|coast|consulate|country|court|depot|embassy|farm|field|garden|ground|hall|hangar|harbour|headquarters"
    "|home|hotel|house|inn|island|kitchen|lake|library|lodge|market|ministry|monastery|mountain|office|palace|park"
    "|parliament|phone|pier|plant|port|premises|prison|province|quay|region|residence|restaurant|river|room|school"
    "|sea|ship|shore|site|square|state|station|street|studio|telephone|tent|theatre|town|valley|villa|village"
    "|warehouse|yacht|yard"
)
_ONE_PLACE = re.compile(
    r"\b(?:in|at|on|near|outside|inside|from|to|into|under|above|below|behind|by)"
    rf" (?:{any_of((*ARTICLES, *OWNERS))}) (?:[\w’'-]+ ){{0,3}}?(?:{_PLACES})s?\b",
    re.I,
)
_DATELINE = re.compile(rf"^ ?{CAPITAL}{{3,}}[^.!?]{{0,40}} [—–-]")


def tells(question: str) -> Callable[[str], bool] | None:
    """Of a question that opens with who, where or when, whether a text tells one; None of any other."""
    if _WHO.match(question):
        return partial(_somebody, question)
    if _WHERE.match(question):
        return partial(_place, question)
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


def _place(question: str, text: str) -> bool:
    somewhere = _ONE_PLACE.search(text) or _DATELINE.match(text)
    return bool(somewhere) or holds(Wanted.PLACE, text, question)


def _time(question: str, text: str) -> bool:
    return bool(_ONE_TIME.search(text)) or holds(Wanted.TIME, text, question)
