"""Writing in whatever a terminal or a pipe takes: what its encoding lacks is written otherwise, so that no
answer is lost to it."""

import codecs
import io
import sys

from service.terminal.harmless import escaped, inert_json

_TYPED = "parley.typed"
# The marks that news is full of, as a typewriter has them.
_TYPEWRITER = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "«": "<<", "»": ">>",
    "–": "-", "—": "--", "−": "-", "…": "...", "·": "-", "•": "-", "→": "->", "\u00a0": " ",
    "✓": "+", "✗": "x",
}  # fmt: skip


def fit_streams() -> None:
    """Of this process: its output never fails on a character, and its input never on a byte."""
    codecs.register_error(_TYPED, _typed)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_TYPED)
    if isinstance(sys.stdin, io.TextIOWrapper):
        is_ascii = codecs.lookup(sys.stdin.encoding).name == "ascii"
        sys.stdin.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")


def print_json(text: str) -> None:
    """JSON that stays JSON, whatever the encoding."""
    inert = inert_json(text)
    try:
        inert.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        inert = "".join(c if c.isascii() else escaped(c) for c in inert)
    print(inert)


def _typed(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_TYPEWRITER.get(character) or escaped(character) for character in lacking), error.end
