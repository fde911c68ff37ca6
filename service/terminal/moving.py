"""`parley migrate-to`: from a data directory into PostgreSQL and a Chroma server."""

import argparse
from collections.abc import Callable

Say = Callable[[str], None]


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", *, say: Say) -> None:
    command = commands.add_parser(
        "migrate-to",
        help="move the data directory into PostgreSQL and a Chroma server",
        description="Copy every table of the record into an empty database, compare counts and digests, and "
        "make the index there. The data directory stays as it is. The service must be stopped. "
        "docs/cluster.md says more.",
    )
    command.add_argument("--record-url", metavar="URL", help="else PARLEY_RECORD_URL, which hides a password")
    command.add_argument("--chroma-url", metavar="URL", help="else PARLEY_CHROMA_URL")
    command.set_defaults(run=lambda given: _move(given, say=say))


def _move(given: argparse.Namespace, *, say: Say) -> int:
    from retrieval.moving import move
    from retrieval.private import make_private
    from service.bootstrap import open_settings_corpus
    from service.config import read_settings
    from service.errors import SettingsError
    from service.watch import watched

    make_private()
    named = {"record_url": given.record_url, "chroma_url": given.chroma_url}
    settings = read_settings(**{name: value for name, value in named.items() if value is not None})
    if settings.shared_record is None:
        raise SettingsError(
            "nothing says where to",
            remedy="Give --record-url and --chroma-url, or set them: docs/cluster.md.",
        )
    with watched(settings.frozen_seconds):
        moved = move(settings.data_dir, settings.shared_record)
        for table, its in moved.items():
            print(f"{table}: {its.rows} rows, sha256 {its.digest[:16]}, the same on both sides", flush=True)
        open_settings_corpus(settings, command="parley migrate-to", say=say).close()
    print(f"Moved. {settings.data_dir} is as it was: keep it as a backup, or delete it.")
    return 0
