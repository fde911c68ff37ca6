"""`parley statements`."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.desk import Desk

_FILTERS = {
    "speaker": "words of the speaker's name or office",
    "outlet": "the outlet of the article",
    "since": "said on this day or later, or published then where the day isn't known",
    "until": "or earlier",
    "words": "words of what was said, in any inflection",
    "article-id": "of this article",
    "as-of": "of the articles as they stood on this day",
    "cursor": "go on with where another list ended",
}


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    *,
    desk: "Callable[[str], AbstractContextManager[Desk]]",
) -> None:
    command = commands.add_parser(
        "statements",
        help="list who said what",
        description="What the articles report that people said, the latest day first, each with its place. "
        "Goes through the service that holds the data directory, if one runs.",
    )
    for name, told in _FILTERS.items():
        command.add_argument(
            f"--{name}", metavar="DAY" if name in ("since", "until", "as-of") else "TEXT", help=told
        )
    command.add_argument("--limit", type=int, metavar="N", help="at most so many (1 to 500, else 100)")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=lambda given: _statements(given, desk))


def _statements(given: argparse.Namespace, desk: "Callable[[str], AbstractContextManager[Desk]]") -> int:
    from service.statements import reported_query
    from service.terminal.text import reported_text
    from service.terminal.written import print_json

    names = [name.replace("-", "_") for name in (*_FILTERS, "limit")]
    query = reported_query(**{name: getattr(given, name) for name in names})
    with desk("parley statements") as asked:
        found, base_url = asked.statements(query), asked.url
    if given.json:
        print_json(found.model_dump_json(indent=2))
        return 0
    print(reported_text(found, base_url=base_url))
    if found.next_cursor is not None:
        print(f"There are more: --cursor {found.next_cursor}", file=sys.stderr)
    return 0
