"""What becomes of questions while the language model fails, in every way that a scripted endpoint knows.

    python -m benchmarks.outage [--each N] [--questions N]

Over HTTP, by turns whole and as events: each fault alone, each wrong shape of an answer, then an outage with
the breaker as it is served, also of the judge alone, then clients that leave in the middle. Prints the
statuses, how the streams ended, whether an answer was swallowed, how many calls the endpoint got for a
question, and how long it took to hear that a client had left.
"""

import argparse
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

import httpx

from benchmarks.corpus import invented
from benchmarks.served import QUICK, bad_citations, put, service_with
from service.bootstrap import Service
from service.model import Breaker, Limits
from service.wire import AnswerOut
from tests.conftest import serving
from tests.fault_llm import FAULTS, Exchange, FaultServer
from tests.fault_llm.prompted import prompted
from tests.fault_llm.shapes import SHAPES

_PATIENT = Limits(idle=30, total=60)  # so that only the client ends it
_EVENTS = {"Accept": "text/event-stream"}
_MOST_CALLS = 1.2  # a question, in an outage
_OUTAGES = ("drop", "503", "silent", "garbage")


@dataclass
class Outcome:
    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    degraded: Counter[str] = field(default_factory=Counter)
    bad_citations: int = 0
    swallowed: int = 0
    slowest: float = 0.0

    @property
    def sound(self) -> bool:
        fine = set(self.statuses) <= {200} and set(self.ends) <= {"whole", "done"}
        return fine and self.bad_citations == 0 and self.swallowed == 0


@dataclass(frozen=True, slots=True)
class Bench:
    service: Service
    model: FaultServer
    client: httpx.Client
    question: str


@contextmanager
def bench(*, breaker: Breaker | None = None, limits: Limits = QUICK) -> Iterator[Bench]:
    corpus = invented(4, questions=1, seed=3)
    with (
        FaultServer(says="honest") as model,
        service_with(model.url, breaker=breaker, limits=limits) as service,
    ):
        for number, source in enumerate(corpus.sources):
            put(service, f"article-{number}", source.data.decode(), source.facts)
        with serving(service) as client:
            yield Bench(service, model, client, corpus.questions[0])
        _until_all_has_ended()


def _until_all_has_ended() -> None:
    """What is worked on for a client that left outlives the server, and needs its data directory."""
    for thread in threading.enumerate():
        if thread.name.startswith("question"):
            thread.join(timeout=30)


def ask(made: Bench, outcome: Outcome, *, streamed: bool) -> None:
    begun = time.perf_counter()
    headers = _EVENTS if streamed else {}
    response = made.client.post("/v1/chat", json={"question": made.question}, headers=headers)
    outcome.slowest = max(outcome.slowest, time.perf_counter() - begun)
    outcome.asked += 1
    outcome.statuses[response.status_code] += 1
    if response.status_code != 200:
        return
    ends, answer = _ended(response.text) if streamed else ("whole", response.text)
    outcome.ends[ends] += 1
    if answer:
        told = AnswerOut.model_validate_json(answer)
        outcome.degraded[told.diagnostics.degraded or "-"] += 1
        outcome.swallowed += told.status == "abstained" and told.diagnostics.degraded is None
        outcome.bad_citations += bad_citations(made.service, told)


def _ended(stream: str) -> tuple[str, str]:
    """Which of done and error it holds, and the answer of the first."""
    events = [
        dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        for block in stream.split("\n\n")
    ]
    ends = [event for event in events if event.get("event") in ("done", "error")]
    if len(ends) != 1 or [event for event in events if event][-1] is not ends[0]:
        return f"{len(ends)} ends", ""
    name = ends[0]["event"]
    return name, json.dumps(json.loads(ends[0]["data"])["answer"]) if name == "done" else ""


def each_fault(names: Sequence[str], *, each: int) -> dict[str, Outcome]:
    found = {}
    with bench() as made:
        for name in names:
            made.model.fault = name
            outcome = found[name] = Outcome()
            for number in range(each):
                ask(made, outcome, streamed=bool(number % 2))
    return found


def each_shape(*, each: int) -> dict[str, Outcome]:
    """Of answers in another shape than was asked for. Each says something: an abstention that tells of no
    fault has swallowed it."""
    found = {}
    with bench() as made:
        for name in SHAPES:
            made.model.says = f"shape:{name}"
            outcome = found[name] = Outcome()
            for number in range(each):
                ask(made, outcome, streamed=bool(number % 2))
    return found


def outage(name: str, *, questions: int) -> tuple[Outcome, float]:
    """With the calls that the endpoint got for each question."""
    with bench(breaker=Breaker()) as made:
        made.model.fault = name
        outcome = Outcome()
        for number in range(questions):
            ask(made, outcome, streamed=bool(number % 2))
        return outcome, len(made.model.received) / questions


def judge_outage(*, questions: int) -> tuple[Outcome, float]:
    """Of the judge alone, at the model's own endpoint, with the calls that it got for each question."""
    judged = 0

    def plays(exchange: Exchange) -> None:
        nonlocal judged
        if prompted(exchange.received).kind == "verdict":
            judged += 1
            exchange.refuse(503)
        else:
            exchange.say(json.dumps({"statements": [_restated(exchange)]}))

    with bench(breaker=Breaker()) as made:
        made.model.fault = plays
        outcome = Outcome()
        for number in range(questions):
            ask(made, outcome, streamed=bool(number % 2))
    return outcome, judged / questions


