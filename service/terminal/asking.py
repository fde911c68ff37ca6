"""`parley ask` and `parley chat`."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING

from retrieval.errors import ParleyError

if TYPE_CHECKING:
    from service.desk import Desk
    from service.wire import AnswerOut, Filters

    OpenDesk = Callable[[str], AbstractContextManager[Desk]]

Say = Callable[[str], None]
Complain = Callable[[str, str], None]

_STDIN = "-"
_ENDS = ("exit", "quit")
_THROUGH = "Goes through the service that holds the data directory, if one runs."


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    *,
    desk: "OpenDesk",
    say: Say,
    complain: Complain,
) -> None:
    ask = commands.add_parser("ask", help="ask a question", description=f"Ask a question. {_THROUGH}")
    ask.add_argument(
        "question",
        nargs="*",
        metavar="QUESTION",
        help="the question, with quotation marks or without; - or a pipe reads it from standard input",
    )
    ask.add_argument("--json", action="store_true", help="the whole answer as JSON")
    ask.set_defaults(run=lambda given: _ask(given, ask, desk, say))
    chat = commands.add_parser(
        "chat",
        help="ask one question after another",
        description="Ask one question after another; each may refer to what was said before. exit or Ctrl-D "
        f"ends. {_THROUGH}",
    )
    chat.set_defaults(run=lambda given: _chat(given, desk, say, complain))
    for command in (ask, chat):
        _add_filters(command)
        command.add_argument(
            "--conversation",
            type=_conversation,
            metavar="ID",
            help="go on with this one; each answer's JSON names its own",
        )


def _add_filters(command: argparse.ArgumentParser) -> None:
    of = command.add_argument_group("of which articles", "Of all, where nothing is chosen.")
    of.add_argument("--outlet", action="append", type=unicode_, help="of this outlet; again for another")
    of.add_argument("--from", dest="from_", metavar="DAY", help="published on this day or later: YYYY-MM-DD")
    of.add_argument("--to", metavar="DAY", help="published on this day or earlier")
    of.add_argument("--as-of", metavar="DAY", help="as it stood on this day")
    of.add_argument(
        "--article",
        action="append",
        type=unicode_,
        help="its id, how that begins, or its title or a part of that; again for another",
    )


def _filters(given: argparse.Namespace, desk: "Desk") -> "Filters | None":
    """Raises InvalidRequest, ArticleNotFound."""
    from service.invalid import checked
    from service.terminal.naming import outlet, which
    from service.wire import Filters

    told = {
        "outlets": given.outlet and [outlet(desk, one) for one in given.outlet],
        "from": given.from_,
        "to": given.to,
        "as_of": given.as_of,
        "article_ids": given.article and [which(desk, one).id for one in given.article],
    }
    chosen = {name: value for name, value in told.items() if value is not None}
    return checked(Filters, chosen, remedy="A day is YYYY-MM-DD.") if chosen else None


def unicode_(argument: str) -> str:
    """Bytes that aren't UTF-8 reach Python as lone surrogates, which neither HTTP nor a database takes."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _conversation(argument: str) -> str:
    if not re.fullmatch(r"c_[0-9a-f]{32}", argument):
        raise argparse.ArgumentTypeError(f"{argument!r} is no conversation's id, as {'c_' + 32 * '0'}")
    return argument


def _ask(given: argparse.Namespace, usage: argparse.ArgumentParser, desk: "OpenDesk", say: Say) -> int:
    from service.terminal.written import print_json

    if not given.question and sys.stdin.isatty():
        usage.error("a question is wanted, as in: parley ask Who met whom?")
    question = " ".join(given.question) if given.question else _STDIN
    if question == _STDIN:
        question = sys.stdin.read().strip()
    with desk("parley ask") as asked:
        filters = _filters(given, asked)
        answer = asked.ask(question, conversation_id=given.conversation, filters=filters)
        if given.json:
            print_json(answer.model_dump_json(indent=2))
            return 0
        _print(answer, asked)
    if sys.stderr.isatty():
        say(f"To go on: parley ask --conversation {answer.conversation_id} QUESTION")
    return 0


def _chat(given: argparse.Namespace, desk: "OpenDesk", say: Say, complain: Complain) -> int:
    """Of a person 0, of a pipe 1 where a question of it failed."""
    conversation, failed, is_typed = given.conversation, False, sys.stdin.isatty()
    with desk("parley chat") as asked:
        filters = _filters(given, asked)
        if is_typed:
            say("Ask about the articles, and go on from the answer. exit or Ctrl-D ends.")
        for question in _questions(prompt="> " if is_typed and sys.stdout.isatty() else ""):
            try:
                answer = asked.ask(question, conversation_id=conversation, filters=filters)
                _print(answer, asked, after="\n")
            except ParleyError as error:
                complain(error.message, error.remedy)
                failed = True
            else:
                conversation = answer.conversation_id
    if is_typed and conversation:
        say(f"To go on: parley chat --conversation {conversation}")
    return int(failed and not is_typed)


def _questions(*, prompt: str) -> Iterator[str]:
    """A line each, blank ones left out, until the input ends or says so."""
    if prompt:
        with suppress(ImportError):  # on Windows
            import readline  # noqa: F401 - lines can be edited, and called up again
    while True:
        try:
            line = input(prompt).strip()
        except EOFError:
            if prompt:
                print()
            return
        if line in _ENDS:
            return
        if line:
            yield line


def _print(answer: "AnswerOut", desk: "Desk", *, after: str = "") -> None:
    from service.terminal.text import answer_text

    print(answer_text(answer, shown_title=desk.shown_title, base_url=desk.url), end=f"\n{after}", flush=True)
