"""What is left of a text in the files of a data directory, to the byte."""

import re
from collections.abc import Iterable
from pathlib import Path

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def remains(directory: Path, texts: Iterable[str]) -> list[str]:
    """The files that hold any of the texts or of their longer words, whatever the case, as "file: word"."""
    sought = {part for text in texts for part in (text, *re.findall(r"\w{7,}", text))}
    found = []
    for path in sorted(directory.rglob("*")):
        data = path.read_bytes().lower() if path.is_file() else b""
        found += [f"{path.relative_to(directory)}: {part}" for part in sorted(sought) if _holds(data, part)]
    return found


def _holds(data: bytes, part: str) -> bool:
    return any(part.lower().encode(encoding) in data for encoding in _ENCODINGS)
