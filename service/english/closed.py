"""The closed classes of English, each spelled here and nowhere else, and how to put them in a pattern."""

from collections.abc import Iterable


def listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def words_of(*words: str | Iterable[str]) -> frozenset[str]:
    return frozenset(word for each in words for word in (each.split() if isinstance(each, str) else each))


def any_of(*words: str | Iterable[str]) -> str:
    """The alternatives of a pattern, without brackets; a text stands for itself, bars and all."""
    return "|".join(each if isinstance(each, str) else "|".join(each) for each in words)


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether any of them stands in it, also within a word. Asked before a pattern that needs one of them and
    is long to try at every place."""
    return any(map(text.__contains__, words))


def by_letter(alternatives: str) -> str:
    """The same alternatives, those side by side that begin with one letter: a pattern of hundreds is then
    tried at a word as one of a dozen. Among those of one letter the first still comes first, so not for a
    pattern that takes capitals for small letters."""
    found: list[dict[str, list[str]]] = [{}]
    for one in _at_top(alternatives):
        if not one[:1].isalpha() or one[1:2] in "?*+{":
            found += [{one: []}, {}]
        else:
            found[-1].setdefault(one[0], []).append(one[1:])
    groups = [
        f"{first}(?:{'|'.join(ends)})" if ends else first for each in found for first, ends in each.items()
    ]
    return "|".join(groups)


def _at_top(alternatives: str) -> list[str]:
    parts, depth = [""], 0
    for mark in alternatives:
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += mark
    return parts


def not_behind(*words: str | Iterable[str]) -> str:
    """That none of these words stands before a place in a text."""
    return "".join(rf"(?<!{word} )" for word in any_of(*words).split("|"))


ARTICLES = listed("the a an")
DEMONSTRATIVES = listed("this that these those")
SUBJECTS = listed("he she it they")
OBJECTS = listed("him her them")
OWNERS = listed("his her its their")
DETERMINERS = (*ARTICLES, *OWNERS)
THIRD = (*SUBJECTS, *OBJECTS, *OWNERS, *listed("hers theirs"))
HE, SHE, THEY = listed("he him his"), listed("she her hers"), listed("they them their theirs")
SELVES = listed("himself herself itself themselves")
# Whoever writes, and whoever is written to.
FIRST = listed("i we you")
FIRST_OBJECTS = listed("me us you")
FIRST_OWNERS = listed("my our your")
TALKERS = (*FIRST, *FIRST_OBJECTS, *FIRST_OWNERS)
# A speaker's words as a reporter has them.
SPOKEN_AS = {
    "i": {"he", "she"},
    "we": {"they"},
    "me": {"him", "her"},
    "us": {"them"},
    "my": {"his", "her"},
    "our": {"their"},
}

DO, HAVE = listed("did does do"), listed("has have had")
IS, WAS = listed("is are"), listed("was were")
BE, BEING = (*IS, *WAS), listed("be been being")
MODALS = listed("will would can could should")
RARE_MODALS = listed("may might must shall ought")
ASKING = (*DO, *HAVE, *BE, *MODALS)  # what questions begin with
SUPPOSING = listed("had were should")  # "Had he known"
SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}

WHAT, WHO = listed("what which"), listed("who whom whose")
WHEN = listed("when where why how")
QUESTION_WORDS = (*WHAT, *WHO, *WHEN)

# As things stand, of a question.
PRESENTLY = (
    *listed("now currently nowadays"),
    *("so far", "by now", "to date", "these days", "at present", "at the moment"),
)
DAYS = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = listed("January February March April May June July August September October November December")
ALSO_WORDS = listed("may march")
# Without their stop.
SHORT_DAYS = tuple(day[:3] for day in DAYS)
SHORT_MONTHS = (*(month[:3] for month in MONTHS if len(month) > 3), "Sept")
MONTH = any_of(MONTHS, (rf"{month}\." for month in SHORT_MONTHS))

UNITS = listed("one two three four five six seven eight nine ten eleven twelve")
TEENS = listed("thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
NUMBERS = (*UNITS, *TEENS, *TENS)
