"""A .zip file, its members as files. Their names are metadata: nothing is unpacked to disk."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath

from retrieval.collecting.entries import Given, Left, Skipped
from retrieval.collecting.lines import LINES, articles_of
from retrieval.collecting.told import Shelf
from retrieval.errors import SourceError, SourceTooLarge, UnreadableSource, UnsupportedSource
from retrieval.sources import MAX_BYTES, Source, ending_of, endings, printable, unreadable

ARCHIVE = ".zip"
_ARCHIVES = {ARCHIVE, ".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zst"}
MOST_MEMBERS = 20_000
MOST_INFLATED = 50 * 1024 * 1024  # bytes of a member
RATIO = 100  # of its size in the archive
_SLACK = 1024 * 1024  # bytes within which a ratio says nothing
_BLOCK = 64 * 1024
_ENCRYPTED = 1  # the flag's bit
_APPLES = "__MACOSX"
_UNPACK = "Unpack it and name the folder."


def count_members(path: Path) -> int:
    """Raises SourceError."""
    with _opened(path) as archive:
        if len(archive.infolist()) > MOST_MEMBERS:
            raise SourceTooLarge(f"{path} has more than {MOST_MEMBERS:,} members", remedy=_UNPACK)
        return sum(not member.is_dir() for member in archive.infolist())


def members(path: Path, name: str, options: Given) -> Iterator[Source | Left]:
    """Each member, one after the other."""
    try:
        with _opened(path) as archive:
            its = [member for member in archive.infolist() if not member.is_dir()]
            shelves = _shelves(archive, its, name)
            for member in its:
                yield from _taken(archive, member, f"{name}/{printable(member.filename)}", shelves, options)
            for shelf in shelves.values():
                yield from (Left(f"{name}/{left.name}", left.error) for left in shelf.faults())
    except SourceError as error:
        yield Left(name, error)


def _taken(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    name: str,
    shelves: dict[PurePosixPath, Shelf],
    options: Given,
) -> Iterator[Source | Left]:
    inside = PurePosixPath(member.filename)
    shelf = shelves[inside.parent]
    if _leads_out(member):
        error = UnsupportedSource(f"{name} is not taken: its name leads out of the archive", remedy=_UNPACK)
        yield Left(name, error)
        return
    if _APPLES in inside.parts or any(part.startswith(".") for part in inside.parts):
        yield Left(name, why=Skipped.HIDDEN)
        return
    ending = inside.suffix.lower()
    if ending not in (*endings(), LINES, *_ARCHIVES):
        if not shelf.tells(inside.name):
            yield Left(name, why=Skipped.NO_READER)
        return
    try:
        if ending == LINES:
            yield from articles_of(BytesIO(_inflated(archive, member, name, MOST_INFLATED)), name, options)
        else:
            _refuse_archive(name, ending)
            told = options.over(shelf.told_of(inside.name))
            yield told.source(name, _inflated(archive, member, name, MAX_BYTES))
    except SourceError as error:
        yield Left(name, error)


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """By either system's separators, or from a root or a drive."""
    inside = PureWindowsPath(member.orig_filename)
    return bool(inside.anchor) or ".." in inside.parts


def _refuse_archive(name: str, ending: str) -> None:
    if ending in _ARCHIVES:
        raise UnsupportedSource(
            f"{name} is an archive in an archive", remedy="Unpack it and name it by itself."
        )
    ending_of(name)


def _shelves(archive: zipfile.ZipFile, its: list[zipfile.ZipInfo], name: str) -> dict[PurePosixPath, Shelf]:
    folders: dict[PurePosixPath, dict[str, zipfile.ZipInfo]] = {}
    for member in its:
        inside = PurePosixPath(member.filename)
        folders.setdefault(inside.parent, {})[inside.name] = member
    return {
        folder: Shelf(
            f"{name}/{folder}".removesuffix("/."), files.__contains__, partial(_from_folder, archive, files)
        )
        for folder, files in folders.items()
    }


def _from_folder(archive: zipfile.ZipFile, files: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    return _inflated(archive, files[name], name, MAX_BYTES)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Raises SourceError, also for what is wrong with it inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as exc:
        raise unreadable(path, exc) from exc
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as exc:
        raise UnreadableSource(f"{path} is no .zip file that can be read: {exc}", remedy=_UNPACK) from exc


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    """Of at most `limit` bytes, and of a hundred times what it takes up. Raises SourceError."""
    _check_method(member, name)
    found, size = [], 0
    try:
        with archive.open(member) as packed:
            while block := packed.read(_BLOCK):
                found.append(block)
                size += len(block)
                _check_size(size, member, name, limit)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as exc:
        raise UnreadableSource(f"{name} is damaged in its archive: {exc}", remedy="Pack it anew.") from exc
    return b"".join(found)


def _check_method(member: zipfile.ZipInfo, name: str) -> None:
    """The others inflate a block whole, however much that is."""
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableSource(f"{name} is encrypted", remedy=_UNPACK)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnsupportedSource(f"{name} is packed by a method that isn't read", remedy=_UNPACK)


def _check_size(size: int, member: zipfile.ZipInfo, name: str, limit: int) -> None:
    if size > _SLACK + RATIO * member.compress_size:
        raise SourceTooLarge(f"{name} inflates to more than {RATIO} times its size", remedy=_UNPACK)
    if size > limit:
        most = f"{limit // (1024 * 1024)} MiB"
        raise SourceTooLarge(f"{name} is larger than {most}", remedy="give each article as a file of its own")
