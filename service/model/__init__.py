"""A language model behind an OpenAI-compatible endpoint: asked with what others wrote fenced in, bounded in
time and size, its faults as ours."""

from service.model.breaker import Breaker
from service.model.endpoint import Endpoint, Limits
from service.model.errors import (
    AskerLeft,
    ModelFault,
    ModelFiltered,
    ModelGarbage,
    ModelSuspended,
    ModelTimeout,
    ModelTooLong,
)
from service.model.fencing import Nonce, fenced, nonce
from service.model.language_model import LanguageModel, Schema, Spent, always_there, ended

__all__ = [
    "AskerLeft",
    "Breaker",
    "Endpoint",
    "LanguageModel",
    "Limits",
    "ModelFault",
    "ModelFiltered",
    "ModelGarbage",
    "ModelSuspended",
    "ModelTimeout",
    "ModelTooLong",
    "Nonce",
    "Schema",
    "Spent",
    "always_there",
    "ended",
    "fenced",
    "nonce",
]
