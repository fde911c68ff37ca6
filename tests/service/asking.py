"""Asking the scripted model through the client, with little patience."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from prompts import Rendered
from service.model import Breaker, Endpoint, Limits, ModelFault, Schema, Spent

QUICK = Limits(idle=10.0, total=20.0, pause=0.01, patience=2.0)
IMPATIENT = replace(QUICK, idle=1.0)  # for what is silent
KEY = "sk-canary-7f3a9c"
ASKED = Rendered("Answer from the passages.", "What was offered? Geheimnis.")
SCHEMA: Schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
TEXT = "Nothing that was asked can be said — “naïvely” or otherwise."


@contextmanager
def opened(
    url: str, *, limits: Limits = QUICK, breaker: Breaker | None = None, key: str | None = KEY
) -> Iterator[Endpoint]:
    with closing(Endpoint(url, "scripted", key=key, limits=limits, breaker=breaker)) as endpoint:
        yield endpoint


def outcome(
    endpoint: Endpoint, *, schema: Schema | None = None, spent: Spent | None = None
) -> tuple[str, type[ModelFault] | None]:
    said: list[str] = []
    try:
        said.extend(endpoint.say(ASKED, schema=schema, spent=spent))
    except ModelFault as fault:
        return "".join(said), type(fault)
    return "".join(said), None


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now
