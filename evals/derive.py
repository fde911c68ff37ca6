"""`parley evals derive`: a harder suite from one, for free: its gold is known by how it was made.

The derived suite is a folder like any other, to be run by path. The same recipe and seed make the same suite.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from evals.cases import Gates, Suite
from evals.commands import find_suite
from evals.errors import SuiteError
from evals.recipes.arrangement import distract, reorder
from evals.recipes.contradict import contradict
from evals.recipes.made import Made, Make
from evals.recipes.paraphrase import paraphrase
from evals.recipes.poison import poison
from evals.recipes.removal import remove_evidence, remove_gold
from evals.suite import load
from evals.write import write_suite

DISTRACT = "distract"
RECIPES: Mapping[str, Make] = MappingProxyType(
    {
        "remove-gold": remove_gold,
        "remove-evidence": remove_evidence,
        "contradict": contradict,
        "poison": poison,
        "paraphrase": paraphrase,
        "reorder": reorder,
    }
)
_MOST_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Recipe:
    """`distractors` and `share` are of `distract` alone."""

    how: str
    seed: int
    distractors: Path | None
    share: float

    @classmethod
    def of(cls, how: str, *, distractors: Path | None, share: float, seed: int) -> "Recipe":
        """Raises SuiteError for what cannot be done."""
        if how != DISTRACT and how not in RECIPES:
            names = ", ".join(sorted([DISTRACT, *RECIPES]))
            raise SuiteError(f"there is no recipe {how!r}", remedy=f"use one of {names}")
        if how == DISTRACT and distractors is None:
            raise SuiteError("distract needs articles to add", remedy="name a suite with --from")
        if how != DISTRACT and distractors is not None:
            raise SuiteError(f"{how} takes no articles from elsewhere", remedy="leave --from out")
        if not 0 <= share <= _MOST_SHARE:
            raise SuiteError(f"--share is {share:g}", remedy=f"give a share from 0 to {_MOST_SHARE:g}")
        return cls(how, seed, distractors, share)

    def make(self, suite: Suite) -> Made:
        if self.how != DISTRACT:
            return RECIPES[self.how](suite, self.seed)
        source = load(find_suite(str(self.distractors))).suite
        return distract(suite, self.seed, source=source, share=self.share)

    def __str__(self) -> str:
        more = f" from {self.distractors} to a share of {self.share:g}" if self.how == DISTRACT else ""
        return f"{self.how}{more}, seed {self.seed}"


def derive(suite: str, out: Path, recipe: Recipe) -> str:
    """Writes the derived suite to `out`, which must be new or empty, and says what became of the cases.
    Raises SuiteError."""
    origin = load(find_suite(suite)).suite
    made = recipe.make(origin)
    if not made.cases or not made.documents:
        reasons = "; ".join(_reasons(made)) or "nothing would be left"
        raise SuiteError(
            f"{recipe.how} makes no suite of {origin.name}: {reasons}", remedy="use another recipe or suite"
        )
    write_suite(_derived(origin, made, recipe), out)
    warnings = load(out).warnings
    lines = [
        f"{out}: {len(made.cases)} cases over {len(made.documents)} articles, from {origin.name} by {recipe}",
        *(f"  {remark}" for remark in made.remarks),
        *(f"  left out {reason}" for reason in _reasons(made)),
        *(f"  warning: {warning}" for warning in warnings),
    ]
    return "\n".join(lines)


def _derived(origin: Suite, made: Made, recipe: Recipe) -> Suite:
    named = {"origin": f"{origin.name}, version {origin.version}", "notes": _notes(made, recipe)}
    return replace(
        origin,
        name=f"{origin.name}-{recipe.how}",
        documents=made.documents,
        cases=made.cases,
        gates=Gates(),
        baseline=None,
        extra=named,
    )


def _notes(made: Made, recipe: Recipe) -> dict[str, object]:
    notes: dict[str, object] = {"recipe": recipe.how, "seed": recipe.seed}
    if recipe.how == DISTRACT:
        notes |= {"distractors": str(recipe.distractors), "share": recipe.share}
    return notes | {"remarks": list(made.remarks), "left_out": dict(made.left_out)}


def _reasons(made: Made) -> list[str]:
    return [f"{count}: {reason}" for reason, count in sorted(made.left_out.items())]
