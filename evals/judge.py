"""A language model's opinion on whether an answer's quotations bear out its statements.

Advice beside the metrics, which need no model: in TREC 2024 a strong judge and a person agreed on 56 % of
support labels exactly (Thakur et al., 2025). It decides no gate. Judgements are kept in the run's folder, and
what was judged once by the same model with the same prompt isn't judged again.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from evals.asking import Asking
from evals.errors import ResultsError
from evals.results import CaseResult, ResultStatement, Usage
from evals.write import line as line_of
from prompts import Prompt, load
from service.model import LanguageModel, ModelFault, fenced

JUDGEMENTS = "judgements.jsonl"
PROMPT = "judge"
SCHEMA = {
    "type": "object",
    "properties": {
        "support": {"type": "string", "enum": ["full", "partial", "none"]},
        "why": {"type": "string"},
    },
    "required": ["support", "why"],
    "additionalProperties": False,
}
_LONGEST_WHY = 300
_Place = tuple[str, int, int, str]
_OBJECT = re.compile(r"\{[^{}]*\}")


class Support(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of a claim: the `statement`-th of the answer. `digest` is of what was judged; `why` is the judge's own
    word, or the code of what went wrong with it."""

    case_id: str
    trial: int
    statement: int
    support: Support
    why: str
    model: str
    prompt_version: int
    prompt_hash: str
    digest: str
    usage: Usage

    @property
    def of(self) -> "_Place":
        return self.case_id, self.trial, self.statement, self.digest

    @property
    def by(self) -> tuple[str, str]:
        return self.model, self.prompt_hash


@dataclass(frozen=True, slots=True)
class _Claim:
    case_id: str
    trial: int
    statement: int
    question: str
    text: str
    quotations: tuple[str, ...]

    @property
    def of(self) -> "_Place":
        return self.case_id, self.trial, self.statement, self.digest

    @property
    def digest(self) -> str:
        parts = json.dumps([self.question, self.text, self.quotations], ensure_ascii=False)
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def judge_all(
    results: Sequence[CaseResult],
    model: LanguageModel,
    asking: Asking,
    folder: Path,
    *,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> list[Judgement]:
    """Of every cited claim, kept in the folder as they come. A claim that the model fails on is unreadable,
    and asked for again another time."""
    prompt = load(PROMPT)
    known = {
        judgement.of: judgement
        for judgement in read_judgements(folder)
        if judgement.by == (model.name, prompt.hash) and judgement.support is not Support.UNREADABLE
    }
    claims = [claim for result in results for claim in _claims(result)]
    with (folder / JUDGEMENTS).open("a", encoding="utf-8", newline="") as file:
        for number, claim in enumerate(claims):
            progress(number, len(claims))
            if claim.of not in known:
                known[claim.of] = _judged(claim, model, asking, prompt)
                file.write(line_of(asdict(known[claim.of])))
                file.flush()
    progress(len(claims), len(claims))
    return [known[claim.of] for claim in claims]


def judgements_of(results: Sequence[CaseResult], folder: Path) -> list[Judgement]:
    """What the folder keeps of these results, by the model and the prompt that judged last."""
    kept = read_judgements(folder)
    latest = {judgement.of: judgement for judgement in kept if judgement.by == kept[-1].by}
    claims = [claim for result in results for claim in _claims(result)]
    return [latest[claim.of] for claim in claims if claim.of in latest]


def read_judgements(folder: Path) -> list[Judgement]:
    """In the order they came; none where nothing was judged."""
    path = folder / JUDGEMENTS
    if not path.exists():
        return []
    *lines, _ = path.read_bytes().split(b"\n")
    return [_kept(line, number, path) for number, line in enumerate(lines, start=1)]


def _claims(result: CaseResult) -> Iterator[_Claim]:
    for number, statement in enumerate(result.statements):
        quotations = _quotations(result, statement)
        if statement.kind != "notice" and quotations:
            yield _Claim(
                result.case_id,
                result.trial,
                number,
                result.standalone_question,
                statement.text,
                quotations,
            )


def _quotations(result: CaseResult, statement: ResultStatement) -> tuple[str, ...]:
    """As they are cited, with who said it where the citation knows."""
    return tuple(
        f"{citation.speaker}: {citation.quote}" if citation.speaker else citation.quote
        for citation in result.citations
        if citation.id in statement.citations
    )


def _judged(claim: _Claim, model: LanguageModel, asking: Asking, prompt: Prompt) -> Judgement:
    asking.begin(claim.case_id, claim.trial)
    values = {
        "question": claim.question,
        "statement": claim.text,
        "quotations": "\n".join(claim.quotations),
    }
    try:
        support, why = read_opinion("".join(model.say(fenced(prompt, values), schema=SCHEMA)))
    except ModelFault as fault:
        support, why = Support.UNREADABLE, fault.code
    spent = asking.spent
    return Judgement(
        claim.case_id,
        claim.trial,
        claim.statement,
        support,
        why,
        model.name,
        prompt.version,
        prompt.hash,
        claim.digest,
        Usage(spent.requests, spent.prompt_tokens, spent.completion_tokens),
    )


def read_opinion(said: str) -> tuple[Support, str]:
    """The first object that names a support, whatever stands about it; unreadable where there is none."""
    for found in _OBJECT.finditer(said):
        try:
            opinion = json.loads(found[0])
            support = Support(opinion["support"])
        except (ValueError, KeyError, TypeError):
            continue
        if support is not Support.UNREADABLE:
            why = opinion.get("why")
            return support, why[:_LONGEST_WHY] if isinstance(why, str) else ""
    return Support.UNREADABLE, "no opinion in the form asked for"


def _kept(line: bytes, number: int, path: Path) -> Judgement:
    try:
        plain = json.loads(line)
        usage, support = Usage(**plain["usage"]), Support(plain["support"])
        return Judgement(**{**plain, "support": support, "usage": usage})
    except (ValueError, TypeError, KeyError) as exc:
        raise ResultsError(
            f"{path}, line {number} is no judgement: {exc}", remedy="Delete that line; it is judged again."
        ) from exc
