"""Spans for OpenTelemetry, where PARLEY_OTLP_ENDPOINT names a collector: what was done, in which order, for
how long. Off by default, and then nothing of OpenTelemetry is imported here.

A span holds names out of code, ids, counts and times. No question, no answer, no article's words and no key
is in it: of an exception only its kind, since its message may quote what was asked. The provider is our own:
no library's spans come in with ours.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Span as OtelSpan

Fact = str | int | float | bool
_SECONDS = 5  # for a call of the collector, and for what is left at the end
_CARRIED = ("traceparent", "tracestate")  # https://www.w3.org/TR/trace-context/


class Span:
    """One that is nowhere seen."""

    def tell(self, **facts: Fact | None) -> None:
        """None is left out. `_` stands for `.` in the name of a fact."""


class Tracing:
    """Of which nothing is kept."""

    def span(self, name: str, **facts: Fact | None) -> AbstractContextManager[Span]:
        """What begins while it is open, in this thread or one that was given its context, is a part of it."""
        return nullcontext(_UNSEEN)

    def call(self, name: str, **facts: Fact | None) -> AbstractContextManager[Span]:
        """As `span`, for what has no parts, such as a generator, which others run between its steps."""
        return nullcontext(_UNSEEN)

    def request(self, name: str, headers: Mapping[str, str]) -> AbstractContextManager[Span]:
        """A part of what its caller does, where the `headers` have a `traceparent`."""
        return nullcontext(_UNSEEN)

    def close(self) -> None:
        """Send what isn't sent yet, within some seconds."""


_UNSEEN = Span()
OFF = Tracing()


def open_tracing(endpoint: str | None) -> Tracing:
    """`endpoint`: an OTLP collector's, by gRPC, as in `http://127.0.0.1:4317`; None: off. Whoever opens it
    closes it."""
    if endpoint is None:
        return OFF
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # It would say so each second while the collector is away.
    logging.getLogger("opentelemetry").setLevel(logging.ERROR)
    exporter = OTLPSpanExporter(endpoint, insecure=endpoint.startswith("http://"), timeout=_SECONDS)
    return Traced(BatchSpanProcessor(exporter))


class Traced(Tracing):
    def __init__(self, processor: "SpanProcessor") -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.trace import SpanKind, use_span
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        known = {"service.name": "parley", "service.version": version("parley")}
        self._provider = TracerProvider(resource=Resource.create(known), shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("parley", version("parley"))
        self._carried = TraceContextTextMapPropagator()
        self._served = SpanKind.SERVER
        self._use = use_span

    def span(self, name: str, **facts: Fact | None) -> AbstractContextManager[Span]:
        return self._opened(name, facts)

    def call(self, name: str, **facts: Fact | None) -> AbstractContextManager[Span]:
        return self._opened(name, facts, current=False)

    def request(self, name: str, headers: Mapping[str, str]) -> AbstractContextManager[Span]:
        carried = {name: headers[name] for name in _CARRIED if name in headers}
        return self._opened(name, {}, context=self._carried.extract(carried), kind=self._served)

    def close(self) -> None:
        self._provider.force_flush(_SECONDS * 1000)
        self._provider.shutdown()

    @contextmanager
    def _opened(
        self, name: str, facts: Mapping[str, Fact | None], *, current: bool = True, **more: Any
    ) -> Iterator[Span]:
        unrecorded: dict[str, Any] = {"record_exception": False, "set_status_on_exception": False}
        begun = self._tracer.start_span(name, **unrecorded, **more)
        shown = self._use(begun, end_on_exit=True, **unrecorded) if current else self._ending(begun)
        with shown as raw:
            span = _Seen(raw.set_attribute)
            span.tell(**facts)
            try:
                yield span
            except BaseException as error:
                span.tell(error_type=type(error).__name__)
                raise

    @staticmethod
    @contextmanager
    def _ending(begun: "OtelSpan") -> "Iterator[OtelSpan]":
        try:
            yield begun
        finally:
            begun.end()


class _Seen(Span):
    def __init__(self, put: Callable[[str, Fact], object]) -> None:
        self._put = put

    def tell(self, **facts: Fact | None) -> None:
        for name, value in facts.items():
            if value is not None:
                self._put(name.replace("_", "."), value)
