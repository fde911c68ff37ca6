"""Patterns that are compiled when they are first used: all at once they are half of what a start takes."""

import re
from collections.abc import Callable
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_made: list["Lazy"] = []


class Lazy:
    """Stands for a `re.Pattern`. From its first use on it has that one's methods as attributes of its own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # whoever copies it asks for such before it has anything
            raise AttributeError(name)
        compiled = self.compiled()
        if name in _METHODS:
            vars(self).update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)

    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """For what a module holds: each is kept. What is wrong with `pattern` is raised by its first use."""
    lazy = Lazy(pattern, flags)
    _made.append(lazy)
    return cast("re.Pattern[str]", lazy)


def compile_all(goes_on: Callable[[], bool] = lambda: True) -> None:
    """For as long as `goes_on`, in the order in which they were made."""
    for lazy in _made:
        if not goes_on():
            return
        lazy.search  # noqa: B018 its first use
