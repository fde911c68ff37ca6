"""What is compiled when it is first used reads as what is compiled at once."""

import re

import pytest

from service.english import patterns as module
from service.english.patterns import compile_all, lazily


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[module.Lazy]:
    """Those of this test alone."""
    held: list[module.Lazy] = []
    monkeypatch.setattr(module, "_made", held)
    return held


def test_it_reads_as_one_that_is_compiled_at_once(made: list[module.Lazy]) -> None:
    now, then = re.compile(r"(?P<who>\w+) said", re.I), lazily(r"(?P<who>\w+) said", re.I)
    text = "Roe SAID so, and Ott said no"
    assert [found.span("who") for found in then.finditer(text)] == [(0, 3), (17, 20)]
    assert then.sub("X", text) == now.sub("X", text) == "X so, and X no"
    assert then.fullmatch("roe said")
    assert not then.match(", Roe said")
    assert (then.pattern, then.flags, dict(then.groupindex)) == (now.pattern, now.flags, {"who": 1})


def test_what_is_wrong_with_it_is_raised_when_it_is_used(made: list[module.Lazy]) -> None:
    broken = lazily("(")
    with pytest.raises(re.error):
        broken.search("")


def test_all_are_compiled_until_it_should_not_go_on(made: list[module.Lazy]) -> None:
    for text in ("a", "b", "c"):
        lazily(text)
    goes_on = iter([True, True, False])
    compile_all(lambda: next(goes_on))
    assert ["search" in vars(lazy) for lazy in made] == [True, True, False]
