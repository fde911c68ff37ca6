"""By which stages the reader was trained: how many samples of what.

The first learns to read of all there is; the second, of what is asked and worded as people do, and of the
passages of one corpus, among which a question finds its own; the third goes on with that while the rate
falls; the fourth, half of it, puts a question to several passages of its corpus at once, and the sentence
that answers against all of theirs; the fifth goes on with that, on twice as many worlds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from training.fitting import Plan

# How often each source is drawn from, beside ours.
_PUBLIC_QUESTIONS = {
    "squad11_routerlens": 0.22,
    "squad11_eck": 0.22,
    "squad11_nqg": 0.08,
    "selqa": 0.2,
    "qamr": 0.2,
    "qed_dev": 0.08,
}
_PUBLIC_STATEMENTS = {
    "tenp_edit_premise": 0.25,
    "tenp_edit_other": 0.2,
    "tenp_base": 0.1,
    "tenp_contrast": 0.05,
    "fever_athnlp": 0.2,
    "fever_symmetric": 0.05,
    "mnli_dev_m": 0.1,
    "wice_train": 0.05,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """`shares` weighs the sources, `statements` is the share of the batches that hold these, `together` of
    those of one question over several passages."""

    plan: Plan
    shares: Mapping[str, float]
    statements: float
    together: float = 0.0


def _beside(ours: Mapping[str, float], *, questions: float, statements: float) -> dict[str, float]:
    """Ours, and of the public sets so much of each."""
    return {
        **ours,
        **{name: share * questions for name, share in _PUBLIC_QUESTIONS.items()},
        **{name: share * statements for name, share in _PUBLIC_STATEMENTS.items()},
    }


_OURS = {"ours": 1.0, "worlds": 0.8}
_WORLDS = _beside(_OURS, questions=0.5, statements=0.8)
_TOGETHER = _beside(_OURS, questions=0.35, statements=0.8)

STAGES = (
    Stage(Plan(samples=90_000, stop=60_000), _beside({"ours": 1.0}, questions=1.0, statements=1.0), 0.3),
    Stage(Plan(samples=100_000, stop=24_000, head_rate=3e-4), _WORLDS, 0.3),
    Stage(Plan(samples=40_000, rate=7e-5, head_rate=2e-4, seed=3), _WORLDS, 0.3),
    Stage(Plan(samples=40_000, seed=11), _TOGETHER, 0.125, together=0.5),
    Stage(Plan(samples=64_000, seed=17), _TOGETHER, 0.125, together=0.625),
)
