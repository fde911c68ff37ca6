"""Which corpus the record and the index of a data directory hold: the same, or neither is used.

An index without its record must not pass for a first start, which would serve the seed articles and say
nothing. A record without its index is no loss: the index is rebuilt.
"""

import shutil
import uuid
from pathlib import Path

from retrieval.errors import ForeignIndex, RecordLost
from retrieval.lock import unusable
from retrieval.private import INDEX_NAME, RECORD_NAME
from retrieval.record import Record

CORPUS = "corpus_id"
POINTER = "index_generation"
_FILE = "corpus"
_UNNAMED = ""  # an index from before corpora had names


def has_vectors(index: Path) -> bool:
    """Whether there is an index in the folder."""
    return (index / "chroma" / "chroma.sqlite3").exists()


def refuse_lost(data_dir: Path) -> None:
    """Before the database is opened, which would make an empty one. Raises RecordLost."""
    file = data_dir / RECORD_NAME
    if _of_index(data_dir / INDEX_NAME) is not None and (not file.is_file() or not file.stat().st_size):
        raise _lost(data_dir, "is empty" if file.is_file() else "is not there")


def agree(record: Record, data_dir: Path, *, start_anew: bool) -> None:
    """Name a corpus that has no name yet, in both. Raises RecordLost where the record knows nothing of the
    index; ForeignIndex where it is another's, which with `start_anew` is thrown away instead;
    DataDirectoryError where the name can't be written."""
    index = data_dir / INDEX_NAME
    own, its = record.setting(CORPUS), _of_index(index)
    if own is None:
        if its is not None and record.setting(POINTER) is None:
            raise _lost(data_dir, "holds nothing")
        own = uuid.uuid4().hex
        record.set_setting(CORPUS, own)
    if its not in (None, _UNNAMED, own):
        if not start_anew:
            raise ForeignIndex(
                f"the record {data_dir / RECORD_NAME} and the index beside it are of two corpora",
                remedy="Put back the one that belongs here (`parley restore`), or, if this record is the "
                "right one, run `parley reindex`.",
            )
        shutil.rmtree(index)
    if its != own:
        try:
            index.mkdir(parents=True, exist_ok=True)
            _write(index / _FILE, own)
        except OSError as exc:
            raise unusable(data_dir, exc) from exc


def _of_index(index: Path) -> str | None:
    """The corpus that the index names; None where there is no index."""
    if (index / _FILE).is_file():
        return (index / _FILE).read_text("utf-8").strip()
    return _UNNAMED if has_vectors(index) else None


def _write(file: Path, corpus: str) -> None:
    """Whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(corpus, "utf-8")
    part.replace(file)


def _lost(data_dir: Path, what: str) -> RecordLost:
    return RecordLost(
        f"the record {data_dir / RECORD_NAME} {what}, but the index beside it holds a corpus: its "
        "articles and answers are lost, or in a file somewhere else",
        remedy="Put the record back with `parley restore BACKUP`; or, to start anew without it, move "
        f"{data_dir / INDEX_NAME} away.",
    )
