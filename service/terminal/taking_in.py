"""`parley ingest`."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.sources import Source
    from service.desk import Desk

_STDIN = "-"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    *,
    desk: "Callable[[str], AbstractContextManager[Desk]]",
) -> None:
    command = commands.add_parser(
        "ingest",
        help="add articles",
        description="Add articles. Files (.txt, .md, .html, .pdf, .docx, .eml, and what installed packages "
        "read) or folders of them; an articles.toml beside them says what is known of each.",
    )
    command.add_argument(
        "path",
        nargs="+",
        metavar="PATH",
        help="a file or a folder; - reads one article from standard input, as plain text",
    )
    command.set_defaults(run=lambda given: _ingest(given.path, desk))


def _ingest(given: Sequence[str], desk: "Callable[[str], AbstractContextManager[Desk]]") -> int:
    """1 where one was refused; the others are taken all the same."""
    from service.terminal.text import ingested_line

    _refuse_addresses(given)
    failed = False
    with desk("parley ingest") as asked:
        for done in asked.ingest(_sources(given)):
            refused = done.error is not None
            print(ingested_line(done), file=sys.stderr if refused else sys.stdout, flush=True)
            failed |= refused
    return int(failed)


def _sources(given: Sequence[str]) -> "Iterator[Source]":
    """Standard input last: every path is checked before anything is read."""
    from retrieval.article import Facts
    from retrieval.sources import MAX_BYTES, Source, read_paths

    yield from read_paths([Path(path) for path in given if path != _STDIN])
    if _STDIN in given:
        # One byte too many is enough to be refused by.
        yield Source("stdin.txt", sys.stdin.buffer.read(MAX_BYTES + 1), Facts(), None)


def _refuse_addresses(given: Sequence[str]) -> None:
    from retrieval.errors import UnsupportedSource

    for path in given:
        if _ADDRESS.match(path):
            raise UnsupportedSource(
                f"{path} is a web address, and Parley fetches nothing",
                remedy="Save the page as an .html file and name that. Where it doesn't tell its own address, "
                "that goes into an articles.toml beside it, as `url`.",
            )
