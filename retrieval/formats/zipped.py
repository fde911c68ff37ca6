"""A zip archive's size, found by inflating it piece by piece: what it says of itself may be untrue."""

import zipfile
import zlib
from io import BytesIO

from retrieval.errors import SourceError, SourceTooLarge, UnreadableSource

MOST_INFLATED = 50 * 1024 * 1024  # bytes
MOST_TIMES = 100  # of the archive's own size
_PIECE = 64 * 1024
_MOST_MEMBERS = 2_000


def check_inflated(name: str, data: bytes) -> None:
    """Raises SourceTooLarge (a bomb), UnreadableSource (damaged, or encrypted)."""
    most = min(MOST_INFLATED, MOST_TIMES * len(data))
    left = most
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise _bomb(name, f"holds more than {_MOST_MEMBERS:,} files")
            for member in members:
                with archive.open(member) as opened:
                    while piece := opened.read(_PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise _bomb(name, f"inflates to more than {most:,} bytes")
    except SourceError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as exc:
        raise UnreadableSource(
            f"{name} is no Word file, or damaged: {exc}", remedy="save it again as .docx"
        ) from exc


def _bomb(name: str, what: str) -> SourceTooLarge:
    return SourceTooLarge(f"{name} {what}", remedy="save the article's text alone, without pictures")
