"""`python -m benchmarks.copies`: what copies do to answers, and what telling them apart costs."""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.carried import Case, both, false
from benchmarks.corpus import invented
from benchmarks.meters import StandIn
from benchmarks.report import machine, p50, p95, table
from retrieval import copies
from retrieval.corpus import Corpus, open_corpus
from retrieval.ingest import Ingester
from retrieval.likeness import runs_of
from retrieval.model_files import default_dir
from retrieval.reader import load_reader
from retrieval.search import Query
from retrieval.selecting import Wanted, select_articles
from retrieval.timing import Timings
from service.answering import PARLEY
from service.answering.extractive import ExtractiveAnswerer
from service.answers import AnswerStore
from service.chat import Chat
from service.searching import LOOKED_THROUGH, PASSAGES
from service.wire import ChatRequest

KEPT_AIM = 0.95
CPU_AIM = 2.0  # ms an article, and a question
_SHOWN = 30  # passages that a model reads, about


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether all that is needed stands in what is read, with copies told apart and without, in what a model
    is offered first, and in what is cited."""

    read: bool
    raw: bool
    offered: bool
    cited: bool


def kept(case: Case, directory: Path) -> Kept:
    reader = load_reader(default_dir())
    with open_corpus(directory, model_dir=default_dir(), command="benchmark") as corpus:
        list(corpus.ingester.ingest(case.sources))
        answerer = ExtractiveAnswerer(corpus.embedder, reader)
        chat = Chat(corpus.record, corpus.searcher, answerer, AnswerStore(corpus.record.database))
        first = PARLEY.reading.passages
        read = corpus.searcher.search(Query(case.question, k=PASSAGES, once=True))[:first]
        raw = corpus.searcher.search(Query(case.question, k=PASSAGES))[:first]
        offered = corpus.searcher.search(Query(case.question, k=LOOKED_THROUGH, once=True))[:_SHOWN]
        answer = chat.answer(ChatRequest(question=case.question))
        cited = "\n".join(citation.quote.text for citation in answer.citations)
    found = (*("\n".join(hit.chunk.text for hit in hits) for hits in (read, raw, offered)), cited)
    return Kept(*(all(words in text for words in case.needed) for text in found))


def every(cases: Sequence[Case]) -> list[Kept]:
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch:
        return [kept(case, Path(scratch) / str(at)) for at, case in enumerate(cases)]


def share(found: Sequence[bool]) -> float:
    return sum(found) / len(found)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--cases", type=int, default=40, help="of each kind")
    parser.add_argument("--articles", type=int, default=1_000, help="among which a question is timed")
    given = parser.parse_args(arguments)
    print(machine())
    rows: list[tuple[str | float, ...]] = []
    kinds = {"20 near-copies of two": both, "50 clones of a false one": false}
    for name, made in kinds.items():
        found = every(made(given.cases))
        figures = [[getattr(one, of) for one in found] for of in ("raw", "read", "offered", "cited")]
        rows.append((name, *(100 * share(each) for each in figures)))
    table("KEPT  % of questions", ("", "raw", "read", "offered", "cited"), rows)
    if given.articles:
        _costs(given.articles)


def _costs(articles: int) -> None:
    """CPU of this thread, in milliseconds."""
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as scratch,
        open_corpus(Path(scratch), model_dir=default_dir(), command="benchmark") as corpus,
    ):
        sources = invented(articles, questions=50)
        list(Ingester(corpus.record, corpus.index, StandIn(corpus.embedder)).ingest(sources.sources))
        _print_article(corpus)
        _print_question(corpus, sources.questions)


def _print_article(corpus: Corpus) -> None:
    ids = sorted(select_articles(corpus.record.database, Wanted()).ids)[:200]
    read = [corpus.record.article(id_) for id_ in ids]
    words = p50(len(article.text.split()) for article in read)
    signed = [_cpu(partial(runs_of, article)) for article in read]
    entered = []
    for article in read:
        runs = runs_of(article)
        with corpus.record.database.write() as connection:
            entered.append(_cpu(partial(copies.enter, connection, [(article, runs)])))
    whole = [one + other for one, other in zip(signed, entered, strict=True)]
    measured = {"runs": signed, "rows": entered, "both": whole}
    rows = [(name, p50(its), p95(its)) for name, its in measured.items()]
    table(f"ARTICLE  ms of CPU, {words:.0f} words, aim {CPU_AIM}", ("", "p50", "p95"), rows)


def _print_question(corpus: Corpus, questions: Sequence[str]) -> None:
    stages: list[dict[str, float]] = []
    for question in questions:
        timings = Timings()
        corpus.searcher.search(Query(question, k=PASSAGES, once=True), timings=timings)
        stages.append(timings.as_dict())
    told = [one["copies"] for one in stages]
    whole = [one["total"] for one in stages]
    rows = [("copies", p50(told), p95(told)), ("the whole search", p50(whole), p95(whole))]
    rows.append(("of it, %", 100 * p50(told) / p50(whole), 100 * p95(told) / p95(whole)))
    table(f"QUESTION  ms, aim {CPU_AIM}", ("", "p50", "p95"), rows)


def _cpu(does: Callable[[], object]) -> float:
    begun = time.thread_time()
    does()
    return 1000 * (time.thread_time() - begun)


if __name__ == "__main__":
    main()
