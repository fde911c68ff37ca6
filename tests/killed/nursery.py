"""`parley` in processes that cost little to start: forked from one that has imported all and loaded the
models, and has opened nothing. So a service can be killed a hundred times."""

import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import httpx

from tests.conftest import REPOSITORY
from tests.running import environment, free_port

KILLED = -9
_CLI = "service.terminal.cli"
_PATIENCE = 60.0  # seconds, on a machine that is busy with other things


class Nursery:
    """Starts them, and waits for them: they are no children of this process."""

    def __enter__(self) -> Self:
        self._said = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(_PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._said.cleanup()

    def start(self, *arguments: str, env: Mapping[str, str], kill_at: str | None = None) -> "Started":
        said = Path(tempfile.mkstemp(dir=self._said.name)[1])
        killed = {} if kill_at is None else {"TEST_KILL_PARLEY_AT": kill_at}
        job = {"arguments": arguments, "env": {**env, **killed}, "said": str(said)}
        return Started(self, int(self._ask(job)), said)

    def serve(self, data_dir: Path, *, kill_at: str | None = None, **given: object) -> "Serving | None":
        """Once it is ready; None where it was killed before."""
        port = free_port()
        env = environment(data_dir, seeds=False, port=port, frozen_seconds=0, **given)
        started = self.start("serve", env=env, kill_at=kill_at)
        serving = Serving(
            started, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)
        )
        if serving.until_ready():
            return serving
        assert started.wait() == KILLED, started.said.read_text()
        serving.client.close()
        return None

    def wait(self, pid: int) -> int:
        return int(self._ask({"wait": pid}))

    def _ask(self, job: dict[str, Any]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


@dataclass(frozen=True)
class Started:
    nursery: Nursery
    pid: int
    said: Path

    def wait(self) -> int:
        """Its exit code; below zero, the signal."""
        return self.nursery.wait(self.pid)

    def kill(self) -> None:
        os.kill(self.pid, 9)
        self.wait()


@dataclass(frozen=True)
class Serving:
    started: Started
    client: httpx.Client

    def until_ready(self) -> bool:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and _lives(self.started.pid):
            try:
                if self.client.get("/readyz").status_code == httpx.codes.OK:
                    return True
            except httpx.TransportError:
                pass
            time.sleep(0.02)
        assert not _lives(self.started.pid), self.started.said.read_text()
        return False

    def kill(self) -> None:
        self.client.close()
        self.started.kill()


def _lives(pid: int) -> bool:
    """A process that has ended waits to be asked for."""
    return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def _be(job: dict[str, Any]) -> int:
    """The process that was asked for."""
    from retrieval.failpoints import kill_at

    os.environ.clear()
    os.environ.update(job["env"])
    said = os.open(job["said"], os.O_WRONLY | os.O_APPEND)
    for stream, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, said), (2, said)):
        os.dup2(file, stream)
    if place := job["env"].get("TEST_KILL_PARLEY_AT"):
        kill_at(place)
    code: int = import_module(_CLI).main(job["arguments"])
    return code


def _load() -> None:
    """Once for all of them. A session without threads of its own survives a fork."""
    import retrieval.corpus
    import service.bootstrap
    from retrieval.embed import load
    from retrieval.model_files import default_dir
    from retrieval.reader import load_reader

    for room in (_CLI, "service.http"):
        import_module(room)
    embedder, reader = load(default_dir(), threads=1), load_reader(default_dir(), threads=1)
    vars(retrieval.corpus)["load"] = lambda *_, **__: embedder
    vars(service.bootstrap)["load_reader"] = lambda *_, **__: reader


def _tend() -> None:
    _load()
    for line in os.fdopen(os.dup(0)):  # not by sys.stdin, which is each process's own to set up
        job = json.loads(line)
        if "wait" in job:
            print(os.waitstatus_to_exitcode(os.waitpid(job["wait"], 0)[1]), flush=True)
            continue
        pid = os.fork()
        if not pid:
            code = 70
            try:
                code = _be(job)
            except BaseException:  # noqa: BLE001 - it must end here, whatever it is
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        print(pid, flush=True)


if __name__ == "__main__":
    _tend()
