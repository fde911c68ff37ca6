"""Who had the cores: some processes with all that they started, and who else. As Linux tells it."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_IDLE = slice(3, 5)  # of the line: also idle is who waits for a disk
_NANO = 1e-9


@dataclass(frozen=True, slots=True)
class Cores:
    """Seconds: of CPU that the processes had, in which their threads waited for a core, and in which a core
    did nothing."""

    had: float = 0.0
    waited: float = 0.0
    idle: float = 0.0

    @property
    def wanted(self) -> float:
        """What they would have had, had nobody else wanted any."""
        return self.had + self.waited

    def __add__(self, other: "Cores") -> "Cores":
        return Cores(self.had + other.had, self.waited + other.waited, self.idle + other.idle)

    def __sub__(self, other: "Cores") -> "Cores":
        return Cores(self.had - other.had, self.waited - other.waited, self.idle - other.idle)


def cores(pids: Sequence[int]) -> Cores:
    """Since each began."""
    first = Path("/proc/stat").read_text().partition("\n")[0].split()[1:]
    idle = sum(map(int, first[_IDLE])) / _TICKS
    had = waited = 0.0
    for pid, told in _with_children(pids):
        had += sum(map(int, told[11:15])) / _TICKS  # and that of children that have ended
        waited += sum(map(_waited, Path(f"/proc/{pid}/task").glob("*/schedstat")))
    return Cores(had, waited, idle)


def _with_children(pids: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """Each with the fields of its line, from its state on."""
    children: dict[int, list[int]] = {}
    lines: dict[int, list[str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            told = (folder / "stat").read_text().rpartition(")")[2].split()
            lines[int(folder.name)] = told
            children.setdefault(int(told[1]), []).append(int(folder.name))
    waiting = list(pids)
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, ())
        if pid in lines:
            yield pid, lines[pid]


def _waited(schedstat: Path) -> float:
    with suppress(OSError):
        return int(schedstat.read_text().split()[1]) * _NANO
    return 0.0
