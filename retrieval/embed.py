"""Turns text into vectors, with the model that `retrieval.model_files` put in place.

One text is one pass (or several, for a long text): nothing is batched or padded, so a text embeds equally
alone and in any company, bit for bit, and with any number of threads. Sentence vectors are the mean over
the word pieces, [CLS] and [SEP] among them, scaled to unit length, as all-MiniLM-L6-v2 was trained
(Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084).
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from retrieval import model_files
from retrieval.errors import EmbeddingError, ModelFileError
from retrieval.model_download import ALL_MINILM, MODEL, TOKENIZER
from retrieval.onnx_runtime import errors as ort_errors
from retrieval.onnx_runtime import ort
from retrieval.typeset import read_as_read

_POOLING = "mean-1"  # names what this file does with the model's output
_MOST_THREADS = 4
_FEW = 2  # texts
_FATAL_ONLY = 4
_OF_ONNXRUNTIME = (
    ort_errors.Fail,
    ort_errors.InvalidArgument,
    ort_errors.InvalidGraph,
    ort_errors.InvalidProtobuf,
    ort_errors.NotImplemented,
    ort_errors.RuntimeException,
)


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The word pieces of a text, special tokens left out: unit `vectors` (T, d), and `offsets` (T, 2), the
    half-open code-point span of each in the text."""

    vectors: NDArray[np.float32]
    offsets: NDArray[np.int32]


class Embedder(Protocol):
    """`fingerprint` changes whenever vectors would. `max_tokens` is what one window of the model holds;
    a longer text is embedded whole, in several."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def max_tokens(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, d), unit rows. A text embeds equally alone and in any batch, bit for bit."""
        ...

    def tokens(self, text: str) -> TokenVectors: ...

    def token_count(self, text: str) -> int:
        """Word pieces, special tokens left out."""
        ...


class MiniLM:
    """An Embedder; safe to share between threads. Made by `load`. `session` has one thread: two texts take
    less time with a core each than one after the other with two."""

    def __init__(
        self, session: ort.InferenceSession, tokenizer: Tokenizer, *, fingerprint: str, threads: int = 1
    ) -> None:
        self._session = session
        self._crew = ThreadPoolExecutor(threads, thread_name_prefix="embedding")
        self._tokenizer = tokenizer
        self._first = tokenizer.token_to_id("[CLS]")
        self._last = tokenizer.token_to_id("[SEP]")
        self._fingerprint = fingerprint
        self._dimensions = int(session.get_outputs()[0].shape[-1])

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        return self._dimensions

    @property
    def max_tokens(self) -> int:
        """Word pieces of a window; [CLS] and [SEP] come on top. The model has room for 512, but was
        trained on 128 and is published for 256."""
        return 256

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.empty((len(texts), self.dimensions), np.float32)
        # A few are read here: a question, with what was asked before it, waits behind no batch.
        each = self._crew.map(self._vector, texts) if len(texts) > _FEW else map(self._vector, texts)
        for number, vector in enumerate(each):
            rows[number] = vector
        return rows

    def _vector(self, text: str) -> NDArray[np.float32]:
        states = np.concatenate(list(self._states(self._encode(text))))
        unit: NDArray[np.float32] = _unit(states.mean(axis=0, dtype=np.float64, keepdims=True), text)[0]
        return unit

    def tokens(self, text: str) -> TokenVectors:
        encoding = self._encode(text)
        states = np.concatenate([window[1:-1] for window in self._states(encoding)])
        return TokenVectors(_unit(states.astype(np.float64), text), np.array(encoding.offsets, np.int32))

    def token_count(self, text: str) -> int:
        return len(self._pieces(text).ids)

    def _pieces(self, text: str) -> Encoding:
        try:
            return self._tokenizer.encode(text, add_special_tokens=False)
        except (UnicodeEncodeError, TypeError) as exc:  # a lone surrogate
            raise _refused(text, "is not valid Unicode") from exc

    def _encode(self, text: str) -> Encoding:
        encoding = self._pieces(text)
        if not encoding.ids:
            raise _refused(text, "holds no word")
        return encoding

    def _states(self, encoding: Encoding) -> Iterator[NDArray[np.float32]]:
        """The hidden states (window + 2, d) of windows of as equal a length as can be: a last window of a
        word or two would be read without its context."""
        ids, total = encoding.ids, len(encoding.ids)
        windows = -(-total // self.max_tokens)
        for n in range(windows):
            window = ids[total * n // windows : total * (n + 1) // windows]
            given = np.array([[self._first, *window, self._last]], np.int64)
            try:
                (states,) = self._session.run(None, {"input_ids": given})
            except _OF_ONNXRUNTIME as exc:
                raise EmbeddingError(f"The embedding model failed: {exc}", remedy=model_files.REMEDY) from exc
            yield states[0]


def load(model_dir: Path, *, threads: int | None = None) -> MiniLM:
    """The embedder in `model_dir`, every file checked by its hash first (ModelFileError names the file)."""
    model_files.check(model_dir, origin=ALL_MINILM)
    short = hashlib.sha256(("".join(ALL_MINILM.kept.values()) + _POOLING).encode()).hexdigest()[:12]
    return open_files(
        model_dir / MODEL,
        model_dir / TOKENIZER,
        fingerprint=f"{ALL_MINILM.name}/{model_files.CONVERTER}/{short}",
        threads=threads,
    )


def open_files(model: Path, tokenizer: Path, *, fingerprint: str, threads: int | None = None) -> MiniLM:
    """`threads` read so many texts at once; by default one a core, up to four. Vectors don't depend on it."""
    crew = min(threads or os.cpu_count() or 1, _MOST_THREADS)
    pieces = read_as_read(Tokenizer.from_file(str(tokenizer)))
    pieces.no_truncation()  # the file says 128 for both
    pieces.no_padding()
    return MiniLM(open_session(model), pieces, fingerprint=fingerprint, threads=crew)


def open_session(model: Path) -> ort.InferenceSession:
    """With one thread. Raises ModelFileError."""
    ort.disable_telemetry_events()  # for a program that had imported onnxruntime before
    try:
        return ort.InferenceSession(str(model), _options(), providers=["CPUExecutionProvider"])
    except _OF_ONNXRUNTIME as exc:
        raise ModelFileError(f"{model} cannot be run: {exc}", remedy=model_files.REMEDY) from exc


def _options() -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = _FATAL_ONLY
    return options


def _unit(rows: NDArray[np.float64], text: str) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise _refused(text, "embeds to a vector without a direction")
    unit: NDArray[np.float32] = (rows / lengths).astype(np.float32)
    return unit


def _refused(text: str, why: str) -> EmbeddingError:
    shown = ascii(text if len(text) <= 60 else text[:60] + "...")
    return EmbeddingError(f"The text {shown} {why}.", remedy="Give a text with at least one word in it.")
