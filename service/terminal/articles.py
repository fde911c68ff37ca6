"""`parley articles`."""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from service.terminal.asking import unicode_
from service.terminal.written import print_json

if TYPE_CHECKING:
    from service.articles import ArticleSummary
    from service.desk import Desk

OpenDesk = Callable[[str], "AbstractContextManager[Desk]"]
_WHICH = "its id, how that begins, or its title or a part of that"
_FACTS = ("title", "outlet", "date", "url", "language")


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", *, desk: OpenDesk) -> None:
    command = commands.add_parser(
        "articles",
        help="list, show, edit, delete or export articles",
        description="List the articles; see, change, delete or export them.",
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--delete", type=unicode_, metavar="ID", help="the same as `delete`, without asking")
    command.add_argument("--purge", type=unicode_, metavar="ID", help="the same as `purge`, without asking")
    command.set_defaults(run=lambda given: _articles(given, desk))
    actions = command.add_subparsers(title="actions", metavar="ACTION")

    def add(name: str, run: Callable[[argparse.Namespace, "Desk"], int], summary: str) -> Any:
        action = actions.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        action.set_defaults(run=lambda given: _with_desk(given, desk, run))
        return action

    _add_reading(add)
    _add_changing(add)


def _add_reading(add: Callable[..., Any]) -> None:
    listing = add("list", _list, "list the articles, the latest ingested first")
    listing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON")
    show = add("show", _show, "show what is known of an article, and its text")
    show.add_argument("article", type=unicode_, metavar="ARTICLE", help=_WHICH)
    show.add_argument("--version", type=int, metavar="N", help="an earlier version")
    show.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON")
    history = add("history", _history, "list the versions of an article: when each came, what it changed")
    history.add_argument("article", type=unicode_, metavar="ARTICLE", help=_WHICH)
    history.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON")
    export = add("export", _export, "write articles out, as `parley ingest` takes them in again")
    export.add_argument("target", metavar="TARGET", help="a new or empty folder, a new .jsonl file, or -")
    export.add_argument("article", nargs="*", type=unicode_, metavar="ARTICLE", help=f"only these: {_WHICH}")


def _add_changing(add: Callable[..., Any]) -> None:
    edit = add("edit", _edit, "change what is known of an article; '' for what isn't")
    edit.add_argument("article", type=unicode_, metavar="ARTICLE", help=_WHICH)
    for fact in _FACTS:
        edit.add_argument(f"--{fact}", type=unicode_)
    edit.add_argument("--author", action="append", type=unicode_, help="again for another")
    for name, run, summary in (
        ("delete", _delete, "hide an article from every later answer"),
        ("purge", _purge, "erase an article, also from the answers that quote it"),
    ):
        action = add(name, run, summary)
        action.add_argument("article", type=unicode_, metavar="ARTICLE", help=_WHICH)
        action.add_argument("--yes", action="store_true", help="don't ask")


def _articles(given: argparse.Namespace, desk: OpenDesk) -> int:
    """Without an action."""
    with desk("parley articles") as asked:
        if given.delete is not None:
            asked.delete(given.delete)
            print(f"deleted {given.delete}")
        elif given.purge is not None:
            asked.purge(given.purge)
            print(f"purged {given.purge}")
        else:
            _list(given, asked)
    return 0


def _with_desk(
    given: argparse.Namespace, desk: OpenDesk, run: Callable[[argparse.Namespace, "Desk"], int]
) -> int:
    with desk("parley articles") as asked:
        return run(given, asked)


def _list(given: argparse.Namespace, desk: "Desk") -> int:
    from service.terminal.text import article_table

    found = desk.articles()
    if given.json:
        _print_json([article.model_dump() for article in found])
    else:
        print(article_table(found))
    return 0


def _show(given: argparse.Namespace, desk: "Desk") -> int:
    from service.terminal.articles_text import article_text
    from service.terminal.naming import which

    article = desk.article(which(desk, given.article).id, version=given.version)
    text = desk.text(article.id, version=article.version)
    if given.json:
        _print_json(article.model_dump() | {"text": text})
    else:
        print(article_text(article, text))
    return 0


def _history(given: argparse.Namespace, desk: "Desk") -> int:
    from service.terminal.articles_text import history_text
    from service.terminal.naming import which

    found = desk.history(which(desk, given.article).id)
    if given.json:
        _print_json(found.model_dump())
    else:
        print(history_text(found))
    return 0


def _export(given: argparse.Namespace, desk: "Desk") -> int:
    from service.terminal.exporting import export
    from service.terminal.naming import which

    chosen = [which(desk, one).id for one in given.article] or [article.id for article in desk.articles()]
    written, left = export(desk, dict.fromkeys(chosen), given.target)
    for why in left:
        print(why, file=sys.stderr)
    print(f"{written:,} article{'' if written == 1 else 's'} written to {given.target}", file=sys.stderr)
    return int(bool(left))


def _edit(given: argparse.Namespace, desk: "Desk") -> int:
    from service.articles import ArticleEdit
    from service.invalid import checked
    from service.terminal.naming import which
    from service.terminal.text import ingested_line

    named = {"date": "published"}
    told: dict[str, Any] = {
        named.get(fact, fact): getattr(given, fact) or None
        for fact in _FACTS
        if getattr(given, fact) is not None
    }
    if given.author is not None:
        told["authors"] = [name for name in given.author if name]
    changes = checked(ArticleEdit, told, remedy="Correct it; docs/articles.md says what may be known.")
    done = desk.edit(which(desk, given.article).id, changes)
    print(ingested_line(done), file=sys.stderr if done.error else sys.stdout)
    return int(done.error is not None)


def _delete(given: argparse.Namespace, desk: "Desk") -> int:
    return _remove(given, desk, desk.delete, "deleted")


def _purge(given: argparse.Namespace, desk: "Desk") -> int:
    return _remove(given, desk, desk.purge, "purged")


def _remove(given: argparse.Namespace, desk: "Desk", remove: Callable[[str], None], what: str) -> int:
    """Named by its whole id it is meant, as scripts do; else whoever types is asked."""
    from service.terminal.naming import which

    found = which(desk, given.article)
    if not (found.known is None or given.yes or _agreed(found.known, what)):
        print("Nothing was done.", file=sys.stderr)
        return 1
    remove(found.id)
    print(f"{what} {found.id}")
    return 0


def _agreed(found: "ArticleSummary", what: str) -> bool:
    from service.terminal.text import article_table

    print(article_table([found]), file=sys.stderr)
    if not sys.stdin.isatty():
        print("Add --yes, or name it by its whole id.", file=sys.stderr)
        return False
    print(f"To be {what}: yes or no? ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _print_json(found: object) -> None:
    print_json(json.dumps(found, indent=2, ensure_ascii=False))
