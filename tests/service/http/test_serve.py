"""From settings to a listening server and back down."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from service.bootstrap import Service
from service.config import Settings
from service.errors import PortTaken
from service.http.serve import serve
from tests.conftest import REPOSITORY, MakeSettings
from tests.running import PARLEY, environment, free_port, run, started
from tests.service.http.streamed import EVENTS, read
from tests.service.http.wire_level import check_problem


@pytest.fixture
def taken() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


def test_a_taken_port_is_said_before_anything_is_opened(
    taken: socket.socket, tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings: Settings = make_settings(tmp_path / "data", port=taken.getsockname()[1])
    with taken, pytest.raises(PortTaken, match=str(settings.port)) as caught:
        serve(settings, say=lambda _: None)
    assert f"PARLEY_PORT={settings.port + 1}" in caught.value.remedy
    assert not (tmp_path / "data").exists()


def test_a_port_taken_by_parley_itself_is_said_to_be(
    taken: socket.socket, service: Service, make_settings: MakeSettings
) -> None:
    settings = make_settings(service.settings.data_dir, port=taken.getsockname()[1])
    assert service.corpus.lock is not None
    service.corpus.lock.announce(url=settings.local_url)
    with taken, pytest.raises(PortTaken, match="runs already on") as caught:
        serve(settings, say=lambda _: None)
    assert str(os.getpid()) in caught.value.message


def test_a_host_that_is_none_is_said_to_be(tmp_path: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(tmp_path / "data", host="203.0.113.7", port=free_port(), api_key="k" * 16)
    with pytest.raises(PortTaken, match=r"203\.0\.113\.7"):
        serve(settings, say=lambda _: None)


@pytest.mark.slow
def test_a_second_service_is_refused_and_the_lock_dies_with_the_first(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with started(data) as first:
        second = run("serve", env=environment(data, port=free_port()))
        assert second.returncode == 1
        for named in (str(data), "parley serve", str(first.process.pid), first.url):
            assert named in second.stderr
        first.process.kill()
        first.process.wait(timeout=10)
        # After kill -9, at once:
        with started(data) as third:
            assert httpx.get(f"{third.url}/readyz", trust_env=False).status_code == 200
            code, last = third.stop(signal.SIGTERM)
    assert code == 0
    assert "everything is stored" in last


@pytest.mark.slow
def test_ctrl_c_lets_a_question_under_way_be_answered(tmp_path: Path) -> None:
    body = b'{"question": "How long did they meet?"}'
    head = (
        "POST /v1/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
    )
    with started(tmp_path / "data") as running:
        port = int(running.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(head.encode())
            # It waits for the body, so the question is under way.
            assert client.recv(1024).startswith(b"HTTP/1.1 100 ")
            running.process.send_signal(signal.SIGINT)
            client.sendall(body)
            assert client.recv(1024).startswith(b"HTTP/1.1 200 ")
        _, last = running.process.communicate(timeout=30)
    assert running.process.returncode == 0
    assert "Traceback" not in last


_STUCK = """
from importlib import import_module
from service.terminal import cli
from tests.service.http.stuck import stuck

serve = import_module("service.http.serve")
serve._DRAIN_SECONDS = 0.5
opened, ways = serve.open_service, []

def open_stuck(*given, **named):
    ways.append(stuck(opened(*given, **named)))
    return ways[0].__enter__()[0]

serve.open_service = open_stuck
cli.main(["serve"])
"""


@pytest.mark.slow
def test_work_that_outlasts_the_stop_is_told_to_end_and_not_waited_for(tmp_path: Path) -> None:
    question = {"question": "?"}
    with (
        started(tmp_path / "data", command=(sys.executable, "-c", _STUCK)) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=20) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        whole = pool.submit(client.post, "/v1/chat", json=question)
        with client.stream("POST", "/v1/chat", json=question, headers=EVENTS) as response:
            told = read(response)
            assert next(told)
            code = running.stop(signal.SIGTERM)
            events = [event for event in told if event is not None]
        assert code[0] == 0
        assert "at the next start" in code[1]
        assert (events[-1].name, events[-1].data["code"]) == ("error", "not_ready")
        assert [event.name for event in events].count("error") == 1
        check_problem(whole.result(), 503, "not_ready")


def test_interrupted_while_it_starts_it_leaves_without_a_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*PARLEY, "serve"],
        env=environment(tmp_path / "data", port=free_port()),
        stderr=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert process.stderr is not None
    assert "Starting" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in rest
