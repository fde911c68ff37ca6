"""Turns of one conversation follow each other; those of others don't wait."""

import threading

import pytest

from service.errors import RequestConflict
from service.one_at_a_time import OneAtATime


def test_the_second_waits_until_the_first_is_done() -> None:
    turnstile, order = OneAtATime(patience=20), list[str]()
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with turnstile.turn("owner", "c"):
            order.append("second")

    thread = threading.Thread(target=second)
    with turnstile.turn("owner", "c"):
        thread.start()
        assert waiting.wait(timeout=20)
        order.append("first")
    thread.join(timeout=20)
    assert order == ["first", "second"]


def test_who_waits_too_long_is_refused_and_others_are_not() -> None:
    turnstile = OneAtATime(patience=0)
    with turnstile.turn("owner", "c"):
        for principal, conversation in (("owner", "d"), ("another", "c"), ("owner", None)):
            with turnstile.turn(principal, conversation):
                pass
        with pytest.raises(RequestConflict), turnstile.turn("owner", "c"):
            raise AssertionError("let in")
    with turnstile.turn("owner", "c"):
        pass


def test_a_turn_that_fails_lets_the_next_one_in() -> None:
    turnstile = OneAtATime(patience=0)
    with pytest.raises(KeyError), turnstile.turn("owner", "c"):
        raise KeyError
    with turnstile.turn("owner", "c"):
        pass
