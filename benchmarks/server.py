"""`parley serve` in a process of its own, on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60.0


@contextmanager
def serving(data_dir: Path, model_dir: Path, *, seeds_dir: Path) -> Iterator[tuple[str, float]]:
    """Its address, and the seconds it took from the start of the process to `Ready`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"DATA_DIR": data_dir, "MODEL_DIR": model_dir, "SEEDS_DIR": seeds_dir, "PORT": port}
    environment = {**os.environ, **{f"PARLEY_{name}": str(value) for name, value in given.items()}}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "service.terminal.cli", "serve"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{port}", _until_ready(process) - begun
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
