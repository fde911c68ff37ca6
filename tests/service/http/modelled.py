"""A service with a language model: the scripted one, over HTTP on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx

from benchmarks.served import chat_with
from service.answering import PARLEY, Policy
from service.bootstrap import Service
from service.model import Breaker, Endpoint, Limits
from tests.conftest import serving
from tests.fault_llm import FaultServer

PATIENT = Limits(idle=20.0, total=60.0, retries=1, pause=0.01)  # a busy machine is no fault of the model
IMPATIENT = replace(PATIENT, idle=0.4, total=1.5)  # for what is silent or never ends


@dataclass
class Modelled:
    client: httpx.Client
    model: FaultServer
    service: Service

    def plays(self, fault: Any = "whole", *, says: Any = "honest") -> None:
        self.model.fault, self.model.says = fault, says
        self.model.received.clear()

    def ask(self, question: str, headers: dict[str, str] | None = None, **more: object) -> dict[str, Any]:
        response = self.client.post("/v1/chat", json={"question": question, **more}, headers=headers)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer


@contextmanager
def modelled(
    service: Service,
    *,
    limits: Limits = PATIENT,
    patient: bool = True,
    policy: Policy = PARLEY,
    seconds: float = 60.0,
) -> Iterator[Modelled]:
    """`patient`: the model is asked again however often it failed; `seconds` is what an answer has."""
    with FaultServer() as server:
        breaker = Breaker(failures=10**6) if patient else None
        endpoint = Endpoint(server.url, server.model, limits=limits, breaker=breaker)
        judge = Endpoint(server.url, server.model, limits=limits, breaker=breaker and Breaker(failures=10**6))
        try:
            using = replace(service, chat=chat_with(service, endpoint, policy, judge=judge, seconds=seconds))
            with serving(using) as client:
                yield Modelled(client, server, using)
        finally:
            endpoint.close()
            judge.close()
