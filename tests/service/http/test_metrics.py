"""What Parley counts of itself: bounded, without a word of anybody's."""

import re
from pathlib import Path

import httpx
import pytest

from service.bootstrap import Service, open_service
from tests.conftest import MakeSettings, add, serving
from tests.fault_llm import FaultServer
from tests.service.http.wire_level import check_problem, send

pytestmark = pytest.mark.slow


def counted(client: httpx.Client) -> dict[str, float]:
    reply = client.get("/metrics")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = (line.rpartition(" ") for line in reply.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def test_requests_are_counted_by_route_and_status(service: Service) -> None:
    with serving(service) as client:
        gone = f"/v1/answers/ans_{'0' * 32}"
        for path in (gone, gone, "/articles/canary-Sfumato?quote=canary", "/canary/Sfumato", "/livez"):
            client.get(path)
        client.head("/livez")
        send(client, "PROPFIND", "/livez")
        send(client, "GET", "/v1/articles", host="canary.example")
        told = counted(client)
    of = 'parley_requests_total{{method="{}",route="{}",status="{}"}}'.format
    assert told[of("GET", "/v1/answers/{answer_id}", 404)] == 2
    assert told[of("GET", "/articles/{article_id}", 404)] == 1
    assert told[of("GET", "none", 404)] == 1
    assert (told[of("GET", "/livez", 200)], told[of("HEAD", "/livez", 200)]) == (1, 1)
    assert told[of("GET", "/v1/articles", 403)] == 1
    assert told[of("other", "/livez", 405)] == 1
    assert told['parley_request_seconds_count{route="/livez"}'] == 3
    assert not any("canary" in name.lower() for name in told)


def test_answers_are_counted_by_what_became_of_them(tmp_path: Path, make_settings: MakeSettings) -> None:
    with FaultServer() as server:
        settings = make_settings(
            tmp_path / "data", llm_base_url=server.url, llm_model=server.model, wording="quotes"
        )
        opened = open_service(settings, command="a test")
        try:
            add(opened, "The envoys met for two hours in Lund. Nobody else spoke.")
            with serving(opened) as client:
                for fault in ("whole", "whole", "401"):
                    server.fault = fault
                    sent = {"question": "How long did the envoys meet, Schibboleth?"}
                    assert client.post("/v1/chat", json=sent).status_code == 200
                headers = {"Idempotency-Key": "once"}
                extractive = sent | {"answerer": "extractive"}
                for _ in range(2):  # the second is the first one's
                    client.post("/v1/chat", json=extractive, headers=headers)
                text, told = client.get("/metrics").text, counted(client)
        finally:
            opened.close()
    assert sum(n for name, n in told.items() if name.startswith("parley_answers_total")) == 4
    assert told['parley_model_calls_total{outcome="ok",use="answer"}'] >= 2
    assert told['parley_model_calls_total{outcome="model_refused",use="answer"}'] == 1
    assert told['parley_degraded_answers_total{code="model_refused"}'] == 1
    assert told['parley_stage_seconds_count{stage="total"}'] == 4
    assert (told["parley_articles"], told["parley_passages"]) == (1, 1)
    assert told['parley_working{pool="questions"}'] == told['parley_waiting{pool="questions"}'] == 0
    assert told["process_open_fds"] > 0
    assert not re.search("Schibboleth|Lund|envoy", text, re.I)


KEY = "a-key-for-the-metrics"


@pytest.mark.parametrize("metrics", ["key", "open"])
def test_who_may_read_them_is_a_setting(tmp_path: Path, make_settings: MakeSettings, metrics: str) -> None:
    settings = make_settings(tmp_path, api_key=KEY, metrics=metrics, requests_per_minute=1)
    opened = open_service(settings, command="a test")
    try:
        with serving(opened) as client:
            if metrics == "key":
                check_problem(client.get("/metrics"), 401, "unauthorized")
            else:
                assert send(client, "GET", "/metrics", host="10.1.2.3").status == 200
            client.headers["Authorization"] = f"Bearer {KEY}"
            assert [client.get("/metrics").status_code for _ in range(3)] == [200] * 3
            assert client.get("/v1/about").status_code == 200
            check_problem(client.get("/v1/about"), 429, "rate_limited")
    finally:
        opened.close()
