"""The actions of `parley evals` that write and check cases."""

import argparse
from collections.abc import Callable
from pathlib import Path

Add = Callable[..., argparse.ArgumentParser]


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]", *, add: Add) -> None:
    """`add` takes the actions, a name, what runs, and a line about it."""
    new = add(actions, "new", _new, "write the smallest suite that runs, to start from")
    new.add_argument("folder", type=Path)
    new.add_argument("--csv", action="store_true", help="with its cases as a table, for a spreadsheet")
    check = add(actions, "check", _check, "check a suite: quotes, ids, nuggets, balance")
    check.add_argument("suite")
    derive = add(actions, "derive", _derive, "make a harder suite from one")
    derive.add_argument("suite")
    derive.add_argument("out", type=Path, help="folder to write the derived suite to")
    derive.add_argument(
        "--how",
        required=True,
        help="remove-gold, remove-evidence, distract, contradict, poison, paraphrase or reorder",
    )
    derive.add_argument(
        "--from", dest="distractors", type=Path, help="distract: a suite to take articles from"
    )
    derive.add_argument("--share", type=float, default=0.4, help="distract: share of the corpus, 0 to 0.95")
    derive.add_argument("--seed", type=int, default=0)
    draft = add(actions, "add", _add_case, "draft a case from an answer that was given")
    draft.add_argument("suite")
    source = draft.add_mutually_exclusive_group(required=True)
    source.add_argument("--from-answer", metavar="ID", help="the answer's id, ans_...")
    source.add_argument("--from-feedback", action="store_true", help="every answer with a thumb down")


def _new(given: argparse.Namespace) -> int:
    from evals.new import new_suite

    print(new_suite(given.folder, as_csv=given.csv))
    return 0


def _check(given: argparse.Namespace) -> int:
    from evals import commands

    commands.check(given.suite)
    return 0


def _derive(given: argparse.Namespace) -> int:
    from evals.derive import Recipe, derive

    recipe = Recipe.of(given.how, distractors=given.distractors, share=given.share, seed=given.seed)
    print(derive(given.suite, given.out, recipe))
    return 0


def _add_case(given: argparse.Namespace) -> int:
    from evals.add import add_from_answer, add_from_feedback

    if given.from_feedback:
        print(add_from_feedback(given.suite))
    else:
        print(add_from_answer(given.suite, given.from_answer))
    return 0
