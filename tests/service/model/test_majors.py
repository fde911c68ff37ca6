"""The client's tests again, on the older major of the OpenAI client. The other tests run on the newer."""

import subprocess
import sys

import openai
import pytest

from tests.conftest import REPOSITORY
from tests.overlay import over, overlay

WIRE = [f"tests/service/model/{name}.py" for name in ("test_endpoint", "test_outage", "test_leaving")]


def test_the_locked_client_is_of_the_newer_major() -> None:
    assert openai.__version__.partition(".")[0] == "3"


@pytest.mark.slow
def test_all_holds_on_the_older_major() -> None:
    environment = over(overlay("openai-2"))
    shown = subprocess.run(
        [sys.executable, "-c", "import openai; print(openai.__version__)"],
        env=environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.startswith("2.")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *WIRE]
    done = subprocess.run(
        command,
        env=environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-5000:]
