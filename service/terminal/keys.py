"""`parley keys`: whom the service lets in, and to what."""

import argparse
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.config import Settings
    from service.keys import Key

_SCOPES = ("read", "ask", "ingest", "admin")
_MOST_DAYS = 36_500
Say = Callable[[str], None]


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    *,
    settings: "Callable[[], Settings]",
    say: Say,
) -> None:
    keys = commands.add_parser(
        "keys",
        help="make, list and revoke the keys that let people and programs in",
        description="Keys of the service over this data directory, also while it runs: it knows of a change "
        "within a second. Once there is a key, it lets nobody in without one. docs/operations.md says more.",
    )
    doing = keys.add_subparsers(title="what to do", required=True, metavar="create|list|revoke")
    create = doing.add_parser("create", help="make a key, and print it this once")
    create.add_argument("name", metavar="NAME", help="what it is listed by, such as who gets it")
    create.add_argument(
        "--scopes",
        type=_scopes,
        default=("read", "ask"),
        metavar="SCOPE,...",
        help="of read, ask, ingest and admin; else read,ask",
    )
    create.add_argument("--expires", type=_end, metavar="90d|DATE", help="in so many days, or after that day")
    create.set_defaults(run=lambda given: _create(given, settings(), say))
    listed = doing.add_parser("list", help="list the keys, not what is sent as them")
    listed.add_argument("--json", action="store_true", help="as JSON")
    listed.set_defaults(run=lambda given: _list(given, settings()))
    revoke = doing.add_parser("revoke", help="let nobody in by this key any more")
    revoke.add_argument("key", metavar="NAME|ID", help="as they are listed")
    revoke.add_argument(
        "--erase", action="store_true", help="erase its name too, and whatever was asked by it, from the disk"
    )
    revoke.add_argument(
        "--reopen", action="store_true", help="with --erase, also the last key: then everybody is let in"
    )
    revoke.set_defaults(run=lambda given: _revoke(revoke, given, settings()))


def _create(given: argparse.Namespace, settings: "Settings", say: Say) -> int:
    from service.keys import KeyScope, keys_in

    with keys_in(settings) as keys:
        made = keys.create(given.name, [KeyScope(scope) for scope in given.scopes], expires_at=given.expires)
    print(made.token, flush=True)
    until = "" if given.expires is None else f", until the end of {_last_day(given.expires)} (UTC)"
    say(f"That is the key {given.name} ({made.key.id}), good for {_told(made.key)}{until}.")
    say("It is shown this once: Parley keeps no copy of it.")
    return 0


def _list(given: argparse.Namespace, settings: "Settings") -> int:
    from service.keys import keys_in
    from service.terminal.harmless import harmless, inert_json

    with keys_in(settings, make=False) as keys:
        found, now = keys.listed(), datetime.now(UTC)
    if given.json:
        print(inert_json(json.dumps([_as_json(key, now) for key in found], indent=2, ensure_ascii=False)))
        return 0
    if not found:
        print("There are no keys.")
        return 0
    head = ("ID", "NAME", "SCOPES", "EXPIRES AFTER", "STATE")
    rows = [head, *(_cells(key, now) for key in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        print(
            harmless("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
        )
    return 0


def _revoke(revoke: argparse.ArgumentParser, given: argparse.Namespace, settings: "Settings") -> int:
    if given.reopen and not given.erase:
        revoke.error("--reopen goes with --erase")
    from service.keys import keys_in
    from service.terminal.harmless import harmless

    named = given.key.encode("utf-8", "replace").decode()  # bytes that aren't UTF-8, which no key has
    with keys_in(settings, make=False) as keys:
        key = keys.erase(named, reopen=given.reopen) if given.erase else keys.revoke(named)
        left = keys.any
    print(harmless(f"{'erased' if given.erase else 'revoked'} {key.name} ({key.id})"))
    if not left:
        print("No key is left: without PARLEY_API_KEY the service lets everybody in that reaches it.")
    return 0


def _cells(key: "Key", now: datetime) -> tuple[str, ...]:
    until = "never" if key.expires_at is None else str(_last_day(key.expires_at))
    return key.id, key.name, _told(key), until, key.state(now)


def _as_json(key: "Key", now: datetime) -> dict[str, object]:
    times = {name: getattr(key, name) for name in ("created_at", "expires_at", "revoked_at")}
    told = {name: None if at is None else at.isoformat() for name, at in times.items()}
    scopes = [scope for scope in _SCOPES if scope in key.scopes]
    return {"id": key.id, "name": key.name, "scopes": scopes, "state": key.state(now), **told}


def _told(key: "Key") -> str:
    return ",".join(scope for scope in _SCOPES if scope in key.scopes)


def _last_day(end: datetime) -> date:
    return (end - timedelta(microseconds=1)).date()


def _scopes(argument: str) -> tuple[str, ...]:
    scopes = tuple(scope.strip() for scope in argument.split(","))
    for scope in scopes:
        if scope not in _SCOPES:
            raise argparse.ArgumentTypeError(f"there is no scope {scope!r}: there are {', '.join(_SCOPES)}")
    return scopes


def _end(argument: str) -> datetime:
    """The first moment in which it lets nobody in any more: a midnight in UTC."""
    if re.fullmatch(r"[1-9][0-9]{0,4}d", argument) and int(argument[:-1]) <= _MOST_DAYS:
        last = datetime.now(UTC).date() + timedelta(days=int(argument[:-1]))
    else:
        try:
            last = date.fromisoformat(argument)
        except ValueError:
            told = f"{argument} is no end: give days, as in 90d, or a day, as in 2027-03-31"
            raise argparse.ArgumentTypeError(told) from None
    try:
        return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    except OverflowError:
        raise argparse.ArgumentTypeError(f"{argument} is too far ahead") from None
