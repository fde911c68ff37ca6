"""What a question of how many or how much asks for, and whether a sentence can tell it: by a number, by a
list, by there being none, or by its being kept back."""

import re

from service.answering.asked.kinds import counted, has_number
from service.answering.asked.question import is_enumeration
from service.english import ASKING, BE, RARE_MODALS, SMALL, any_of, plain_words, stem, words_of

_MUCH = re.compile(
    rf"\bhow much (?P<things>(?:[\w’'-]+ ){{1,3}}?)(?=(?:{any_of(ASKING, RARE_MODALS)})\b)", re.I
)
# A sum is told without the word, and "more" of nothing in particular.
_UNSAID = SMALL | words_of("money cash time more less further extra else longer bigger higher lower")
# "Roe did not know Doe." and "The crew has not given up." keep no number back.
_KEPT_BACK = re.compile(
    rf"\b(?:(?:{any_of(ASKING)})(?: not|n[’']t)|refused to|declined to|without) "
    r"(?:say|saying|said|give|giving|given|disclos\w+|reveal\w*|tell|telling|told|know|known|name|naming)"
    r"(?: (?:exactly )?how (?:many|much)\b| (?:(?:the|a|an|any|its|their|such) )?(?:[\w’'-]+ )?"
    r"(?:numbers?|figures?|toll|total|sum|amount|price|cost)\b|[,’”\"']{0,2}(?:$|[.!?;:]))"
    r"|\b(?:unknown|undisclosed|not (?:been |yet )*(?:known|public|disclosed|published|revealed))\b",
    re.I,
)
_NONE = re.compile(
    r"\b(?:no|not (?:one|a|any)(?: single)?|none of (?:the|its|their)|without (?:any|a)|zero) "
    rf"(?P<what>(?:(?!(?:of|about|for|in|on|to|from|with|{any_of(BE)})\b)[\w’'-]+ ?){{1,3}})",
    re.I,
)


def amount_of(question: str) -> str | None:
    """The noun whose amount is asked for: "soldiers", "damage"; None where none is named, or it is money."""
    asked = _MUCH.search(question)
    things = [w for w in plain_words(asked["things"]) if w not in SMALL] if asked else []
    noun = things[-1] if things else None
    return counted(question) or (noun if noun not in _UNSAID else None)


def tells_amount(question: str, text: str) -> bool:
    return has_number(text) or is_enumeration(text) or kept_back(text) or tells_none(question, text)


def kept_back(text: str) -> bool:
    """Whether somebody wouldn't say, or nobody knows."""
    return bool(_KEPT_BACK.search(text))


def tells_none(question: str, text: str) -> bool:
    """Whether there is none of what is asked for: "no tax money" of "how much council tax money"."""
    asked = _MUCH.search(question)
    things = plain_words(asked["things"] if asked else counted(question) or "")
    nouns = {stem(word) for word in things if word not in SMALL}
    none = (plain_words(found["what"]) for found in _NONE.finditer(text))
    return any(nouns & set(map(stem, what)) for what in none)
