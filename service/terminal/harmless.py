"""What comes from an article or a file name, made harmless: a terminal obeys control characters."""

import struct
import unicodedata


def harmless(text: str) -> str:
    """Control and formatting characters as U+FFFD, tabs and line breaks as spaces."""
    spaced = " ".join(text.replace("\t", " ").splitlines())
    return "".join("\N{REPLACEMENT CHARACTER}" if _controls(c) else c for c in spaced)


def inert_json(text: str) -> str:
    """JSON that means the same, with all that a terminal obeys escaped."""
    return "".join(escaped(c) if c != "\n" and _controls(c) else c for c in text)


def escaped(character: str) -> str:
    """As JSON writes it."""
    units = struct.iter_unpack(">H", character.encode("utf-16-be", "surrogatepass"))
    return "".join(f"\\u{unit:04x}" for (unit,) in units)


def _controls(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in "\u200c\u200d"
