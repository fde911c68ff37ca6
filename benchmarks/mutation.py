"""Mutation score of the trust kernel: of many small changes to its code, how many make its tests fail.

    python -m benchmarks.mutation [--sample N] [--seed N] [--only MODULE] [--jobs N]

Changes one operator, comparison, constant, condition, return value or method call at a time
(https://en.wikipedia.org/wiki/Mutation_testing). Each mutant runs in a process of its own, which loads the
changed module in place of the file's; nothing is written. Word lists and patterns are data and left alone.
The report says which mutants lived: a change that alters nothing counts against the score too.
"""

import argparse
import ast
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

SOURCES, TESTS = Path("service"), Path("tests/service")
_IN = "answering/verified"
_VERIFY, _SUPPORT, _CUT = f"{_IN}/test_verify", f"{_IN}/test_support", f"{_IN}/test_cut"
_REPORTED, _DAYS = f"{_IN}/test_reported", f"{_IN}/test_days"
# Each module with the tests that are about it.
MODULES = {
    f"{_IN}/verify": (_VERIFY,),
    f"{_IN}/locate": (f"{_IN}/test_locate",),
    f"{_IN}/reading": (_SUPPORT, _VERIFY),
    f"{_IN}/who_spoke": (_REPORTED, _CUT, _SUPPORT),
    f"{_IN}/reported": (_REPORTED, _CUT, _SUPPORT),
    f"{_IN}/days": (_DAYS, _CUT),
    f"{_IN}/left_out": (_CUT, _DAYS, _REPORTED, _SUPPORT),
    f"{_IN}/laid": (_CUT, _DAYS, _SUPPORT),
    f"{_IN}/lead_ins": (f"{_IN}/test_lead_ins", _VERIFY),
    f"{_IN}/support": (_SUPPORT, _VERIFY),
    f"{_IN}/cut": (_CUT, _REPORTED, _SUPPORT, _VERIFY),
    f"{_IN}/told": (f"{_IN}/test_told", _CUT, _REPORTED, _SUPPORT),
    f"{_IN}/plain": (f"{_IN}/test_plain", _SUPPORT),
    "english/tokens": ("english/test_tokens", _SUPPORT),
    "english/governing": ("english/test_tokens", _SUPPORT),
    "answering/said/surroundings": ("answering/said/test_surroundings", _VERIFY),
    "answering/composed/compose": ("answering/composed/test_compose",),
    "answering/composed/markdown": ("answering/composed/test_markdown",),
    "slack/mrkdwn": ("slack/test_mrkdwn",),
    "slack/rich_text": ("slack/test_rich_text",),
    "slack/blocks": ("slack/test_blocks",),
    "slack/views": ("slack/test_views",),
}
_TIMEOUT = 120
# The profile has no database of examples and no chance in it; these tests need nothing of the suite's set-up.
_PYTEST = ("--noconftest", "-p", "no:cacheprovider", "--hypothesis-profile=ci")
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_REPLACED = {"any": "all", "all": "any", "min": "max", "max": "min"}
# Runs pytest with one module replaced by the source of a mutant.
_RUNNER = """
import importlib.util, sys
name, path, *arguments = sys.argv[1:]
class Finder:
    @staticmethod
    def find_spec(wanted, _path=None, _target=None):
        return importlib.util.spec_from_file_location(name, path) if wanted == name else None
sys.meta_path.insert(0, Finder)
import pytest
sys.exit(pytest.main(arguments))
"""


@dataclass(frozen=True, slots=True)
class Mutant:
    module: str
    line: int
    what: str
    source: str


def source_file(module: str) -> Path:
    return SOURCES / f"{module}.py"


def test_files(module: str) -> list[str]:
    return [str(TESTS / f"{test}.py") for test in MODULES[module]]


def mutants(module: str) -> list[Mutant]:
    tree = ast.parse(source_file(module).read_text(encoding="utf-8"))
    as_it_is, made = ast.unparse(tree), []
    for at, node in enumerate(ast.walk(tree)):
        for choice, what in enumerate(_choices(node)):
            changed = deepcopy(tree)
            target = next(each for n, each in enumerate(ast.walk(changed)) if n == at)
            _change(target, choice)
            line = getattr(node, "lineno", 0)
            source = ast.unparse(ast.fix_missing_locations(changed))
            if _inside_function(tree, line) and source != as_it_is:  # None for None is no change
                made.append(Mutant(module, line, what, source))
    return made


