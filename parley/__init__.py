"""Parley by a name of its own, for a program that has it inside: docs/embedding.md.

What stands here, and in `parley.slack`, is what there is to build on. The packages behind it are called
`service`, `retrieval` and `prompts`: a program in which one of these names is another package's can't import
Parley, and is told so.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from service.bootstrap import open_service as open_service

_HERE = Path(__file__).resolve().parents[1]


def _check(name: str) -> None:
    """Raises ImportError where the package of this name isn't Parley's."""
    found = import_module(name).__file__
    if found is None or Path(found).resolve().parents[1] != _HERE:
        raise ImportError(
            f"Parley's package `{name}` is hidden by another of that name, in {found or 'a folder'}: rename "
            "that one, or let Parley run by itself (`parley serve`) and ask it over HTTP (docs/embedding.md)"
        )


for _name in ("service", "retrieval", "prompts"):
    _check(_name)

from retrieval.errors import ParleyError  # noqa: E402 - after the check, or its error would be a riddle
from retrieval.sources import Source  # noqa: E402
from service.config import Settings, read_settings  # noqa: E402
from service.desk import Desk, Hearer, open_desk, service_desk  # noqa: E402
from service.wire import AnswerOut, CitationOut, Cited, FeedbackIn, StatementOut  # noqa: E402

__all__ = [
    "AnswerOut",
    "CitationOut",
    "Cited",
    "Desk",
    "FeedbackIn",
    "Hearer",
    "ParleyError",
    "Settings",
    "Source",
    "StatementOut",
    "open_desk",
    "open_service",
    "read_settings",
    "service_desk",
]


def __getattr__(name: str) -> Any:
    """Only who opens the service itself loads the models and the index."""
    if name == "open_service":
        return import_module("service.bootstrap").open_service
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
