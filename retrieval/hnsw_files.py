"""The files of Chroma's HNSW index, in which it leaves whatever was in memory where it made room.

When a collection is begun, Chroma writes out room for 100 vectors that it has not cleared: passages,
questions and anything else that this process had in memory before. It reads none of it back.
"""

import struct
from pathlib import Path

# persist_version, offsetLevel0, max_elements, cur_element_count, size_data_per_element, as chroma-hnswlib
# writes them (hnswalg.h, persistHeader).
_HEADER = struct.Struct("<i4Q")
_VERSION = 1
_LENGTH = 4  # bytes of an element in length.bin


def blank_unused(directory: Path) -> None:
    """Clear what lies past the last vector of every index in a Chroma directory. Nothing may be added
    meanwhile."""
    for header in directory.glob("*/header.bin"):
        head = header.read_bytes()[: _HEADER.size]
        if len(head) < _HEADER.size:
            continue
        version, _, _, count, size = _HEADER.unpack(head)
        if version == _VERSION:
            _blank(header.with_name("data_level0.bin"), past=count * size)
            _blank(header.with_name("length.bin"), past=count * _LENGTH)


def written(directory: Path) -> list[Path]:
    """The folders of a Chroma directory in which there are vectors. Up to 1,000 of them Chroma reads from its
    database instead."""
    return [
        header.parent
        for header in sorted(directory.glob("*/header.bin"))
        if (header.parent / "index_metadata.pickle").exists() or _counted(header)
    ]


def whole(folder: Path) -> bool:
    """Whether nothing of what its header counts is cut off."""
    header = folder / "header.bin"
    names = ("data_level0.bin", "link_lists.bin", "index_metadata.pickle")
    if header.stat().st_size < _HEADER.size or not all((folder / name).exists() for name in names):
        return False
    _, _, _, count, size = _HEADER.unpack(header.read_bytes()[: _HEADER.size])
    return bool((folder / "data_level0.bin").stat().st_size >= count * size)


def _counted(header: Path) -> int:
    head = header.read_bytes()[: _HEADER.size]
    return int(_HEADER.unpack(head)[3]) if len(head) == _HEADER.size else 0


def _blank(path: Path, *, past: int) -> None:
    if not path.exists() or path.stat().st_size <= past:
        return
    with path.open("r+b") as file:
        file.seek(past)
        unused = file.read()
        if any(unused):
            file.seek(past)
            file.write(bytes(len(unused)))
