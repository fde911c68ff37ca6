"""Questions as people type them (evals/natural), asked as they are, for somebody to grade.

    python -m benchmarks.natural SUITE [--questions FILE] [--replies FILE --verdicts FILE] [--out FILE]
    python -m benchmarks.natural --grades FILE...

The first asks what FILE holds, by default evals/natural/NAME.jsonl of a suite's folder NAME, over its
articles and without a model, or with the replies and verdicts that were written for one (evals/recorded.py);
each line that it writes has what was `told`, by lines, and the answer's `status`. What was said before a
question (`turns`) is asked before it in the same conversation. Who grades adds `grade`, one of those below,
and `why`. The second counts grades.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.report import table
from evals.asking import Asking
from evals.models import ModelInUse
from evals.prompts import read
from evals.recorded import MODEL, Recorded
from evals.suite import load
from evals.target import InProcess
from prompts import Rendered
from service.answering import EXTRACTIVE, GENERATIVE
from service.chat import Chat
from service.model import Schema, Spent, always_there
from service.wire import ChatRequest

GRADES = ("right", "partly", "wrong", "wrongly_abstained", "answered_the_unanswerable")
_NATURAL = Path("evals/natural")
_WRITTEN = ("id", "type", "turns", "question", "answerable", "good")


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    if given.verdicts and not given.replies:
        _parser().error("--verdicts are on what --replies say: give both")
    if given.grades:
        _count(given.grades)
    else:
        written = _Written(given.replies, given.verdicts) if given.replies else None
        _ask(given.suite, given.questions, written, given.out)


class _Written:
    """A model that says the reply or the verdict that was written, and no statement where there is none."""

    name = MODEL

    def __init__(self, replies: Path, verdicts: Path | None) -> None:
        self.recorded = Recorded(read(replies), read(verdicts) if verdicts else ())

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        yield self.recorded.says(asked.user) or '{"statements": []}'


def _ask(folder: Path, questions: Path | None, written: _Written | None, out: Path | None) -> None:
    suite, asking = replace(load(folder).suite, cases=()), Asking()
    cases = list(_lines(questions or _NATURAL / f"{folder.name}.jsonl"))
    speaking = ModelInUse(written, asking, "live") if written else None
    answerer = GENERATIVE if written else EXTRACTIVE
    told = ""
    with tempfile.TemporaryDirectory() as home, InProcess(suite, Path(home), speaking=speaking) as parley:
        parley.ingest(suite)
        for case in cases:
            asking.begin(case["id"], 0)
            told += json.dumps(_told(case, parley.service.chat, answerer), ensure_ascii=False) + "\n"
    if written:
        told_apart = ", ".join(f"{name} {count}" for name, count in sorted(written.recorded.counts.items()))
        print(f"of the replies and verdicts: {told_apart}", file=sys.stderr)
    if out is None:
        print(told, end="")
    else:
        out.write_text(told, encoding="utf-8")
        print(f"{len(cases)} answers to grade: {out}")


def _told(case: dict[str, Any], chat: Chat, answerer: str) -> dict[str, Any]:
    conversation = None
    for question in (*case.get("turns", ()), case["question"]):
        asked = ChatRequest(question=question, conversation_id=conversation, answerer=answerer)
        answer = chat.ask(asked)
        conversation = answer.conversation_id
    told = [line for line in answer.text.split("\n") if line]
    return {name: case[name] for name in _WRITTEN if name in case} | {"status": answer.status, "told": told}


def _count(files: Sequence[Path]) -> None:
    rows = []
    for file in files:
        given = Counter(case["grade"] for case in _lines(file))
        if unknown := sorted(set(given) - set(GRADES)):
            raise SystemExit(f"{file}: no grade is called {unknown[0]!r}; there are {', '.join(GRADES)}")
        rows.append([file.stem, *(str(given[grade]) for grade in GRADES), str(given.total())])
    table("GRADES", ("", *(grade.replace("_", " ") for grade in GRADES), "all"), rows)


def _lines(file: Path) -> Iterable[dict[str, Any]]:
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.natural", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "suite", nargs="?", type=Path, help="a suite's folder", default=Path("evals/suites/seeds")
    )
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--replies", type=Path, help="written for a model, as in evals/recordings")
    parser.add_argument("--verdicts", type=Path, help="on what these say")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--grades", nargs="+", type=Path)
    return parser


if __name__ == "__main__":
    main()
