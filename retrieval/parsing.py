"""Parsing in a process of its own, so that no article can hold the service or take all its memory.

The process is spawned (a forked one would keep the data directory's lock), is kept for the next article, and
ends with its parent. The operating system stops it where an article takes too much; the article is refused.
"""

import contextlib
import math
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, Any

from retrieval.errors import (
    ParserUnavailable,
    SourceError,
    SourceTooLarge,
    TooMuchWork,
    UnreadableSource,
    UnsupportedSource,
)
from retrieval.parse import Parsed, parse
from retrieval.sources import Source

CPU_SECONDS = 20  # of one article
MEMORY = 512 * 1024 * 1024  # bytes of address space
WALL_SECONDS = 120.0  # for a machine so busy that the CPU's bound doesn't come
APART_FROM = 8 * 1024  # bytes: a smaller article is parsed within 50 ms, whatever it holds
_MOST_IDLE = 2
_COMMAND = (sys.executable, "-P", "-m", "retrieval.parsing")
_SIZE = 8  # bytes of the length in front of a message
_KINDS = {kind.__name__: kind for kind in (SourceTooLarge, UnreadableSource, UnsupportedSource, SourceError)}

# What a message from the process holds: the article parsed, a refusal (kind, message, remedy), or None where
# memory ran out.
_Reply = Parsed | tuple[str, str, str] | None


class Parser:
    """Safe to share between threads: each caller has a process to itself."""

    def __init__(self, *, command: Sequence[str] = _COMMAND, wall_seconds: float = WALL_SECONDS) -> None:
        self._command = command
        self._wall_seconds = wall_seconds
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._closed = False

    def parse(self, source: Source, *, apart_from: int = APART_FROM) -> Parsed:
        """In this process where the source is smaller than `apart_from` bytes. Raises SourceError,
        ParserUnavailable."""
        _check_facts(source)
        return parse(source) if len(source.data) < apart_from else self._apart(source)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _apart(self, source: Source) -> Parsed:
        process = self._take()
        try:
            reply = process.ask(source, wall_seconds=self._wall_seconds)
        except (OSError, EOFError, pickle.UnpicklingError) as exc:
            process.end()
            raise _too_much(source, f"more than {CPU_SECONDS} s of CPU time") from exc
        except BaseException:
            process.end()
            raise
        if reply is None:
            process.end()
            raise _too_much(source, f"more than {MEMORY // 1024**2} MiB of memory")
        self._give_back(process)
        if isinstance(reply, Parsed):
            return reply
        kind, message, remedy = reply
        raise _KINDS.get(kind, SourceError)(message, remedy=remedy)

    def _take(self) -> "_Process":
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    return process
                process.end()
        try:
            return _Process(self._command)
        except OSError as exc:
            raise ParserUnavailable(
                f"the process that reads articles cannot be started: {exc.strerror or exc}",
                remedy="Free memory or processes, then try again.",
            ) from exc

    def _give_back(self, process: "_Process") -> None:
        with self._lock:
            if not self._closed and len(self._idle) < _MOST_IDLE:
                self._idle.append(process)
                return
        process.end()


class _Process:
    def __init__(self, command: Sequence[str]) -> None:
        # In a session of its own: Ctrl-C is for the parent to act on. It ends when its input does.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, source: Source, *, wall_seconds: float) -> _Reply:
        """Raises OSError or EOFError where the process was stopped."""
        late = threading.Timer(wall_seconds, self._process.kill)
        late.daemon = True
        late.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            _send(self._process.stdin, source)
            reply: _Reply = _receive(self._process.stdout)
        finally:
            late.cancel()
        return reply

    def end(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()


def _send(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message)
    pipe.write(len(data).to_bytes(_SIZE, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """Raises EOFError where the other side is gone."""
    size = pipe.read(_SIZE)
    if len(size) < _SIZE:
        raise EOFError
    data = pipe.read(length := int.from_bytes(size, "big"))
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 between our own two processes


def _check_facts(source: Source) -> None:
    """Half of a surrogate pair goes into no database, and into no embedding."""
    facts = source.facts
    given = (source.name, source.id, facts.title, facts.outlet, facts.published, facts.url, facts.language)
    try:
        "".join([*filter(None, given), *facts.authors]).encode()
    except UnicodeEncodeError as exc:
        raise UnreadableSource(
            f"{source.name!a}: a fact of it is not valid Unicode", remedy="correct the fact"
        ) from exc


def _too_much(source: Source, what: str) -> TooMuchWork:
    return TooMuchWork(
        f"{source.name} takes {what} to read",
        remedy="Give each article as a file of its own, in plain text with a line for each paragraph.",
    )


def _serve() -> None:
    """The process's side: a message in, a message out, until the input ends."""
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    _bound_memory()
    while True:
        try:
            source = _receive(pipe_in)
        except EOFError:
            return
        _bound_time()
        _send(pipe_out, _reply(source))


def _reply(source: Source) -> _Reply:
    try:
        return parse(source)
    except SourceError as error:
        return type(error).__name__, error.message, error.remedy
    except MemoryError:
        return None


def _bound_memory() -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS knows no such bound
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_time() -> None:
    """The limit counts from the process's start, so it moves on with each article; the system holds it."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(used.ru_utime + used.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, hard))


if __name__ == "__main__":
    _serve()
