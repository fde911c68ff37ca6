"""How Parley takes what people type: a whole question in a conversation, a follow-up, words around a
question, a hello. Cases by somebody who didn't know the code, on two articles of their own.

    python -m tests.service.talk.measure [FOLDER] [--half odd|even] [--show]
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.collecting import read_paths
from retrieval.model_files import default_dir
from service.bootstrap import Service, open_service
from service.config import read_settings
from service.wire import AnswerOut, ChatRequest, CitationOut

HERE = Path(__file__).parent
TWO = (HERE / "ports.txt", HERE / "water.txt")
Case = dict[str, str]
_NOT_COMPARED = {"id", "conversation_id", "question", "timings"}


@dataclass(frozen=True, slots=True)
class Talk:
    service: Service

    def ask(self, question: str, *, after: str | None = None) -> AnswerOut:
        """`after` is a question that is asked and answered before it in the same conversation."""
        return self.on(question, self.on(after).conversation_id if after is not None else None)

    def on(self, question: str, conversation_id: str | None = None) -> AnswerOut:
        """In a conversation that was begun, or a new one."""
        return self.service.chat.ask(ChatRequest(question=question, conversation_id=conversation_id))


@contextmanager
def talking(data_dir: Path, articles: Sequence[Path] = TWO) -> Iterator[Talk]:
    """A service with these articles alone."""
    settings = read_settings(data_dir=data_dir, seeds_dir=data_dir / "none", model_dir=default_dir())
    service = open_service(settings, command="a measurement")
    try:
        list(service.corpus.ingester.ingest(read_paths(articles)))
        yield Talk(service)
    finally:
        service.close()


def cases(name: str, *, folder: Path = HERE, half: str | None = None) -> list[Case]:
    lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
    kept = lines if half is None else lines[1 if half == "even" else 0 :: 2]
    return [json.loads(line) for line in kept]


def same(one: AnswerOut, other: AnswerOut) -> bool:
    """Byte for byte, but for ids, timings and the question as it was typed."""
    return one.model_dump_json(exclude=_NOT_COMPARED) == other.model_dump_json(exclude=_NOT_COMPARED)


def own_question(talk: Talk, case: Case) -> bool:
    return same(talk.ask(case["second"], after=case["first"]), talk.ask(case["second"]))


def shown_as(talk: Talk, case: Case) -> bool:
    """Whether a follow-up is understood in the words that a person would have chosen."""
    shown = talk.ask(case["second"], after=case["first"]).standalone_question
    return plain(shown) == plain(case["standalone"])


def answered_as(talk: Talk, case: Case) -> bool:
    """Whether a follow-up gets what the question as a person would have put it gets."""
    given, wanted = talk.ask(case["second"], after=case["first"]), talk.ask(case["standalone"])
    return _told(given) == _told(wanted)


def wrapped(talk: Talk, case: Case) -> bool:
    return same(talk.ask(case["typed"]), talk.ask(case["plain"]))


def small_talk(talk: Talk, case: Case) -> bool:
    answer = talk.ask(case["typed"])
    return is_small_talk(answer) is (case["kind"] != "question")


def is_small_talk(answer: AnswerOut) -> bool:
    """Notices alone, which say what is known and what might be asked."""
    notices = all(statement.kind == "notice" for statement in answer.statements)
    return answer.status == "clarification" and notices and "I know 2 articles" in answer.text


def _told(answer: AnswerOut) -> tuple[str, Any]:
    claims = answer.status in ("answered", "partial")
    return answer.status, {
        c.quote.text for c in answer.citations if isinstance(c, CitationOut)
    } if claims else None


def plain(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


MEASURES: tuple[tuple[str, str, Callable[[Talk, Case], bool]], ...] = (
    ("own_question", "whole questions answered as if asked alone", own_question),
    ("real_followup", "follow-ups in a person's words", shown_as),
    ("real_followup", "follow-ups answered as a person's words", answered_as),
    ("wrapped", "wrapped questions answered as plain ones", wrapped),
    ("smalltalk", "small talk told from questions", small_talk),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how questions of a conversation are taken.")
    parser.add_argument("folder", type=Path, nargs="?", default=HERE)
    parser.add_argument("--half", choices=("odd", "even"), help="only these lines")
    parser.add_argument("--show", action="store_true", help="what was taken wrongly")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, talking(Path(data)) as talk:
        for name, says, right in MEASURES:
            wanted = cases(name, folder=given.folder, half=given.half)
            wrong = [case for case in wanted if not right(talk, case)]
            print(f"{says}: {len(wanted) - len(wrong)} of {len(wanted)}")
            for case in wrong if given.show else ():
                asked = case.get("typed") or case["second"]
                answer = talk.ask(asked, after=case.get("first"))
                print(f"    {case}\n      as: {answer.standalone_question}")
                print(f"      {answer.status}: {answer.text[:200]}")


if __name__ == "__main__":
    main()
