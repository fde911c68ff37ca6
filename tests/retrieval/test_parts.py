"""Chunks that are made when they are asked for are as a list of them would be."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Chunk
from retrieval.parts import Parts
from tests.retrieval.made import chunk

PLACES = st.integers(-6, 6)


def _made(count: int) -> tuple[list[Chunk], Parts]:
    listed = [chunk("x", id_=str(place), start=place) for place in range(count)]
    return listed, Parts([one.id for one in listed], listed.__getitem__)


@given(count=st.integers(0, 4), at=PLACES, bounds=st.tuples(st.none() | PLACES, st.none() | PLACES))
def test_they_are_as_a_list(count: int, at: int, bounds: tuple[int | None, int | None]) -> None:
    listed, parts = _made(count)
    assert list(parts) == listed == list(parts)
    assert len(parts) == count
    assert parts[slice(*bounds)] == listed[slice(*bounds)]
    assert _or_none(lambda: parts[at]) == _or_none(lambda: listed[at])
    assert [parts.get(one.id) for one in listed] == listed
    assert parts.get("another") is None


def test_none_is_made_that_nobody_asks_for() -> None:
    made: list[int] = []

    def make(place: int) -> Chunk:
        made.append(place)
        return chunk("x", id_=str(place), start=place)

    parts = Parts(["0", "1", "2", "3"], make)
    assert len(parts) == 4
    assert parts.get("2") == parts[2]
    assert made == [2]


def test_neighbours() -> None:
    listed, parts = _made(4)
    assert parts.around(listed[0]) == listed[:2]
    assert parts.around(listed[2]) == listed[1:]
    assert parts.around(listed[3]) == listed[2:]
    assert _made(1)[1].around(listed[0]) == listed[:1]


def test_a_chunk_of_an_article_replaced_since_has_no_neighbours() -> None:
    gone = chunk("x", id_="gone")
    assert _made(4)[1].around(gone) == [gone]


def _or_none(get: Callable[[], Chunk]) -> Chunk | None:
    try:
        return get()
    except IndexError:
        return None
