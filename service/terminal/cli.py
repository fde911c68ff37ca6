"""`parley`: the command line. Command bodies import what they need, so that `--help` stays light."""

import argparse
import faulthandler
import gc
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from retrieval.errors import ParleyError
from retrieval.outside import load, offered
from service.terminal import articles, asking, assistants, backup, keys, moving, statements, taking_in
from service.terminal.written import fit_streams, print_json

if TYPE_CHECKING:
    from service.config import Settings
    from service.desk import Desk

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 failed and said why, 2 wrong usage, 130 interrupted."""
    faulthandler.enable(file=2)  # native code that crashes says where, instead of nothing
    # Before numpy is imported: several workers that each start threads for a small product wait for each
    # other (43 against 986 questions' products a second at 8 threads).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    fit_streams()
    try:
        given = _given(arguments)
        code: int = given.run(given)
        sys.stdout.flush()
    except ParleyError as error:
        _complain(error.message, error.remedy)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # such as `parley articles | head`
        _let_go_of_stdout()
        return 0
    return code


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Wrong usage is told with the usage of the command that it is about. Raises SystemExit."""
    parser, commands = _parser()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and not words[0].startswith("-") and words[0] not in commands:
        near = get_close_matches(words[0], commands, n=1)
        meant = f"; did you mean {near[0]}?" if near else "; `parley --help` lists them"
        parser.error(f"there is no command {words[0]!r}{meant}")
    given, unknown = parser.parse_known_args(words)
    if unknown:
        about = commands[given.command] if given.command else parser
        about.error(f"unrecognized arguments: {' '.join(unknown)}")
    return given


