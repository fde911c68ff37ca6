"""Ports of this machine that nobody listens on."""

import itertools
import os
import socket
from contextlib import suppress

# Below those that the system gives to whoever asks for any: it may be seconds until the port is taken, and
# meanwhile the other workers open many. Each process begins elsewhere. A browser refuses 10080.
_FIRST, _NUMBER, _APART = 11_000, 20_000, 997
_NEXT = itertools.count(os.getpid() * _APART)


def free_port() -> int:
    for number in itertools.islice(_NEXT, _NUMBER):
        port = _FIRST + number % _NUMBER
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