def _inside_function(tree: ast.Module, line: int) -> bool:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(
        isinstance(node, functions) and node.body[0].lineno <= line <= (node.end_lineno or 0)
        for node in ast.walk(tree)
    )


def _choices(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield f"{type(op).__name__} -> {_COMPARED[type(op)].__name__}"
        case ast.BoolOp(op=op):
            yield f"{type(op).__name__} swapped"
        case ast.UnaryOp(op=ast.Not()):
            yield "not left out"
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.BitAnd() | ast.BitOr() as op):
            yield f"{type(op).__name__} swapped"
        case ast.Constant(value=bool()):
            yield "truth turned"
        case ast.Constant(value=int()):
            yield "number + 1"
        case ast.Return(value=ast.expr()):
            yield "returns None"
        case ast.Continue() | ast.Break():
            yield "continue <-> break"
        case ast.If() | ast.IfExp() | ast.While():
            yield "condition turned"
        case ast.Call(func=ast.Name(id=name)) if name in _REPLACED:
            yield f"{name} -> {_REPLACED[name]}"


def _change(node: ast.AST, choice: int) -> None:
    match node:
        case ast.Compare():
            node.ops = [_COMPARED[type(node.ops[0])]()]
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.BinOp():
            swap = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd}
            node.op = swap[type(node.op)]()
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant():
            node.value = int(str(node.value)) + 1
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.If() | ast.IfExp() | ast.While():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Call(func=ast.Name() as func):
            func.id = _REPLACED[func.id]
        case ast.Continue() | ast.Break():
            node.__class__ = ast.Break if isinstance(node, ast.Continue) else ast.Continue


def killed(mutant: Mutant) -> bool:
    """By a failing test, an error while loading, or never coming to an end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source_file(mutant.module).name
        path.write_text(mutant.source, encoding="utf-8")
        name = ".".join(source_file(mutant.module).with_suffix("").parts)
        command = [
            sys.executable,
            "-c",
            _RUNNER,
            name,
            str(path),
            "-x",
            "-q",
            *_PYTEST,
            *test_files(mutant.module),
        ]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=_TIMEOUT, check=False, env=environment
            )
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


def report(tried: Sequence[Mutant], dead: Sequence[bool]) -> None:
    of, hit = (
        Counter(m.module for m in tried),
        Counter(m.module for m, d in zip(tried, dead, strict=True) if d),
    )
    for mutant, was_killed in zip(tried, dead, strict=True):
        if not was_killed:
            print(f"LIVED {mutant.module}.py:{mutant.line} {mutant.what}")
    for module in of:
        print(f"{module:30}{hit[module]:4}/{of[module]:<4} {hit[module] / of[module]:.3f}")
    print(f"{'all':13}{sum(dead):4}/{len(tried):<4} {sum(dead) / len(tried):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Mutate the trust kernel and run its tests.")
    parser.add_argument("--sample", type=int, help="try so many, drawn evenly by chance; all if left out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(MODULES))
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    every = [mutant for module in MODULES if args.only in (None, module) for mutant in mutants(module)]
    chosen = every
    if args.sample and args.sample < len(every):
        order = {id(mutant): at for at, mutant in enumerate(every)}
        chosen = sorted(random.Random(args.seed).sample(every, args.sample), key=lambda m: order[id(m)])
    for module in dict.fromkeys(mutant.module for mutant in chosen):
        if killed(Mutant(module, 0, "nothing", source_file(module).read_text(encoding="utf-8"))):
            sys.exit(f"The tests of {module}.py fail as it is: mend them before measuring.")
    print(f"{len(chosen)} of {len(every)} mutants")
    with ThreadPoolExecutor(args.jobs) as pool:
        report(chosen, list(pool.map(killed, chosen)))


if __name__ == "__main__":
    main()
