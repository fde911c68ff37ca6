"""With a model in place nothing needs a network: proved where there is none.

A network namespace of its own, and not patched sockets, which miss what compiled code does.
"""

import json
import subprocess
from pathlib import Path

import pytest

from tests.running import environment, run

NAMESPACE = ("unshare", "--user", "--map-root-user", "--net")
QUESTION = "How long did the Alaska summit last?"


@pytest.fixture(scope="module", autouse=True)
def without_a_network() -> None:
    """Fails, rather than skips, where it cannot be proved."""
    try:
        probe = subprocess.run(
            [*NAMESPACE, "cat", "/proc/net/dev"], capture_output=True, text=True, check=False, timeout=10
        )
    except FileNotFoundError:
        pytest.fail("`unshare` is not installed (util-linux), so a run without a network cannot be tested")
    if probe.returncode != 0:
        pytest.fail(
            f"this machine does not permit a network namespace ({probe.stderr.strip()}); allow unprivileged "
            "user namespaces, or run the tests as root or in a container that may make them"
        )
    devices = {line.partition(":")[0].strip() for line in probe.stdout.splitlines() if ":" in line}
    assert devices <= {"lo"}, f"the namespace has network devices: {devices}"


@pytest.mark.slow
def test_a_first_question_is_answered_without_a_network(tmp_path: Path) -> None:
    env = environment(tmp_path / "data", seeds=True)
    done = run("ask", "--json", QUESTION, env=env, before=NAMESPACE)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert "three hours" in answer["text"]
