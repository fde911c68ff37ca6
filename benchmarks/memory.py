"""Memory and disk, and the seconds to open a data directory that is filled. Run as a module, it is the
process that is measured: it opens the directory, asks the questions on its standard input, and tells."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import table

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Footprint:
    """Memory in MiB resident, disk in MiB. `cpu_to_open` is less stretched by other work."""

    passages: int
    seconds_to_open: float
    cpu_to_open: float
    opened: float
    asked: float
    disk: dict[str, float]


def measure(data_dir: Path, model_dir: Path, questions: Sequence[str]) -> Footprint:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", str(data_dir), str(model_dir)],
        input=json.dumps(list(questions)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    disk = {
        "record": _size(data_dir.glob("record.sqlite*")),
        "Chroma": _size((data_dir / "index" / "chroma").rglob("*")),
        "tantivy": _size((data_dir / "index" / "lexical").rglob("*")),
    }
    return Footprint(disk=disk, **told)


def print_all(found: Sequence[Footprint]) -> None:
    questions = "MiB after questions"
    table(
        "MEMORY and disk  MiB; a process of its own opens the directory, then answers questions",
        ("passages", "s to open", "of CPU", "MiB opened", questions, "disk", "record", "Chroma", "tantivy",
         "KiB a passage"),
        [
            (str(f.passages), f.seconds_to_open, f.cpu_to_open, f.opened, f.asked, sum(f.disk.values()),
             *f.disk.values(), 1024 * sum(f.disk.values()) / f.passages if f.passages else float("nan"))
            for f in found
        ],
    )  # fmt: skip


def _size(files: Iterable[Path]) -> float:
    return sum(file.stat().st_size for file in files if file.is_file()) / _MIB


def _resident() -> float:
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # the most so far, not the present
    return most / (_MIB if sys.platform == "darwin" else 1024)


def _tell(data_dir: str, model_dir: str) -> None:
    begun = time.perf_counter()
    from service.bootstrap import open_service
    from service.config import Settings
    from service.wire import ChatRequest

    nowhere = Path(data_dir) / "no-seeds"
    settings = Settings(data_dir=Path(data_dir), model_dir=Path(model_dir), seeds_dir=nowhere)
    service = open_service(settings, command="benchmark")
    seconds, opened = time.perf_counter() - begun, _resident()
    spent = time.process_time()  # since the process began
    for question in json.load(sys.stdin):
        service.chat.ask(ChatRequest(question=question))
    told = {
        "passages": service.corpus.record.chunk_count(),
        "seconds_to_open": seconds,
        "cpu_to_open": spent,
        "opened": opened,
        "asked": _resident(),
    }
    service.close()
    print(json.dumps(told))


if __name__ == "__main__":
    _tell(*sys.argv[1:])
