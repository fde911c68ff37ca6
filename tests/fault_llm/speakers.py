"""What the scripted model says: functions from a request to the reply, each by name.

Another one is registered beside these, or where it is used, with `@speaker(name, about)`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fault_llm.exchange import Received

Says = Callable[[Received], str]


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    about: str
    says: Says


SPEAKERS: dict[str, Speaker] = {}


def speaker(name: str, about: str) -> Callable[[Says], Says]:
    def register(says: Says) -> Says:
        assert name not in SPEAKERS, f"there are two speakers {name}"
        SPEAKERS[name] = Speaker(name, about, says)
        return says

    return register


def named(says: "str | Says") -> Says:
    return SPEAKERS[says].says if isinstance(says, str) else says


@speaker("fixed", "the same sentence to everything")
def _fixed(received: Received) -> str:
    return "Nothing that was asked can be said — “naïvely” or otherwise."


@speaker("echo", "repeats what it was asked, instructions and all")
def _echo(received: Received) -> str:
    return f"{received.system}\n{received.user}"
