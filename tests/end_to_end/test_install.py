"""The installer of `make run`, with a pip that does as each test says."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LOCK = """\
alpha==1.0 \\
    --hash=sha256:00
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:11
gamma-ray==3.1 \\
    --hash=sha256:22
"""
WAIT = """
import os, sys, time
from pathlib import Path
def say(*lines): print(*lines, sep="\\n", flush=True)
def wait_for(name):
    while not (Path(__file__).parents[1] / name).exists(): time.sleep(0.01)
"""
FETCHES = (
    WAIT
    + """
say("Ignoring beta: markers 'sys_platform == \\"win32\\"' don't match your environment")
say("Collecting alpha==1.0 (from -r lock (line 1))", "  Downloading alpha-1.0-py3-none-any.whl (500 kB)")
say("Collecting gamma-ray==3.1 (from -r lock (line 5))")
say("  Downloading gamma_ray-3.1-cp311-cp311-linux.whl.metadata (900 kB)")
say("  Downloading https://index.example/x/gamma_ray-3.1-cp311-cp311-linux.whl (17.6 MB)")
wait_for("downloaded")
say("Installing collected packages: alpha, gamma-ray")
wait_for("installed")
"""
)


@contextmanager
def installing(folder: Path, pip: str, *, every: float = 0.05) -> Iterator[subprocess.Popen[str]]:
    (folder / "pip").mkdir()
    (folder / "pip" / "__init__.py").touch()
    (folder / "pip" / "__main__.py").write_text(pip, "utf-8")
    (folder / "lock").write_text(LOCK, "utf-8")
    script = (sys.executable, REPOSITORY / ".ci" / "install", "--every", str(every))
    process = subprocess.Popen(
        [*script, folder / "lock", "about 18 MB to download"],
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    """The next line that has them."""
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"it never said {words!r}")


def test_it_says_how_much_and_what_pip_is_at_for_as_long_as_that_takes(tmp_path: Path) -> None:
    with installing(tmp_path, FETCHES) as process:
        assert "Installing the packages of lock: about 18 MB to download" in line_with(process, "")
        assert "2 of 2 packages found, 18 MB; now downloading gamma_ray (17.6 MB)" in line_with(
            process, "gamma_ray"
        )
        assert "gamma_ray" in line_with(process, ""), "it speaks again though pip doesn't"
        (tmp_path / "downloaded").touch()
        assert "all downloaded; 0 of 2 installed" in line_with(process, "all downloaded")
        (tmp_path / "installed").touch()
        assert "Installed 2 packages (18 MB) in " in line_with(process, "Installed")
        assert process.wait(timeout=30) == 0


def test_what_comes_out_of_a_folder_counts_too(tmp_path: Path) -> None:
    """An index may be a folder: pip then neither collects nor downloads."""
    wheel = tmp_path / "my wheels" / "alpha-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(bytes(3_000_000))
    gone = wheel.with_name("beta-1.0.whl")
    pip = WAIT + (
        f"say('Processing {wheel} (from -r lock (line 1))', 'Processing {gone}')\n"
        "say('Installing collected packages: alpha')"
    )
    with installing(tmp_path, pip) as process:
        assert "Installed 1 packages (3 MB) in " in line_with(process, "Installed")


@pytest.mark.parametrize(
    ("complaint", "remedy"),
    [
        ("WARNING: Retrying after connection broken by 'NewConnectionError(...)'", "Check the network"),
        ("ERROR: No matching distribution found for alpha==1.0", "Check the network"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "The disk is full"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH\n  alpha do not match the hashes",
            "not the one that was locked",
        ),
        ("ERROR: Failed building wheel for alpha", "Mend what pip names"),
    ],
)
def test_a_failure_keeps_pips_words_and_code_and_says_what_to_do(
    tmp_path: Path, complaint: str, remedy: str
) -> None:
    pip = f"import sys; print({complaint!r}, file=sys.stderr); sys.exit(7)"
    with installing(tmp_path, pip) as process:
        said, complained = process.communicate(timeout=30)
        assert process.returncode == 7
    assert complained.startswith(complaint)
    assert remedy in complained
    assert "run this again" in complained.lower()
    assert "Installed" not in said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_stops_pip_too(tmp_path: Path, how: signal.Signals) -> None:
    """Ctrl-C reaches the whole group, as from a terminal; a signal to stop reaches it alone."""
    pip = WAIT + "say(f'Collecting pid-{os.getpid()}'); wait_for('never')"
    with installing(tmp_path, pip) as process:
        pid = int(line_with(process, "pid-").rpartition("pid-")[2])
        (os.killpg if how == signal.SIGINT else os.kill)(process.pid, how)
        said, complained = process.communicate(timeout=30)
        assert process.returncode == 128 + how
    assert ("Interrupted" in said) == (how == signal.SIGINT)
    assert 'install"' not in complained, "its own traceback"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
