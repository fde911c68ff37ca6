"""Who leaves a language model's client, and what never does."""

import logging
import subprocess
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.model.endpoint import Endpoint, Limits
from service.model.errors import (
    AskerLeft,
    ModelFault,
)
from tests.conftest import REPOSITORY
from tests.fault_llm import FaultServer
from tests.service.asking import ASKED, IMPATIENT, KEY, opened, outcome

PATIENT = Limits(idle=60.0, total=60.0)


# -- who leaves --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["silent", "silent-stream", "idle", "drip", "endless-empty"])
def test_a_call_that_nobody_waits_for_is_stopped(name: str) -> None:
    with FaultServer(name) as server, opened(server.url, limits=PATIENT) as endpoint:
        with pytest.raises(AskerLeft):
            list(endpoint.say(ASKED, left=lambda: bool(server.received)))
        assert server.received[0].left.wait(10)


def test_a_call_that_is_not_read_to_its_end_is_stopped() -> None:
    with FaultServer("drip") as server, opened(server.url) as endpoint:
        pieces = endpoint.say(ASKED)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert server.received[0].left.wait(10)


def test_who_leaves_does_not_count_against_the_endpoint() -> None:
    with FaultServer("silent") as server, opened(server.url, limits=PATIENT) as endpoint:
        for asked in range(1, 8):
            with pytest.raises(AskerLeft):
                list(endpoint.say(ASKED, left=lambda asked=asked: len(server.received) >= asked))  # type: ignore[misc]


def test_closing_ends_what_is_being_asked() -> None:
    with FaultServer("silent") as server, ThreadPoolExecutor(1) as pool:
        endpoint = Endpoint(server.url, "scripted", limits=PATIENT)
        asking = pool.submit(outcome, endpoint)
        while not server.received:
            assert not asking.done()
        endpoint.close()
        assert asking.result(timeout=10) == ("", AskerLeft)
        assert server.received[0].left.wait(10)
        endpoint.close()
        assert outcome(endpoint) == ("", AskerLeft)
        assert len(server.received) == 1


# -- secrets -----------------------------------------------------------------------------------------------
@pytest.fixture
def everything_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    monkeypatch.setenv("OPENAI_LOG", "debug")
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text


@pytest.mark.parametrize("name", ["whole", "401", "404", "500", "cut", "garbage", "silent", "400"])
def test_neither_key_nor_question_is_told(name: str, everything_logged: Callable[[], str]) -> None:
    told = ""
    with FaultServer(name) as server, opened(server.url, limits=IMPATIENT) as endpoint:
        try:
            list(endpoint.say(ASKED))
        except ModelFault as fault:
            told = "".join(traceback.format_exception(fault)) + repr(fault) + fault.message + fault.remedy
        told += repr(endpoint) + everything_logged()
    assert KEY not in told
    assert "Geheimnis" not in told


@pytest.mark.parametrize("key", ["two words", "line\n", "schl\u00fcssel"])
def test_a_key_that_no_header_takes_is_not_told(key: str) -> None:
    with pytest.raises(ValueError, match="visible ASCII") as caught:
        Endpoint("http://127.0.0.1:9/v1", "scripted", key=key)
    assert key not in str(caught.value)


def test_the_client_is_loaded_when_there_is_an_endpoint() -> None:
    code = "import sys, service.model.endpoint; assert 'openai' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=REPOSITORY)
