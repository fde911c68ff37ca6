"""What can be changed in a report so that it says something else: a number, a day, a month, a name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

# What replaces what, everywhere in an article at once: a change of one word never feeds another.
Changes = Mapping[str, str]

_TWO_TO_TWELVE = "two three four five six seven eight nine ten eleven twelve"
_NO_VERBS = "January February April June July August September October November December"
_FIGURES = _TWO_TO_TWELVE.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = _NO_VERBS.split()
_CLASSES = (_FIGURES, _TENS, _DAYS, _MONTHS)
_NAMES = ["Arkwell", "Bexmoor", "Corvane", "Delamont", "Estermann", "Fairhallow", "Gundrey", "Hollister"]
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,3}")  # capitalised words only

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_MOST_YEARS = 9  # that a year is moved by; at least 2, so that no rounding explains it
_WORD_LIKE = "|".join(word for words in _CLASSES for word in (*words, *map(str.capitalize, words)))
# Not a part of a longer number, of a word, or of a name such as B-52.
_BEFORE, _AFTER = r"(?<!\w)(?<!\d[.,:])(?<!\w-)", r"(?!\w|[.,:]\d|-\d)"
_ITEM = re.compile(f"{_BEFORE}(?:{_NUMBER}|{_WORD_LIKE}){_AFTER}")


def apply(changes: Changes, text: str) -> str:
    if not changes:
        return text
    longest_first = sorted(changes, key=len, reverse=True)
    pattern = f"{_BEFORE}(?:{'|'.join(map(re.escape, longest_first))}){_AFTER}"
    return re.sub(pattern, lambda found: changes[found[0]], text)


def items(text: str) -> Iterator[str]:
    """Numbers, number words from two, days of the week and months, in order."""
    for found in _ITEM.finditer(text):
        yield found[0]


def changed_item(item: str, text: str, chance: Random) -> Changes:
    """Another of the same kind that the text doesn't hold; a small number changes as a figure and as a word.
    Empty where there is none."""
    figures = {str(number): word for number, word in enumerate(_FIGURES, start=2)}
    word = figures.get(item, item).lower()
    for words in _CLASSES:
        for known in words:
            if known.lower() == word:
                return _other_word(known, words, text, chance)
    return _other_number(item, text, chance)


def changed_name(spellings: Sequence[str], text: str, chance: Random) -> Changes:
    """An invented name in the place of a person's, place's or outlet's: of the surname, where one of the
    spellings is the last word of another; else of the first spelling that the text holds as a name. Empty
    where there is none."""
    free = [name for name in _NAMES if name not in text]
    last = max(spellings, key=len, default="").split()[-1:]
    surname = [word for word in last if word in spellings and len(set(spellings)) > 1]
    for name in (*surname, *spellings):
        if _NAME.fullmatch(name) and not _ITEM.search(name) and _standing((name,), text) and free:
            is_name = name.lower() not in text and name.lower() != name
            return {name: chance.choice(free)} if is_name else {}
    return {}


def _other_word(word: str, words: Sequence[str], text: str, chance: Random) -> Changes:
    free = [other for other in words if other != word and not _standing(_forms(other, words), text)]
    if not free:
        return {}
    other = chance.choice(free)
    return dict(zip(_forms(word, words), _forms(other, words), strict=True))


def _forms(word: str, words: Sequence[str]) -> tuple[str, ...]:
    if word[0].isupper():
        return (word,)
    figure = (str(words.index(word) + 2),) if words is _FIGURES else ()
    return (word, word.capitalize(), *figure)


def _other_number(number: str, text: str, chance: Random) -> Changes:
    if _YEAR.fullmatch(number):
        moves = range(2, _MOST_YEARS + 1)
        others = [str(int(number) + sign * move) for move in moves for sign in (1, -1)]
    else:
        others = [f"{digit}{number[1:]}" for digit in "123456789" if digit != number[0]]
    free = [other for other in others if not _standing((other,), text)]
    return {number: chance.choice(free)} if free and number.strip("0.,") else {}


def _standing(words: Sequence[str], text: str) -> bool:
    return apply(dict.fromkeys(words, ""), text) != text
