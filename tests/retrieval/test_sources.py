"""Which bytes are taken, and what may be known of them."""

from pathlib import Path

import pytest

from retrieval import sources
from retrieval.errors import SourceTooLarge, UnsupportedSource
from retrieval.sources import ending_of, facts_from, read_bytes

SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_ending_of_the_name_decides_whether_there_is_a_reader() -> None:
    assert [ending_of("A.TXT"), ending_of("a.md")] == [".txt", ".md"]
    with pytest.raises(UnsupportedSource, match="without an extension"):
        ending_of("article")


def test_size_is_checked_before_reading_and_while_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    assert len(read_bytes(path, limit=11)) == 11
    with pytest.raises(SourceTooLarge):
        read_bytes(path, limit=10)
    monkeypatch.setattr(sources, "check", lambda *_args: None)  # as if the file had grown since
    with pytest.raises(SourceTooLarge):
        read_bytes(path, limit=10)


@pytest.mark.parametrize("published", ["2025-08-17", "2025-08-17T09:30:00Z", "2025-08-17T09:30:00.25-04:00"])
def test_dates_that_can_be_used(published: str) -> None:
    assert facts_from({"published": published}, where="here").published == published
