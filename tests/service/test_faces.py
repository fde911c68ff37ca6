"""A room shows a face: what others may use of it. Nobody outside of it reaches behind that."""

import ast
import functools
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import service
from tests.conftest import REPOSITORY

# Tests that look at the inside of other rooms on purpose.
INSIDE = {
    "tests/patterns/found.py": "finds what isn't compiled yet",
    "tests/docs/slack_page.py": "draws each of Slack's messages",
    "tests/docs/test_clients.py": "holds the page against every limit",
    "tests/docs/test_models.py": "holds the page against every limit",
    "tests/fault_llm/measure.py": "waits as long as the breaker does",
    "tests/service/answering/extractive/test_notices.py": "holds our notices against the verifier",
    "tests/service/answering/generative/test_evidence.py": "holds evidence against the verifier",
    "tests/service/answering/test_marks.py": "holds our marks against the verifier",
    "tests/service/test_control_characters.py": "looks at whatever shows an article's words",
}
FACES = {
    room.name: import_module(room.name)
    for room in pkgutil.walk_packages(service.__path__, "service.")
    if room.ispkg
}


@functools.cache
def room_of(module: str) -> str | None:
    """The innermost that it is in."""
    return max((room for room in FACES if f"{module}.".startswith(f"{room}.")), key=len, default=None)


def home(path: Path) -> str | None:
    """The room that a file is of, or is a test of."""
    parts = path.with_suffix("").parts
    return room_of(".".join(parts[1:] if parts[0] == "tests" else parts).removesuffix(".__init__"))


def imported(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    """Each module with each name that is taken from it; None for the module itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def is_shown(module: str, name: str | None) -> bool:
    """Whether a face shows it, or is it."""
    return module in FACES and (f"{module}.{name}" in FACES or name in FACES[module].__all__)


def behind(path: Path) -> list[str]:
    """What this file takes from behind a face, if it isn't that of a room which its own is in."""
    found = imported(ast.parse((REPOSITORY / path).read_text("utf-8")))
    own = f"{home(path)}."
    taken = [(m, name) for m, name in found if (room := room_of(m)) and not own.startswith(f"{room}.")]
    return [f"{path}: {module}, {name}" for module, name in taken if not is_shown(module, name)]


def test_every_room_says_what_it_is_for_and_what_others_may_use() -> None:
    assert len(FACES) >= 15
    for room, face in FACES.items():
        assert face.__doc__, room
        assert all(hasattr(face, name) for name in face.__all__), room


def test_nobody_reaches_behind_a_face() -> None:
    tops = ("benchmarks", "evals", "parley", "prompts", "retrieval", "service", "tests", "training")
    files = [path.relative_to(REPOSITORY) for top in tops for path in (REPOSITORY / top).rglob("*.py")]
    reaching = {str(path): found for path in files if (found := behind(path))}
    assert [taken for path, found in reaching.items() if path not in INSIDE for taken in found] == []
    assert set(INSIDE) <= set(reaching), "some need no exception any more"


def test_asking_a_service_that_runs_loads_neither_models_nor_the_index() -> None:
    heavy = {"chromadb", "llama_index", "numpy", "onnxruntime", "slack_bolt", "sqlalchemy", "tantivy"}
    code = f"import sys, service.desk, service.terminal.text; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
