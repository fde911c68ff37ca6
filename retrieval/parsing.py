"""Parsing in a process of its own, so that no article can hold the service or take all its memory.

The process is spawned (a forked one would keep the data directory's lock), is kept for the next article, and
ends with its parent. The operating system stops it where an article takes too much; the article is refused.
"""

import contextlib
import logging
import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Sequence
from typing import IO, Any

from retrieval.errors import (
    ParserUnavailable,
    ReadingFailed,
    SourceError,
    SourceTooLarge,
    TooMuchWork,
    UnreadableSource,
    UnsupportedSource,
)
from retrieval.parse import Parsed, parse
from retrieval.sources import PLAIN, Source, ending_of

CPU_SECONDS = 20  # of one article
MEMORY = 512 * 1024 * 1024  # bytes of address space
WALL_SECONDS = 120.0  # for a machine so busy that the CPU's bound doesn't come
APART_FROM = 8 * 1024  # bytes: a smaller text is parsed within 50 ms, whatever it holds
_MOST_IDLE = 2
_COMMAND = (sys.executable, "-P", "-m", "retrieval.parsing")
_SIZE = 8  # bytes of the length in front of a message
_NO_MEMORY = 77  # an exit code that nothing else gives
_DYING_SECONDS = 5.0  # that a process whose pipes are closed may take to be gone
_TAIL = 2_000  # bytes of what it said last
_INTERNAL = "internal"
_KINDS = {
    kind.__name__: kind
    for kind in (SourceTooLarge, UnreadableSource, UnsupportedSource, ReadingFailed, SourceError)
}

# What a message from the process holds: the article parsed, a refusal (kind, message, remedy), or an error of
# ours (_INTERNAL, its traceback, nothing).
_Reply = Parsed | tuple[str, str, str]
_LOG = logging.getLogger(__name__)


class Parser:
    """Safe to share between threads: each caller has a process to itself."""

    def __init__(self, *, command: Sequence[str] = _COMMAND, wall_seconds: float = WALL_SECONDS) -> None:
        self._command = command
        self._wall_seconds = wall_seconds
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._closed = False

    def parse(self, source: Source, *, apart_from: int = APART_FROM) -> Parsed:
        """In this process where the source is plain text and smaller than `apart_from` bytes. Raises
        SourceError, ParserUnavailable, PackageFault."""
        _check_facts(source)
        if source.read is not None:
            return source.read
        plain = ending_of(source.name) in PLAIN
        return parse(source) if plain and len(source.data) < apart_from else self._apart(source)

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
            raise _why_it_ended(source, process, wall_seconds=self._wall_seconds) from exc
        except BaseException:
            process.end()
            raise
        self._give_back(process)
        if isinstance(reply, Parsed):
            return reply
        raise _refusal(source, *reply)

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
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.late = False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, source: Source, *, wall_seconds: float) -> _Reply:
        """Raises OSError or EOFError where the process was stopped."""
        late = threading.Timer(wall_seconds, self._stop_late)
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

    def ended(self) -> tuple[int | None, str]:
        """What it ended with, None where it had not, and what it said last. It is gone afterwards."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_DYING_SECONDS)
        code = self._process.returncode
        self._process.kill()
        self._process.wait()
        assert self._process.stderr is not None
        said = self._process.stderr.read()[-_TAIL:].decode(errors="replace").strip()
        self.end()
        return code, said

    def _stop_late(self) -> None:
        self.late = True
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
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


def _why_it_ended(
    source: Source, process: _Process, *, wall_seconds: float
) -> TooMuchWork | ParserUnavailable:
    """The article's fault only where a bound of ours stopped it; from outside anything may."""
    code, said = process.ended()
    if process.late:
        return _too_much(source, f"more than {wall_seconds:g} s")
    if code == -signal.SIGXCPU:
        return _too_much(source, f"more than {CPU_SECONDS} s of CPU time")
    if code == _NO_MEMORY:
        return _too_much(source, f"more than {MEMORY // 1024**2} MiB of memory")
    _LOG.error("the process that reads articles ended with %s while it read %s: %s", code, source.name, said)
    return ParserUnavailable(
        f"the process that reads articles ended with {code} while it read {source.name}",
        remedy="Try again; if it stays, see the log, and whether memory is short.",
    )


def _refusal(source: Source, kind: str, message: str, remedy: str) -> SourceError:
    if kind != _INTERNAL:
        return _KINDS.get(kind, SourceError)(message, remedy=remedy)
    _LOG.error("reading %s failed: %s", source.name, message)
    return ReadingFailed(
        f"{source.name} could not be read, by a fault of Parley's",
        remedy="The log says more: report it with the article.",
    )


def _too_much(source: Source, what: str) -> TooMuchWork:
    return TooMuchWork(
        f"{source.name} takes {what} to read",
        remedy="Give each article as a file of its own, in plain text with a line for each paragraph.",
    )


def _serve() -> None:
    """The process's side: a message in, a message out, until the input ends. What a service's whole group of
    processes is told to stop by is for the parent to act on."""
    for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(told, signal.SIG_IGN)
    os.set_blocking(sys.stderr.fileno(), False)  # nobody reads it before the end
    pipe_in, pipe_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a package's reader prints is no message
    _bound_memory()
    try:
        while True:
            try:
                source = _receive(pipe_in)
            except EOFError:
                return
            _bound_time()
            _send(pipe_out, _reply(source))
    except MemoryError:
        os._exit(_NO_MEMORY)


def _reply(source: Source) -> _Reply:
    try:
        return parse(source)
    except SourceError as error:
        return type(error).__name__, error.message, error.remedy
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 the outermost edge of this process
        return _INTERNAL, traceback.format_exc(), ""


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
