"""How the time of a regular expression grows with its text."""

import math
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.patterns.attacks import Attack

LONGEST = 100_000  # code points
STEEPEST = 1.4  # of the exponent: 1 is linear, 2 quadratic
_GLANCE = 3_500  # code points, from which on one whose time keeps to its length is left
_TRIAL = 16_000  # code points, at which a square already shows
_QUICK = 0.002  # seconds: a square that is as quick at _TRIAL takes a twelfth of a second at LONGEST
_FLOOR = 0.001  # seconds: below it noise tells nothing
_SUSPECT = 1.2  # of the exponent
_EARLY = 1.03  # of it below _TRIAL, where what grows in proportion may still hide a square
_TELLING = 0.02  # seconds that what grows as a square takes by LONGEST at the latest
_ENOUGH = 0.2  # seconds of one run, from which on growth is plain
_PLAIN = 1.0  # seconds, of which no busy machine makes what takes a few milliseconds
_RUNS = 3
# Eight million steps of the engine, 16 ms where the figures here were set: a slow or busy machine needs
# longer for these too.
_YARDSTICK, _YARD = re.compile("a*b"), "a" * 4_000


@dataclass(frozen=True)
class Growth:
    """`exponent` is None where it is too quick to be told; `size` is as far as it was tried."""

    exponent: float | None
    size: int
    seconds: float

    @property
    def steep(self) -> bool:
        return self.exponent is not None and self.exponent > STEEPEST


def growth(
    pattern: "re.Pattern[str]",
    way: str,
    attack: Attack,
    *,
    longest: int = LONGEST,
    telling: float = _TELLING,
) -> Growth:
    """Over doublings, from so small a text that even exponential time shows before it hurts. What takes less
    than `telling` seconds of its longest text isn't told."""
    timed: list[tuple[int, float]] = []
    for size in _sizes(longest):
        timed.append((size, _seconds(pattern, way, attack.text(size))))
        if timed[-1][1] > _ENOUGH or (size >= _GLANCE and not _suspect(timed)):
            break
    plain = timed[-1][1] > _ENOUGH
    floor = min(_FLOOR, telling / _TELLING * _FLOOR)
    told = timed[-3:] if plain else [one for one in timed if one[1] >= floor][-3:]
    size, seconds = timed[-1]
    if len(told) < 3 or seconds < telling:
        return Growth(None, size, seconds)
    if _slope(told) > STEEPEST and seconds < _PLAIN:
        told = _in_turns(pattern, way, attack, [size for size, _ in told])
    return Growth(_slope(told), size, told[-1][1])


def yardsticks(pattern: "re.Pattern[str]", way: str, text: str) -> float:
    """What it takes, in times of what the yardstick takes, both measured in turns."""
    turns = [(_once(pattern, way, text), _once(_YARDSTICK, "search", _YARD)) for _ in range(_RUNS)]
    taken, measure = (min(values) for values in zip(*turns, strict=True))
    return float(taken / measure)


def _in_turns(
    pattern: "re.Pattern[str]", way: str, attack: Attack, sizes: list[int]
) -> list[tuple[int, float]]:
    """Again, so that a machine that was busy for a while was so for each size, and the least of each."""
    texts = [attack.text(size) for size in sizes]
    turns = [[_once(pattern, way, text) for text in texts] for _ in range(_RUNS)]
    return [(size, min(values)) for size, values in zip(sizes, zip(*turns, strict=True), strict=True)]


def _suspect(timed: list[tuple[int, float]]) -> bool:
    """Whether a square that takes a while at _TRIAL would take as long, and it takes more than its length
    over one doubling and two."""
    (_, before), (_, between), (size, now) = timed[-3:]
    trial = size >= _TRIAL
    steepest = _SUSPECT if trial else _EARLY
    grows = now > 4**steepest * before or (not trial and now > 2**steepest * between)
    return grows and now >= _QUICK * min(1, size / 2 / _TRIAL) ** 2


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
        best = min(best, _once(pattern, way, text))
        if best < _FLOOR or best > _ENOUGH:
            break
    return best


def _once(pattern: "re.Pattern[str]", way: str, text: str) -> float:
    """Of this thread's own time: what others do meanwhile is none of it."""
    begun = time.thread_time()
    if way == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, way)(text)
    return time.thread_time() - begun


def _slope(timed: list[tuple[int, float]]) -> float:
    """Of the logarithms, by least squares."""
    points = [(math.log(size), math.log(seconds)) for size, seconds in timed]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((x - mean_x) * (y - mean_y) for x, y in points)
    below = sum((x - mean_x) ** 2 for x, _ in points)
    return float(above / below)
