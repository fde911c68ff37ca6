"""What installed packages add to Parley, by entry points in groups of ours (docs/extending.md).

Names are looked up without loading anything; a package's code is loaded where what it adds is used, and then
runs with all of Parley's rights.
"""

import traceback
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from retrieval.errors import PackageFault


@cache  # what is installed doesn't change under a process
def offered(group: str, *, ours: tuple[str, ...] = ()) -> Mapping[str, EntryPoint]:
    """By name. Raises PackageFault where two packages claim a name, or one claims a name of `ours`."""
    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=group):
        if entry.name in ours:
            remedy = "Uninstall it, or have it take another name."
            raise PackageFault(f"{package(entry)} claims {entry.name}, which is Parley's own", remedy=remedy)
        if entry.name in found:
            both = f"{package(found[entry.name])} and {package(entry)}"
            raise PackageFault(f"{both} both claim {entry.name} in {group}", remedy="Uninstall one of them.")
        found[entry.name] = entry
    return found


def load(entry: EntryPoint) -> Any:
    """Raises PackageFault where it can't be loaded, or can't be called."""
    try:
        loaded = entry.load()
    except (Exception, SystemExit) as exc:
        raise fault(entry, f"cannot be loaded: {in_words(exc)}") from exc
    if not callable(loaded):
        raise fault(entry, "is nothing that can be called")
    return loaded


def fault(entry: EntryPoint, what: str) -> PackageFault:
    return PackageFault(
        f"{entry.name} ({entry.value}) of the package {package(entry)} {what}",
        remedy="Tell whoever makes that package, or uninstall it.",
    )


def package(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.module


def in_words(exc: BaseException) -> str:
    """What was raised, and by which line."""
    at = traceback.extract_tb(exc.__traceback__)[-1]
    return f"{type(exc).__name__}: {exc} ({Path(at.filename).name}, line {at.lineno})"
