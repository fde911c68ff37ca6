"""What a language model is shown, read back from its prompt: the sentences by their keys, and the question;
or, of a judge, the statements with their quotations."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"^(P\d+\.\d+) (?:\{[^{}\n]*\} )?(.*)$", re.M)
_STATEMENT = re.compile(r"^S(\d+) (.*(?:\n(?:- |  \().*)*)$", re.M)


@dataclass(frozen=True, slots=True)
class Shown:
    question: str
    sentences: dict[str, str]

    def keys(self) -> dict[str, str]:
        """By the sentences; of one that stands twice, the first."""
        return {text: key for key, text in reversed(self.sentences.items())}


@dataclass(frozen=True, slots=True)
class Judged:
    """Without what stands beside the quotations."""

    number: int
    statement: str
    quotations: tuple[str, ...]


def shown(user: str) -> Shown | None:
    """None of a prompt of another kind."""
    blocks = _blocks(user)
    if len(blocks) != 2 or not user.split("\n\n", 1)[-1].startswith("Passages:"):
        return None
    return Shown(blocks[1], dict(_SENTENCE.findall(blocks[0])))


def judged(user: str) -> list[Judged]:
    found = []
    for block in _blocks(user):
        for number, lines in _STATEMENT.findall(block):
            statement, *rest = lines.split("\n")
            quotations = tuple(line[2:] for line in rest if line.startswith("- "))
            found.append(Judged(int(number), statement, quotations))
    return found


def _blocks(user: str) -> list[str]:
    """What stands between a line of two brackets and a mark, and one of the same mark and two brackets."""
    found: list[str] = []
    inside: list[str] | None = None
    mark = ""
    for line in user.split("\n"):
        if inside is None and line.startswith("<<"):
            inside, mark = [], line[2:]
        elif inside is not None and line == f"{mark}>>":
            found.append("\n".join(inside))
            inside = None
        elif inside is not None:
            inside.append(line)
    return found
