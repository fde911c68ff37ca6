"""How the time of a regular expression grows with its text."""

import math
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.patterns.attacks import Attack

LONGEST = 100_000  # code points
STEEPEST = 1.4  # of the exponent: 1 is linear, 2 quadratic
_TRIAL = 16_000  # code points, at which a square already shows
_QUICK = 0.002  # seconds: a square that is as quick at _TRIAL takes a twelfth of a second at LONGEST
_FLOOR = 0.001  # seconds: below it noise tells nothing
_SUSPECT = 1.2  # of the exponent
_TELLING = 0.02  # seconds that what grows as a square takes by LONGEST at the latest
_ENOUGH = 0.2  # seconds of one run, from which on growth is plain
_RUNS = 3


@dataclass(frozen=True)
class Growth:
    """`exponent` is None where it is too quick to be told; `size` is as far as it was tried."""

    exponent: float | None
    size: int
    seconds: float

    @property
    def steep(self) -> bool:
        return self.exponent is not None and self.exponent > STEEPEST


def growth(pattern: "re.Pattern[str]", way: str, attack: Attack, *, longest: int = LONGEST) -> Growth:
    """Over doublings, from so small a text that even exponential time shows before it hurts."""
    timed: list[tuple[int, float]] = []
    for size in _sizes(longest):
        timed.append((size, _seconds(pattern, way, attack.text(size))))
        if timed[-1][1] > _ENOUGH or (size >= _TRIAL and not _suspect(timed)):
            break
    plain = timed[-1][1] > _ENOUGH
    told = timed[-3:] if plain else [one for one in timed if one[1] >= _FLOOR][-3:]
    size, seconds = timed[-1]
    return Growth(_slope(told) if len(told) == 3 and seconds >= _TELLING else None, size, seconds)


def _suspect(timed: list[tuple[int, float]]) -> bool:
    """Whether it takes a while, and more than its length over two doublings."""
    (_, before), _, (_, now) = timed[-3:]
    return now >= _QUICK and now > 4**_SUSPECT * before


def _sizes(longest: int) -> Iterator[int]:
    size = 16.0
    while size < longest:
        yield int(size)
        size *= 1.25 if size < 60 else 2
    yield longest


def _seconds(pattern: "re.Pattern[str]", way: str, text: str) -> float:
    """The least of several runs; one is enough where it is quick or far too slow."""
    best = math.inf
    for _ in range(_RUNS):
        begun = time.thread_time()
        if way == "finditer":
            for _ in pattern.finditer(text):
                pass
        else:
            getattr(pattern, way)(text)
        best = min(best, time.thread_time() - begun)
        if best < _FLOOR or best > _ENOUGH:
            break
    return best


def _slope(timed: list[tuple[int, float]]) -> float:
    """Of the logarithms, by least squares."""
    points = [(math.log(size), math.log(seconds)) for size, seconds in timed]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((x - mean_x) * (y - mean_y) for x, y in points)
    below = sum((x - mean_x) ** 2 for x, _ in points)
    return float(above / below)
