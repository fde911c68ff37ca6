"""Puts the embedding model in place: fetched, converted once, and checked by hash at every start.

Imports only the standard library (and platformdirs) at the top: every start of the service passes here, and
the conversion's onnx and onnxruntime would cost it half a second for nothing.
"""

import hashlib
import importlib
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

from retrieval.errors import ModelFileError
from retrieval.model_download import ALL_MINILM, MODEL, Origin, arrived, download

CONVERTER = "int8-2"  # names precision and version of what retrieval.onnx_graph writes
REMEDY = "Run `parley fetch-model` (or `make run`, which does it)."

_ABANDONED_AFTER = 24 * 3600  # seconds


def default_dir() -> Path:
    return user_cache_path("parley") / "models" / ALL_MINILM.name


def fetch(
    model_dir: Path, *, say: Callable[[str], None], origin: Origin = ALL_MINILM, every: float = 10
) -> None:
    """Make `model_dir` hold the model: at once if it does already, else by download and conversion, of which
    something is said every so many seconds.

    Several processes may do so at the same time: each works in a folder of its own inside `model_dir`, and
    they put equal bytes in place, file by file.
    """
    try:
        check(model_dir, origin=origin)
    except ModelFileError as absent:
        say(f"Fetching the embedding model, about {origin.megabytes} MB to download: {absent.message}")
    else:
        return
    try:
        with _workshop(model_dir) as work:
            with _telling(lambda: f"{arrived(work)} of about {origin.megabytes} MB", say, every):
                download(work, say=say, origin=origin)
            say(f"Converting {origin.name}, which takes some seconds ...")
            with _telling(lambda: "still converting", say, every):
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
        check_file(model_dir / name, sha256)


def check_file(path: Path, sha256: str, *, remedy: str = REMEDY) -> None:
    try:
        true = _sha256(path) == sha256
    except FileNotFoundError as exc:
        raise _unfit(path, "is missing", remedy) from exc
    except OSError as exc:
        raise _unfit(path, f"cannot be read: {exc}", remedy) from exc
    if not true:
        raise _unfit(path, "is damaged, was changed, or is another version's", remedy)


def _unfit(path: Path, what: str, remedy: str) -> ModelFileError:
    return ModelFileError(f"{path} {what}.", remedy=remedy)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _telling(what: Callable[[], str], say: Callable[[str], None], every: float) -> Iterator[None]:
    """Says how far it is, for as long as the block takes."""
    over, began = threading.Event(), time.monotonic()

    def tell() -> None:
        while not over.wait(every):
            say(f"  {time.monotonic() - began:.0f} s: {what()}")

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def _workshop(model_dir: Path) -> Iterator[Path]:
    """A folder of our own on the same file system. Those of killed processes are swept after a day."""
    model_dir.mkdir(parents=True, exist_ok=True)
    for left in model_dir.glob(".fetch-*"):
        if time.time() - left.stat().st_mtime > _ABANDONED_AFTER:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=model_dir) as work:
        yield Path(work)


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
