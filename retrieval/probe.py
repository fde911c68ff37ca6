"""Does the index stand being asked? Found out in a process of its own, because Chroma's native code reads
files that are damaged until it crashes, and takes the service with it.

That costs seconds, so it is done only where the files of the vectors aren't as the last close left them.
"""

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np

from retrieval.errors import IndexUnavailable
from retrieval.store import ChromaServer, VectorStore

_NOTE = "closed.json"
_SECONDS = 120
_QUESTIONS = 50
_DAMAGED = 40  # an exit code that nothing else gives
_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT)


def note(index: Path) -> None:
    """Write down the vectors' files as they are now that the index is closed. On a full disk it isn't done,
    and the next start asks the index."""
    with suppress(OSError):
        (index / _NOTE).write_text(json.dumps(_files(index)), "utf-8")


def as_left(index: Path) -> bool:
    """Whether the vectors' files are as they were noted, or never written (up to 1,000 chunks Chroma reads
    them from its database). The note is taken down: from here on they change."""
    try:
        noted = json.loads((index / _NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        noted = None
    (index / _NOTE).unlink(missing_ok=True)
    return _files(index) in ({}, noted)


def stands(index: Path, name: str) -> bool:
    """True also where that can't be told, as in too little time or memory: no large index is thrown away on
    a suspicion. Nobody else may have it open meanwhile."""
    ask = [sys.executable, "-m", "retrieval.probe", str(index), name]
    try:
        done = subprocess.run(ask, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != _DAMAGED and -done.returncode not in _CRASHES


def _files(index: Path) -> dict[str, list[int]]:
    written = [names.parent for names in (index / "chroma").glob("*/index_metadata.pickle")]
    every = ((path, path.stat()) for folder in written for path in sorted(folder.iterdir()))
    return {str(path.relative_to(index)): [stat.st_size, stat.st_mtime_ns] for path, stat in every}


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
