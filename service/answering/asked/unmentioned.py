"""Whom or what a question names that an article doesn't know: then it isn't the article's to answer."""

import re
from collections import Counter
from collections.abc import Sequence

from service.answering.asked.another import capitalised_in
from service.english import (
    CAPITAL,
    CAPITALISED,
    DAYS,
    MONTHS,
    QUESTION_WORDS,
    SMALL,
    any_of,
    offices,
    plain_words,
)

_BEFORE = r"(?:(?:and|so|but|then|on|in|at|for|by|to|with|from|of|since|until|under)\s+){0,2}"
_ASKS = re.compile(rf"\W*{_BEFORE}(?:{any_of(QUESTION_WORDS)})\b", re.I)
_SMALL_LETTERS = re.compile(rf"(?<![\w’'-])(?!{CAPITAL})[^\W\d_][\w’'-]*")
_CAPITALS = re.compile(rf"(?<=\s){CAPITALISED}")
_NO_NAMES = SMALL | offices.BODIES | frozenset(map(str.lower, (*DAYS, *MONTHS)))
_LEAST = 3  # letters
_TWICE = 2  # sentences that have a name which is asked for without its capital
_BEGINNING = 4  # letters that "Italy" and "Italians" share


def names_asked(question: str, texts: Sequence[str]) -> list[list[str]]:
    """The names of a question, each by its words, as the sentences found for it have them: never without a
    capital. None of one that can be answered by yes or no, since "no" has no need of them."""
    if not _ASKS.match(question):
        return []
    common = {word for text in texts for word in plain_words(" ".join(_SMALL_LETTERS.findall(text)))}
    often = Counter(word for text in texts for word in capitalised_in(text))
    upper = set(plain_words(" ".join(_CAPITALS.findall(question))))
    found, at = list[list[str]](), -2
    for place, word in enumerate(plain_words(question)):
        least = 1 if word in upper else _TWICE
        if len(word) < _LEAST or word in common or word in _NO_NAMES or often[word] < least:
            continue
        if place == at + 1:
            found[-1].append(word)
        else:
            found.append([word])
        at = place
    return found


def mentions(name: Sequence[str], text: str) -> bool:
    """Whether a text in small letters has any word of a name, in whichever form."""
    plain = text.replace("’", "'")
    return any(re.search(_beginning(form), plain) for word in name for form in offices.forms_of(word))


def _beginning(word: str) -> str:
    """Of a short name the whole: "UK" isn't "Ukraine"."""
    end = r"(?!\w)" if len(word) <= _LEAST else ""
    return rf"(?<!\w){re.escape(word[:_BEGINNING])}{end}"
