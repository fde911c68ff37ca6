"""Seconds until `parley serve` answers, and until `parley --help` has printed."""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.report import p50, p95, table
from benchmarks.server import serving

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_FRAMEWORKS = "import chromadb, fastapi, retrieval.onnx_runtime, sqlalchemy, uvicorn, llama_index.core"

_TIMED = (
    "imports of the frameworks alone",
    "first start, with the seed articles",
    "second start",
    "parley --help",
)


def measure(scratch: Path, model_dir: Path, *, rounds: int) -> None:
    """The four take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in _TIMED}
    imports, first, second, help_ = seconds.values()
    for number in range(rounds + 1):  # the first warms the file cache
        data_dir = scratch / f"start-{number}"
        imports.append(_run("-c", _FRAMEWORKS))
        for times in (first, second):
            with serving(data_dir, model_dir, seeds_dir=SEEDS) as service:
                times.append(service.took)
        help_.append(_run("-m", "service.terminal.cli", "--help"))
    table(
        f"READY  seconds, {rounds or 1} starts; the model is in place",
        ("", "p50", "p95"),
        [(name, p50(times[1:] or times), p95(times[1:] or times)) for name, times in seconds.items()],
    )


def _run(*arguments: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
