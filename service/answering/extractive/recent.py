"""A bounded memory of what was computed, least recently used out first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Safe to share between threads. Two threads that miss at once both compute: the work is pure."""

    def __init__(self, *, kept: int) -> None:
        self._kept = kept
        self._known: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        return self.several([key], lambda _: [make()])[0]

    def several(self, keys: Sequence[K], make: Callable[[list[K]], Sequence[V]]) -> list[V]:
        """In the order of the keys. `make` makes those that aren't known, all at once."""
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        absent = [key for key in dict.fromkeys(keys) if key not in found]
        if absent:
            found |= zip(absent, make(absent), strict=True)
        with self._lock:
            for key in dict.fromkeys(keys):
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return [found[key] for key in keys]

    def __contains__(self, key: K) -> bool:
        return key in self._known

    def __len__(self) -> int:
        return len(self._known)
