"""A service whose language model is scripted, and what may not be in the answers that it serves."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from retrieval.article import Facts
from retrieval.model_files import default_dir
from retrieval.sources import Source
from service.answering import PARLEY, Policy
from service.answering.extractive import ExtractiveAnswerer, PassageTokens
from service.answering.generative import Nearness
from service.bootstrap import Service, by_model, open_service
from service.chat import Chat
from service.config import Settings
from service.model import Breaker, Endpoint, Limits
from service.wire import AnswerOut

# Quick, so that what waits for a silent model doesn't take all day.
QUICK = Limits(idle=0.5, total=2.0, retries=2, pause=0.01)
# What a client makes something of: schemes, bare hosts, Markdown's links, HTML, mentions.
_LIVE = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|mailto:|data:[^\s]|javascript:|\]\(|!\[|<[a-z/!]|[^\W\d_]\.(?:com|org|net|example|biz)\b",
    re.I,
)


@contextmanager
def service_with(url: str, *, breaker: Breaker | None = None, limits: Limits = QUICK) -> Iterator[Service]:
    """Without articles, asking the model at the address; its failures are forgotten unless a breaker counts
    them."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), seeds_dir=Path(folder) / "none", model_dir=default_dir())
        service = open_service(settings, command="benchmark")
        endpoint = Endpoint(url, "scripted", limits=limits, breaker=breaker or Breaker(failures=10**9))
        judge = Endpoint(url, "scripted", limits=limits, breaker=None if breaker else Breaker(failures=10**9))
        try:
            yield replace(service, chat=chat_with(service, endpoint, judge=judge))
        finally:
            endpoint.close()
            judge.close()
            service.close()


def chat_with(
    service: Service,
    endpoint: Endpoint,
    policy: Policy = PARLEY,
    *,
    judge: Endpoint | None = None,
    seconds: float = 60.0,
) -> Chat:
    """`seconds` is what an answer has."""
    embedder = service.corpus.embedder
    tokens = PassageTokens(embedder)
    extractive = ExtractiveAnswerer(embedder, service.reader, tokens=tokens)
    return Chat(
        service.corpus.record,
        service.corpus.searcher,
        extractive,
        service.answers,
        by_model=by_model(
            endpoint, extractive, Nearness(embedder, tokens), policy=policy, judge=judge, seconds=seconds
        ),
    )


def put(service: Service, id_: str, text: str, facts: Facts) -> None:
    (done,) = service.corpus.ingester.ingest([Source(f"{id_}.txt", text.encode(), facts, id_)])
    if done.error is not None:
        raise SystemExit(f"{id_}: {done.error.message}")


def bad_citations(service: Service, answer: AnswerOut) -> int:
    """Citations whose words don't stand at their place in the article that they name."""
    return sum(not _stands(service, answer, n) for n in range(len(answer.cited)))


def _stands(service: Service, answer: AnswerOut, number: int) -> bool:
    cited = answer.cited[number]
    article = service.corpus.searcher.open(cited.article.id, cited.article.version).article
    return article.text[cited.quote.start : cited.quote.end] == cited.quote.text


def own_words(answer: AnswerOut) -> list[str]:
    """All that is served and isn't an article's own text, nor the question as it was asked."""
    quotes = {citation.id: citation.quote.text for citation in answer.cited}
    told = [
        part.text
        for statement in answer.statements
        for part in statement.parts
        if part.citation is None or part.text != quotes[part.citation]
    ]
    told += [text for text in answer.unanswered if text not in answer.question]
    told += [conflict.about for conflict in answer.conflicts]
    return told if answer.standalone_question == answer.question else [*told, answer.standalone_question]


def quoted(answer: AnswerOut) -> list[str]:
    return [citation.quote.text for citation in answer.cited]


def live_links(texts: Sequence[str]) -> int:
    return sum(bool(_LIVE.search(text)) for text in texts)
