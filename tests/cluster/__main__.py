"""Starts PostgreSQL and Chroma's server, and runs what follows with tests told where they are."""

import os
import signal
import subprocess
import sys

from tests.cluster.servers import running

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the servers stop too
    with running() as servers:
        told = {"TEST_RECORD_URL": servers.postgres.url, "TEST_CHROMA_URL": servers.chroma.url}
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | told, check=False).returncode)
