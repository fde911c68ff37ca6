"""An OpenAI-compatible endpoint on loopback that says what was written or recorded, until it is interrupted.

    python -m evals.recorded --replies FILE ... [--verdicts FILE ... | --judge yes|no] [--port N]

A reply (`python -m evals.prompts --written` makes them) is found by its question. The sentences that it cites
are looked up in the prompt that asks, whatever their keys are there; one that isn't shown is left out of the
reply and counted. A verdict's line has `statement`, `quotations` and `verdict`; what has none isn't borne
out. A question without a reply is a 404. GET /counts tells what was asked and what was missing.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from evals.prompts import CITING, read
from evals.shown import Shown, judged, shown

MODEL = "recorded"
UNKNOWN, LOST, CITED, UNJUDGED = "no_reply", "not_in_the_window", "cited", "no_verdict"
_PIECE = 24  # code points of a streamed piece


class Recorded:
    """`always` is a judge's word on everything. `counts` are of what was asked."""

    def __init__(
        self,
        replies: Sequence[Mapping[str, Any]],
        verdicts: Sequence[Mapping[str, Any]] = (),
        always: str | None = None,
    ) -> None:
        self._replies = {_plain(reply["question"]): reply for reply in replies}
        self._verdicts = {_judged(v["statement"], v["quotations"]): v["verdict"] for v in verdicts}
        self._always = always
        self.counts = Counter[str]()

    def says(self, user: str) -> str | None:
        """None where nothing was recorded."""
        statements = judged(user)
        if statements:
            return json.dumps(
                {
                    "verdicts": [
                        self._verdict(each.number, each.statement, each.quotations) for each in statements
                    ]
                }
            )
        asked = shown(user)
        if asked is None:
            return "?"  # nothing that a follow-up could be rewritten to
        reply = self._replies.get(_plain(asked.question))
        self.counts["asked"] += 1
        if reply is None:
            self.counts[UNKNOWN] += 1
            return None
        return json.dumps(self._citing(reply, asked), ensure_ascii=False)

    def _citing(self, reply: Mapping[str, Any], asked: Shown) -> dict[str, Any]:
        keys = {_plain(text): key for text, key in asked.keys().items()}
        said: dict[str, Any] = {"premise": [], "statements": []}
        for name in CITING:
            said[name] = []
            for each in reply.get(name) or []:
                cited = [keys.get(_plain(text)) for text in each["cites"]]
                self.counts[CITED] += len(cited)
                self.counts[LOST] += cited.count(None)
                said[name].append({**each, "cites": [key for key in cited if key]})
        return {**said, "unanswered": list(reply.get("unanswered") or [])}

    def _verdict(self, number: int, statement: str, quotations: Sequence[str]) -> dict[str, Any]:
        word = self._always or self._verdicts.get(_judged(statement, quotations))
        self.counts["judged"] += 1
        self.counts[UNJUDGED] += word is None
        missing = "" if word == "yes" else "as recorded" if word else "nobody has judged it"
        return {"statement": number, "not_borne_out": missing, "verdict": word or "no"}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _judged(statement: str, quotations: Sequence[str]) -> tuple[str, frozenset[str]]:
    return _plain(statement), frozenset(map(_plain, quotations))


def serving(recorded: Recorded, port: int = 0) -> ThreadingHTTPServer:
    """Bound; `serve_forever` runs it, on whichever thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(200, recorded.counts if self.path == "/counts" else {"data": [{"id": MODEL}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = recorded.says("\n".join(m["content"] for m in body["messages"] if m["role"] == "user"))
            if said is None:
                self._reply(404, {"error": {"message": "nothing is recorded for this question"}})
            elif body.get("stream"):
                self._stream(said)
            else:
                self._reply(200, {"choices": [{"message": {"content": said}, "finish_reason": "stop"}]})

        def _stream(self, said: str) -> None:
            pieces = [{"content": said[at : at + _PIECE]} for at in range(0, len(said), _PIECE)]
            chunks = [{"delta": piece, "finish_reason": None} for piece in pieces]
            told = [{"choices": [each]} for each in [*chunks, {"delta": {}, "finish_reason": "stop"}]]
            lines = [
                f"data: {each if each == '[DONE]' else json.dumps(each)}\n\n" for each in [*told, "[DONE]"]
            ]
            self._send(200, "".join(lines).encode(), "text/event-stream")

        def _reply(self, status: int, content: object) -> None:
            self._send(status, json.dumps(content).encode(), "application/json")

        def _send(self, status: int, data: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m evals.recorded", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--replies", type=Path, nargs="+", default=[])
    parser.add_argument("--verdicts", type=Path, nargs="+", default=[])
    parser.add_argument("--judge", choices=["yes", "no"], help="the judge's word on everything")
    parser.add_argument("--port", type=int, default=9000, help="0 takes a free one (default %(default)s)")
    given = parser.parse_args(arguments)
    replies, verdicts = (
        [line for path in paths for line in read(path)] for paths in (given.replies, given.verdicts)
    )
    recorded = Recorded(replies, verdicts, given.judge)
    with serving(recorded, given.port) as server:
        at = f"PARLEY_LLM_BASE_URL=http://127.0.0.1:{server.server_port}/v1"
        sys.stderr.write(f"{at} PARLEY_LLM_MODEL={MODEL}\n")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stderr.write(f"{json.dumps(recorded.counts)}\n")


if __name__ == "__main__":
    main()
