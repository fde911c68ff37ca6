"""Asks every case of a suite and keeps each result as it comes.

A run is a folder: run.json says what was run, results.jsonl has a line a case and trial. Started again on
the same folder with the same suite and target, a run goes on where it stopped.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from evals import provenance
from evals.cases import Case, CaseKind, Split, Suite
from evals.errors import ResultsError
from evals.results import CaseResult, ResultCitation, ResultHit, ResultStatement, Usage
from evals.write import line as line_of

RUN = "run.json"
RESULTS = "results.jsonl"
# What such a target says of itself under "api": no citations can be had from it.
WITHOUT_CITATIONS = "openai"
Progress = Callable[[int, int], None]


class Target(Protocol):
    """`ask` answers one case; a failure on that case alone is in its result. Raises TargetUnreachable."""

    def ask(self, case: Case, *, trial: int) -> CaseResult: ...

    def provenance(self) -> dict[str, Any]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Run:
    """What was run, by what code, against what. `target` is what the target says of itself, `asked` a
    digest of the ids of the cases asked."""

    suite: str
    suite_version: str
    suite_hash: str
    suite_folder: str
    cases: int
    trials: int
    target: dict[str, Any]
    revision: str
    versions: dict[str, str]
    started: str
    asked: str = ""

    def same_as(self, other: "Run") -> bool:
        """Would its results be the same, as far as anybody can tell? Then one can go on with the other."""
        return replace(self, started="", suite_folder="") == replace(other, started="", suite_folder="")


def suite_hash(suite: Suite) -> str:
    """Of everything that a score depends on: documents and cases."""
    parts = [asdict(document) for document in suite.documents] + [asdict(case) for case in suite.cases]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def run(
    suite: Suite,
    cases: Sequence[Case],
    target: Target,
    folder: Path,
    *,
    trials: int = 1,
    set_aside: bool = False,
    progress: Progress = lambda *_: None,
) -> list[CaseResult]:
    """Every case, `trials` times; results are written as they come, so that an interruption loses none.
    Another run that the folder holds is an error, or set aside as `<folder>.previous`, in place of the one
    there. Raises TargetUnreachable, ResultsError."""
    _begin(folder, _describe(suite, cases, target, trials), set_aside=set_aside)
    _drop_cut_line(folder / RESULTS)
    done = {(result.case_id, result.trial): result for result in read_results(folder)}
    wanted = [(case, trial) for trial in range(trials) for case in cases]
    with (folder / RESULTS).open("a", encoding="utf-8", newline="") as file:
        for number, (case, trial) in enumerate(wanted):
            progress(number, len(wanted))
            if (case.id, trial) in done:
                continue
            result = target.ask(case, trial=trial)
            done[case.id, trial] = result
            file.write(line_of(asdict(result)))
            file.flush()
    progress(len(wanted), len(wanted))
    return [done[case.id, trial] for case, trial in wanted]


def read_run(folder: Path) -> Run:
    try:
        return Run(**json.loads((folder / RUN).read_text(encoding="utf-8")))
    except OSError as exc:
        raise _no_run(folder) from exc
    except (ValueError, TypeError) as exc:
        raise ResultsError(
            f"{folder / RUN} is damaged: {exc}", remedy="Run the suite again into another folder."
        ) from exc


def read_results(folder: Path) -> list[CaseResult]:
    """In the order they came. A last line cut short by an interruption is left out, and asked again."""
    path = folder / RESULTS
    if not path.exists():
        return []
    # Not splitlines(): an answer may hold other line separators than the one that ends a result. Bytes, as
    # a line may have been cut within a character.
    *whole, _ = path.read_bytes().split(b"\n")
    return [_result(line, number, path) for number, line in enumerate(whole, start=1)]


def _describe(suite: Suite, cases: Sequence[Case], target: Target, trials: int) -> Run:
    return Run(
        suite=suite.name,
        suite_version=suite.version,
        suite_hash=suite_hash(suite),
        suite_folder=_found_by(suite.folder.absolute()),
        cases=len(cases),
        trials=trials,
        target=target.provenance(),
        revision=provenance.revision(),
        versions=provenance.versions(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        asked=hashlib.sha256(json.dumps([case.id for case in cases]).encode()).hexdigest(),
    )


def _found_by(folder: Path) -> str:
    """The name of one of Parley's own suites, wherever the checkout is; else the folder."""
    return folder.name if folder.parent == Path(__file__).parent / "suites" else str(folder)


def _begin(folder: Path, now: Run, *, set_aside: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise ResultsError(
            f"{folder} cannot be made a folder: {exc.strerror}", remedy="Give this run another --out."
        ) from exc
    if (folder / RUN).exists():
        before = read_run(folder)
        if before.same_as(now):
            return
        held = (folder / RESULTS).exists()
        if held and set_aside:
            _set_aside(folder)
        elif held:
            raise ResultsError(
                f"{folder} holds another run (suite, cases, trials, code or target differ)",
                remedy="Give this run another --out, or delete that folder.",
            )
    (folder / RUN).write_text(json.dumps(asdict(now), indent=2, ensure_ascii=False), encoding="utf-8")


def _set_aside(folder: Path) -> None:
    previous = folder.with_name(f"{folder.name}.previous")
    try:
        if (previous / RUN).exists():
            shutil.rmtree(previous)
        folder.rename(previous)
        folder.mkdir()
    except OSError as exc:
        raise ResultsError(
            f"{folder} holds another run, and cannot be set aside as {previous.name}: {exc.strerror}",
            remedy="Give this run another --out, or delete that folder.",
        ) from exc


def _drop_cut_line(path: Path) -> None:
    """So that the next result begins a line of its own."""
    if path.exists() and not (written := path.read_bytes()).endswith(b"\n"):
        path.write_bytes(written[: written.rfind(b"\n") + 1])


def _typed(plain: dict[str, Any]) -> dict[str, Any]:
    """The fields that JSON has no type for."""
    return {
        "kind": None if plain["kind"] is None else CaseKind(plain["kind"]),
        "split": Split(plain["split"]),
        "statements": tuple(
            ResultStatement(s["text"], s["kind"], tuple(s["citations"])) for s in plain["statements"]
        ),
        "citations": tuple(ResultCitation(**c) for c in plain["citations"]),
        "hits": tuple(ResultHit(**h) for h in plain["hits"]),
        "conflicts": tuple(tuple(c) for c in plain.get("conflicts", ())),
        "usage": None if plain.get("usage") is None else Usage(**plain["usage"]),
    }


def _result(line: bytes, number: int, path: Path) -> CaseResult:
    try:
        plain = json.loads(line)
        return CaseResult(**plain | _typed(plain))
    except (ValueError, TypeError, KeyError) as exc:
        raise ResultsError(
            f"{path}, line {number} is no result: {exc}", remedy="Delete that line; the case is asked again."
        ) from exc


def _no_run(folder: Path) -> ResultsError:
    return ResultsError(
        f"{folder} holds no run", remedy="Name the folder that `parley evals run` wrote; it has a run.json."
    )
