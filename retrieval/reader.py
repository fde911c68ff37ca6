"""Reads a question over passages, and a statement beside quotations: which sentence answers, whether any
does, and whether the words are borne out.

A cross-encoder (Nogueira and Cho, 2019, https://arxiv.org/abs/1901.04085), trained in `training`; its file
lies beside this one (docs/reader.md). A pair is read by itself and by one core, never in a batch: what it is
given cannot depend on its company, bit for bit. Several cores read several pairs.
"""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from retrieval import model_files
from retrieval.article import Span
from retrieval.embed import open_session
from retrieval.model_download import TOKENIZER
from retrieval.onnx_runtime import ort
from retrieval.typeset import read_as_read

FILE = Path(__file__).with_name("reader.onnx")
SHA256 = "b71f5f9a3f91f7ee3cc942d9cce0cc6e3ad435a1647221171ba0dabdab360194"

MOST_PIECES = 384  # of a question and as much of a passage as is read at once; it was trained on 256
_QUESTION, _LEAD = 128, 64  # word pieces of a question and of a lead that are read
_START, _END, _EVIDENCE = 0, 1, 2
_LONGEST_SPAN = 40  # word pieces
_MOST_THREADS = 4
_NOWHERE = -(1 << 40)  # before any text


@dataclass(frozen=True, slots=True)
class Passage:
    """`sentences` are spans of `text`, in order; `lead` is what stands in front of it (retrieval/chunks.py),
    and holds no answer."""

    text: str
    sentences: tuple[Span, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """`chance` that it answers, as trained; `span` what in it would, in the passage's text."""

    chance: float
    span: Span | None


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """`answers` is the chance that something in the passage answers; a sentence each of the passage's."""

    answers: float
    sentences: tuple[ReadSentence, ...]


@dataclass(frozen=True, slots=True)
class Entailment:
    """Three chances that make one."""

    entails: float
    contradicts: float
    neither: float


class Reader:
    """Safe to share between threads."""

    def __init__(self, session: ort.InferenceSession, tokenizer: Tokenizer, *, threads: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._crew = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    def score(self, question: str, passages: Sequence[Passage]) -> list[ReadPassage]:
        """Of each passage, in the order given. One that is too long is read in parts of whole sentences."""
        question = self._cut(question, _QUESTION)
        return list(self._crew.map(lambda passage: self._read(question, passage), passages))

    def entails(self, premises: Sequence[str], statement: str) -> Entailment:
        """Whether the premises, taken together, bear the statement out."""
        pair = self._tokenizer.encode(" ".join(premises), statement)
        if len(pair.ids) > 512:
            return Entailment(0.0, 0.0, 1.0)
        _, _, logits = self._run(pair)
        return Entailment(*(float(chance) for chance in _softmax(logits[0])))

    def _read(self, question: str, passage: Passage) -> ReadPassage:
        if not passage.sentences:
            return ReadPassage(0.0, ())
        lead = self._cut(passage.lead, _LEAD)
        whole = self._pair(question, lead, passage, passage.sentences)
        if len(whole.ids) <= MOST_PIECES:
            return self._of_part(whole, passage.sentences, len(lead))
        read = [
            self._of_part(self._pair(question, lead, passage, part), part, len(lead))
            for part in self._parts(self._count(question) + self._count(lead), passage)
        ]
        return ReadPassage(max(each.answers for each in read), tuple(s for r in read for s in r.sentences))

    def _pair(self, question: str, lead: str, passage: Passage, part: Sequence[Span]) -> Encoding:
        return self._tokenizer.encode(question, lead + passage.text[part[0].start : part[-1].end])

    def _of_part(self, pair: Encoding, part: Sequence[Span], lead: int) -> ReadPassage:
        pieces, logit, _ = self._run(pair)
        placed = _placed(pair, len(pieces[0]), part[0].start - lead)
        return ReadPassage(_sigmoid(logit[0, 0]), tuple(_sentence(placed, pieces[0], each) for each in part))

    def _cut(self, text: str, most: int) -> str:
        read = self._tokenizer.encode(text, add_special_tokens=False)
        return text if len(read.ids) <= most else text[: read.offsets[most - 1][1]]

    def _parts(self, before: int, passage: Passage) -> list[list[Span]]:
        """Of as many sentences as are read at once, where so many word pieces stand before them."""
        room = MOST_PIECES - before - 3
        parts: list[list[Span]] = []
        used = 0
        for sentence in passage.sentences:
            size = self._count(passage.text[sentence.start : sentence.end])
            if not parts or used + size > room:
                parts.append([])
                used = 0
            parts[-1].append(sentence)
            used += size
        return parts

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _run(self, pair: Encoding) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        given = {
            "input_ids": np.array([pair.ids[:512]], np.int64),
            "token_type_ids": np.array([pair.type_ids[:512]], np.int64),
        }
        pieces, answers, entails = self._session.run(["pieces", "answers", "entails"], given)
        return pieces, answers, entails


def load_reader(model_dir: Path, *, threads: int | None = None) -> Reader:
    """The reader that comes with Parley, checked by its hash, with the embedding model's tokenizer. Raises
    ModelFileError."""
    model_files.check_file(FILE, SHA256, remedy="Install Parley anew: the file comes with it.")
    return open_reader(FILE, model_dir / TOKENIZER, threads=threads)


def open_reader(model: Path, tokenizer: Path, *, threads: int | None = None) -> Reader:
    """Raises ModelFileError. `threads` read so many pairs at once; by default one a core, up to four."""
    pieces = read_as_read(Tokenizer.from_file(str(tokenizer)))
    pieces.no_truncation()
    pieces.no_padding()
    crew = min(threads or os.cpu_count() or 1, _MOST_THREADS)
    return Reader(open_session(model), pieces, threads=crew)


def _placed(pair: Encoding, read: int, shift: int) -> NDArray[np.int64]:
    """Where each word piece that was read starts and ends in the passage's text; before it, those that aren't
    the passage's."""
    spans = np.array(pair.offsets[:read], np.int64)
    of_passage = np.array(pair.type_ids[:read]) == 1
    return np.where((of_passage & (spans[:, 1] > spans[:, 0]))[:, None], spans + shift, _NOWHERE)


def _sentence(placed: NDArray[np.int64], pieces: NDArray[np.float32], sentence: Span) -> ReadSentence:
    inside = np.flatnonzero((placed[:, 0] >= sentence.start) & (placed[:, 0] < sentence.end))
    if not inside.size:
        return ReadSentence(0.0, None)
    first, last = _span(pieces[inside])
    span = Span(int(placed[inside[first], 0]), int(placed[inside[last], 1]))
    return ReadSentence(_sigmoid(pieces[inside, _EVIDENCE].mean()), span)


def _span(pieces: NDArray[np.float32]) -> tuple[int, int]:
    """The likeliest start and end, the end not before the start."""
    together = pieces[:, _START, None] + pieces[None, :, _END]
    allowed = np.triu(np.ones_like(together)) - np.triu(np.ones_like(together), _LONGEST_SPAN)
    first, last = np.unravel_index(np.where(allowed > 0, together, -np.inf).argmax(), together.shape)
    return int(first), int(last)


def _sigmoid(x: np.float32) -> float:
    return 1.0 / (1.0 + math.exp(-float(x)))


def _softmax(x: NDArray[np.float32]) -> NDArray[np.float64]:
    raised = np.exp(x.astype(np.float64) - float(x.max()))
    chances: NDArray[np.float64] = raised / raised.sum()
    return chances
