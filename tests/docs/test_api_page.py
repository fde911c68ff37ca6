"""docs/api.md: what it shows is run, as it stands there."""

import contextlib
import functools
import http.server
import io
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator

import httpx
import pytest

from service.bootstrap import open_service
from tests.conftest import REPOSITORY, MakeSettings, serving

PAGE = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
SHELL, PYTHON, SCRIPTS = (re.findall(rf"```{kind}\n(.*?)```", PAGE, re.S) for kind in ("sh", "python", "js"))
OFFER = "We offered a truce of thirty days"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of another origin."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text("<!doctype html><title>Elsewhere</title>")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings, elsewhere: str
) -> Iterator[httpx.Client]:
    settings = make_settings(tmp_path_factory.mktemp("page"), allowed_origins=elsewhere)
    opened = open_service(settings, command="a test")
    with serving(opened) as client:
        for command in SHELL[:1]:
            assert '"outcome":"added"' in typed(client, command)
        yield client
    opened.close()


def here(client: httpx.Client, shown: str) -> str:
    return shown.replace("http://127.0.0.1:8000", str(client.base_url).rstrip("/"))


def typed(client: httpx.Client, command: str) -> str:
    shell = ["bash", "-ec", here(client, command)]
    return subprocess.run(shell, capture_output=True, text=True, check=True, timeout=60).stdout


def test_its_command_lines_do_what_it_says(client: httpx.Client) -> None:
    asked, streamed, found, before = (typed(client, command) for command in SHELL[1:])
    for told in (asked, streamed, found):
        assert OFFER in told
    assert streamed.rstrip().rpartition("event: ")[2].startswith("done")
    assert '"conversations":[{' in before
    assert '"feedback":[]' in before


def test_its_python_does_what_it_says(client: httpx.Client) -> None:
    for program in PYTHON:
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(here(client, program), {})
        assert OFFER in told.getvalue()


@pytest.mark.slow
def test_its_script_runs_in_a_page_of_another_origin(client: httpx.Client, elsewhere: str) -> None:
    from playwright.sync_api import sync_playwright

    (script,) = SCRIPTS
    told: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        page.on("console", lambda said: told.append(said.text) if said.type == "log" else None)
        page.goto(elsewhere)
        page.evaluate(f"async () => {{ {here(client, script)} }}")
        page.goto("about:blank")
        browser.close()
    assert OFFER in told[0]
    assert told[-1] == "answered"
