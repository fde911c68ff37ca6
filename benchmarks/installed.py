"""`python -m benchmarks.installed`: what the locked packages take on disk, before Python compiles anything.

Of packages that are in this environment: those of the lock for running, though others may be there too.
"""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from benchmarks.report import table

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
_LEAST = 5.0  # MB, for a line of its own


def sizes(lock: Path = LOCK) -> dict[str, float]:
    """MB by package, the largest first. What isn't needed on this machine isn't installed, and has none."""
    names = re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==", lock.read_text(encoding="utf-8"))
    found = {name: _megabytes(name) for name in names}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _megabytes(name: str) -> float:
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return 0.0
    places = (Path(str(each.locate())) for each in files if each.suffix != ".pyc")
    return sum(place.stat().st_size for place in places if place.is_file()) / 1e6


def main() -> None:
    found = sizes()
    large = {name: size for name, size in found.items() if size >= _LEAST}
    rest = [size for size in found.values() if 0 < size < _LEAST]
    rows = [*large.items(), (f"{len(rest)} others", sum(rest)), ("all", sum(found.values()))]
    table("INSTALLED  MB of files", ("package", "MB"), rows)


if __name__ == "__main__":
    main()