def _restated(exchange: Exchange) -> dict[str, object]:
    """What it says, in words that a judge is asked about."""
    (statement,) = json.loads(exchange.text)["statements"]
    words = statement["text"].rstrip(".")
    return {**statement, "text": f"It is told that {words}."}


def leaving(*, times: int) -> list[float]:
    """Seconds from a client's leaving, after its first event, to the endpoint's hearing of it."""
    heard = []

    def waits(exchange: Exchange) -> None:
        exchange.begin()
        exchange.piece('{"statements": [')
        exchange.wait(30)

    with bench(limits=_PATIENT) as made:
        made.model.fault = waits
        for number in range(times):
            body = {"question": made.question}
            with made.client.stream("POST", "/v1/chat", json=body, headers=_EVENTS):
                while len(made.model.received) <= number:
                    time.sleep(0.01)
            begun = time.perf_counter()
            if not made.model.received[number].left.wait(timeout=10):
                raise SystemExit("a client left, and the model was not told")
            heard.append(time.perf_counter() - begun)
    return heard


def telling(*, times: int, judged: bool = False) -> list[float]:
    """Seconds from the model's closing of its first statement, with more to come, or from its judge's
    verdict on it, to the client's reading of it. The passages have been read before, as the second time that
    they are asked about."""
    closed: list[float] = []
    read: list[float] = []

    def plays(exchange: Exchange) -> None:
        if prompted(exchange.received).kind == "verdict":
            closed.append(time.perf_counter())
            exchange.say()
            return
        told = _restated(exchange) if judged else json.loads(exchange.text)["statements"][0]
        exchange.begin()
        exchange.piece(f'{{"statements": [{json.dumps(told)}')
        if not judged:
            closed.append(time.perf_counter())
        exchange.wait(1.0)
        exchange.piece("]}")
        exchange.finish()

    with bench(limits=_PATIENT) as made:
        ask(made, Outcome(), streamed=False)
        made.model.fault = plays
        for _ in range(times):
            body = {"question": made.question}
            with made.client.stream("POST", "/v1/chat", json=body, headers=_EVENTS) as response:
                for line in response.iter_lines():
                    if line == "event: statement":
                        read.append(time.perf_counter())
                        break
    return [told - done for done, told in zip(closed, read, strict=True)]


def _report_each(what: str, found: dict[str, Outcome]) -> None:
    asked = sum(outcome.asked for outcome in found.values())
    statuses: Counter[int] = sum((outcome.statuses for outcome in found.values()), Counter())
    ends: Counter[str] = sum((outcome.ends for outcome in found.values()), Counter())
    print(f"{len(found)} {what}, {asked} questions: statuses {dict(statuses)}, ends {dict(ends)}, ", end="")
    print(f"bad citations {sum(outcome.bad_citations for outcome in found.values())}, ", end="")
    print(f"swallowed {sum(outcome.swallowed for outcome in found.values())}")
    for name, outcome in found.items():
        codes = ", ".join(f"{code} {count}" for code, count in outcome.degraded.items())
        print(f"  {name:24}{outcome.slowest:7.2f} s at most   {codes}")


def _report_times(left: Sequence[float], told: Sequence[float], judged: Sequence[float]) -> None:
    print(f"a client leaves: heard after {median(left):.2f} s, {max(left):.2f} s at most, of {len(left)}")
    print(f"a statement is told: {1000 * median(told):.0f} ms after the model closed it, ", end="")
    print(f"{1000 * max(told):.0f} ms at most, of {len(told)}")
    print(f"  {1000 * median(judged):.0f} ms after its verdict came, ", end="")
    print(f"{1000 * max(judged):.0f} ms at most, of {len(judged)}")


def report(
    found: dict[str, Outcome],
    shapes: dict[str, Outcome],
    outages: dict[str, tuple[Outcome, float]],
    left: Sequence[float],
    told: Sequence[float],
    judged: Sequence[float],
) -> bool:
    _report_each("faults", found)
    _report_each("wrong shapes", shapes)
    for name, (outcome, calls) in outages.items():
        print(f"outage, {name:10}{outcome.asked} questions, {calls:.2f} calls each, ", end="")
        print(f"statuses {dict(outcome.statuses)}, ends {dict(outcome.ends)}, {dict(outcome.degraded)}")
    _report_times(left, told, judged)
    outcomes = [*found.values(), *shapes.values(), *(one for one, _ in outages.values())]
    sound = all(outcome.sound for outcome in outcomes)
    return sound and all(calls <= _MOST_CALLS for _, calls in outages.values()) and max(left) <= 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Ask while the model fails.")
    parser.add_argument("--each", type=int, default=4, help="questions for each fault")
    parser.add_argument("--questions", type=int, default=60, help="in an outage")
    args = parser.parse_args()
    outages = {name: outage(name, questions=args.questions) for name in _OUTAGES}
    outages["judge"] = judge_outage(questions=args.questions)
    found = each_fault(list(FAULTS), each=args.each)
    shapes = each_shape(each=min(args.each, 2))
    if not report(
        found, shapes, outages, leaving(times=5), telling(times=10), telling(times=10, judged=True)
    ):
        raise SystemExit("not as it must be")


if __name__ == "__main__":
    main()
