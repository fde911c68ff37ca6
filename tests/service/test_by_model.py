"""Which model judges what another one says."""

from pathlib import Path

import pytest

from prompts import Rendered
from service.bootstrap import open_judge
from service.config import read_settings
from service.errors import SettingsError
from service.model import ModelTimeout
from tests.fault_llm import FaultServer

ASKED = Rendered("Judge.", "What of it?")
MODEL = {"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "writer", "llm_api_key": "the-writers-key"}


@pytest.mark.parametrize("given", [{}, {"judge_model": "writer"}])
def test_a_model_is_its_own_judge(given: dict[str, str], tmp_path: Path) -> None:
    with FaultServer() as server:
        judge = open_judge(read_settings(data_dir=tmp_path, **MODEL | {"llm_base_url": server.url}, **given))
        assert judge is not None
        try:
            list(judge.say(ASKED))
        finally:
            judge.close()
        (received,) = server.received
    assert (received.body["model"], received.headers["authorization"]) == ("writer", "Bearer the-writers-key")
    assert open_judge(read_settings(data_dir=tmp_path)) is None


def test_it_has_seconds_of_its_own(tmp_path: Path) -> None:
    with FaultServer(fault="silent") as server:
        settings = read_settings(
            data_dir=tmp_path, **MODEL | {"llm_base_url": server.url}, judge_seconds="0.05"
        )
        judge = open_judge(settings)
        assert judge is not None
        try:
            with pytest.raises(ModelTimeout, match=r"0\.05 s"):
                list(judge.say(ASKED))
        finally:
            judge.close()


@pytest.mark.parametrize(
    ("there", "given", "sent"),
    [
        (True, {}, "Bearer the-writers-key"),
        (True, {"judge_api_key": "the-judges-key"}, "Bearer the-judges-key"),
        (False, {}, None),
        (False, {"judge_api_key": "the-judges-key"}, "Bearer the-judges-key"),
    ],
)
def test_the_key_of_one_endpoint_is_not_sent_to_another(
    there: bool, given: dict[str, str], sent: str | None, tmp_path: Path
) -> None:
    with FaultServer() as server:
        at = {"llm_base_url": server.url} if there else {"judge_base_url": server.url}
        settings = read_settings(data_dir=tmp_path, **MODEL | at | given, judge_model="judge")
        judge = open_judge(settings)
        assert judge is not None
        try:
            list(judge.say(ASKED))
        finally:
            judge.close()
        (received,) = server.received
    assert (received.body["model"], received.headers.get("authorization")) == ("judge", sent)


@pytest.mark.parametrize("named", [{}, {"judge_base_url": "there"}, {"judge_model": "writer"}])
def test_a_key_of_the_judges_own_is_used_where_the_model_judges_itself(
    named: dict[str, str], tmp_path: Path
) -> None:
    with FaultServer() as server:
        at = {name: server.url if value == "there" else value for name, value in named.items()}
        given = MODEL | at | {"llm_base_url": server.url, "judge_api_key": "the-judges-key"}
        judge = open_judge(read_settings(data_dir=tmp_path, **given))
        assert judge is not None
        try:
            list(judge.say(ASKED))
        finally:
            judge.close()
        (received,) = server.received
    sent = received.headers.get("authorization")
    assert (received.body["model"], sent) == ("writer", "Bearer the-judges-key")


@pytest.mark.parametrize("given", [{"judge_model": "judge"}, {"judge_api_key": "the-judges-key"}])
def test_a_judge_without_a_model_is_refused(given: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"PARLEY_JUDGE_\w+ is set.*PARLEY_LLM_BASE_URL"):
        read_settings(data_dir=tmp_path, **given)
