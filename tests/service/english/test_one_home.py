"""English is spelled in one place: a capital letter in letters.py, the closed classes in closed.py."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import service
from service.english import closed

ROOT = Path(service.__file__).parent
HOMES = {ROOT / "english" / "letters.py", ROOT / "english" / "closed.py"}
# How many words of a class in a row make a list of one's own.
CLASSES = {
    "weekdays": (2, (*closed.DAYS, *closed.SHORT_DAYS, "Tues", "Wednes", "Thurs", "Satur")),
    "months": (2, (*closed.MONTHS, *closed.SHORT_MONTHS)),
    "numbers": (3, (*closed.NUMBERS, *closed.SCALES)),
    "pronouns": (3, (*closed.THIRD, *closed.FIRST, *closed.FIRST_OBJECTS, *closed.FIRST_OWNERS)),
    "auxiliaries": (3, closed.ASKING),
    "question words": (4, closed.QUESTION_WORDS),
}
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = re.compile(r"[\s|(),?:.\"\[\]^$]*")  # what may stand between two words of a list
_CAPITALS = re.compile(r"\[\^?A-Z(?!a-z)")


def spelled(source: str) -> set[tuple[int, str]]:
    """The lines of a module with a list of its own, and of what; none of a docstring."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {found for node in ast.walk(tree) if id(node) not in told for found in _in_node(node)}


def _in_node(node: ast.AST) -> Iterator[tuple[int, str]]:
    items = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [node])
    words = [i.value for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str)]
    for kind in lists_in("|".join(words)) if words else ():
        yield getattr(node, "lineno", 0), kind


def lists_in(text: str) -> Iterator[str]:
    if _CAPITALS.search(text):
        yield "a capital letter"
    plain = re.sub(r"\\[a-zA-Z]", " ", text)
    for kind, (least, words) in CLASSES.items():
        known, row, end = {word.lower() for word in words}, set[str](), 0
        for word in _WORD.finditer(plain):
            row = row if _BESIDE.fullmatch(plain, end, word.start()) else set()
            row = row | {word.group().lower()} if word.group().lower() in known else set()
            end = word.end()
            if len(row) >= least:
                yield kind
                break


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (r'NAME = re.compile(r"\b[A-Z]\w+")', "a capital letter"),
        ('NAME = rf"{TITLE} [A-ZÀ-Þ]"', "a capital letter"),
        ('DAY = r"(?:Mon|Tues|Wednes)day"', "weekdays"),
        ('late = day in {"saturday", "sunday"}', "weekdays"),
        ('SHORT = "Nov. Dec.".split()', "months"),
        ('NUMBER = {"one": 1, "two": 2, "three": 3}', "numbers"),
        (r'POINTS = rf"\b(?:{WHO}|he|she|they)\b"', "pronouns"),
        ('WORDS = "also i me my mine"', "pronouns"),
        ('AUX = r"(?:does |did |had )?"', "auxiliaries"),
        ('ASKS = "(?:who|when|where|why)"', "question words"),
    ],
)
def test_a_list_of_ones_own_is_found(source: str, kind: str) -> None:
    assert spelled(f'"""Of words."""\n\n{source}\n') == {(3, kind)}


@pytest.mark.parametrize(
    "source",
    [
        '"""Whether it is [A-Z] on Monday Tuesday: he she it."""',
        'ID = r"[A-Za-z0-9_-]+"',
        'SAID = "It is what they had asked for, and she would have done it on Monday."',
        'HE = f"(?:{any_of(SUBJECTS, OWNERS)}|one|he)"',
    ],
)
def test_what_is_no_list_is_left_alone(source: str) -> None:
    assert spelled(source) == set()


def test_no_other_file_spells_them() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {kind} (take it from service/english/closed.py or letters.py)"
        for path in sorted(ROOT.rglob("*.py"))
        if path not in HOMES
        for line, kind in sorted(spelled(path.read_text(encoding="utf-8")))
    ]
    assert found == []
