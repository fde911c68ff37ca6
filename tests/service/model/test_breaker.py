from hypothesis import given, settings
from hypothesis import strategies as st

from service.model.breaker import AT_ONCE, EARNED, Attempt, Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        turn = breaker.admit()
        assert turn is not None
        turn.failed()
        turn.over()


def admitted(breaker: Breaker) -> Attempt:
    turn = breaker.admit()
    assert turn is not None
    return turn


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(failures=3, seconds=15, clock=clock)
    fail(breaker, 3)
    return breaker


def test_it_opens_after_failures_in_a_row() -> None:
    breaker = Breaker(failures=3, seconds=15, clock=Clock())
    fail(breaker, 2)
    admitted(breaker).over()
    fail(breaker, 1)
    assert breaker.admit() is None


def test_a_success_between_them_starts_the_count_anew() -> None:
    breaker = Breaker(failures=3, seconds=15, clock=Clock())
    fail(breaker, 2)
    admitted(breaker).succeeded()
    fail(breaker, 2)
    assert breaker.admit() is not None


def test_one_alone_is_let_through_once_the_time_is_up() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 14.9
    assert breaker.admit() is None
    clock.now += 0.1
    assert [breaker.admit() is None for _ in range(3)] == [False, True, True]


def test_its_failure_closes_the_door_for_as_long_again() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 15
    admitted(breaker).failed()
    clock.now += 14.9
    assert breaker.admit() is None
    clock.now += 0.1
    assert breaker.admit() is not None


def test_its_success_opens_the_door_for_all() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 15
    admitted(breaker).succeeded()
    assert all(breaker.admit() for _ in range(5))


def test_one_that_learnt_nothing_lets_another_try() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 15
    admitted(breaker).over()
    assert breaker.admit() is not None
    assert breaker.admit() is None


def test_an_earlier_one_that_ends_late_neither_prolongs_the_wait_nor_lets_a_second_one_try() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, seconds=15, clock=clock)
    early = [admitted(breaker) for _ in range(2)]
    fail(breaker, 3)
    clock.now += 10
    early[0].failed()
    early[0].over()
    clock.now += 5
    assert breaker.admit() is not None
    early[1].over()
    assert breaker.admit() is None


def test_repeating_is_paid_for_by_successes() -> None:
    breaker = Breaker(clock=Clock())
    turn = admitted(breaker)
    assert [turn.allows_another() for _ in range(3)] == [True, True, False]
    for _ in range(round(1 / EARNED)):
        turn.succeeded()
    assert [turn.allows_another() for _ in range(2)] == [True, False]


def test_nothing_is_repeated_while_it_is_open_or_tried() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, seconds=15, clock=clock)
    turn = admitted(breaker)
    turn.failed()
    assert not turn.allows_another()
    clock.now += 15
    assert not admitted(breaker).allows_another()


@settings(deadline=None)
@given(st.lists(st.sampled_from(["succeeded", "failed", "again"]), max_size=200))
def test_whatever_happens_repeats_stay_within_a_fifth_of_the_successes(events: list[str]) -> None:
    breaker = Breaker(failures=1000, clock=Clock())
    turn = admitted(breaker)
    repeats = successes = 0
    for event in events:
        if event == "again":
            repeats += turn.allows_another()
        else:
            getattr(turn, event)()
            successes += event == "succeeded"
    assert repeats <= AT_ONCE + EARNED * successes + 1e-6
