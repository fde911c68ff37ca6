"""What a language model would be asked for each case of a suite, a line of JSON a case; and replies written
to these by hand made into a recording that another window doesn't spoil.

    python -m evals.prompts SUITE --out PROMPTS [--split test]
    python -m evals.prompts --written REPLIES --prompts PROMPTS --out RECORDED

A prompt's line has `case`, `asked` (the case's question), `question` (as the model is asked it) and
`messages`. A written reply's has the `case` or the `question`, and what the prompt asks for, citing keys;
recorded, it cites the sentences themselves, and evals/recorded.py says it to whatever prompt shows them.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from evals.asking import Asking
from evals.cases import Case
from evals.commands import find_suite
from evals.errors import RecordingError
from evals.models import ModelInUse
from evals.recording import asked_alike
from evals.shown import Shown, shown
from evals.suite import load
from evals.target import InProcess
from evals.write import line as line_of
from prompts import Rendered
from service.model import Schema, Spent, always_there

CITING = ("statements", "premise", "differ")


class Asked:
    """A model that finds nothing, and keeps what it was asked."""

    name = "none"

    def __init__(self) -> None:
        self.asked: list[Rendered] = []

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        self.asked.append(asked_alike(asked))
        yield '{"statements": []}' if schema else "?"


def prompts_of(folder: Path, wanted: Callable[[Case], bool]) -> Iterator[dict[str, Any]]:
    suite, model, asking = load(folder).suite, Asked(), Asking()
    with (
        tempfile.TemporaryDirectory(prefix="parley-prompts-") as data,
        InProcess(suite, Path(data), speaking=ModelInUse(model, asking, "live")) as target,
    ):
        target.ingest(suite)
        for case in filter(wanted, suite.cases):
            model.asked.clear()
            target.ask(case, trial=0)
            last = model.asked[-1] if model.asked else Rendered("", "")
            asked = shown(last.user)
            if asked is None:
                sys.stderr.write(f"{case.id}: the model isn't asked\n")
                continue
            messages = [{"role": "system", "content": last.system}, {"role": "user", "content": last.user}]
            yield {
                "case": case.id,
                "asked": case.question,
                "question": asked.question,
                "messages": messages,
            }


def recorded(
    replies: Iterable[dict[str, Any]], prompts: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Raises RecordingError where a reply is to no prompt, or cites a key that its prompt doesn't have."""
    asked: dict[str, Shown] = {}
    for line in prompts:
        found = shown(line["messages"][-1]["content"])
        if found is not None:
            asked |= dict.fromkeys([line["case"], line["question"], line["asked"]], found)
    for number, reply in enumerate(replies, start=1):
        named = reply.get("case") or reply.get("question")
        if named not in asked:
            raise RecordingError(
                f"reply {number} is to {named!r}, which no prompt asks", remedy="Correct it."
            )
        prompt = asked[named]
        cited = {name: [_citing(each, prompt, number) for each in reply.get(name, [])] for name in CITING}
        yield {**reply, "question": prompt.question, **cited}


def _citing(each: dict[str, Any], prompt: Shown, number: int) -> dict[str, Any]:
    unknown = [key for key in each["cites"] if key not in prompt.sentences]
    if unknown:
        raise RecordingError(f"reply {number} cites {unknown}, which its prompt lacks", remedy="Correct it.")
    return {**each, "cites": [prompt.sentences[key] for key in each["cites"]]}


def read(path: Path) -> list[dict[str, Any]]:
    """Raises RecordingError."""
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as exc:
        raise RecordingError(f"{path} cannot be read: {exc}", remedy="Name a file of JSON lines.") from exc


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m evals.prompts", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("suite", nargs="?", help="a suite's folder, or the name of one of Parley's own")
    parser.add_argument("--split", choices=["dev", "test"], help="only the cases of one")
    parser.add_argument("--written", type=Path, help="replies to the prompts, citing keys")
    parser.add_argument("--prompts", type=Path, help="the prompts that they answer")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    if bool(given.suite) == bool(given.written) or bool(given.written) != bool(given.prompts):
        parser.error("give a suite, or --written with --prompts")
    lines = (
        recorded(read(given.written), read(given.prompts))
        if given.written
        else prompts_of(find_suite(given.suite), lambda case: given.split in (None, case.split.value))
    )
    with given.out.open("w", encoding="utf-8", newline="") as file:
        for line in lines:
            file.write(line_of(line))


if __name__ == "__main__":
    main()
