"""The composition root: the one place that builds the parts and puts them together."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from pydantic import SecretStr

from prompts import load
from retrieval.collecting import read_paths
from retrieval.corpus import Corpus, Say, describe, open_corpus, silently
from retrieval.database import Duty
from retrieval.errors import SourceError
from retrieval.patience import patiently
from retrieval.reader import Reader, load_reader
from retrieval.served_chroma import ChromaAddress
from retrieval.shared import open_shared_corpus
from service.answering import PARLEY, Answerer, Policy
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer, PassageTokens
from service.answering.generative import (
    AnswerPrompts,
    GenerativeAnswerer,
    ModelJudge,
    Nearness,
    Ordering,
    as_found,
)
from service.answers import AnswerStore
from service.by_model import ByModel
from service.chat import Chat
from service.config import Settings
from service.conversation import Condenser
from service.conversations import Conversations
from service.feedback import FeedbackStore
from service.keys import Keys
from service.ledger import LEDGER, StatementStore
from service.logs import tell_of_answer
from service.metrics import Metered, Metrics
from service.model import Breaker, Endpoint, LanguageModel, Limits
from service.outside import outside_answerer
from service.reindexing import Reindexing
from service.retention import Retention
from service.tending import Tending
from service.tracing import OFF, Tracing, open_tracing
from service.wire import AnswerOut

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Service:
    settings: Settings
    corpus: Corpus
    reader: Reader
    extractive: ExtractiveAnswerer
    chat: Chat
    answers: AnswerStore
    conversations: Conversations
    feedback: FeedbackStore
    statements: StatementStore
    metrics: Metrics
    keys: Keys
    reindexing: Reindexing
    tracing: Tracing = OFF
    retention: Retention | None = None
    tending: Tending | None = None
    model: Endpoint | None = None
    judge: Endpoint | None = None

    def purge(self, article_id: str) -> None:
        """Erase an article, and what answers took from it. Raises what `Ingester.purge` raises."""
        take_out = partial(self.answers.withdraw, article_id=article_id)
        self.corpus.ingester.purge(article_id, also=take_out)

    def close(self) -> None:
        self.reindexing.stop()
        for duty in (self.retention, self.tending):
            if duty is not None:
                duty.stop()
        for endpoint in (self.model, self.judge):
            if endpoint is not None:
                endpoint.close()
        self.tracing.close()
        self.corpus.close()


def open_settings_corpus(
    settings: Settings, *, command: str, rebuild: bool = False, heal: bool = True, say: Say = silently
) -> Corpus:
    """The corpus that the settings name. Raises what `open_corpus` raises."""
    if settings.shared_record is not None and settings.chroma_url is not None:
        token = None if settings.chroma_token is None else settings.chroma_token.get_secret_value()
        there = settings.chroma_url, settings.chroma_tenant, settings.chroma_database, token
        return open_shared_corpus(
            settings.shared_record,
            ChromaAddress(*there),
            model_dir=settings.model_dir,
            model_threads=settings.model_threads or None,
            rebuild=rebuild,
            heal=heal,
            ledger=LEDGER,
            say=say,
        )
    return open_corpus(
        settings.data_dir,
        model_dir=settings.model_dir,
        model_threads=settings.model_threads or None,
        command=command,
        rebuild=rebuild,
        heal=heal,
        ledger=LEDGER,
        say=say,
    )


def open_service(
    settings: Settings,
    *,
    command: str,
    say: Say = silently,
    model: LanguageModel | None = None,
    clock: Clock = time.monotonic,
    policy: Policy = PARLEY,
    eager: bool = True,
    seeds: bool = True,
) -> Service:
    """The corpus, with the seeds at the first start of an empty one, and what answers from it: `model`
    where it is given, which whoever gives it closes, whatever the settings name. `eager`: an answer's
    statements are judged at once rather than as they come."""
    corpus = open_settings_corpus(settings, command=command, say=say)
    try:
        _ingest_seeds(corpus, settings, say, wanted=seeds)
        reader = load_reader(settings.model_dir, threads=settings.model_threads or None)
        outside = outside_answerer(settings, corpus.embedder)
    except BaseException:
        corpus.close()
        raise
    answers = AnswerStore(corpus.record.database)
    answers.interrupt_unfinished()
    tokens = PassageTokens(corpus.embedder)
    precise = ExtractiveAnswerer(corpus.embedder, reader, policy=policy, tokens=tokens)
    extractive = BroadAnswerer(precise, reader, policy=policy)
    endpoint = open_language_model(settings) if model is None else None
    judge = open_judge(settings) if endpoint is not None else None
    metrics, asked, tracing = Metrics(), model or endpoint, open_tracing(settings.otlp_endpoint)
    shown = policy if settings.llm_window is None else policy.having("window.budget", settings.llm_window)
    by = (
        None
        if asked is None
        else by_model(
            Metered(asked, "answer", metrics, tracing),
            extractive,
            Nearness(corpus.embedder, tokens, policy.nearness),
            likeliest=precise.likeliest,
            clock=clock,
            policy=shown,
            judge=Metered(judge or asked, "judge", metrics, tracing),
            eager=eager,
            seconds=settings.llm_seconds,
        )
    )
    chat = Chat(
        corpus.record,
        corpus.searcher,
        extractive,
        answers,
        public_url=settings.public_url,
        by_model=_as_set(by, outside, settings),
        policy=policy,
        made=partial(_tell, metrics),
        tracing=tracing,
    )
    kept = answers, *_stores(corpus, answers, settings), metrics, Keys(corpus.record.database)
    duties = Reindexing(corpus), tracing, *_duties(corpus, answers, settings)
    return Service(settings, corpus, reader, precise, chat, *kept, *duties, endpoint, judge)


def _stores(
    corpus: Corpus, answers: AnswerStore, settings: Settings
) -> tuple[Conversations, FeedbackStore, StatementStore]:
    held = corpus.record.database
    statements = StatementStore(corpus.record, public_url=settings.public_url)
    return Conversations(held, answers), FeedbackStore(held), statements


def _duties(
    corpus: Corpus, answers: AnswerStore, settings: Settings
) -> tuple[Retention | None, Tending | None]:
    tending = Tending(corpus, answers) if corpus.record.database.shared else None
    return _retention(answers, settings), tending


def _retention(answers: AnswerStore, settings: Settings) -> Retention | None:
    if settings.retention_days is None:
        return None
    retention = Retention(answers, settings.retention_days)
    retention.start()
    return retention


def _tell(metrics: Metrics, answer: AnswerOut) -> None:
    metrics.answered(answer)
    tell_of_answer(answer)


def by_model(
    model: LanguageModel,
    otherwise: Answerer,
    near: Nearness,
    *,
    likeliest: Ordering = as_found,
    clock: Clock = time.monotonic,
    policy: Policy = PARLEY,
    judge: LanguageModel | None = None,
    eager: bool = True,
    seconds: float = 60.0,
) -> ByModel:
    """What answers, condenses and judges by a language model, whichever it is; another may be the judge.
    `seconds` is what an answer has, its judging within."""
    prompts = AnswerPrompts(load("answer"), load("repair"))
    return ByModel(
        GenerativeAnswerer(model, prompts, otherwise, near, policy, likeliest, seconds=seconds, clock=clock),
        Condenser(model, load("condense"), clock=clock),
        judge=ModelJudge(judge or model, load("verdict"), eager, seconds, clock=clock),
    )


def _as_set(by: ByModel | None, outside: Answerer | None, settings: Settings) -> ByModel | None:
    if outside is not None and settings.answerer is not None:
        by = replace(by or ByModel(outside, None), answerer=outside, name=settings.answerer)
    return by and replace(by, wording=settings.wording)


def _ingest_seeds(corpus: Corpus, settings: Settings, say: Say, *, wanted: bool) -> None:
    """A seeds folder that can't be read is said, and doesn't keep the service from starting."""
    if not wanted:
        return
    folders = [settings.seeds_dir] if settings.seeds_dir.is_dir() else []
    try:
        with patiently(), corpus.record.database.only(Duty.STARTING):
            for done in corpus.ingester.ingest_seeds(read_paths(folders)):
                say(f"Ingesting the seed articles: {describe(done)}")
    except SourceError as error:
        say(f"No seed articles: {error.message}. {error.remedy}")


def open_language_model(settings: Settings, breaker: Breaker | None = None) -> Endpoint | None:
    """None where the settings name no language model. Whoever opens it closes it."""
    if settings.llm_base_url is None or settings.llm_model is None:
        return None
    return _endpoint(
        settings.llm_base_url,
        settings.llm_model,
        settings.llm_api_key,
        settings,
        seconds=settings.llm_seconds,
        breaker=breaker,
    )


def open_judge(settings: Settings) -> Endpoint | None:
    """None where the settings name no language model. It has a breaker and seconds of its own, also where the
    model that answers is its own judge. The key of one endpoint isn't sent to another."""
    url, name = settings.judge_base_url or settings.llm_base_url, settings.judge_model or settings.llm_model
    if url is None or settings.llm_base_url is None or name is None:
        return None
    same = url.rstrip("/") == settings.llm_base_url.rstrip("/")
    key = settings.judge_api_key or (settings.llm_api_key if same else None)
    return _endpoint(url, name, key, settings, seconds=settings.judge_seconds)


def _endpoint(
    url: str,
    name: str,
    key: SecretStr | None,
    settings: Settings,
    *,
    seconds: float,
    breaker: Breaker | None = None,
) -> Endpoint:
    limits = Limits(idle=min(settings.llm_idle_seconds, seconds), total=seconds)
    return Endpoint(url, name, key=key.get_secret_value() if key else None, limits=limits, breaker=breaker)
