"""Who may be a copy of whom: of the texts whose signatures share a band, those that share the most."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

import numpy as np
import sqlalchemy as sa

from retrieval.batches import in_batches
from retrieval.likeness import Runs, unstored
from retrieval.tables import copied_bands, copied_texts

_COMPARED = 200  # with one text
_AT_ONCE = 500
_MOST_KEPT = 4_000_000  # runs: 16 MB
# Made once: to make a statement of so many values costs more than to run it.
_SHARING = sa.select(copied_bands.c.band, copied_bands.c.text_id).where(
    copied_bands.c.band.in_(sa.bindparam("bands", expanding=True))
)
_RUNS = sa.select(copied_texts.c.id, copied_texts.c.runs).where(
    copied_texts.c.id.in_(sa.bindparam("ids", expanding=True))
)


class Candidates:
    """For texts that come in one transaction: what each is to be compared with, those among them that came
    before it too."""

    def __init__(self, connection: sa.Connection, bands: Collection[int]) -> None:
        """`bands`: of all of them."""
        self._connection = connection
        self._runs: dict[int, Runs] = {}
        self._kept = 0
        self._came: dict[int, list[int]] = defaultdict(list)  # by band
        some = in_batches(sorted(set(bands)), _AT_ONCE)
        rows = chain.from_iterable(connection.execute(_SHARING, {"bands": every}) for every in some)
        known = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 2)
        self._bands, self._texts = known[np.argsort(known[:, 0], kind="stable")].T

    def of(self, bands: Sequence[int]) -> Mapping[int, Runs]:
        """Their runs, by their ids."""
        begins, ends = (np.searchsorted(self._bands, bands, side) for side in ("left", "right"))
        parts = [self._texts[begin:end] for begin, end in zip(begins, ends, strict=True) if begin < end]
        came = [text_id for band in bands for text_id in self._came.get(band, ())]
        each, shared = np.unique(np.concatenate([*parts, np.array(came, np.int64)]), return_counts=True)
        ids: list[int] = each[np.argsort(-shared, kind="stable")[:_COMPARED]].tolist()
        unread = [text_id for text_id in ids if text_id not in self._runs]
        if unread:
            found = self._connection.execute(_RUNS, {"ids": unread}).tuples()
            self._keep({text_id: unstored(data) for text_id, data in found}, beside=ids)
        return {text_id: self._runs[text_id] for text_id in ids}

    def add(self, text_id: int, bands: Sequence[int], runs: Runs) -> None:
        """One that came."""
        for band in bands:
            self._came[band].append(text_id)
        self._keep({text_id: runs})

    def _keep(self, runs: Mapping[int, Runs], *, beside: Collection[int] = ()) -> None:
        if self._kept > _MOST_KEPT:
            self._runs = {text_id: self._runs[text_id] for text_id in beside if text_id in self._runs}
            self._kept = sum(map(len, self._runs.values()))
        self._runs |= runs
        self._kept += sum(map(len, runs.values()))
