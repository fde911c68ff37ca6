"""How long a run's answers are beside the replies that they were made of, both in characters.

    python -m evals.lengths RUN --replies FILE ...

Of each question that a reply states something for: the statements that it wrote, and those that were told,
notices left out. RUN is the folder of `parley evals run`, the files are those of `python -m evals.recorded`.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.prompts import read


@dataclass(frozen=True, slots=True)
class Lengths:
    questions: int = 0
    written: int = 0
    told: int = 0

    def __str__(self) -> str:
        if not self.written:
            return "No reply is to a question of this run."
        of = f"{self.told:,} characters told of {self.written:,} written, {self.questions} questions"
        return f"{self.told / self.written:.2f} ({of})"


def lengths(results: Iterable[Mapping[str, Any]], replies: Iterable[Mapping[str, Any]]) -> Lengths:
    written = {_plain(reply["question"]): _characters(reply.get("statements") or []) for reply in replies}
    found = Lengths()
    for result in results:
        asked = _plain(result["standalone_question"] or result["question"])
        if size := written.get(asked):
            said = [each for each in result["statements"] if each["kind"] != "notice"]
            found = Lengths(found.questions + 1, found.written + size, found.told + _characters(said))
    return found


def _characters(statements: Iterable[Mapping[str, Any]]) -> int:
    return sum(len(statement["text"]) for statement in statements)


def _plain(text: str) -> str:
    return " ".join(text.split())


def main(arguments: list[str] | None = None) -> None:
    """Raises RecordingError."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.lengths", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("run", type=Path, help="the folder of a run")
    parser.add_argument("--replies", type=Path, nargs="+", required=True)
    given = parser.parse_args(arguments)
    replies = [line for path in given.replies for line in read(path)]
    sys.stdout.write(f"{lengths(read(given.run / 'results.jsonl'), replies)}\n")


if __name__ == "__main__":
    main()
