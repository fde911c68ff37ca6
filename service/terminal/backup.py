"""`parley backup` and `parley restore`."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.backup import Contents
    from service.config import Settings


Say = Callable[[str], None]


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", *, say: Say) -> None:
    backup = commands.add_parser(
        "backup",
        help="write the record to a file",
        description="Write articles, conversations and answers to one file, also while the service runs. "
        "docs/operations.md says more.",
    )
    backup.add_argument(
        "path", type=Path, metavar="PATH", help="the file, or a folder for one with the date in its name"
    )
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore",
        help="put back what `backup` wrote",
        description="Put a backup in the record's place and rebuild the index. What it replaces is kept in a "
        "folder with the date. Nothing else may be running.",
    )
    restore.add_argument("path", type=Path, metavar="PATH", help="a file that `parley backup` wrote")
    restore.set_defaults(run=lambda given: _restore(given, say=say))


def _backup(given: argparse.Namespace) -> int:
    from retrieval.backup import back_up
    from service.config import read_settings

    target: Path = given.path
    if target.is_dir():
        target /= f"parley-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}.sqlite"
    print(f"Backed up {_told(back_up(_folder_of(read_settings()), target))} to {target}")
    return 0


def _restore(given: argparse.Namespace, *, say: Say) -> int:
    from retrieval.backup import restore
    from retrieval.private import make_private
    from service.bootstrap import open_settings_corpus
    from service.config import read_settings
    from service.watch import watched

    make_private()
    settings = read_settings()
    done = restore(_folder_of(settings), given.path)
    print(f"Restored {_told(done.contents)} from {given.path}", flush=True)
    if done.replaced is not None:
        print(f"What it replaces is in {done.replaced}", flush=True)
    with watched(settings.frozen_seconds):
        open_settings_corpus(settings, command="parley restore", say=say).close()
    return 0


def _folder_of(settings: "Settings") -> Path:
    """Raises BackupError where the record is in PostgreSQL, which has tools of its own."""
    from retrieval.errors import BackupError

    if settings.shared_record is not None:
        raise BackupError(
            "the record is in PostgreSQL (PARLEY_RECORD_URL), not in a file",
            remedy="Use pg_dump and pg_restore: docs/cluster.md says how.",
        )
    return settings.data_dir


def _told(contents: "Contents") -> str:
    articles = len({id_ for id_, _ in contents.texts})
    return f"{_counted(articles, 'article')} and {_counted(contents.turns, 'question')}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
