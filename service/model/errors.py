"""What can be wrong with a language model: each names itself by a code, which an answer shows as `degraded`.

ModelFault
├── ModelUnreachable        no connection, or none that speaks HTTP
├── ModelTimeout            silent for too long, or not done in time
├── ModelRateLimited        429
├── ModelOverloaded         408, 409, 5xx
├── ModelRefused            any other status: the key, the model's name or the address is wrong
├── ModelDeclined           400, 413 or 422 where other requests were taken: it is about this one
├── ModelCutOff             the stream ended before the answer did
├── ModelGarbage            what came is no chat completion, or no answer in the form asked for
├── ModelTooLong            more than is read, or than the endpoint lets the model say
├── ModelFiltered           the endpoint withheld the answer
├── ModelSuspended          it failed too often just now; it isn't asked for a while
└── AskerLeft               nobody waits for the answer any more
"""

from typing import ClassVar

from retrieval.errors import ParleyError


class ModelFault(ParleyError):
    """`again`: worth another attempt where nothing has been heard yet. `counts`: a failure of the endpoint,
    by which it may come to be suspended."""

    code = "model_fault"
    again: ClassVar[bool] = False
    counts: ClassVar[bool] = True

    def __init__(self, message: str, *, remedy: str = "docs/models.md tells how a model is set up.") -> None:
        super().__init__(message, remedy=remedy)


class ModelUnreachable(ModelFault):
    code = "model_unreachable"
    retryable = True
    again = True


class ModelTimeout(ModelFault):
    """Not repeated: who has waited that long is better served by what needs no model."""

    code = "model_timeout"
    retryable = True


class ModelRateLimited(ModelFault):
    code = "model_rate_limited"
    retryable = True
    again = True


class ModelOverloaded(ModelFault):
    code = "model_overloaded"
    retryable = True
    again = True


class ModelRefused(ModelFault):
    code = "model_refused"


class ModelDeclined(ModelFault):
    code = "model_declined"
    counts = False


class ModelCutOff(ModelFault):
    code = "model_cut_off"
    retryable = True
    again = True


class ModelGarbage(ModelFault):
    code = "model_garbage"
    again = True


class ModelTooLong(ModelFault):
    code = "model_too_long"
    counts = False


class ModelFiltered(ModelFault):
    code = "model_filtered"
    counts = False


class ModelSuspended(ModelFault):
    code = "model_suspended"
    retryable = True
    counts = False


class AskerLeft(ModelFault):
    code = "asker_left"
    counts = False
