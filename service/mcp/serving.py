"""`parley mcp`: over standard input and output, or over HTTP on this machine."""

import signal
import socket
from collections.abc import Callable
from importlib.metadata import version
from types import FrameType

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp

from service.config import Settings
from service.desk import Desk
from service.errors import PortTaken, SettingsError
from service.keys import Keys, keys_in
from service.links import PageLinks
from service.mcp.tools import Tools, add_tools

PATH = "/mcp"
_HOST = "127.0.0.1"
_DRAIN_SECONDS = 5
_INSTRUCTIONS = (
    "Parley answers questions about a negotiation from the news articles that report it. Ask it rather than "
    "answer from memory, keep the numbers in brackets with what you take from an answer, and where it says "
    "that the articles don't say something, say so too."
)


def serve_stdio(desk: Desk, settings: Settings) -> None:
    """Until standard input ends; SIGINT and SIGTERM end the process at once. What was answered is stored."""
    # Python's own handler would wait for the thread that reads standard input, which nothing wakes.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _server(desk, settings).run("stdio")


def serve_http(desk: Desk, settings: Settings, *, port: int, say: Callable[[str], None]) -> None:
    """Until SIGINT or SIGTERM, to whoever bears PARLEY_API_KEY. Raises PortTaken, and SettingsError where a
    key is wanted and that isn't set: those of the record are good for the service's own routes."""
    with keys_in(settings) as keys, _listening(port) as listener:
        _refuse_keyless(settings, keys)
        app = guarded(desk, settings.model_copy(update={"host": _HOST, "port": port}), lambda: keys.any)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )
        say(f"Serving the Model Context Protocol on http://{_HOST}:{port}{PATH}")
        _Server(config).run(sockets=[listener])


def guarded(desk: Desk, settings: Settings, keyed: Callable[[], bool] = lambda: False) -> ASGIApp:
    """Behind what stands before the service's own routes: Host, Origin, key, rate, size and pace of a body.
    `keyed`: whether the record has keys, which close the door and don't open it: what is asked here is asked
    by the house. Assistants bear the key; a browser's session, which may have ended, is none of theirs."""
    # Not imported where nothing is served over HTTP: it takes longer than the rest of the start.
    from service.http import Access, Guard, Rates, Sharing

    # What the SDK would check of Host and Origin, the guard does, and by the service's own settings.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    # Nothing is kept of a client, so none can open sessions without end: an answer's conversation is stored.
    app = _server(desk, settings).streamable_http_app(
        streamable_http_path=PATH, transport_security=unchecked, stateless_http=True
    )
    rates = Rates(settings.requests_per_minute)
    return Guard(app, access=Access(settings, keyed=keyed), sharing=Sharing(settings), rates=rates)


class _Server(uvicorn.Server):
    """Ends with 0 when a signal stops it: uvicorn would raise it again."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.should_exit = True


def _server(desk: Desk, settings: Settings) -> MCPServer:
    server: MCPServer = MCPServer(
        "parley",
        title="Parley",
        version=version("parley"),
        instructions=_INSTRUCTIONS,
        log_level="WARNING",  # below it, the SDK writes down what was asked
        subscriptions=False,
    )
    links = PageLinks(settings.api_key.get_secret_value() if settings.api_key else None)
    add_tools(server, Tools(desk, links, workers=settings.workers, patience=settings.queue_seconds))
    return server


def _refuse_keyless(settings: Settings, keys: Keys) -> None:
    if settings.api_key is None and keys.any:
        raise SettingsError(
            "Parley has keys, and over HTTP its tools would be open to everybody on this machine",
            remedy="Set a PARLEY_API_KEY, which assistants then send; or go without --http.",
        )


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port))
    except OSError as exc:
        raise PortTaken(
            f"cannot listen on {_HOST} port {port}: {exc.strerror or exc}",
            remedy=f"Choose another, as in --port {port % 65535 + 1}.",
        ) from exc
