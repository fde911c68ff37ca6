"""Worlds as suites, above all those that the reader never learned from: what an answer's chance is calibrated
on."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evals.cases import Case, Document, Evidence, Gates, Suite
from training.rows import is_held_out


def suites(files: Iterable[Path], *, every: bool = False) -> Iterator[Suite]:
    """One a world that is held out, or of every one. A case's evidence is every sentence that answers it."""
    for file in sorted(files):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            world = json.loads(line)
            if every or is_held_out(world):
                yield _suite(f"{file.stem}-{number}", world)


def _suite(name: str, world: dict[str, Any]) -> Suite:
    articles = world["articles"]
    documents = tuple(
        Document(
            id=f"{name}-{number}",
            text=" ".join(each["sentences"]),
            title=each["title"],
            source=each["outlet"],
            published=each["day"],
        )
        for number, each in enumerate(articles)
    )
    cases = tuple(
        Case(
            id=f"{name}-q{number}",
            question=each["q"],
            answerable=bool(each["gold"]),
            evidence=tuple(
                Evidence(documents[at].id, articles[at]["sentences"][place]) for at, place in each["gold"]
            ),
        )
        for number, each in enumerate(world["questions"])
    )
    return Suite(name, "1", "Apache-2.0", Path(), documents, cases, Gates(), None)
