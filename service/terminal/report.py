"""What became of each file of an ingest: told as it becomes of it, summed up in the end."""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from retrieval.collecting import Left, Skipped
from retrieval.outcome import Ingested, Outcome
from retrieval.sources import Source
from service.terminal.harmless import harmless
from service.terminal.text import ingested_line
from service.terminal.written import print_json

_SECONDS = 5.0  # between two lines of progress, where there is no terminal
_NAMED = 5  # of the files that were skipped for one reason
_SKIPPED = "skipped"


class Progress:
    """How far it is, on standard error: on a terminal a line that is written over, else one now and then."""

    def __init__(self, total: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._done = 0
        self._clock = clock
        self._begun = self._told = clock()
        self._on_terminal = sys.stderr.isatty()

    def begin(self) -> None:
        """What was opened before is no part of the rate."""
        self._begun = self._told = self._clock()

    def step(self) -> None:
        self._done += 1
        self._total = max(self._total, self._done)
        now = self._clock()
        if self._on_terminal:
            print(f"\r\x1b[K{self.line()}", end="", file=sys.stderr, flush=True)
        elif now - self._told >= _SECONDS:
            self._told = now
            print(self.line(), file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Before anything else is written there."""
        if self._on_terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def line(self) -> str:
        seconds = max(self._clock() - self._begun, 0.001)
        left = (self._total - self._done) * seconds / max(self._done, 1)
        told = f"{self._done:,} of {self._total:,}: {self._done / seconds:.1f} a second"
        return f"{told}, {_duration(left)} left" if self._total > self._done else told


class Report:
    """`refused`: how many were. Every file is in it, those that are skipped by their kind."""

    def __init__(self, total: int, *, as_json: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._as_json = as_json
        self._progress = Progress(total, clock=clock)
        self._counts = Counter[str]()
        self._skipped: defaultdict[Skipped, list[str]] = defaultdict(list)
        self._files: list[dict[str, Any]] = []

    @property
    def refused(self) -> int:
        return self._counts[Outcome.REFUSED]

    def sources(self, found: Iterable[Source | Left]) -> Iterator[Source]:
        """Those that can be read; what is left is told."""
        self._progress.begin()
        for one in found:
            if isinstance(one, Source):
                yield one
            elif one.error is not None:
                self.tell(Ingested(one.name, Outcome.REFUSED, error=one.error))
            elif one.why is not None:
                self._skip(one.name, one.why)

    def tell(self, done: Ingested) -> None:
        self._counts[done.outcome] += 1
        if self._as_json:
            self._files.append(_row(done))
        else:
            self._progress.clear()
            out = sys.stderr if done.error is not None else sys.stdout
            print(ingested_line(done), file=out, flush=True)
        self._progress.step()

    def close(self) -> None:
        self._progress.clear()
        if self._as_json:
            counts = {name: self._counts[name] for name in (*Outcome, _SKIPPED)}
            print_json(json.dumps({"outcomes": counts, "files": self._files}, indent=2, ensure_ascii=False))
            return
        for why, names in self._skipped.items():
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            print(harmless(f"skipped, {why}: {', '.join(names[:_NAMED])}{more}"))
        if sum(self._counts.values()) > 1:
            print(self._summary(), file=sys.stderr)

    def stopped(self) -> None:
        """By Ctrl-C."""
        self.close()
        print("Stopped. The same command goes on from here.", file=sys.stderr)

    def _skip(self, name: str, why: Skipped) -> None:
        self._counts[_SKIPPED] += 1
        self._skipped[why].append(name)
        if self._as_json:
            self._files.append({"name": name, "outcome": _SKIPPED, "why": why})
        self._progress.step()

    def _summary(self) -> str:
        taken = sum(self._counts[outcome] for outcome in Outcome)
        each = ", ".join(f"{self._counts[name]:,} {name}" for name in Outcome if self._counts[name])
        skipped = f"; {self._counts[_SKIPPED]:,} skipped" if self._counts[_SKIPPED] else ""
        return f"{taken:,} article{'' if taken == 1 else 's'}{': ' if each else ''}{each}{skipped}"


def _row(done: Ingested) -> dict[str, Any]:
    error = done.error
    return {
        "name": done.name,
        "outcome": done.outcome,
        "article_id": done.article_id,
        "version": done.version,
        "duplicate_of": done.duplicate_of,
        "left_out": None if done.left_out is None else asdict(done.left_out),
        "error": None if error is None else error.message,
        "remedy": None if error is None else error.remedy,
    }


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"
