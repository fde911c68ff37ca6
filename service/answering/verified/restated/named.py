"""Whether words name the same: "Russian" and "Russia", "US" and "United States"."""

from collections.abc import Sequence

from service.english import Tag, Token

# Behind a country's name, less its last vowels, these make its people or what is theirs.
_OF_COUNTRIES = frozenset(
    ("", "n", "ns", "an", "ans", "ian", "ians", "ean", "eans", "ese", "i", "is", "ish", "er", "ers", "ic")
)
_ROOT = 4  # letters at least that two such words share
_MOST_INITIALS = 5


def bears(told: Token, known: Sequence[Token]) -> bool:
    """Whether one of the known words, or the first letters of several, names what the told one does."""
    if any(told.forms & other.forms or _kin(told, other) for other in known):
        return True
    return _is_short(told) and _letters(told) in spelled(known)


def spelled(tokens: Sequence[Token]) -> dict[str, frozenset[int]]:
    """The first letters of names of several words, and the places of the words."""
    found: dict[str, frozenset[int]] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + _MOST_INITIALS, len(tokens)) + 1):
            if not tokens[end - 1].text[0].isupper():
                break
            letters = "".join(token.text[0] for token in tokens[start:end])
            found[letters] = found.get(letters, frozenset()) | frozenset(range(start, end))
    return {letters: places for letters, places in found.items() if len(letters) > 1}


def written_out(told: Sequence[Token], known: Sequence[Token]) -> frozenset[int]:
    """The places of names of which something known has the first letters: "European Union" where "EU" is."""
    names = spelled(told)
    shorts = {_letters(token) for token in known if _is_short(token)}
    return frozenset(place for letters in shorts for place in names.get(letters, ()))


def _letters(token: Token) -> str:
    return token.text.replace(".", "")


def _is_short(token: Token) -> bool:
    return len(_letters(token)) > 1 and _letters(token).isupper()


def _kin(one: Token, other: Token) -> bool:
    if not (_is_name(one) and _is_name(other)):
        return False
    first, second = one.text.lower(), other.text.lower()
    return min(len(_root(first)), len(_root(second))) >= _ROOT and any(
        long.startswith(short) and long[len(short) :] in _OF_COUNTRIES
        for short, long in ((_root(first), second), (_root(second), first))
    )


def _root(word: str) -> str:
    return word.rstrip("aeiouy") if len(word) > _ROOT else word


def _is_name(token: Token) -> bool:
    return token.kind in (Tag.NAME, Tag.WORD) and token.text[0].isupper()
