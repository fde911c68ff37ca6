"""Whether a sentence can decide what is asked to be so or not: "Did Roe sign?" isn't decided by what else is
told of Roe, nor by who else signed."""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import partial

from service.english import (
    ASKING,
    QUESTION_WORDS,
    SMALL,
    SUBJECTS,
    Tag,
    any_of,
    deed_asked,
    plain_words,
    stem,
    tokenized,
)

_WHETHER = re.compile(rf"\W*(?:(?:and|so|but|then)\s+)?(?:{any_of(ASKING)})(?:n[’']t)?\b", re.I)
_SAYS_NOTHING = frozenset((*ASKING, *SUBJECTS)) | SMALL


def decides(question: str, names: AbstractSet[str] = frozenset()) -> Callable[[str, str], bool] | None:
    """Of a question that asks for yes or no, whether a text has a word of what is asked, or its contrary, and
    one of the names if there are any; or whether one of those is its speaker, who may answer in other words.
    None of any other question, and where it is made of names alone. What is among `names` is one without its
    capital too."""
    asked = plain_words(question)
    if not _WHETHER.match(question) or not set(asked).isdisjoint(QUESTION_WORDS):
        return None
    capital = {w for t in tokenized(question) if t.kind is Tag.NAME for w in plain_words(t.text)}
    named = (names | capital) & set(asked)
    matter = frozenset(stem(word) for word in asked if word not in named | _SAYS_NOTHING)
    return partial(_is_of, question, frozenset(named), matter) if matter else None


def _is_of(question: str, named: AbstractSet[str], matter: AbstractSet[str], text: str, speaker: str) -> bool:
    if not named.isdisjoint(plain_words(speaker)):
        return True
    told, deed = plain_words(text), deed_asked(question)
    somebody = not named or not named.isdisjoint(told) or not set(told).isdisjoint(SUBJECTS)
    own = not matter.isdisjoint(map(stem, told)) or bool(deed and any(map(deed.sign, told)))
    return somebody and own
