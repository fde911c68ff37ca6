"""What a request asks, read as a model would read it."""

import re
from dataclasses import dataclass
from typing import Protocol

_BLOCK = re.compile(r"^<<(?P<nonce>[0-9a-f]{16})\n(?P<text>.*?)\n(?P=nonce)>>$", re.M | re.S)
_SENTENCE = re.compile(r"^(P\d+\.\d+) (?:\{.*?\} )?(.*)$", re.M)


@dataclass(frozen=True, slots=True)
class Prompted:
    """`kind` is answer, repair, condense or verdict; `material` stands between the delimiters, in order."""

    kind: str
    material: tuple[str, ...]

    @property
    def question(self) -> str:
        return self.material[-1]

    @property
    def sentences(self) -> dict[str, str]:
        return dict(_SENTENCE.findall(self.material[0]))


class Asked(Protocol):
    @property
    def system(self) -> str: ...

    @property
    def user(self) -> str: ...


def prompted(received: Asked) -> Prompted:
    blocks = tuple(found["text"] for found in _BLOCK.finditer(received.user))
    kinds = {"You answer": "answer", "You bring": "repair", "You rewrite": "condense", "You check": "verdict"}
    kind = next(kind for opening, kind in kinds.items() if received.system.startswith(opening))
    return Prompted(kind, blocks)
