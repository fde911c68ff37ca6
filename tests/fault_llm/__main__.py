"""`python -m tests.fault_llm --port 9000 --script cut`: the scripted server, by hand."""

import argparse
import sys
import threading

from tests.fault_llm.exchange import Received
from tests.fault_llm.faults import FAULTS
from tests.fault_llm.server import FaultServer
from tests.fault_llm.speakers import SPEAKERS


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    fault, says = given.script, given.says
    if fault in SPEAKERS:
        fault, says = "whole", fault
    with FaultServer(fault, says=says, port=given.port, model=given.model, key=given.key) as server:
        print(f"PARLEY_LLM_BASE_URL={server.url} PARLEY_LLM_MODEL={given.model}", flush=True)
        _report(server)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fault_llm",
        description="A scripted OpenAI-compatible server on loopback, until interrupted.",
        epilog=_listed(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=9000, help="0 takes a free one (default %(default)s)")
    parser.add_argument(
        "--script",
        default="whole",
        metavar="NAME",
        choices=[*FAULTS, *SPEAKERS],
        help="what happens, or what is said (default %(default)s)",
    )
    parser.add_argument(
        "--says",
        default="fixed",
        metavar="NAME",
        choices=[*SPEAKERS],
        help="what is said while something happens (default %(default)s)",
    )
    parser.add_argument("--model", default="scripted", help="its name (default %(default)s)")
    parser.add_argument("--key", help="wanted of every request; without, none is")
    return parser


def _listed() -> str:
    width = max(map(len, [*FAULTS, *SPEAKERS])) + 2
    happens = [f"  {found.name:<{width}}{found.about}" for found in FAULTS.values()]
    said = [f"  {found.name:<{width}}{found.about}" for found in SPEAKERS.values()]
    return "\n".join(["what happens:", *happens, "", "what is said:", *said])


def _report(server: FaultServer) -> None:
    """A line for each request, once it is over."""
    told = 0
    try:
        while True:
            if told == len(server.received):
                threading.Event().wait(0.1)
                continue
            server.received[told].over.wait()
            print(_line(server.received[told]), flush=True)
            told += 1
    except KeyboardInterrupt:
        print(f"{told} requests", flush=True)


def _line(received: Received) -> str:
    beside = sorted(received.body.keys() - {"model", "messages", "stream"})
    left = ", the client left" if received.left.is_set() else ""
    return f"{'streamed' if received.streams else 'at once'}, with {', '.join(beside) or 'nothing'}{left}"


if __name__ == "__main__":
    sys.exit(main())
