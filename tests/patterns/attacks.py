"""Texts that make a regular expression slow, made of its own structure.

What costs more than its length is a repeat that can give back what it took (a pumped unit, and then what
fails), two repeats that share characters, and a search that begins anew at each place. So each repeat's unit
is pumped between what stands before it and what cannot follow, and each beginning of the pattern as a whole.
"""

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

codes: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
_SAMPLES = " a\nA0.-,'\"_“é#x1S@/:;!?()[]{}<>*~`|=\\&%$+^\t’”‘—–«»…\x00äß漢"
_CLASSICS = (
    *(" ", "\n", " \n", "\t", "a", "A", "0", ".", "-", "_", "'", '"', "“", "”", "’", ",", "(", ")", "[", "*"),
    *("a ", "A ", "Aa ", "a. ", "A.", "a.a", "a-", "a’", "a, ", "0,", "0 ", "the ", "said ", "and ", "The "),
    *(
        "“a” ",
        '"a" ',
        "he said ",
        "A and ",
        "#",
        "# ",
        "a@",
        "http://",
        "é",
        "漢",
        "\u200b",
        "\x1b[",
        "| ",
        "...",
    ),
)
_ENDS = ("", "!", "\nb")
_MOST = 240  # of one pattern's own; a long list of names would make thousands that are alike
_MANY = 8  # a repeat that may go on so long is worth pumping


@dataclass(frozen=True)
class Attack:
    before: str
    unit: str
    after: str

    def text(self, size: int) -> str:
        return self.before + self.unit * max(1, size // len(self.unit)) + self.after


def attacks(pattern: "re.Pattern[str]") -> list[Attack]:
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE & ~re.DEBUG)
    own: dict[Attack, None] = {}
    for before, unit in _pumps(list(tree), "", pattern.flags):
        own |= dict.fromkeys(Attack(head, unit, end) for end in _ENDS for head in (before, ""))
        own |= dict.fromkeys(Attack("", before + unit, end) for end in _ENDS[:2])
    classics = [Attack("", unit, end) for unit in _CLASSICS for end in _ENDS[:2]]
    classics += [Attack("# a", unit, "b") for unit in _CLASSICS[:4]]
    made = list(own)
    return classics + made[:: max(1, -(-len(made) // _MOST))]


def _pumps(items: Sequence[Any], before: str, flags: int) -> Iterator[tuple[str, str]]:
    """What stands before each repeat, and what may be pumped there."""
    for number, (code, given) in enumerate(items):
        witness = _witness([(code, given)], flags)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, body = given
            if most is codes.MAXREPEAT or most >= _MANY:
                for unit in _units(list(body), flags):
                    yield before, unit
                following = _witness(items[number + 1 :], flags)
                if following:
                    yield before, _witness(list(body), flags) * max(1, least) + following
            yield from _pumps(list(body), before, flags)
        for inner in _inner(code, given):
            yield from _pumps(inner, before, flags)
        before += witness
        if before:
            yield "", before


def _inner(code: Any, given: Any) -> Iterator[list[Any]]:
    if code is codes.SUBPATTERN:
        yield list(given[-1])
    elif code is codes.ATOMIC_GROUP:
        yield list(given)
    elif code is codes.BRANCH:
        yield from (list(branch) for branch in given[1])
    elif code in (codes.ASSERT, codes.ASSERT_NOT):
        yield list(given[1])


def _units(body: list[Any], flags: int) -> Iterator[str]:
    """Texts that the body of a repeat takes: characters of each kind where it takes one, else a witness."""
    if len(body) == 1 and body[0][0] in (codes.IN, codes.ANY, codes.NOT_LITERAL, codes.LITERAL):
        yield from [c for c in _SAMPLES if _takes(body[0], c, flags)][:14]
    if len(body) == 1 and body[0][0] is codes.BRANCH:
        for branch in body[0][1][1]:
            yield _witness(list(branch), flags)
    if len(body) == 1 and body[0][0] is codes.SUBPATTERN:
        yield from _units(list(body[0][1][-1]), flags)
    whole = _witness(body, flags)
    if whole:
        yield whole


def _witness(items: Sequence[Any], flags: int) -> str:
    """A short text that these take, assertions aside."""
    return "".join(_taken(code, given, flags) for code, given in items)


def _taken(code: Any, given: Any, flags: int) -> str:
    if code is codes.LITERAL:
        return chr(given)
    if code in (codes.IN, codes.ANY, codes.NOT_LITERAL):
        return next((c for c in "aA0 .-" + _SAMPLES if _takes((code, given), c, flags)), _first(given))
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, body = given
        return _witness(list(body), flags) * (max(1, least) if most else 0)
    if code is codes.BRANCH:
        return _witness(list(given[1][0]), flags)
    if code is codes.SUBPATTERN:
        return _witness(list(given[-1]), flags)
    if code is codes.ATOMIC_GROUP:
        return _witness(list(given), flags)
    if code is codes.ASSERT and given[0] > 0:
        return _witness(list(given[1]), flags)
    return ""


def _first(given: Any) -> str:
    for code, value in given if isinstance(given, list) else ():
        if code is codes.LITERAL:
            return chr(value)
        if code is codes.RANGE:
            return chr(value[0])
    return ""


def _takes(item: tuple[Any, Any], character: str, flags: int) -> bool:
    code, given = item
    if code is codes.LITERAL:
        return chr(int(given)) == character
    if code is codes.NOT_LITERAL:
        return chr(int(given)) != character
    if code is codes.ANY:
        return character != "\n" or bool(flags & re.DOTALL)
    negated = given[0][0] is codes.NEGATE
    return any(_in(one, character) for one in given[negated:]) != negated


def _in(one: tuple[Any, Any], character: str) -> bool:
    code, given = one
    if code is codes.LITERAL:
        return chr(int(given)) == character
    if code is codes.RANGE:
        return int(given[0]) <= ord(character) <= int(given[1])
    if code is codes.CATEGORY:
        return _CATEGORIES[str(given).rpartition("_")[2], "NOT" in str(given)](character)
    return False


_CATEGORIES: dict[tuple[str, bool], Callable[[str], bool]] = {
    ("SPACE", False): str.isspace,
    ("SPACE", True): lambda c: not c.isspace(),
    ("DIGIT", False): str.isdigit,
    ("DIGIT", True): lambda c: not c.isdigit(),
    ("WORD", False): lambda c: c.isalnum() or c == "_",
    ("WORD", True): lambda c: not (c.isalnum() or c == "_"),
}
