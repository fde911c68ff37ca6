"""What a language model is to the rest: words in, pieces of words out. endpoint.py is one on a network."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from prompts import Rendered

Schema = Mapping[str, Any]


def always_there() -> bool:
    return False


@dataclass(slots=True)
class Spent:
    """Added to by each call: requests sent, and tokens as far as the endpoint counts them."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class LanguageModel(Protocol):
    @property
    def name(self) -> str: ...

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        """The answer in pieces, to its end. `schema` is asked for where the endpoint takes it; nothing
        holds the model to it. Raises ModelFault: AskerLeft soon after `left` says so."""


@contextmanager
def ended(said: Iterator[str]) -> Iterator[None]:
    """Whatever happens to who listens, the model isn't left talking to nobody."""
    try:
        yield
    finally:
        if isinstance(said, Generator):
            said.close()
