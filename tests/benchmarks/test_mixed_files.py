"""A folder of mixed files: what the benchmark makes two thousand of, and checks each of."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.mixed_files import Meters, make, take_in
from tests.retrieval.made import corpus_in


@pytest.mark.slow
def test_sixty_mixed_files_become_what_they_should(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    made = make(tmp_path / "files", 60)
    with corpus_in(tmp_path / "data") as corpus:
        assert take_in(corpus, made, Meters()) == made.outcomes
        assert set(made.outcomes.values()) == {"added", "duplicate", "refused", "skipped"}
        again = take_in(corpus, made, Meters())
        assert Counter(again.values())["added"] == 0
        known = {name: outcome for name, outcome in again.items() if outcome != "unchanged"}
        left = {name: outcome for name, outcome in made.outcomes.items() if outcome != "added"}
        assert known == left
