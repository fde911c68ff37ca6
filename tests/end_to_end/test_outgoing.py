"""Parley reaches for no other machine that its settings don't name, and leaves nothing in the user's folders.

strace sees what compiled code asks of the system. `make test-slow` installs it where that can be done.
"""

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import REPOSITORY
from tests.end_to_end.calls import calls_out, watched, watching
from tests.fault_llm import FaultServer
from tests.retrieval import tiny_bert
from tests.running import PARLEY, environment, run, started

ARTICLE = "The ferrymen's union met the harbour board on Tuesday. The board offered a raise of 4 percent.\n"
QUESTION = "What did the board offer?"


@pytest.mark.parametrize(
    ("address", "out"),
    [
        ('AF_INET, sin_port=htons(8000), sin_addr=inet_addr("127.0.0.1")', False),
        ('AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &x)', False),
        ("AF_NETLINK, nl_pid=0, nl_groups=00000000", False),
        ('AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")', True),
        ('AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1"', True),
        ('AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")', True),
        ('AF_UNIX, sun_path="/var/run/nscd/socket"', True),
    ],
)
def test_a_call_out_is_told_from_one_on_loopback(address: str, *, out: bool) -> None:
    call = f"7 connect(3, {{sa_family={address}}}, 16 <unfinished ...>"
    assert calls_out([call]) == ([call] if out else [])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The user's folders, empty."""
    (tmp_path / "home" / "tmp").mkdir(parents=True)
    return tmp_path / "home"


def left_in(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path != home / "tmp")


def alone(home: Path, trace: Path) -> tuple[str, ...]:
    """Before a command: it has these folders, and its calls are watched."""
    unset = [word for kind in ("CACHE", "CONFIG", "DATA", "STATE") for word in ("-u", f"XDG_{kind}_HOME")]
    return ("env", *unset, f"HOME={home}", f"TMPDIR={home}/tmp", *watching(trace))


@pytest.mark.slow
def test_a_look_up_by_compiled_code_is_seen(tmp_path: Path) -> None:
    """What the other tests go by."""
    program = "import socket\ntry: socket.getaddrinfo('parley.example', 80)\nexcept OSError: pass"
    subprocess.run([*watching(tmp_path / "trace"), sys.executable, "-c", program], check=True, timeout=60)
    assert calls_out(watched(tmp_path / "trace"))


@pytest.mark.slow
def test_serving_asks_nothing_of_any_other_machine(tmp_path: Path, home: Path) -> None:
    """With a language model on loopback: its client is watched too."""
    trace = tmp_path / "trace"
    serve = (*alone(home, trace), *PARLEY, "serve")
    with (
        FaultServer(says="honest") as model,
        started(
            tmp_path / "data", seeds=True, command=serve, llm_base_url=model.url, llm_model=model.model
        ) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=60) as client,
    ):
        added = client.post("/v1/articles", json={"text": ARTICLE})
        assert added.status_code == 201, added.text
        for answerer in ("extractive", "generative"):
            asked = client.post("/v1/chat", json={"question": QUESTION, "answerer": answerer}).json()
            assert asked["status"] == "answered"
        assert client.get("/").status_code == 200
        assert model.received
        code, _ = running.stop(signal.SIGTERM)
    assert code == 0
    assert calls_out(watched(trace)) == []
    assert left_in(home) == []


@pytest.mark.slow
def test_the_command_line_asks_nothing_of_any_other_machine(tmp_path: Path, home: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    env = environment(tmp_path / "data")
    for command in (("ingest", str(article)), ("ask", QUESTION), ("articles",), ("reindex",)):
        trace = tmp_path / f"{command[0]}.trace"
        done = run(*command, env=env, before=alone(home, trace))
        assert done.returncode == 0, done.stderr
        assert calls_out(watched(trace)) == []
    assert left_in(home) == []


@pytest.mark.slow
def test_converting_the_model_asks_nothing_of_any_other_machine(tmp_path: Path, home: Path) -> None:
    tiny_bert.write(tmp_path / "originals")
    program = (
        "import sys; from pathlib import Path; from retrieval import onnx_graph\n"
        "onnx_graph.convert(Path(sys.argv[1]), Path(sys.argv[2]), quantise=True)"
    )
    convert = [sys.executable, "-c", program, str(tmp_path / "originals"), str(tmp_path / "model.onnx")]
    subprocess.run(
        [*alone(home, tmp_path / "trace"), *convert],
        check=True,
        cwd=REPOSITORY,
        env=environment(tmp_path / "data"),
        timeout=120,
    )
    assert calls_out(watched(tmp_path / "trace")) == []
    assert left_in(home) == []
