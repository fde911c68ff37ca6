"""Files, archives and a web for the tests of collecting."""

import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from retrieval.collecting import Left, collect
from retrieval.sources import Source


def told(*named: object, **options: object) -> dict[str, Source | str]:
    """By name the source, why it was skipped, or the message of its refusal."""
    found = collect([str(one) for one in named], **options)  # type: ignore[arg-type]
    return {one.name: _told(one) for one in found}


def _told(one: Source | Left) -> Source | str:
    if isinstance(one, Source):
        return one
    return one.error.message if one.error is not None else str(one.why)


def packed(path: Path, members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@dataclass(frozen=True)
class Web:
    """`asked`: each path that was asked for, with the Host that it was asked of."""

    port: int
    asked: list[tuple[str, str]]

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


Reply = tuple[int, dict[str, str], bytes]


@contextmanager
def web(reply: Callable[[str], Reply | None]) -> Iterator[Web]:
    """On loopback; `reply` says what a path is answered with, None for nothing at all."""
    asked: list[tuple[str, str]] = []
    ends = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"]))
            told = reply(self.path)
            if told is None:
                ends.wait(10)
                return
            status, headers, body = told
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Web(server.server_port, asked)
    finally:
        ends.set()
        server.shutdown()
        thread.join()
        server.server_close()
