"""`parley serve` in a process of its own, on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """`took`: seconds from the start of the process to `Ready`."""

    url: str
    pid: int
    took: float


@contextmanager
def serving(data_dir: Path, model_dir: Path, *, seeds_dir: Path, **further: object) -> Iterator[Served]:
    """`further` settings by their names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"data_dir": data_dir, "model_dir": model_dir, "seeds_dir": seeds_dir, "port": port, **further}
    environment = {**os.environ, **{f"PARLEY_{name.upper()}": str(value) for name, value in given.items()}}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "service.terminal.cli", "serve"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        took = _until_ready(process) - begun
        yield Served(f"http://127.0.0.1:{port}", process.pid, took)
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE)


def _until_ready(process: "subprocess.Popen[str]") -> float:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        if line.startswith("Ready"):
            return time.perf_counter()
        said.append(line)
    raise SystemExit("parley serve did not start:\n" + "".join(said))
