"""Questions, stage by stage, against the least that one could cost: the question embedded, and Chroma
asked for twenty passages. Own overhead is all the rest: the whole minus inference and minus Chroma."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.meters import MeteredEmbedder, MeteredReader
from benchmarks.report import p50, p95, table
from retrieval.corpus import Corpus
from retrieval.reader import Reader
from retrieval.search import Searcher
from service.answering.extractive import ExtractiveAnswerer
from service.answers import AnswerStore, QuestionTurn
from service.chat import Chat
from service.searching import PASSAGES
from service.wire import AnswerOut, ChatRequest

AIMS = (10.0, 40.0)  # p50 and p95 of own overhead at 10k passages, ms
_WITHIN_ANSWER = ("sentences_neural", "sentences")


class _TimedStore(AnswerStore):
    milliseconds = 0.0

    def claim(self, turn: QuestionTurn) -> QuestionTurn | AnswerOut:
        begun = time.perf_counter()
        claimed = super().claim(turn)
        self.milliseconds = 1000 * (time.perf_counter() - begun)
        return claimed

    def finish(self, answer: AnswerOut) -> AnswerOut:
        begun = time.perf_counter()
        stored = super().finish(answer)
        self.milliseconds += 1000 * (time.perf_counter() - begun)
        return stored


@dataclass(slots=True)
class _Asked:
    """Milliseconds, a list entry a question."""

    stages: dict[str, list[float]] = field(default_factory=dict)
    whole: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Of the thread that asks, inference left out; Chroma works in threads of its own. A busy machine
    doesn't stretch it."""
    spent: list[float] = field(default_factory=list)
    """Of all threads of the process, inference and Chroma too."""

    def add(
        self, stages: dict[str, float], whole: float, *, inference: float, spent: float, cpu: float = 0.0
    ) -> None:
        self.whole.append(whole)
        self.spent.append(spent)
        self.own.append(whole - inference - stages["dense"])
        self.cpu.append(cpu)
        for name, milliseconds in stages.items():
            self.stages.setdefault(name, []).append(milliseconds)


def measure(corpus: Corpus, reader: Reader, questions: Sequence[str]) -> None:
    """Each question raw, with nothing kept (every article unopened, every passage unseen), and once more
    with all kept; raw goes first every other time."""
    first, again, raw = _Asked(), _Asked(), _Asked()
    for number, question in enumerate([*questions[:5], *questions]):
        if number == 5:  # the first five warm up
            first, again, raw = _Asked(), _Asked(), _Asked()
        store = _TimedStore(corpus.record.database)
        embedder, metered = MeteredEmbedder(corpus.embedder), MeteredReader(reader)
        searcher = Searcher(corpus.record, corpus.index, embedder)
        chat = Chat(corpus.record, searcher, ExtractiveAnswerer(embedder, metered), store)
        if number % 2:
            _ask_raw(corpus, question, raw)
        _ask(chat, store, (embedder, metered), question, first)
        _ask(chat, store, (embedder, metered), question, again)
        if not number % 2:
            _ask_raw(corpus, question, raw)
    _print(corpus.record.chunk_count(), first, again, raw)


def _ask(
    chat: Chat,
    store: _TimedStore,
    models: tuple[MeteredEmbedder, MeteredReader],
    question: str,
    asked: _Asked,
) -> None:
    wall, thread = (-sum(getattr(each.inference, of) for each in models) for of in ("wall", "thread"))
    begun, cpu, spent = time.perf_counter(), time.thread_time(), time.process_time()
    answer = chat.ask(ChatRequest(question=question))
    whole = 1000 * (time.perf_counter() - begun)
    wall += sum(each.inference.wall for each in models)
    thread += sum(each.inference.thread for each in models)
    cpu = 1000 * (time.thread_time() - cpu) - thread
    spent = 1000 * (time.process_time() - spent)
    stages = {name: ms for name, ms in answer.timings.items() if name != "total"}
    counted = sum(ms for name, ms in stages.items() if name not in _WITHIN_ANSWER)
    stages["nodes, retriever"] = answer.timings["total"] - counted
    stages["store"] = store.milliseconds
    stages["wire model"] = whole - answer.timings["total"] - store.milliseconds
    asked.add(stages, whole, inference=wall, spent=spent, cpu=cpu)


def _ask_raw(corpus: Corpus, question: str, asked: _Asked) -> None:
    begun, spent = time.perf_counter(), time.process_time()
    vector = corpus.embedder.embed([question])
    embedded = time.perf_counter()
    collection = corpus.index.current.vectors.nodes.client
    collection.query(
        query_embeddings=list(vector),
        n_results=PASSAGES,
        include=["documents", "metadatas", "distances"],
    )
    ended = time.perf_counter()
    embed, dense = 1000 * (embedded - begun), 1000 * (ended - embedded)
    spent = 1000 * (time.process_time() - spent)
    asked.add({"embed": embed, "dense": dense}, embed + dense, inference=embed, spent=spent)


def _print(chunks: int, first: _Asked, again: _Asked, raw: _Asked) -> None:
    names = list(first.stages)
    rows: list[list[str | float]] = [
        [name if name not in _WITHIN_ANSWER else f"  of it {name}"]
        + [figure(asked.stages.get(name, [])) for asked in (raw, first, again) for figure in (p50, p95)]
        for name in names
    ]
    everyone = (raw, first, again)
    for name, values in (
        ("whole", [a.whole for a in everyone]),
        ("own overhead", [a.own for a in everyone]),
        ("own CPU", [a.cpu for a in everyone]),
        ("CPU of all threads", [a.spent for a in everyone]),
    ):
        rows.append([name, *(figure(each) for each in values for figure in (p50, p95))])
    table(
        f"QUESTION at {chunks} passages  ms, {len(first.whole)} questions; "
        "first: nothing kept; again: the same question once more",
        ("stage", "raw p50", "p95", "first p50", "p95", "again p50", "p95"),
        rows,
    )
    over = [p50(a / b for a, b in zip(each.whole, raw.whole, strict=True)) for each in (first, again)]
    spent = [p50(a / b for a, b in zip(each.spent, raw.spent, strict=True)) for each in (first, again)]
    met = ["met" if p50(a.own) <= AIMS[0] and p95(a.own) <= AIMS[1] else "missed" for a in (first, again)]
    print(f"  whole over raw, medians of ratios: first {over[0]:.1f}, again {over[1]:.1f}")
    print(f"  of CPU: first {spent[0]:.1f}, again {spent[1]:.1f}")
    print(
        f"  own overhead, aim {AIMS[0]:.0f} (p50) and {AIMS[1]:.0f} ms (p95): first {met[0]}, again {met[1]}"
    )
