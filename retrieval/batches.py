"""So many at a time."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def in_batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch


def by_weight(
    items: Iterable[_Item], weigh: Callable[[_Item], int], *, few: int, many: int, light: int, heavy: int
) -> Iterator[list[_Item]]:
    """A `few` at a time, or up to `many` as long as they weigh less than `light` together; a `heavy` batch
    takes no more."""
    batch: list[_Item] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += weigh(item)
        if len(batch) >= (few if weight >= light else many) or weight >= heavy:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
