"""Where things stand in the report's small drawings. The templates draw them as inline SVG."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.report.wording import milliseconds
from evals.scoring.metrics import Metric
from evals.statistics import Interval
from evals.summary import Quantiles

STEPS = 10  # shades of the heat map
_WIDTH, _EDGE = 120.0, 4.0  # of an interval's drawing, in its own units


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """Places from left to right; None where a thing isn't drawn."""

    dot: float
    low: float | None
    high: float | None
    zero: float | None
    floor: float | None
    before: float | None


def interval_bar(
    metric: str | None, value: float, of: Interval | None, *, floor: float | None, before: float | None
) -> IntervalBar:
    def place(figure: float | None) -> float | None:
        if figure is None:
            return None
        return round(_EDGE + unit(metric, figure) * (_WIDTH - 2 * _EDGE), 2)

    drawn = of if of is not None and of.tells else None
    return IntervalBar(
        dot=place(value) or 0.0,
        low=place(drawn.low) if drawn else None,
        high=place(drawn.high) if drawn else None,
        zero=place(0.0) if metric == Metric.TRUTHFULNESS else None,
        floor=place(floor),
        before=place(before),
    )


def unit(metric: str | None, value: float) -> float:
    """A metric's value on a scale from 0 to 1."""
    scaled = (value + 1) / 2 if metric == Metric.TRUTHFULNESS else value
    return min(1.0, max(0.0, scaled))


def shade(metric: str | None, value: float) -> int:
    return round(unit(metric, value) * STEPS)


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Stage:
    """Per cent of the width."""

    name: str
    of: Quantiles
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Latency:
    stages: tuple[Stage, ...]
    ticks: tuple[Tick, ...]


def latency(quantiles: Mapping[str, Quantiles]) -> Latency | None:
    """On a logarithmic scale of whole powers of ten."""
    if not quantiles:
        return None
    figures = [f for q in quantiles.values() for f in (q.p50, q.p99) if f > 0]
    least = math.floor(math.log10(max(min(figures, default=1), 0.01)))
    most = max(least + 1, math.ceil(math.log10(max(figures, default=10))))

    def place(figure: float) -> float:
        log = math.log10(max(figure, 10.0**least))
        return round(100 * min(1.0, (log - least) / (most - least)), 2)

    names = [name for name in quantiles if name != "total"] + [n for n in quantiles if n == "total"]
    return Latency(
        tuple(
            Stage(name, q, place(q.p50), place(q.p95), place(q.p99))
            for name in names
            for q in (quantiles[name],)
        ),
        tuple(Tick(place(10.0**power), _power(power)) for power in range(least, most + 1)),
    )


def _power(power: int) -> str:
    return f"{10 ** (power - 3):,} s" if power >= 3 else milliseconds(10.0**power)


def bar_lengths(counts: Sequence[int]) -> list[float]:
    """Per cent of the longest."""
    longest = max(counts, default=0) or 1
    return [round(100 * count / longest, 1) for count in counts]
