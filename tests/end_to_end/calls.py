"""What a process asks of the network, seen where it asks the system: Python's sockets see nothing of what
compiled code does."""

import re
import time
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path

_CALLS = "trace=execve,connect,sendto,sendmsg,sendmmsg"
_INTERNET = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"')
_NAMES = re.compile(r'sa_family=AF_UNIX, sun_path="[^"]*/(nscd|systemd/resolve|avahi-daemon)/')
_DNS = "53"


def watching(trace: Path) -> tuple[str, ...]:
    """The words to put before a command. The process that is started stays the command itself, not strace."""
    return ("strace", "-D", "-f", "-q", "--seccomp-bpf", "-e", _CALLS, "-o", str(trace))


def calls_out(lines: Iterable[str]) -> list[str]:
    """Those that reach for another machine, or ask for the address of one: of a server of names, which may
    be on loopback, or of a service of this machine that asks one (nscd, systemd-resolved, Avahi)."""
    return [line for line in lines if _reaches_out(line)]


def _reaches_out(line: str) -> bool:
    foreign = (
        port == _DNS or not ip_address(address).is_loopback for port, address in _INTERNET.findall(line)
    )
    return _NAMES.search(line) is not None or any(foreign)


def watched(trace: Path, *, patience: float = 30) -> list[str]:
    """Every call that was seen, once the command has ended. Its own execve stands first."""
    deadline = time.monotonic() + patience
    while True:
        lines = trace.read_text("utf-8", errors="replace").splitlines() if trace.exists() else []
        if lines and any(re.match(rf"{lines[0].split()[0]} +\+\+\+ ", line) for line in lines):
            return lines
        assert time.monotonic() < deadline, "strace did not see the command end:\n" + "\n".join(lines[-5:])
        time.sleep(0.05)
