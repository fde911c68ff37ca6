"""What Parley counts of itself, for Prometheus: https://prometheus.io/docs/practices/naming/.

No label ever holds what a person or an article wrote: only names out of code and settings, and what isn't
formed as one is "other".
"""

import re
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client import disable_created_metrics as without_times_of_creation

from prompts import Rendered
from service.model import LanguageModel, ModelFault, Schema, Spent, always_there, ended
from service.tracing import OFF, Tracing
from service.wire import AnswerOut

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,49}")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Safe to share between threads. Times are in seconds."""

    def __init__(self) -> None:
        without_times_of_creation()  # type: ignore[no-untyped-call]
        self.registry = its = CollectorRegistry()
        Gauge("parley_build_info", "Always 1.", ["version"], registry=its).labels(version("parley")).set(1)
        self.requests = Counter(
            "parley_requests", "HTTP requests that ended.", ["method", "route", "status"], registry=its
        )
        self.request_seconds = Histogram(
            *("parley_request_seconds", "To the end of the answer, streams included.", ["route"]),
            registry=its,
            buckets=_SECONDS,
        )
        self._answers = Counter("parley_answers", "Answers given.", ["status", "answerer"], registry=its)
        self._stages = Histogram(
            *("parley_stage_seconds", "Of an answer, by stage.", ["stage"]), registry=its, buckets=_SECONDS
        )
        self._dropped = Counter(
            "parley_dropped_statements", "Left out of answers, by reason.", ["reason"], registry=its
        )
        self._degraded = Counter(
            "parley_degraded_answers",
            "By what kept the model from answering.",
            ["code"],
            registry=its,
        )
        self._model_calls = Counter(
            "parley_model_calls", "Calls of a language model that ended.", ["use", "outcome"], registry=its
        )
        self._model_seconds = Histogram(
            *("parley_model_call_seconds", "To the model's last word.", ["use"]),
            registry=its,
            buckets=_SECONDS,
        )
        self.working = Gauge("parley_working", "Requests being worked on.", ["pool"], registry=its)
        self.waiting = Gauge("parley_waiting", "Requests waiting for a worker.", ["pool"], registry=its)
        self.articles = Gauge("parley_articles", "Articles that are searched.", registry=its)
        self.passages = Gauge("parley_passages", "Passages that are searched.", registry=its)
        ProcessCollector(registry=its)

    def answered(self, answer: AnswerOut) -> None:
        """For each answer that is made, by whichever surface."""
        self._answers.labels(answer.status, named(answer.produced_by.answerer)).inc()
        for stage, milliseconds in answer.timings.items():
            self._stages.labels(named(stage)).observe(milliseconds / 1000)
        for reason, count in answer.diagnostics.dropped.items():
            self._dropped.labels(named(reason)).inc(count)
        if answer.diagnostics.degraded is not None:
            self._degraded.labels(named(answer.diagnostics.degraded)).inc()

    def called(self, use: str, outcome: str, seconds: float) -> None:
        self._model_calls.labels(use, outcome).inc()
        self._model_seconds.labels(use).observe(seconds)


class Metered:
    """A language model whose calls are counted. `use` is what it is asked for: "answer" or "judge"."""

    def __init__(self, model: LanguageModel, use: str, metrics: Metrics, tracing: Tracing = OFF) -> None:
        self._tracing = tracing
        self.name = model.name
        self._model = model
        self._use = use
        self._metrics = metrics

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        begun, outcome = time.monotonic(), "left"  # whoever hears enough goes before the end
        said = self._model.say(asked, schema=schema, left=left, spent=spent)
        try:
            with self._tracing.call("model call", parley_use=self._use) as span, ended(said):
                yield from said
                span.tell(parley_outcome="ok")
            outcome = "ok"
        except ModelFault as fault:
            outcome = fault.code
            raise
        finally:
            self._metrics.called(self._use, outcome, time.monotonic() - begun)


def named(text: str) -> str:
    return text if _NAME.fullmatch(text) else "other"
