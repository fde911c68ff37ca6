"""Spans as a collector gets them, over OTLP's real wire: what was done within what, and nobody's words."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)

from prompts import Rendered
from service.bootstrap import open_service
from service.metrics import Metered, Metrics
from service.model import ModelFault
from service.tracing import OFF, Tracing, open_tracing
from tests.conftest import MakeSettings, add, serving

CANARY = "Zaubervogel"
TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
KEY = "a-key-that-sings-quokka"


@dataclass
class Collector(TraceServiceServicer):
    """What was exported, as it came."""

    address: str = ""
    raw: list[bytes] = field(default_factory=list)
    spans: list[Any] = field(default_factory=list)

    def Export(self, request: Any, context: Any) -> Any:
        self.raw.append(request.SerializeToString())
        scopes = [scope for resource in request.resource_spans for scope in resource.scope_spans]
        self.spans += [span for scope in scopes for span in scope.spans]
        return ExportTraceServiceResponse()

    def above(self, span: Any) -> list[str]:
        """The names of those that it is a part of, its own first."""
        by_id = {each.span_id: each for each in self.spans}
        names = [span.name]
        while span.parent_span_id in by_id:
            span = by_id[span.parent_span_id]
            names.append(span.name)
        return names

    def paths(self) -> set[str]:
        return {" < ".join(self.above(span)) for span in self.spans}


@contextmanager
def collecting() -> Iterator[Collector]:
    collector, server = Collector(), grpc.server(ThreadPoolExecutor(1))
    add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]
    collector.address = f"http://127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield collector
    finally:
        server.stop(None).wait()


def facts(span: Any) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in span.attributes}


@pytest.mark.slow
def test_a_request_is_told_with_its_parts_under_its_callers_trace_and_without_a_word(
    make_settings: MakeSettings, tmp_path: Path
) -> None:
    with collecting() as collector:
        settings = make_settings(tmp_path / "data", api_key=KEY, otlp_endpoint=collector.address)
        service = open_service(settings, command="a test")
        add(service, f"The {CANARY} met the ferrymen on Friday. It sang for three hours.", title=CANARY)
        headers = {"Authorization": f"Bearer {KEY}", "traceparent": f"00-{TRACE}-{CALLER}-01"}
        question = {"question": f"Whom did the {CANARY} meet?"}
        with serving(service) as client:
            answer = client.post("/v1/chat", json=question, headers=headers).json()
            streamed = {**headers, "Accept": "text/event-stream"}
            assert CANARY in client.post("/v1/chat", json=question, headers=streamed).text
            assert client.get("/livez").status_code == 200
            wrong = {"Authorization": f"Bearer {CANARY}"}
            assert client.get(f"/v1/{CANARY}?q={CANARY}", headers=wrong).status_code == 401
        service.close()
    chat = "question < POST /v1/chat"
    assert {
        chat,
        f"retrieval < {chat}",
        f"dense < retrieval < {chat}",
        f"sentences_neural < answer < {chat}",
        f"verify < {chat}",
        f"store < {chat}",
    } <= collector.paths()
    requests = [span for span in collector.spans if span.name == "POST /v1/chat"]
    assert {(span.trace_id.hex(), span.parent_span_id.hex()) for span in requests} == {(TRACE, CALLER)}
    assert facts(requests[0])["http.response.status.code"] == 200
    asked = next(span for span in collector.spans if facts(span).get("parley.answer") == answer["id"])
    assert facts(asked)["parley.citations"] == len(answer["citations"]) > 0
    assert "GET none" in {span.name for span in collector.spans}
    assert not [span for span in collector.spans if "livez" in span.name]
    for word in (CANARY, "quokka", "ferrymen", "sang"):
        assert not [raw for raw in collector.raw if word.encode() in raw], word


class Fails:
    name = "a-model"

    def say(self, *_: object, **__: object) -> Iterator[str]:
        yield CANARY
        raise ModelFault(CANARY)


def test_a_call_of_a_model_is_told_and_of_a_fault_its_kind_alone() -> None:
    with collecting() as collector:
        tracing = open_tracing(collector.address)
        model = Metered(Fails(), "answer", Metrics(), tracing)
        with tracing.span("answer"):
            said = model.say(Rendered(CANARY, CANARY))
            assert next(said) == CANARY
            with tracing.span("verify"):
                pass
            with pytest.raises(ModelFault):
                next(said)
        tracing.close()
    assert collector.paths() == {"answer", "model call < answer", "verify < answer"}
    call = next(span for span in collector.spans if span.name == "model call")
    assert facts(call) == {"parley.use": "answer", "error.type": "ModelFault"}
    assert CANARY.encode() not in b"".join(collector.raw)


def test_without_the_setting_nothing_is_imported_and_nothing_sent() -> None:
    look = (
        "import sys; from service.tracing import open_tracing; t = open_tracing(None)\n"
        "with t.span('x', a=1) as s, t.request('y', {}), t.call('z'): s.tell(b=2)\n"
        "t.close(); sys.exit(any(name.startswith(('opentelemetry', 'grpc')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
    assert isinstance(OFF, Tracing)


def test_a_collector_that_is_away_keeps_nobody_waiting(make_settings: MakeSettings, tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data", otlp_endpoint="http://127.0.0.1:9")
    service = open_service(settings, command="a test")
    with serving(service) as client:
        assert client.post("/v1/chat", json={"question": "Who met?"}).status_code == 200
    replace(service, tracing=OFF).close()
