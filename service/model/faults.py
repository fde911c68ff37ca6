"""From what an endpoint answers to what is wrong with it. What it says about that is looked at, never quoted:
it may be the key that it was sent."""

from service.model.errors import (
    ModelDeclined,
    ModelFault,
    ModelFiltered,
    ModelOverloaded,
    ModelRateLimited,
    ModelRefused,
    ModelSuspended,
    ModelTimeout,
    ModelUnreachable,
)
from service.model.http import retry_after

_BUSY = frozenset({408, 409})
_DECLINES = frozenset({400, 413, 422, 501})  # what servers say to a request that they don't take
_TOO_LARGE = 413  # to that, less asked for is no remedy
_FILTERS = ("content_filter", "content_policy")
_SET_UP = "docs/models.md tells how a model is set up."
_REMEDIES = {
    401: "Check PARLEY_LLM_API_KEY.",
    403: "Check PARLEY_LLM_API_KEY, and that it may use this model.",
    404: "Check PARLEY_LLM_MODEL, and that PARLEY_LLM_BASE_URL ends as docs/models.md has it, mostly in /v1.",
}


class Attempted(Exception):
    """An attempt that came to nothing. `wait` is what the endpoint asked for, in seconds; `told` is what it
    said of a request that it didn't take."""

    def __init__(self, fault: ModelFault, *, wait: float | None = None, told: str | None = None) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.wait = wait
        self.told = told


def refused(name: str, status: int, told: str, *, after: str | None, settled: bool) -> Attempted:
    """`told` is the body, in small letters; `after` the Retry-After header; `settled`, whether other
    requests were taken."""
    what = f"the endpoint of the model {name} answered with status {status}"
    if status == 429:
        return Attempted(ModelRateLimited(what), wait=retry_after(after))
    if status in _DECLINES and any(word in told for word in _FILTERS):
        return Attempted(ModelFiltered(what))
    if status in _DECLINES:
        fault = ModelDeclined(what) if settled else ModelRefused(what)
        return Attempted(fault, told=None if status == _TOO_LARGE else told)
    if status in _BUSY or status >= 500:
        return Attempted(ModelOverloaded(what), wait=retry_after(after))
    return Attempted(ModelRefused(what, remedy=_REMEDIES.get(status, _SET_UP)))


def unreachable(name: str, exc: Exception) -> ModelFault:
    """Names the kind alone: the text of an error in a header quotes the header."""
    kind = type(exc.__cause__ or exc).__name__
    return ModelUnreachable(f"no connection to the endpoint of the model {name}, or none that held ({kind})")


def silent(name: str, seconds: float) -> ModelFault:
    return ModelTimeout(f"the model {name} said nothing for {seconds:g} s")


def late(name: str, seconds: float) -> ModelFault:
    return ModelTimeout(f"the model {name} wasn't done in {seconds:g} s")


def suspended(name: str) -> ModelFault:
    return ModelSuspended(f"the model {name} failed too often just now and isn't asked for a while")
