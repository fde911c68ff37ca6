"""What is under test: Parley in this process, a running Parley, or any OpenAI-compatible chat endpoint."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from evals.answered import failed, result_of
from evals.cases import Case, CaseTurn, Document, Suite
from evals.errors import RecordingError
from evals.models import ModelInUse
from evals.results import CaseResult, Usage
from prompts import Prompt, load
from retrieval.article import Facts
from retrieval.errors import ParleyError
from retrieval.outcome import Outcome
from retrieval.outside import offered, package
from retrieval.record import article_id
from retrieval.sources import Source
from service.answering import EXTRACTIVE, GENERATIVE, PARLEY, Citation, Policy, Statement, StatementKind
from service.bootstrap import Service, open_service
from service.config import read_settings
from service.outside import ANSWERERS
from service.wire import AnswerOut, ChatRequest, Filters
from service.wire import TurnIn as WireTurn

_PROMPTS = ("answer", "condense", "repair", "verdict")  # of the answerer by a language model


class InProcess:
    """Parley itself over a throwaway data directory that holds the suite's corpus and nothing else. It
    answers by a language model where it is given one, or by a package's answerer where one is named."""

    def __init__(
        self,
        suite: Suite,
        data_dir: Path,
        *,
        speaking: ModelInUse | None = None,
        policy: Policy = PARLEY,
        answerer: str | None = None,
    ) -> None:
        # Settings of the service that the user runs have no part in it, not even to be refused.
        settings = read_settings(
            data_dir=data_dir,
            record_url=None,
            chroma_url=None,
            seeds_dir=data_dir / "no-seeds",
            host="127.0.0.1",
            api_key=None,
            retention_days=None,
            public_url=None,
            llm_base_url=None,
            llm_model=None,
            llm_api_key=None,
            llm_window=None,
            wording="checked",
            judge_base_url=None,
            judge_model=None,
            judge_api_key=None,
            answerer=answerer,
        )
        self._speaking = speaking
        self._outside = answerer
        self._policy = policy
        self._service: Service = open_service(
            settings,
            command="parley evals",
            model=speaking.model if speaking else None,
            clock=speaking.clock if speaking else time.monotonic,
            policy=policy,
            eager=speaking is None or speaking.told == "live",
        )
        self._documents = {article_id(document.id): document for document in suite.documents}
        self.refused: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def service(self) -> Service:
        return self._service

    def ingest(self, suite: Suite, *, progress: Callable[[int, int], None] = lambda *_: None) -> None:
        """A document that Parley refuses is left out, and named in `refused`."""
        sources = [_source(document) for document in suite.documents]
        for number, done in enumerate(self._service.corpus.ingester.ingest(sources), start=1):
            progress(number, len(sources))
            if done.outcome is Outcome.REFUSED and done.error is not None:
                self.refused[done.name.removesuffix(".txt")] = done.error.message

    def ask(self, case: Case, *, trial: int) -> CaseResult:
        try:
            return self._asked(case, trial)
        except RecordingError:
            raise
        except ParleyError as error:
            return failed(case, trial, error.message)
        except ValidationError as error:  # a public set may ask more than Parley's API takes
            return failed(case, trial, f"Parley would not take the question: {error.errors()[0]['msg']}")

    def _asked(self, case: Case, trial: int) -> CaseResult:
        if self._speaking is not None:
            self._speaking.asking.begin(case.id, trial)
        heard = _FirstStatement()
        answer = self._service.chat.answer(self._request(case), listener=heard)
        told = AnswerOut.model_validate(answer).model_dump()
        return replace(
            result_of(case, trial, told, self._documents),
            timings=heard.beside(answer.timings),
            confidence=answer.diagnostics.confidence,
            usage=self._usage(),
        )

    def _usage(self) -> Usage | None:
        if self._speaking is None:
            return None
        spent = self._speaking.asking.spent
        return Usage(spent.requests, spent.prompt_tokens, spent.completion_tokens)

    def provenance(self) -> dict[str, Any]:
        return {
            "target": "in-process",
            **self._answerer(),
            "policy": self._policy.digest,
            **({"policy_changed": changed} if (changed := self._policy.changes()) else {}),
            "embedder": self._service.corpus.embedder.fingerprint,
            "articles": self._service.corpus.record.article_count(),
            "passages": self._service.corpus.record.chunk_count(),
            "documents_refused": self.refused,
        }

    def _answerer(self) -> dict[str, Any]:
        if self._speaking is None:
            if self._outside is not None:
                return {"answerer": self._outside, "package": package(offered(ANSWERERS)[self._outside])}
            return {"answerer": EXTRACTIVE}
        prompts = {name: _version(load(name)) for name in _PROMPTS}
        return {
            "answerer": GENERATIVE,
            "model": self._speaking.model.name,
            "replies": self._speaking.told,
            "wording": self._service.settings.wording,
            "judge": self._speaking.model.name,  # as in a service that names no other
            "prompts": prompts,
        }

    def close(self) -> None:
        self._service.close()

    def _request(self, case: Case) -> ChatRequest:
        only = None
        if case.given_doc is not None:
            only = Filters.model_validate({"article_ids": [article_id(case.given_doc)]})
        history = [WireTurn.model_validate({"role": t.role, "text": t.text}) for t in case.turns]
        return ChatRequest(
            question=case.question,
            history=history or None,
            filters=only,
            answerer=self._outside or (EXTRACTIVE if self._speaking is None else GENERATIVE),
            include=["hits"],
        )


class _FirstStatement:
    """A listener who notes when the first claim could be read."""

    left = False

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._first: float | None = None

    def begun(self, turn: object) -> None: ...

    def stage(self, name: str) -> None: ...

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> None:
        if self._first is None and statement.kind is not StatementKind.NOTICE:
            self._first = (time.perf_counter() - self._began) * 1000

    def beside(self, timings: Mapping[str, float]) -> dict[str, float]:
        """With the total last, as before."""
        first = {} if self._first is None else {"first_statement": round(self._first, 3)}
        total = {name: ms for name, ms in timings.items() if name == "total"}
        return {name: ms for name, ms in timings.items() if name != "total"} | first | total


def _version(prompt: Prompt) -> str:
    return f"version {prompt.version}, {prompt.hash[:12]}"


def history(turns: Sequence[CaseTurn]) -> list[dict[str, str]]:
    return [{"role": turn.role, "text": turn.text} for turn in turns]


def _source(document: Document) -> Source:
    facts = Facts(
        title=document.title,
        outlet=document.source,
        published=_published(document.published),
        url=document.url if (document.url or "").startswith(("http://", "https://")) else None,
    )
    return Source(f"{document.id}.txt", document.text.encode(), facts, document.id)


def _published(published: str | None) -> str | None:
    """A date, as far as the set gives one that Parley would take."""
    return published[:10] if published and len(published) >= len("YYYY-MM-DD") else None
