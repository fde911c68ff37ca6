"""PostgreSQL and Chroma's server, started for the tests: Debian's own and `chroma run`, on free ports."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import httpx
import sqlalchemy as sa

from tests.ports import free_port

_PATIENCE = 60.0
_USER = "postgres"  # PostgreSQL refuses to be root's


def programs() -> Path | None:
    """Where PostgreSQL's are: on the path, or where Debian puts them."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    every = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return every[-1].parent if every else None


@dataclass
class Postgres:
    """A server of its own; what it holds is gone with it."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://parley@127.0.0.1:{self.port}"

    def start(self) -> None:
        found = programs()
        assert found is not None
        options = {"port": self.port, "listen_addresses": "127.0.0.1", "max_connections": 300}
        fast = {"fsync": "off", "unix_socket_directories": self.folder}
        given = [word for name, value in {**options, **fast}.items() for word in ("-c", f"{name}={value}")]
        command = [str(found / "postgres"), "-D", str(self.folder / "data"), *given]
        self.process = subprocess.Popen(
            command, stderr=subprocess.DEVNULL, cwd=self.folder, user=_as_postgres()
        )
        wait_for(self._answers)

    def stop(self) -> None:
        """At once: whoever is connected is cut off."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(_PATIENCE)
            self.process = None

    def _answers(self) -> bool:
        engine = sa.create_engine(_driven(f"{self.url}/postgres"))
        try:
            with engine.connect():
                return True
        except sa.exc.OperationalError:
            return False
        finally:
            engine.dispose()


@dataclass
class Chroma:
    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        beside = Path(sys.executable).with_name("chroma")
        command = [beside, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, **quiet)  # type: ignore[call-overload]
        wait_for(self._answers)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(_PATIENCE)
            self.process = None

    def _answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/api/v2/heartbeat", trust_env=False).is_success
        return False


@dataclass
class Servers:
    postgres: Postgres
    chroma: Chroma

    @property
    def places(self) -> "Places":
        return Places(self.postgres.url, self.chroma.url)


@dataclass(frozen=True)
class Places:
    """In the servers, a database for each data directory that a test names."""

    postgres: str
    chroma: str
    _made: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, data_dir: object) -> Mapping[str, Any]:
        """The settings, by their names, of what would be in that data directory."""
        where = str(data_dir)
        name = f"p{hashlib.sha256(where.encode()).hexdigest()[:20]}"
        if where not in self._made:
            self._make(name)
            places = {"record_url": f"{self.postgres}/{name}", "chroma_url": self.chroma}
            self._made[where] = {**places, "chroma_database": name}
        return self._made[where]

    def drop_below(self, folder: Path) -> None:
        """The records that would be there: each takes 8 MB, and a whole run makes a thousand."""
        for where in [where for where in self._made if Path(where).is_relative_to(folder)]:
            name = self._made.pop(where)["chroma_database"]
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        engine = sa.create_engine(_driven(f"{self.postgres}/postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def _make(self, name: str) -> None:
        with suppress(sa.exc.ProgrammingError):  # another process made it
            self._execute(f'CREATE DATABASE "{name}"')
        address = f"{self.chroma}/api/v2/tenants/default_tenant/databases"
        httpx.post(address, json={"name": name}, trust_env=False)


@contextmanager
def running() -> Iterator[Servers]:
    """Both servers, in folders of their own under the system's, which the user of PostgreSQL's can reach."""
    folder = Path(mkdtemp(prefix="parley-cluster-"))
    folder.chmod(0o755)
    postgres = Postgres(free_port(), _own(folder / "postgres"))
    chroma = Chroma(free_port(), folder / "chroma")
    try:
        found = programs()
        assert found is not None, "PostgreSQL isn't installed: tests/install-package postgresql"
        fixed = ["-U", "parley", "--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync"]
        command = [str(found / "initdb"), "-D", str(postgres.folder / "data"), *fixed]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=_as_postgres())
        postgres.start()
        chroma.start()
        yield Servers(postgres, chroma)
    finally:
        postgres.stop()
        chroma.stop()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(happens: Callable[[], bool], *, seconds: float = _PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, f"not within {seconds:.0f} s"
        time.sleep(0.05)


def _own(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    if os.getuid() == 0:
        shutil.chown(folder, _USER)
    return folder


def _as_postgres() -> str | None:
    return _USER if os.getuid() == 0 else None


def _driven(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")
