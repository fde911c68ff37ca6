"""Fits the log odds that a sentence answers, and that anything does (`scoring` and `abstaining` in
service/answering/policy.py), on the worlds that the reader never learned from, and shows what comes of each
threshold.

Every sentence that is read for a question is a row: one that answers it, or one that doesn't. Each world is
judged by a fit on the others. MaxSim's weight isn't fitted: these questions share fewer words with what
answers them than others do; nor is that of the mean, since more of it costs facts that are told once.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.cases import Case, Suite
from evals.statistics import roc_auc
from evals.target import InProcess
from retrieval.timing import Timings
from service.answering import PARLEY
from service.answering.asked import read_question
from service.answering.extractive import Candidate, nearness

OF_SENTENCES = ("base", "read", "holds", "speaker", "behind")
OF_QUESTIONS = ("base", "read", "holds")
_RIDGE = 1.0
_ANSWERED = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_TOLD = (0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0)
Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a world: of each sentence that was read what it goes by, `signs` (sentences,
    OF_SENTENCES), what MaxSim adds to that, `given` (sentences,), and whether it answers, `gold`
    (sentences,); of all together `whole` (1, OF_QUESTIONS) and what MaxSim and the mean add to that, `near`
    (1,). `total`: so many sentences answer."""

    world: str
    signs: Rows
    given: Rows
    whole: Rows
    near: Rows
    gold: NDArray[np.bool_]
    total: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The chance of each sentence, and that something answers."""

    asked: Asked
    chances: Rows
    answered: float


def report(suites: Iterable[Suite]) -> Iterator[str]:
    questions = [each for suite in suites for each in asked(suite)]
    for group, names, weights in (
        ("scoring", OF_SENTENCES, of_sentences(questions)),
        ("abstaining", OF_QUESTIONS, of_questions(questions)),
    ):
        yield f"{group}: " + ", ".join(f"{name}={w:.3g}" for name, w in zip(names, weights, strict=True))
    judged = list(_judged(questions))
    told = [each for each in judged if each.asked.total]
    not_stated = [each.answered for each in judged if not each.asked.total]
    auc = roc_auc([each.answered for each in told], not_stated)
    yield f"AUC of abstention {auc:.2f}, of {len(told)} and {len(not_stated)} questions"
    first = [each.asked.gold[each.chances.argmax()] for each in told]
    three = [each.asked.gold[(-each.chances).argsort()[:3]].any() for each in told]
    yield f"right sentence first {np.mean(first):.2f}, among three {np.mean(three):.2f}"
    for least in _ANSWERED:
        refused = np.mean([each.answered < least for each in told])
        kept = np.mean([chance < least for chance in not_stated])
        yield f"answers from {least}: {refused:.2f} of what is stated is refused, {kept:.2f} of what is not"
    for share in _TOLD:
        yield _told_from(share, told)


def asked(suite: Suite) -> Iterator[Asked]:
    """Each question of a suite, over its corpus, as the service searches and reads it."""
    with tempfile.TemporaryDirectory() as folder, InProcess(suite, Path(folder)) as target:
        target.ingest(suite)
        service = target.service
        answerer = service.extractive
        for case in suite.cases:
            hits = service.chat.search(case.question, article_ids=None, timings=Timings())
            passages = [service.chat.opened(hit) for hit in hits]
            order = answerer.ranked(read_question(case.question), passages, timings=Timings())
            yield _asked(suite.name, case, order)


def _asked(world: str, case: Case, order: Sequence[Candidate]) -> Asked:
    gold, by = {evidence.quote for evidence in case.evidence}, PARLEY.abstaining
    return Asked(
        world,
        signs=np.array([[1.0, c.read, c.holds, c.speaker, c.behind] for c in order]),
        given=np.array([PARLEY.scoring.match * c.sentence_match for c in order]),
        whole=np.array([[1.0, max(c.read for c in order), max(c.holds for c in order)]]),
        near=np.array([by.match * nearness(order, by) + by.around * order[0].around]),
        gold=np.array([one.text in gold for one in order]),
        total=len(gold),
    )


def of_sentences(questions: Sequence[Asked]) -> Rows:
    """Weights of a sentence's signs."""
    signs = np.concatenate([each.signs for each in questions])
    gold = np.concatenate([each.gold for each in questions])
    return fit(signs, gold, np.concatenate([each.given for each in questions]))


def of_questions(questions: Sequence[Asked]) -> Rows:
    """Weights of what all together show."""
    told = np.array([each.total > 0 for each in questions])
    near = np.concatenate([each.near for each in questions])
    return fit(np.concatenate([each.whole for each in questions]), told, near)


def fit(signs: Rows, target: NDArray[np.bool_], given: Rows | float = 0.0) -> Rows:
    """A logistic beside what is given, by Newton's method, with a slight ridge on all but the constant,
    which comes first."""
    ridge = np.diag([0.0, *[_RIDGE] * (signs.shape[1] - 1)])
    weights: Rows = np.zeros(signs.shape[1])
    weights[0] = np.log(target.mean() / (1 - target.mean())) - np.mean(given)
    for _ in range(50):
        expected = _chances(weights, signs, given)
        gradient = signs.T @ (expected - target) + ridge @ weights
        curvature = (signs * (expected * (1 - expected))[:, None]).T @ signs + ridge
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def _chances(weights: Rows, signs: Rows, given: Rows | float = 0.0) -> Rows:
    chances: Rows = 1.0 / (1.0 + np.exp(-(signs @ weights + given)))
    return chances


def _judged(questions: Sequence[Asked]) -> Iterator[Judged]:
    for world in dict.fromkeys(each.world for each in questions):
        others = [each for each in questions if each.world != world]
        by_sentence, by_question = of_sentences(others), of_questions(others)
        for each in questions:
            if each.world == world:
                chances = _chances(by_sentence, each.signs, each.given)
                yield Judged(each, chances, float(_chances(by_question, each.whole, each.near)[0]))


def _told_from(share: float, told: Sequence[Judged]) -> str:
    """If every sentence were told that has this share of the likeliest's chance, five at most."""
    precision, recall, count = [], [], []
    for each in told:
        order = (-each.chances).argsort()[:5]
        picked = each.asked.gold[order[each.chances[order] >= share * each.chances[order[0]]]]
        precision.append(picked.mean())
        recall.append(picked.sum() / each.asked.total)
        count.append(picked.size)
    means = tuple(float(np.mean(each)) for each in (count, precision, recall))
    return "told from {} of the likeliest: {:.1f}, precision {:.2f}, recall {:.2f}".format(share, *means)
