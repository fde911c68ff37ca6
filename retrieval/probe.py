"""Does the index stand being asked? Found out in a process of its own, because Chroma's native code reads
files that are damaged until it crashes, and takes the service with it.

That costs seconds, so it is done only where it isn't known whether they are as the last close left them.
"""

import json
import signal
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from retrieval.errors import IndexUnavailable
from retrieval.hnsw_files import whole, written
from retrieval.store import ChromaServer, VectorStore

_NOTE = "closed.json"
_SECONDS = 120
_QUESTIONS = 50
_DAMAGED = 40  # an exit code that nothing else gives
_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT)


class Found(StrEnum):
    """What is known of files before they are opened."""

    AS_LEFT = "as left"
    CHANGED = "changed"
    UNKNOWN = "unknown"  # as after a process that died


@dataclass(frozen=True, slots=True)
class Looked:
    vectors: Found
    words: Found


def note(index: Path) -> None:
    """Write down the index's files as they are now that it is closed. On a full disk it isn't done, and the
    next start asks the index."""
    with suppress(OSError):
        (index / _NOTE).write_text(json.dumps(_files(index)), "utf-8")


def look(index: Path) -> Looked:
    """At the files, against the note. That is taken down: from here on they change."""
    try:
        noted = json.loads((index / _NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        noted = {}
    (index / _NOTE).unlink(missing_ok=True)
    now = _files(index)
    vectors, words = (_compared(now[part], noted.get(part)) for part in ("vectors", "words"))
    return Looked(Found.AS_LEFT if vectors is Found.UNKNOWN and not now["vectors"] else vectors, words)


def _compared(now: dict[str, list[int]], noted: dict[str, list[int]] | None) -> Found:
    if noted is None:
        return Found.UNKNOWN
    return Found.AS_LEFT if now == noted else Found.CHANGED


def stands(index: Path, name: str) -> bool:
    """True also where that can't be told, as in too little time or memory: no large index is thrown away on
    a suspicion. Nobody else may have it open meanwhile."""
    if not all(whole(folder) for folder in written(index / "chroma")):
        return False
    ask = [sys.executable, "-m", "retrieval.probe", str(index), name]
    try:
        done = subprocess.run(ask, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != _DAMAGED and -done.returncode not in _CRASHES


def _files(index: Path) -> dict[str, dict[str, list[int]]]:
    """By part and path, the length and the CRC-32 of each."""
    vectors = [path for folder in written(index / "chroma") for path in sorted(folder.iterdir())]
    words = [path for path in sorted(index.glob("lexical/*/*")) if path.suffix != ".lock"]
    return {
        part: {str(path.relative_to(index)): [path.stat().st_size, _crc(path)] for path in paths}
        for part, paths in (("vectors", vectors), ("words", words))
    }


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            crc = zlib.crc32(part, crc)
    return crc


def _ask(index: Path, name: str) -> None:
    """Into every corner: from chance directions, each way through a few hundred vectors."""
    server = ChromaServer(index / "chroma")
    collection = server.collection(name)
    some = server.call(collection.get, limit=1, include=["embeddings"])["embeddings"]
    store = VectorStore(server, collection)
    for direction in np.random.default_rng(0).normal(size=(_QUESTIONS, len(some[0]) if len(some) else 0)):
        store.query(direction.astype(np.float32), k=100)
    server.close()


if __name__ == "__main__":
    try:
        _ask(Path(sys.argv[1]), sys.argv[2])
    except IndexUnavailable as error:
        sys.exit(1 if isinstance(error.__cause__, TimeoutError) else _DAMAGED)
