"""Every regular expression of ours: those that modules hold, and those written where they are used."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import evals
import prompts
import retrieval
import service
from service.english import patterns
from service.english.patterns import Lazy

PACKAGES = (retrieval, service, evals, prompts)
_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
# What each does with a text, as far as time goes.
_AS = {"subn": "finditer", "sub": "finditer", "split": "finditer", "findall": "finditer"}
_UNKNOWN = "word"  # stands for what only a call knows


@dataclass(frozen=True)
class Found:
    """`where` is a module with a name or line in it; `ways` are how it is asked: search, match, fullmatch,
    finditer."""

    where: str
    pattern: str
    flags: int
    ways: tuple[str, ...]

    def __str__(self) -> str:
        return self.where

    def compiled(self) -> "re.Pattern[str]":
        return re.compile(self.pattern, self.flags)


def modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in info.name:  # they run only where Alembic runs them
                yield importlib.import_module(info.name)


def every_pattern() -> list[Found]:
    trees = {m: ast.parse(Path(m.__file__).read_text(encoding="utf-8")) for m in modules() if m.__file__}
    anywhere, inside = _uses(trees.values()), {m: _uses([tree]) for m, tree in trees.items()}
    held: dict[tuple[str, int], Found] = {}
    for module, tree in trees.items():
        for name, pattern in _held(vars(module)):
            used = inside[module] if name.startswith("_") else anywhere
            if isinstance(pattern.pattern, str):
                key = (pattern.pattern, pattern.flags)
                held.setdefault(
                    key, _found(f"{module.__name__}.{name}", pattern, used.get(name.split("[")[0]))
                )
        for line, way, pattern in _written(module, tree):
            where = f"{module.__name__}:{line}"
            held.setdefault((pattern.pattern, pattern.flags), _found(where, pattern, {way} if way else None))
    return sorted(held.values(), key=lambda found: found.where)


def _found(where: str, pattern: "re.Pattern[str]", methods: set[str] | None) -> Found:
    """Where nothing tells how it is asked: by search and by fullmatch, which do the most."""
    ways = {_AS.get(method, method) for method in methods or ("search", "fullmatch")}
    return Found(where, pattern.pattern, pattern.flags & ~re.DEBUG, tuple(sorted(ways)))


def _held(names: Mapping[str, Any]) -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    for name, value in names.items():
        if not name.startswith("__") and value is not patterns._made:  # each is held where it is used
            yield from _inside(name, value, depth=3)


def _inside(name: str, value: Any, *, depth: int) -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    if isinstance(value, Lazy):
        yield name, value.compiled()
    elif isinstance(value, re.Pattern):
        yield name, value
    elif depth and isinstance(value, tuple | list | set | frozenset):
        for number, item in enumerate(value):
            yield from _inside(f"{name}[{number}]", item, depth=depth - 1)
    elif depth and isinstance(value, dict):
        for number, item in enumerate((*value.keys(), *value.values())):
            yield from _inside(f"{name}[{number}]", item, depth=depth - 1)
    elif depth and hasattr(type(value), "__dataclass_fields__"):
        for field in type(value).__dataclass_fields__:
            yield from _inside(f"{name}[{field}]", getattr(value, field, None), depth=depth - 1)


def _uses(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """The methods called on each name, wherever; a name that is also handed on is in none."""
    called: dict[str, set[str]] = {}
    handed: set[str] = set()
    for tree in trees:
        mine = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                name = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                mine.add(id(node.value))
                if node.attr in _METHODS:
                    called.setdefault(name, set()).add(node.attr)
                elif node.attr in ("pattern", "flags"):
                    handed.add(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in mine:
                handed.add(node.id)
    return {name: methods for name, methods in called.items() if name not in handed}


def _written(module: ModuleType, tree: ast.Module) -> Iterator[tuple[int, str | None, "re.Pattern[str]"]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _asks(node.func) and node.args:
            way = ast.unparse(node.func).removeprefix("re.").replace("lazily", "compile")
            text = _text(node.args[0], vars(module)) if way in (*_METHODS, "compile") else None
            if text is not None:
                yield node.lineno, None if way == "compile" else way, re.compile(text, _flags(node, module))


def _asks(function: ast.expr) -> bool:
    called = ast.unparse(function)
    return called.startswith("re.") or called == "lazily"


def _text(node: ast.expr, names: Mapping[str, Any]) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else _value(part, names) for part in node.values
        )
    if isinstance(node, ast.BinOp | ast.Name):
        known = _evaluated(node, names)
        return known if isinstance(known, str) else None
    return None


def _value(part: ast.expr, names: Mapping[str, Any]) -> str:
    assert isinstance(part, ast.FormattedValue)
    known = _evaluated(part.value, names)
    return _UNKNOWN if known is None else str(known)


def _evaluated(node: ast.expr, names: Mapping[str, Any]) -> Any:
    try:
        return eval(compile(ast.Expression(node), "pattern", "eval"), dict(names))
    except Exception:  # noqa: BLE001 what only a call knows
        return None


def _flags(node: ast.Call, module: ModuleType) -> int:
    given = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "flags")]
    values = (_evaluated(argument, vars(module)) for argument in given)
    return sum((int(value) for value in values if isinstance(value, re.RegexFlag)), 0)
