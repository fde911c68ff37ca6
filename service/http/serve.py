"""`parley serve`: from settings to a listening server, and back down without losing anything."""

import asyncio
import gc
import json
import logging
import os
import shlex
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from retrieval.errors import ParleyError
from retrieval.lock import holder_of
from service.bootstrap import Service, open_service
from service.config import Settings
from service.english import compile_all
from service.errors import PortTaken
from service.http.app import create_app
from service.http.connection import Connection
from service.logs import log_as_set
from service.watch import watched

_DRAIN_SECONDS = 20
_ENDING_SECONDS = 2  # for the responses that are ended then to be sent, and for what warms up to notice
# How long a thread keeps the interpreter from one that waits. The event loop waits for it at each read and
# each write, so that with the usual 5 ms a health check waits several times that beside questions.
_TURN_SECONDS = 0.0005
_ANY_QUESTION = "What was offered, and by whom?"


def serve(settings: Settings, *, say: Callable[[str], None]) -> None:
    """Bind early, so that a taken port is said before anything slow is done; listen only when ready.

    Blocks until SIGINT or SIGTERM. Ends the process where work goes on past the time that it is given.
    Has garbage collected from when it is ready on, whether or not it was before.
    Raises PortTaken, and what opening the service raises.
    """
    say, listener = log_as_set(settings, say=say), _bind(settings)
    with listener, watched(settings.frozen_seconds):
        service = open_service(settings, command="parley serve", say=say)
        try:
            finished = _run(service, listener, say=say)
        except BaseException:
            service.close()
            raise
        if not finished:
            _leave(say)
        service.close()
    say("Stopped; everything is stored.")


def _leave(say: Callable[[str], None]) -> None:
    """Without closing: the directory must stay locked for as long as a thread may write to it."""
    say("Stopped amid work: all that was acknowledged is stored; articles are finished at the next start.")
    sys.stdout.flush()
    os._exit(0)


def _bind(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as exc:
        listener.close()
        holder = holder_of(settings.data_dir)
        if holder is not None and holder.url == settings.local_url:
            raise PortTaken(
                f"Parley runs already on {holder.url}, over the same data directory (process {holder.pid})",
                remedy="Use that one, or stop it first.",
            ) from exc
        raise PortTaken(
            f"cannot listen on {settings.host} port {settings.port}: {exc.strerror or exc}",
            remedy=f"Choose another port, as in PARLEY_PORT={settings.port % 65535 + 1}.",
        ) from exc
    return listener


def _run(service: Service, listener: socket.socket, *, say: Callable[[str], None]) -> bool:
    """Whether all that was begun has ended."""
    sys.setswitchinterval(_TURN_SECONDS)
    gc.enable()
    app = create_app(service, say=say)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        app,
        http=Connection,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_SECONDS + _ENDING_SECONDS,
    )
    ending = threading.Event()
    warming = threading.Thread(target=_warm, args=(service, say, ending), name="warming", daemon=True)
    try:
        _Server(config, app, on_started=lambda: _announce(service, say, warming)).run(sockets=[listener])
    finally:
        ending.set()
        if warming.ident is not None:
            warming.join(_ENDING_SECONDS)
    finished: bool = app.state.finished and not warming.is_alive()
    return finished


def _announce(service: Service, say: Callable[[str], None], warming: threading.Thread) -> None:
    url = service.settings.local_url
    if service.corpus.lock is not None:
        service.corpus.lock.announce(url=url)
    count = service.corpus.record.article_count()
    say(f"Ready with {count} article{'' if count == 1 else 's'} on {url}")
    warming.start()


def _warm(service: Service, say: Callable[[str], None], ending: threading.Event) -> None:
    """What whoever comes first would wait for: the questions to begin with, and the patterns, of which they
    take a part."""
    wanted = service.settings.api_key is not None or service.keys.any
    key = "" if not wanted else ' -H "Authorization: Bearer $PARLEY_API_KEY"'
    try:
        asked = [*service.chat.suggestions.questions(), _ANY_QUESTION]
    except ParleyError:  # whoever asks is told
        asked = [_ANY_QUESTION]
    if ending.is_set():
        return
    body = shlex.quote(json.dumps({"question": asked[0]}, ensure_ascii=False))
    say("Ask there in a browser, or try:")
    url = service.settings.local_url
    say(f"  curl -s {url}/v1/chat{key} -H 'Content-Type: application/json' -d {body}")
    compile_all(goes_on=lambda: not ending.is_set())


class _Server(uvicorn.Server):
    """Says when it listens, ends what takes too long when it stops, and exits with 0 when a signal stops
    it: uvicorn would raise it again."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, *, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        late = asyncio.get_running_loop().call_later(_DRAIN_SECONDS, self._app.state.edge.stop)
        await super().shutdown(sockets=sockets)
        late.cancel()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True
