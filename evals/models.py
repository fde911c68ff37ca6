"""The language models of a run: at the endpoint that the settings name, recorded, or replayed."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from evals.asking import Asking, Metered
from evals.errors import ModelNeeded
from evals.recording import Recording, Replaying, Replies, the_model_of
from service.bootstrap import open_language_model
from service.config import read_settings
from service.model import Breaker, LanguageModel

_NEVER = sys.maxsize  # failures in a row: what failed on one case has no part in the next


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """`told` is how its replies come: live, recorded or replayed, `clock` the time it goes by."""

    model: LanguageModel
    asking: Asking
    told: str
    clock: Callable[[], float] = time.monotonic


@contextmanager
def opened(name: str | None, replies: Replies) -> Iterator[ModelInUse]:
    """The model of that name, else the one that the settings or the recorded replies name. Raises
    ModelNeeded, SettingsError, RecordingError."""
    asking = Asking()
    if replies.replay is not None:
        replaying = Replaying(name or the_model_of(replies.replay), replies.replay, asking)
        yield ModelInUse(Metered(replaying, asking), asking, replies.told, replaying.clock)
        return
    settings = read_settings(**({"llm_model": name} if name else {}))
    endpoint = open_language_model(settings, Breaker(failures=_NEVER))
    if endpoint is None:
        raise ModelNeeded(
            "no language model is configured",
            remedy="Set PARLEY_LLM_BASE_URL, and PARLEY_LLM_MODEL or --model; or --replay what was recorded.",
        )
    try:
        model: LanguageModel = endpoint
        if replies.record is not None:
            model = Recording(endpoint, replies.record, asking)
        yield ModelInUse(Metered(model, asking), asking, replies.told)
    finally:
        endpoint.close()
