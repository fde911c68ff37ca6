"""`parley mcp`: assistants ask Parley as a tool."""

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.desk import Desk

PORT = 8001


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    *,
    desk: "Callable[[str], AbstractContextManager[Desk]]",
    say: Callable[[str], None],
) -> None:
    """`desk` opens it for the command of that name."""
    mcp = commands.add_parser(
        "mcp",
        help="answer assistants by the Model Context Protocol",
        description="Answer assistants by the Model Context Protocol: over standard input and output, or "
        "with --http on this machine alone, to whoever bears PARLEY_API_KEY if it is set. Goes through the "
        "service that holds the data directory, if one runs. docs/clients.md says how to set assistants up.",
    )
    mcp.add_argument("--http", action="store_true", help="over HTTP, at /mcp")
    mcp.add_argument("--port", type=_port, metavar="N", help=f"the port of --http; else {PORT}")
    mcp.set_defaults(run=lambda given: _serve(mcp, given, desk=desk, say=say))


def _serve(
    mcp: argparse.ArgumentParser,
    given: argparse.Namespace,
    *,
    desk: "Callable[[str], AbstractContextManager[Desk]]",
    say: Callable[[str], None],
) -> int:
    if given.port is not None and not given.http:
        mcp.error("--port goes with --http")
    say("Starting Parley for assistants ...")
    from service.config import read_settings
    from service.mcp import serve_http, serve_stdio

    with desk("parley mcp") as opened:
        if opened.url:
            say(f"Answering by the service on {opened.url}.")
        if given.http:
            serve_http(opened, read_settings(), port=given.port or PORT, say=say)
        else:
            serve_stdio(opened, read_settings())
    return 0


def _port(argument: str) -> int:
    if not argument.isdecimal() or not 0 < int(argument[:9]) < 65_536:
        raise argparse.ArgumentTypeError(f"{argument} is no port: one is a number from 1 to 65535")
    return int(argument)
