"""Starts a command as an engine would start an image's, and checks what is promised of it. Standard library
only: it runs before anything is installed."""

# ruff: noqa: T201 - a command line prints

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEY = "a key for this check alone"
STOP_SECONDS = 30  # compose.yaml's stop_grace_period
_ARTICLE = "Delegations met in the port of Larnwick on Tuesday. Its harbour master said that they talked."


class Unfit(Exception):
    """The image doesn't do what it promises."""


@dataclass(frozen=True)
class Image:
    root: Path
    command: list[str]
    health: list[str]
    start_seconds: float
    environment: Mapping[str, str]
    workdir: Path
    user: str


def check(image: Image, *, log: Path) -> None:
    """Raises Unfit with what was wrong and, of a server, the end of what it said."""
    environment = dict(image.environment) | {"PARLEY_PORT": str(_free_port())}
    _refuses_without_key(image, environment)
    environment["PARLEY_API_KEY"] = KEY
    before = _files(image)
    with _serving(image, environment, log) as url:
        if (status := _call(f"{url}/v1/chat", {"question": "Who met?"}, key=None)[0]) != 401:
            raise Unfit(f"a question without the key was answered with {status}, not 401")
        print("  a question without the key: 401")
        _expect(201, f"{url}/v1/articles", {"text": _ARTICLE, "title": "Talks in Larnwick"})
        answer = _expect(200, f"{url}/v1/chat", {"question": "Where did the delegations meet?"})
        print(f"  a question with it: {answer['status']}, {len(answer['citations'])} citation(s)")
        if not answer["citations"]:
            raise Unfit("the answer cites nothing")
        articles = _expect(200, f"{url}/v1/articles")
    print("  SIGTERM: exit 0")
    with _serving(image, environment, log) as url:
        if _expect(200, f"{url}/v1/articles") != articles:
            raise Unfit("the articles are not the same after a restart")
        if _expect(200, f"{url}/v1/answers/{answer['id']}") != answer:
            raise Unfit("the answer is not the same after a restart")
    print(f"  after a restart: the same {articles['total']} articles and the same answer")
    if changed := sorted(before ^ _files(image)):
        raise Unfit(f"files changed outside the data folder: {[path for path, *_ in changed][:5]}")
    print("  outside the data folder no file was written")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as_user(image: Image) -> list[str]:
    """The prefix that gives up what compose.yaml takes away; nothing where there's nothing to give up."""
    if os.geteuid() != 0:
        return []
    user, _, group = image.user.partition(":")
    # This machine's Python stands in for the image's, and may lie where only root comes: it can be read then.
    kept = "" if _open_to_all(Path(sys.executable).resolve()) else ",+dac_read_search"
    sets = [f"--{which}=-all{kept}" for which in ("bounding-set", "inh-caps", "ambient-caps")]
    return ["setpriv", f"--reuid={user}", f"--regid={group}", *sets, "--no-new-privs", "--clear-groups"]


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)


def _refuses_without_key(image: Image, environment: Mapping[str, str]) -> None:
    command = [*_as_user(image), *image.command]
    done = subprocess.run(
        command, env=environment, cwd=image.workdir, capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode == 0 or "PARLEY_API_KEY" not in done.stderr:
        raise Unfit(f"without a key it ended with {done.returncode} and said: {done.stderr}")
    print("  without a key it refuses to start:")
    for line in done.stderr.strip().splitlines():
        print(f"    {line}")


@contextmanager
def _serving(image: Image, environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Ready by the image's own health check; stopped by SIGTERM, which must end it with 0."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*_as_user(image), *image.command], env=environment, cwd=image.workdir, stdout=said, stderr=said
        )
        try:
            _wait_until_healthy(image, environment, process)
            yield f"http://127.0.0.1:{environment['PARLEY_PORT']}"
            process.send_signal(signal.SIGTERM)
            if (code := process.wait(STOP_SECONDS)) != 0:
                raise Unfit(f"SIGTERM ended it with {code}")
        except (Unfit, subprocess.TimeoutExpired, OSError) as error:
            raise Unfit(f"{error}\n{log.read_text('utf-8', 'replace')[-3000:]}") from error
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _wait_until_healthy(
    image: Image, environment: Mapping[str, str], process: "subprocess.Popen[bytes]"
) -> None:
    began = time.monotonic()
    command = [*_as_user(image), *image.health]
    while subprocess.run(
        command, env=environment, cwd=image.workdir, capture_output=True, check=False
    ).returncode:
        if process.poll() is not None:
            raise Unfit(f"it ended with {process.returncode} before it was healthy")
        if time.monotonic() - began > image.start_seconds:
            raise Unfit(f"it was not healthy after {image.start_seconds:.0f} s")
        time.sleep(0.5)
    print(f"  healthy after {time.monotonic() - began:.1f} s, by the HEALTHCHECK's own command")


def _expect(status: int, url: str, body: object = None) -> Any:
    got, content = _call(url, body, key=KEY)
    if got != status:
        raise Unfit(f"{url} answered {got}, not {status}: {content!r}")
    return json.loads(content)


def _call(url: str, body: object, *, key: str | None) -> tuple[int, bytes]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310 - http on loopback
        url, data, {"Content-Type": "application/json"}
    )
    if key is not None:
        request.add_header("Authorization", f"Bearer {key}")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def _files(image: Image) -> set[tuple[str, int, int]]:
    """Name, size and time of every file of the image but its data."""
    found = set()
    for folder, folders, names in os.walk(image.root):
        if Path(folder) == image.root:
            folders.remove("data")
        for name in names:
            facts = os.lstat(f"{folder}/{name}")
            found.add((f"{folder}/{name}", facts.st_size, facts.st_mtime_ns))
    return found
