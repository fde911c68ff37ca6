"""`parley ingest`."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.collecting import Collection, Fetch, Given
    from service.config import Settings
    from service.desk import Desk
    from service.terminal.report import Report

INTERRUPTED = 130


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    *,
    desk: "Callable[[str], AbstractContextManager[Desk]]",
    settings: "Callable[[], Settings]",
) -> None:
    command = commands.add_parser(
        "ingest",
        help="add articles",
        description="Add articles, and tell what became of each file. What is known of one stands in an "
        "articles.toml, or in FILE.toml or FILE.json, beside it; docs/articles.md says more. Exits with 1 "
        "where anything was refused.",
    )
    command.add_argument(
        "path",
        nargs="+",
        metavar="PATH",
        help="a file (.txt, .md, and what installed packages read; .jsonl, .zip), a folder, a pattern, with "
        "PARLEY_FETCH=1 a web address or a feed's; - reads one article from standard input, as plain text",
    )
    command.add_argument("--outlet", help="of every article")
    command.add_argument("--date", help="of every article: YYYY-MM-DD, or a time with its offset")
    command.add_argument("--title", help="of the one article that is named")
    command.add_argument("--author", action="append", help="of the one article; again for another")
    command.add_argument("--url", help="of the one article")
    command.add_argument("--json", action="store_true", help="the report as JSON")
    command.set_defaults(run=lambda given: _ingest(given, desk, settings))


def _ingest(
    given: argparse.Namespace,
    desk: "Callable[[str], AbstractContextManager[Desk]]",
    settings: "Callable[[], Settings]",
) -> int:
    """1 where one was refused; the others are taken all the same."""
    from retrieval.collecting import collect
    from service.terminal.report import Report

    collection = collect(
        given.path, options=_options(given), stdin=sys.stdin.buffer, fetch=_fetch(given, settings)
    )
    report = Report(collection.total, as_json=given.json)
    try:
        _take_in(collection, report, desk)
    except KeyboardInterrupt:
        report.stopped()
        return INTERRUPTED
    report.close()
    return int(report.refused > 0)


def _take_in(
    collection: "Collection", report: "Report", desk: "Callable[[str], AbstractContextManager[Desk]]"
) -> None:
    """Nothing is opened where there is nothing to read."""
    if collection.readable:
        with desk("parley ingest") as asked:
            for done in asked.ingest(report.sources(collection)):
                report.tell(done)
    else:
        list(report.sources(collection))


def _options(given: argparse.Namespace) -> "Given":
    from retrieval.collecting import Given
    from retrieval.sources import facts_from
    from service.terminal.asking import unicode_

    told = {
        "outlet": given.outlet,
        "published": given.date,
        "title": given.title,
        "authors": given.author,
        "url": given.url,
    }
    known = {
        name: [unicode_(one) for one in value] if isinstance(value, list) else unicode_(value)
        for name, value in told.items()
        if value is not None
    }
    return Given(facts_from(known, where="the options"))


def _fetch(given: argparse.Namespace, settings: "Callable[[], Settings]") -> "Fetch | None":
    """Settings are read for an address alone: they are the business of whoever answers."""
    from retrieval.collecting import guarded, is_address

    if any(map(is_address, given.path)) and settings().fetch:
        return guarded()
    return None
