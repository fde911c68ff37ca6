"""Which desk answers: one in this process, or that of a service that runs. One process owns a data directory,
so whoever comes second goes through it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from retrieval.errors import DataDirectoryLocked, Holder
from retrieval.lock import holder_of
from service.config import Settings
from service.desk.client import Client
from service.desk.links import reader_links
from service.desk.remote import RemoteDesk
from service.given import is_loopback

if TYPE_CHECKING:
    from service.bootstrap import Service
    from service.desk.inprocess import InProcessDesk

_UNSEEDED = {"parley articles", "parley ingest", "parley statements"}  # which show or bring articles


@contextmanager
def open_desk(
    settings: Settings, *, command: str, say: Callable[[str], None], url: str | None = None
) -> Iterator["InProcessDesk | RemoteDesk"]:
    """Of the service at `url`, else of the one that holds the data directory, else of this process, which
    opens it, or what several share, as `command`. Raises DataDirectoryLocked where another process holds it
    and doesn't serve, and what `open_service` raises."""
    holder = holder_of(settings.data_dir) if settings.shared_record is None else None
    found = url or _served_on(holder) or _opened(settings, command, say)
    if isinstance(found, str):
        with through_service(found, settings) as desk:
            yield desk
    else:
        with closing(found):
            yield service_desk(found)


@contextmanager
def through_service(url: str, settings: Settings) -> Iterator[RemoteDesk]:
    """With the settings' key. A service on loopback is no address for a reader elsewhere."""
    own = None if is_loopback(urlsplit(url).hostname or "") else url
    key = settings.api_key.get_secret_value() if settings.api_key else None
    with Client(url, key=key) as client:
        yield RemoteDesk(client, reader_links(settings, address=settings.public_url or own))


def service_desk(service: "Service") -> "InProcessDesk":
    """Of a service that was opened here."""
    # Not imported where another process does the work: it loads the models and the index.
    from service.desk.inprocess import InProcessDesk

    return InProcessDesk(service)


def _opened(settings: Settings, command: str, say: Callable[[str], None]) -> "Service | str":
    """Or where it is reached: opening takes seconds, in which one that was starting may begin to serve."""
    from service.bootstrap import open_service

    try:
        return open_service(settings, command=command, say=say, seeds=command not in _UNSEEDED)
    except DataDirectoryLocked as held:
        url = _served_on(held.holder)
        if url is None:
            raise
        return url


def _served_on(holder: Holder | None) -> str | None:
    return holder.url if holder is not None else None
