"""Figures as text: medians, 95th percentiles, ratios and tables of them."""

import math
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path


def p50(values: Iterable[float]) -> float:
    found = sorted(values)
    return statistics.median(found) if found else math.nan


def p95(values: Iterable[float]) -> float:
    return _nearest_rank(values, 0.95)


def p99(values: Iterable[float]) -> float:
    return _nearest_rank(values, 0.99)


def _nearest_rank(values: Iterable[float], share: float) -> float:
    """A value that was measured."""
    found = sorted(values)
    return found[math.ceil(share * len(found)) - 1] if found else math.nan


def shown(value: float) -> str:
    if math.isnan(value):
        return "-"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(title: str, header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> None:
    cells = [list(header), *([cell if isinstance(cell, str) else shown(cell) for cell in r] for r in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(header))]
    print(f"\n{title}")
    for row in cells:
        numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        print("  " + "  ".join([row[0].ljust(widths[0]), *numbers]), flush=True)


def machine() -> str:
    """Neutral: what a reader needs in order to compare, and no name."""
    family = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        models = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        family = models[0] if models else family
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({family}), Python {platform.python_version()}, load {load:.1f} at the start"
    )
