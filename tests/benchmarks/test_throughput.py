"""How answers a second are set against the CPU time of their stages, and how that time is taken."""

import os
import subprocess
import sys

import pytest

from benchmarks.answered import Stages, Stretch
from benchmarks.busy import Cores, cores

_CORES = os.cpu_count() or 1


def test_what_a_process_and_its_children_spend_is_counted_and_nothing_else() -> None:
    burn = "import time\nwhile time.process_time() < 0.4: pass"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}]); input()"
    before = cores([os.getpid()])
    with (
        subprocess.Popen([sys.executable, "-c", nested], stdin=subprocess.PIPE) as parent,
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other,
    ):
        while cores([parent.pid]).had < 0.35:
            assert parent.poll() is None
        assert cores([os.getpid()]).had - before.had > 0.3
        assert cores([other.pid]).had < 0.3
        for process in (parent, other):
            process.communicate(b"\n")


@pytest.mark.parametrize(
    ("clients", "allowed"),
    [(1, 1 / (0.06 - 0.04 * (1 - 1 / _CORES))), (100, _CORES / 0.06)],
)
def test_one_client_has_a_core_for_all_but_reading_and_many_have_every_core(
    clients: int, allowed: float
) -> None:
    stages = Stages(number=10, wall=1.0, cpu=0.6, crew=0.4)
    assert Stretch(clients).allowed(stages) == pytest.approx(allowed)


@pytest.mark.parametrize(
    ("had", "waited", "alone"),
    [
        (0.5 * _CORES, 0.0, 25),  # nobody else at work: as it was
        (0.5 * _CORES, 0.25 * _CORES, 37.5),
        (0.5 * _CORES, 3.0 * _CORES, 50),  # more threads than cores want no more than these
    ],
)
def test_what_others_took_is_reckoned_out(had: float, waited: float, alone: float) -> None:
    seen = Stretch(8, seconds=1.0, answered=25, cores=Cores(had, waited))
    assert seen.alone == pytest.approx(alone)
