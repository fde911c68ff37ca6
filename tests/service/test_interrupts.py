"""SIGINT while something starts."""

import os
import signal

import pytest

from service.interrupts import interruptible


class Finalised:
    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)


def start(*, swallowed: bool) -> None:
    with interruptible():
        if swallowed:
            Finalised()
        else:
            os.kill(os.getpid(), signal.SIGINT)
            pytest.fail("it went on")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("swallowed", [True, False])
def test_it_is_heard_also_where_a_finaliser_swallows_it(*, swallowed: bool) -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        start(swallowed=swallowed)
    assert signal.getsignal(signal.SIGINT) is before


def test_without_one_nothing_is_raised() -> None:
    with interruptible():
        started = True
    assert started
