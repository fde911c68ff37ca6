"""A target that answers as it is told, and a chat endpoint on loopback that replies as it is told."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from evals.answered import result_citation
from evals.cases import Case, Suite
from evals.results import CaseResult
from tests.evals.making import DOCUMENTS, PAY, citation, claim, line, notice, result, whole

LINES = [
    line(),
    line(
        id="c2",
        kind="numeric",
        question="How far had pay fallen?",
        nuggets=[{"text": "1,200 crowns", "vital": True, "any": ["1,200 crowns"], "evidence": [0]}],
        evidence=[{"doc_id": "strike", "quote": PAY}],
    ),
    line(
        id="c3",
        kind="unanswerable",
        question="Who won the chess championship in Reykjavik?",
        answerable=False,
        nuggets=...,
        evidence=...,
    ),
]

Answer = Callable[[Case, int], CaseResult]


def quoting(case: Case, trial: int = 0) -> CaseResult:
    """Right: the evidence itself, or nothing where there is none."""
    if not case.evidence:
        return result(case, notice("I found nothing."), status="abstained", trial=trial)
    doc_id, quote = case.evidence[0].doc_id, case.evidence[0].quote or ""
    cited = citation(1, doc_id, quote)
    return result(case, claim(quote, 1), citations=(cited,), hits=(whole(doc_id),), trial=trial)


def lying(case: Case, trial: int = 0) -> CaseResult:
    """Its quotation stands nowhere."""
    said = "The port of Varn never reopened."
    cited = result_citation(1, DOCUMENTS["port"], start=0, end=len(said), quote=said, said={})
    return result(case, claim(said, 1), citations=(cited,), trial=trial)


def silent(case: Case, trial: int = 0) -> CaseResult:
    return result(case, notice("I found nothing."), status="abstained", trial=trial, hits=(whole("port"),))


class Scripted:
    """`asked` are the cases and trials it was asked. It can stand where InProcess does."""

    def __init__(self, answer: Answer = quoting, **told: Any) -> None:
        self._answer = answer
        self._told = {"target": "scripted"} | told
        self.asked: list[tuple[str, int]] = []
        self.closed = False

    def __enter__(self) -> "Scripted":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ingest(self, suite: Suite, *, progress: Callable[[int, int], None]) -> None:
        progress(len(suite.documents), len(suite.documents))

    def ask(self, case: Case, *, trial: int) -> CaseResult:
        given = self._answer(case, trial)
        self.asked.append((case.id, trial))
        return replace(given, timings={"total": 5.0})

    def provenance(self) -> dict[str, Any]:
        return dict(self._told)

    def close(self) -> None:
        self.closed = True


def stopping(after: int, error: BaseException) -> Answer:
    """Right `after` times, then the error, once; then right again."""
    left = [after]

    def answer(case: Case, trial: int) -> CaseResult:
        left[0] -= 1
        if left[0] == -1:
            raise error
        return quoting(case, trial)

    return answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the endpoint saw it; `body` is None of a GET."""

    path: str
    headers: Mapping[str, str]
    body: Any


# A status with a body: bytes as they are, anything else as JSON. None: the connection is cut.
Reply = tuple[int, Any] | None


@contextmanager
def endpoint(reply: Callable[[Asked], Reply]) -> Iterator[str]:
    """Its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(None)

        def do_POST(self) -> None:
            self._reply(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def log_message(self, *_: object) -> None:
            pass

        def _reply(self, body: Any) -> None:
            given = reply(Asked(self.path.split("?")[0], dict(self.headers), body))
            if given is None:
                return
            status, content = given
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chatting(reply: Callable[[Asked], Reply]) -> Callable[[Asked], Reply]:
    """An OpenAI-compatible endpoint with one model; `reply` answers its chats."""

    def answer(asked: Asked) -> Reply:
        if asked.path == "/v1/models":
            return 200, {"data": [{"id": "tiny"}]}
        return reply(asked) if asked.path == "/v1/chat/completions" else (404, {"detail": "not found"})

    return answer


def chat(text: str) -> Reply:
    return 200, {"choices": [{"message": {"role": "assistant", "content": text}}]}
