"""What a run was asked to do, and what it asks: Parley in this process, or one that is served elsewhere."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn
from rich.progress import TimeRemainingColumn as TimeLeft

from evals.cases import Suite
from evals.errors import ModelNeeded, SuiteError
from evals.recording import LIVE, Replies
from evals.runner import Target
from evals.spending import Prices
from service.answering import EXTRACTIVE, GENERATIVE, PARLEY, Policy

if TYPE_CHECKING:
    from evals.models import ModelInUse
    from evals.target import InProcess


@dataclass(frozen=True, slots=True)
class Plan:
    """What `parley evals run` was asked to do. `set_aside`: another run in `out` makes room."""

    suite: str
    out: Path
    set_aside: bool = False
    url: str | None = None
    model: str | None = None
    key_env: str | None = None
    trials: int = 1
    filters: tuple[str, ...] = ()
    baseline: Path | None = None
    answerer: str | None = None
    replies: Replies = LIVE
    judge: str | None = None
    prices: Prices | None = None
    policy: Policy = PARLEY


def refuse_misfits(plan: Plan) -> None:
    """What can't be asked for together."""
    if plan.trials < 1:
        raise SuiteError(f"--trials is {plan.trials}", remedy="Ask each case at least once.")
    generative = plan.answerer == GENERATIVE
    if plan.url is None and plan.model is not None and not generative:
        raise ModelNeeded(
            f"--model {plan.model} has nothing to do", remedy=f"Add --answerer {GENERATIVE}, or --url."
        )
    if plan.url is not None and plan.policy != PARLEY:
        raise SuiteError("--policy and --without are of this process", remedy="Leave --url out.")
    if plan.replies != LIVE and plan.judge is None and (plan.url is not None or not generative):
        raise ModelNeeded(
            "--record and --replay are of a model that this process asks",
            remedy=f"Add --answerer {GENERATIVE} without --url, or --judge.",
        )


@contextmanager
def open_target(suite: Suite, plan: Plan, console: Console) -> Iterator[Target]:
    if plan.url is not None:
        from evals.remote import open_remote

        remote = open_remote(
            suite, plan.url, key=_key(plan.key_env), model=plan.model, answerer=plan.answerer
        )
        with closing(remote):
            yield remote
        return
    with ExitStack() as opening:
        speaking = None
        if plan.answerer == GENERATIVE:
            from evals.models import opened

            speaking = opening.enter_context(opened(plan.model, plan.replies))
        outside = None if plan.answerer in (EXTRACTIVE, GENERATIVE) else plan.answerer
        yield opening.enter_context(
            in_process(suite, console, speaking, policy=plan.policy, answerer=outside)
        )


def _key(variable: str | None) -> str | None:
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise SuiteError(f"--key-env {variable}: there is no such variable, or it is empty", remedy="Set it.")
    return os.environ[variable]


@contextmanager
def in_process(
    suite: Suite,
    console: Console,
    speaking: "ModelInUse | None" = None,
    *,
    policy: Policy = PARLEY,
    answerer: str | None = None,
) -> "Iterator[InProcess]":
    # Not imported where a run is only scored again: it loads Chroma and the model's runtime.
    from evals.target import InProcess

    with (
        tempfile.TemporaryDirectory(prefix="parley-evals-") as folder,
        InProcess(
            suite, Path(folder) / "data", speaking=speaking, policy=policy, answerer=answerer
        ) as target,
    ):
        with bar(console, "ingesting") as progress:
            target.ingest(suite, progress=progress)
        yield target


@contextmanager
def bar(console: Console, what: str) -> Iterator[Callable[[int, int], None]]:
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TimeLeft(),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
