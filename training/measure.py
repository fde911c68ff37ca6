"""How well a reader finds and judges, on suites of questions and on files of pairs."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals.cases import Case, Document, Suite
from evals.statistics import Interval, mean_interval, roc_auc_interval
from evals.suite import load
from retrieval.article import Article, Chunk, Facts, Region, RegionSpan, Span
from retrieval.chunks import chunks_of
from retrieval.embed import Embedder
from retrieval.reader import Passage, Reader
from training.held_out import suites

_ALL = 150  # passages of a corpus that is read whole
_NEAREST = 10  # else so many are
_UNKNOWN_DAY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """Of one question: the surest chance that something answers; where answerable, whether the first
    sentence is right, and whether one of the first three is."""

    answerable: bool
    sure: float
    first: bool
    among_three: bool


def found(suite: Suite, reader: Reader, embedder: Embedder) -> Iterator[Found]:
    """Of the questions that nothing was said before."""
    corpus = _Corpus(suite.documents, embedder)
    for case in suite.cases:
        if not case.turns:
            yield _of_case(case, corpus.passages(case), reader)


def _of_case(case: Case, chunks: Sequence[Chunk], reader: Reader) -> Found:
    read = reader.score(case.question, [_passage(chunk) for chunk in chunks])
    ranked = sorted(
        (
            (passage.answers * sentence.chance, chunk, at)
            for chunk, passage in zip(chunks, read, strict=True)
            for at, sentence in enumerate(passage.sentences)
        ),
        key=lambda each: -each[0],
    )
    right = [_answers(case, chunk, at) for _, chunk, at in ranked[:3]]
    return Found(case.answerable, ranked[0][0] if ranked else 0.0, any(right[:1]), any(right))


def _answers(case: Case, chunk: Chunk, at: int) -> bool:
    """Whether the sentence holds gold words or stands in them; without gold, whether it holds an answer."""
    sentence = chunk.sentences[at]
    text = _plain(chunk.text[sentence.start - chunk.start : sentence.end - chunk.start])
    gold = [_plain(e.quote) for e in case.evidence if e.quote and e.doc_id == chunk.article_id]
    if gold:
        return any(quote in text or text in quote for quote in gold)
    return any(_plain(answer) in text for answer in case.answers)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _passage(chunk: Chunk) -> Passage:
    spans = tuple(Span(s.start - chunk.start, s.end - chunk.start) for s in chunk.sentences)
    return Passage(chunk.text, spans, chunk.embedded_text.removesuffix(chunk.text))


class _Corpus:
    def __init__(self, documents: Sequence[Document], embedder: Embedder) -> None:
        self._embedder = embedder
        self._chunks = [
            chunk
            for document in documents
            for chunk in chunks_of(
                _article(document), fits=lambda text: embedder.token_count(text) <= embedder.max_tokens - 2
            )
        ]
        self._vectors = embedder.embed([chunk.embedded_text for chunk in self._chunks])

    def passages(self, case: Case) -> list[Chunk]:
        """Those of the document that the question is about; else of all, the nearest ones of many."""
        if case.given_doc:
            return [chunk for chunk in self._chunks if chunk.article_id == case.given_doc]
        if len(self._chunks) <= _ALL:
            return self._chunks
        near = self._vectors @ self._embedder.embed([case.question])[0]
        return [self._chunks[at] for at in (-near).argsort(kind="stable")[:_NEAREST]]


def _article(document: Document) -> Article:
    facts = Facts(title=document.title, outlet=document.source, published=document.published)
    regions = (RegionSpan(Region.BODY, 0, len(document.text)),)
    return Article(document.id, 1, document.text, "", "", facts, regions, _UNKNOWN_DAY)


def report(
    folders: Sequence[Path],
    pairs: Sequence[Path],
    reader: Reader,
    embedder: Embedder,
    worlds: Sequence[Path] = (),
) -> Iterator[str]:
    """A line or two a suite, a file of worlds and a file of pairs."""
    every = {folder.name: [load(folder).suite] for folder in folders}
    every |= {file.stem: list(suites([file], every=True)) for file in worlds}
    for name, its in every.items():
        each = [one for suite in its for one in found(suite, reader, embedder)]
        told = [one for one in each if one.answerable]
        auc = roc_auc_interval([o.sure for o in told], [o.sure for o in each if not o.answerable])
        first = mean_interval([float(o.first) for o in told], range(len(told)))
        three = mean_interval([float(o.among_three) for o in told], range(len(told)))
        yield f"{name}: abstention AUC {_shown(auc)}"
        yield f"  right sentence first {_shown(first)}, among three {_shown(three)}"
    for file in pairs:
        yield from _of_pairs(file, reader)


def _of_pairs(file: Path, reader: Reader) -> Iterator[str]:
    """True and false statements of one set, and each class of false ones against all true ones."""
    true: list[float] = []
    false: defaultdict[str, list[float]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        chance = reader.entails(row["quotes"], row["text"]).entails
        (true if row["true"] else false[row["class"]]).append(chance)
    every = [chance for chances in false.values() for chance in chances]
    yield f"{file.stem}: entailment AUC {_shown(roc_auc_interval(true, every))}"
    for cls, chances in sorted(false.items()):
        yield f"  {cls:20}{_shown(roc_auc_interval(true, chances, draws=500))}"


def _shown(interval: Interval | None) -> str:
    return (
        "-"
        if interval is None
        else f"{interval.value:.2f} [{interval.low:.2f}, {interval.high:.2f}] of {interval.clusters}"
    )
