"""Whether a text tells a person by what stands around a name: their age, or a first name before the last.

Each name is looked for as it is: to compile a pattern for every one took longer than to read with it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from service.english import NUMBERS, SMALL, lexicon, of_women, offices, phrases

_AGED = re.compile(r", (?:aged )?\d\d,")
_ENDS_SENTENCE = re.compile(r"[a-z]{5}\.$")  # "in September. Roe", not "Geo. Roe"
_BORDER = re.compile(r"\b")
# The text may be one word of a megabyte.
_BEFORE = re.compile(r"(?<!\bthe )(?<!\bThe )\b(?P<first>\w[\w.’'-]{0,40}) (?:[a-z]{1,3} ){0,2}\Z")
# "Three Bells", "Lower Sorn"
NO_FIRST = {*NUMBERS, *SMALL, *lexicon.NO_TITLES, *offices.PLACES_BEFORE} - phrases.PARTICLES
_LONGEST = 41 + 1 + 2 * 4  # code points that it matches


def is_aged(name: str, text: str) -> bool:
    """ "Jane Roe, 41," """
    places = _places(name, text)
    return any(_BORDER.match(text, at) and _AGED.match(text, at + len(name)) for at in places)


def before_surname(surname: str, text: str) -> Iterator[str]:
    """ "Jane" of "Jane Roe", "Jane de Roe", as often as it stands there; "of" of "of Roe"."""
    behind = 0
    for at in _places(surname, text):
        end = at + len(surname)
        if _BORDER.match(text, end) and (found := _BEFORE.search(text, max(behind, at - _LONGEST), at)):
            if not _ENDS_SENTENCE.search(found["first"]):
                yield found["first"]
            behind = end


def sex(name: str, text: str) -> bool | None:
    """Whether it is a woman's, if anything tells: "Mr Roe" tells it of Jo Roe only if no other Roe is one."""
    alone, known = _by_name(name), of_women(name, text)
    others = {_by_name(one) for one in _namesakes(name, text)} if alone is None else set()
    return known if alone is None and others <= {not known} else alone


@lru_cache(maxsize=4096)
def _by_name(name: str) -> bool | None:
    return of_women(name, name)


def _namesakes(name: str, text: str) -> Iterator[str]:
    """The others of the family name of a whole one."""
    *first, last = name.split()
    others = before_surname(last, text) if first else ()
    return (f"{one} {last}" for one in others if one not in first and _is_first(one))


def _is_first(word: str) -> bool:
    key = word.lower().rstrip(".")
    return word[0].isupper() and not (key in NO_FIRST | offices.TITLES or offices.is_role(key))


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
