"""The chunks of an opened article."""

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from retrieval.article import Chunk


class Parts(Sequence[Chunk]):
    """In order; each is made when it is first asked for: a question opens twenty articles and looks at few of
    their chunks. Safe to share between threads: two may make the same one."""

    def __init__(self, ids: Sequence[str], make: Callable[[int], Chunk]) -> None:
        self._places = {id_: place for place, id_ in enumerate(ids)}
        self._make = make
        self._made: dict[int, Chunk] = {}

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Chunk: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Chunk]: ...
    def __getitem__(self, at: int | slice) -> Chunk | Sequence[Chunk]:
        if isinstance(at, slice):
            return [self._one(place) for place in range(len(self))[at]]
        return self._one(range(len(self))[at])

    def __iter__(self) -> Iterator[Chunk]:
        return map(self._one, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parts) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def get(self, id_: str) -> Chunk | None:
        place = self._places.get(id_)
        return None if place is None else self._one(place)

    def around(self, chunk: Chunk) -> Sequence[Chunk]:
        """The chunk before, the chunk, and the chunk after, as far as there are any; without its neighbours
        where the article was replaced since it was found."""
        place = self._places.get(chunk.id)
        return [chunk] if place is None else self[max(0, place - 1) : place + 2]

    def _one(self, place: int) -> Chunk:
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = self._make(place)
        return made
