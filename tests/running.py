"""`parley` as a user runs it: a process of its own, in an environment with these settings and no others."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import httpx

from retrieval.model_files import default_dir
from tests.conftest import REPOSITORY, SEEDS, SHARED
from tests.ports import free_port as free_port

PARLEY = (sys.executable, "-m", "service.terminal.cli")
_LONGEST = 180.0  # seconds, on a machine that is busy with other things


def environment(data_dir: Path, /, *, seeds: bool = False, **given: object) -> dict[str, str]:
    places = dict(SHARED.of(data_dir)) if SHARED else {}
    settings = {
        "PARLEY_DATA_DIR": data_dir,
        "PARLEY_SEEDS_DIR": SEEDS if seeds else data_dir / "no-seeds",
        "PARLEY_MODEL_DIR": default_dir(),
        **{f"PARLEY_{name.upper()}": value for name, value in (places | given).items()},
    }
    # Unbuffered, it would be another program than the one that a user runs; and what this process was told
    # of telemetry, Parley has to see to by itself.
    others = ("PARLEY_", "PYTHONUNBUFFERED", "ORT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return kept | {name: str(value) for name, value in settings.items()}


def run(
    *arguments: str, env: Mapping[str, str], before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, behind the words `before`. Whatever it says, it must not be a traceback."""
    done = subprocess.run(
        [*before, *PARLEY, *arguments],
        env=env,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=_LONGEST,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@dataclass
class Running:
    """A started `parley serve`, and the lines it said until it was ready."""

    process: subprocess.Popen[str]
    url: str
    said: list[str]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code, and what it said last."""
        self.process.send_signal(how)
        _, rest = self.process.communicate(timeout=_LONGEST)
        assert "Traceback" not in rest, rest
        return self.process.returncode, rest


@contextmanager
def started(
    data_dir: Path, *, seeds: bool = False, command: Sequence[str] = (*PARLEY, "serve"), **given: object
) -> Iterator[Running]:
    """`parley serve`, ready; stopped at the end, if it hasn't been before."""
    port = free_port()
    process = subprocess.Popen(
        command,
        env=environment(data_dir, seeds=seeds, port=port, **given),
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        text=True,
    )
    too_long = threading.Timer(_LONGEST, process.kill)
    too_long.start()
    try:
        said = _until_ready(process)
        too_long.cancel()  # how long it serves is its test's business
        yield Running(process, f"http://127.0.0.1:{port}", said)
    finally:
        too_long.cancel()
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def _until_ready(process: subprocess.Popen[str]) -> list[str]:
    said = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line.rstrip("\n"))
        if "  curl -s " in line:  # in a line of JSON too
            return said
    raise AssertionError("parley serve ended before it was ready:\n" + "\n".join(said))


def run_line(line: str) -> dict[str, Any]:
    """The very line that was printed; where there is no curl, the same request by httpx."""
    if shutil.which("curl"):
        done = subprocess.run(
            ["sh", "-c", line],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={"PATH": os.environ["PATH"]},
        )
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    words = shlex.split(line)
    known = dict(word.rstrip(";").split("=", 1) for word in words if word.endswith(";"))
    headers = dict(
        Template(word).substitute(known).split(": ", 1)
        for at, word in enumerate(words)
        if words[at - 1] == "-H"
    )
    body = words[words.index("-d") + 1]
    url = next(word for word in words if word.startswith("http"))
    replied: dict[str, Any] = httpx.post(
        url, content=body, headers=headers, trust_env=False, timeout=60
    ).json()
    return replied
