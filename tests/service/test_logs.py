"""The log as JSON: whole lines, and nobody's words."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from service.bootstrap import Service
from service.config import Settings
from service.logs import log_as_set
from tests.conftest import MakeSettings, add, serving


@contextmanager
def logging_json(settings: Settings) -> Iterator[None]:
    root, events = logging.getLogger(), logging.getLogger("parley.events")
    before, level = root.handlers[:], events.level
    say = log_as_set(settings, say=print)
    say("Ready.")
    try:
        yield
    finally:
        root.handlers[:] = before
        events.setLevel(level)


def test_each_line_is_json_and_has_nobodys_words(
    service: Service, make_settings: MakeSettings, capfd: pytest.CaptureFixture[str]
) -> None:
    add(service, "The envoys met in Lund for two hours.")
    settings = make_settings(service.settings.data_dir, log_format="json")
    with logging_json(settings), serving(service) as client:
        client.post("/v1/chat", json={"question": "How long did Schibboleth’s envoys meet?"})
        client.get("/articles/Schibboleth?quote=Schibboleth", headers={"Authorization": "Bearer Schibboleth"})
        service.corpus.record.article_count = broken  # type: ignore[method-assign]
        assert client.get("/v1/about").status_code == 500
    log = capfd.readouterr().err
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    assert lines[0]["message"] == "Ready."
    of = {line["route"]: line["status"] for line in lines if line["message"] == "request"}
    assert of == {"/v1/chat": 200, "/articles/{article_id}": 404, "/v1/about": 500}
    (answer,) = [line for line in lines if line["message"] == "answer"]
    assert answer["status"] in ("answered", "abstained")
    assert answer["milliseconds"]["total"] > 0
    (fault,) = [line for line in lines if line["level"] == "error"]
    assert fault["error"]["kind"] == "RuntimeError"
    assert fault["error"]["at"][-1].endswith(" broken")
    assert "Schibboleth" not in log
    assert "Lund" not in log


def broken() -> int:
    raise RuntimeError("Schibboleth was asked")