def _let_go_of_stdout() -> None:
    """What is left in its buffer would fail once more when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> "tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]":
    parser = argparse.ArgumentParser(
        prog="parley",
        description="Answers questions about a negotiation from the news articles that report it, every "
        "sentence tied to an exact quotation.",
        epilog="Settings are environment variables that begin with PARLEY_; docs/settings.md lists them.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('parley')}")
    parser.set_defaults(run=lambda _: parser.exit(WRONG_USAGE, parser.format_help()))
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    _add_serve(commands)
    asking.add_commands(commands, desk=_desk, say=_say, complain=_complain)
    taking_in.add_command(commands, desk=_desk, settings=_settings)
    articles.add_command(commands, desk=_desk)
    _add(
        commands,
        "slack",
        _slack,
        "answer in Slack by Socket Mode",
        "Goes through the service that PARLEY_SLACK_SERVICE_URL names or that holds the data directory, else "
        "answers itself. docs/slack.md says how to set it up. Runs until Ctrl-C or SIGTERM.",
    )
    _add(
        commands,
        "reindex",
        _reindex,
        "rebuild index and ledger from the record",
        "A service that runs rebuilds its index, and answers from the old one meanwhile.",
    )
    _add(
        commands,
        "check-index",
        _check_index,
        "compare the index with the record",
        "Compares ids both ways and queries a sample of passages. Exits with 1 where they differ.",
    )
    _add(
        commands,
        "fetch-model",
        _fetch_model,
        "fetch and verify the embedding model",
        "The only command that downloads anything.",
    )
    settings = _add(
        commands,
        "settings",
        _settings_as_read,
        "print the settings as they are read, and what chooses answers",
        "The second is the policy: numbers and rules that no setting changes; docs/evals.md says how to try "
        "others.",
    )
    settings.add_argument("--json", action="store_true", help="as JSON")
    statements.add_command(commands, desk=_desk)
    assistants.add_command(commands, desk=_desk, say=_say)
    backup.add_commands(commands, say=_say)
    moving.add_command(commands, say=_say)
    keys.add_commands(commands, settings=_data_settings, say=_say)
    for entry in offered("parley.commands").values():
        load(entry)(commands)
    return parser, commands.choices


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = _add(commands, "serve", _serve, "serve the page and the API", "Runs until Ctrl-C or SIGTERM.")
    serve.add_argument("--host", help="address to listen on; wins over PARLEY_HOST")
    serve.add_argument("--port", type=int, help="port to listen on; wins over PARLEY_PORT")


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Any,
    summary: str,
    more: str,
) -> argparse.ArgumentParser:
    description = f"{summary[0].upper()}{summary[1:]}. {more}".strip()
    command = commands.add_parser(name, help=summary, description=description)
    command.set_defaults(run=run)
    return command


def _settings(**given: Any) -> "Settings":
    from service.config import read_settings

    return read_settings(**given)


def _data_settings(**given: Any) -> "Settings":
    """For a command that writes into the data directory, where nobody else may read. What is given wins."""
    from retrieval.private import make_private

    make_private()
    return _settings(**given)


@contextmanager
def _desk(command: str) -> "Iterator[Desk]":
    from service.desk import open_desk
    from service.watch import watched

    settings = _data_settings()
    with watched(settings.frozen_seconds), open_desk(settings, command=command, say=_say) as desk:
        yield desk


def _complain(message: str, remedy: str) -> None:
    """Line by line, made harmless: a message may name a file from anywhere."""
    from service.terminal.harmless import harmless

    for number, line in enumerate([*message.split("\n"), f"        {remedy}"]):
        print(harmless(line if number else f"parley: {line}"), file=sys.stderr)


def _say(line: str) -> None:
    from service.terminal.harmless import harmless

    print(line if line.startswith("  ") else harmless(line), file=sys.stderr, flush=True)


def _serve(given: argparse.Namespace) -> int:
    listening = {"host": given.host, "port": given.port}
    settings = _data_settings(**{name: value for name, value in listening.items() if value is not None})
    if settings.log_format == "text":
        _say("Starting Parley ...")
    # What is imported stays. To look for garbage in it again and again is a seventh of a start.
    gc.disable()
    from service.http import serve

    serve(settings, say=_say)
    return 0


def _slack(_: argparse.Namespace) -> int:
    settings = _data_settings()
    _say("Starting Parley in Slack ...")
    from service.slack import run

    run(settings, say=_say)
    return 0


def _settings_as_read(given: argparse.Namespace) -> int:
    from service.answering import PARLEY
    from service.terminal.text import settings_text

    read = {f"PARLEY_{name.upper()}": value for name, value in _settings().model_dump(mode="json").items()}
    policy = {"digest": PARLEY.digest, "numbers": PARLEY.numbers(), "rules": sorted(PARLEY.rules)}
    if given.json:
        print_json(json.dumps({"settings": read, "policy": policy}, indent=2, ensure_ascii=False))
    else:
        print(settings_text(read, PARLEY))
    return 0


def _reindex(_: argparse.Namespace) -> int:
    from retrieval.lock import holder_of

    settings = _data_settings()
    holder = holder_of(settings.data_dir)
    if holder is not None and holder.url is not None:
        from service.desk import through_service

        with through_service(holder.url, settings) as desk:
            desk.reindex(say=_say)
        return 0
    from service.bootstrap import open_settings_corpus
    from service.watch import watched

    with watched(settings.frozen_seconds):
        open_settings_corpus(settings, command="parley reindex", rebuild=True, say=_say).close()
    return 0


def _check_index(_: argparse.Namespace) -> int:
    from retrieval import maintain
    from service.bootstrap import open_settings_corpus

    corpus = open_settings_corpus(_data_settings(), command="parley check-index", heal=False, say=_say)
    try:
        report = maintain.check(corpus.record, corpus.index, corpus.embedder)
    finally:
        corpus.close()
    print(f"{report.chunks} passages in the record")
    for what in ("missing_vectors", "missing_words", "stray_vectors", "stray_words"):
        print(f"{what.replace('_', ' ')}: {len(getattr(report, what))}")
    print(f"found by their own text: {report.found_themselves} of {report.sampled} sampled")
    print(f"found by their own words: {report.found_by_words} of {report.sampled} sampled")
    print("The index is sound." if report.sound else "The index has drifted: run `parley reindex`.")
    return 0 if report.sound else FAILED


def _fetch_model(_: argparse.Namespace) -> int:
    from retrieval.model_files import fetch

    fetch(_settings().model_dir, say=_say)
    return 0


if __name__ == "__main__":
    sys.exit(main())
