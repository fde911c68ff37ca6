"""The reader's graph computes what its weights say; what it says of a passage hangs on nothing beside it."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from retrieval import model_files
from retrieval.article import Span
from retrieval.model_download import TOKENIZER
from retrieval.onnx_graph import Shape, build_reader, write
from retrieval.onnx_runtime import ort
from retrieval.reader import Passage, Reader, open_reader
from tests.retrieval import tiny_bert

SHAPE = Shape(layers=tiny_bert.LAYERS, heads=tiny_bert.HEADS, epsilon=tiny_bert.EPSILON)
TEXT = "The ferry sank on Monday. Its owner, Ann Roe, wept. Nobody was hurt."
SENTENCES = (Span(0, 25), Span(26, 51), Span(52, 68))


def weights(
    words: int = tiny_bert.WORDS, positions: int = tiny_bert.POSITIONS
) -> dict[str, NDArray[np.float32]]:
    chance = np.random.default_rng(3)
    found = tiny_bert.random_weights()
    for name, size in (("word_embeddings", words), ("position_embeddings", positions)):
        found[f"embeddings.{name}.weight"] = chance.normal(0, 0.3, (size, tiny_bert.HIDDEN)).astype(
            np.float32
        )
    for name, size in (("pooler.dense", tiny_bert.HIDDEN), ("pieces", 3), ("answers", 1), ("entails", 3)):
        found[f"{name}.weight"] = chance.normal(0, 0.3, (size, tiny_bert.HIDDEN)).astype(np.float32)
        found[f"{name}.bias"] = chance.normal(0, 0.3, size).astype(np.float32)
    return found


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    file = tmp_path_factory.mktemp("reader") / "reader.onnx"
    write(build_reader(weights(words=30_522, positions=512), SHAPE), file, quantise=True)
    return open_reader(file, model_files.default_dir() / TOKENIZER)


def test_it_computes_what_a_plain_forward_pass_does(tmp_path: Path) -> None:
    given = weights()
    write(build_reader(given, SHAPE), tmp_path / "reader.onnx", quantise=False)
    session = ort.InferenceSession(str(tmp_path / "reader.onnx"), providers=["CPUExecutionProvider"])
    ids, types = [1, 4, 2, 9, 30, 2], [0, 0, 0, 1, 1, 1]
    pieces, answers, entails = session.run(
        ["pieces", "answers", "entails"],
        {"input_ids": np.array([ids], np.int64), "token_type_ids": np.array([types], np.int64)},
    )
    state = tiny_bert.forward(given, ids, types)
    first = np.tanh(state[0] @ given["pooler.dense.weight"].T + given["pooler.dense.bias"])
    np.testing.assert_allclose(pieces[0], state @ given["pieces.weight"].T + given["pieces.bias"], atol=1e-4)
    np.testing.assert_allclose(
        answers[0], first @ given["answers.weight"].T + given["answers.bias"], atol=1e-4
    )
    np.testing.assert_allclose(
        entails[0], first @ given["entails.weight"].T + given["entails.bias"], atol=1e-4
    )


def test_a_passage_is_read_alike_alone_and_in_company(reader: Reader) -> None:
    passage, other = Passage(TEXT, SENTENCES), Passage("Talks went on for days in Oslo.", (Span(0, 31),))
    alone = reader.score("who owns it", [passage])
    assert reader.score("who owns it", [other, passage, other])[1:2] == alone
    assert len(alone[0].sentences) == len(SENTENCES)


def test_a_span_stands_in_its_sentence(reader: Reader) -> None:
    (read,) = reader.score("when did it sink", [Passage(TEXT, SENTENCES)])
    for sentence, found in zip(SENTENCES, read.sentences, strict=True):
        assert found.span is not None
        assert sentence.start <= found.span.start < found.span.end <= sentence.end
        assert 0 <= found.chance <= 1


@pytest.mark.parametrize("lead", ["Ferry sinks\nDaily Post, 2031-04-03\n", "word " * 200 + "\n"])
def test_what_stands_in_front_holds_no_answer_and_moves_no_span(reader: Reader, lead: str) -> None:
    plain, led = reader.score("who owns it", [Passage(TEXT, SENTENCES), Passage(TEXT, SENTENCES, lead)])
    assert plain != led
    for sentence, found in zip(SENTENCES, led.sentences, strict=True):
        assert found.span is not None
        assert sentence.start <= found.span.start < found.span.end <= sentence.end


def test_what_is_too_long_is_read_in_parts(reader: Reader) -> None:
    text = " ".join(f"Sentence number {n} tells of a ferry that sank in the harbour." for n in range(80))
    spans, at = [], 0
    for part in text.split(". "):
        spans.append(Span(at, min(len(text), at + len(part) + 1)))
        at += len(part) + 2
    (read,) = reader.score("who " * 300, [Passage(text, tuple(spans))])
    assert len(read.sentences) == 80
    assert all(sentence.span for sentence in read.sentences)


def test_chances_of_entailment_make_one(reader: Reader) -> None:
    judged = reader.entails(["The ferry sank."], "It sank.")
    assert judged.entails + judged.contradicts + judged.neither == pytest.approx(1)
    assert reader.entails(["word " * 600], "It sank.").entails == 0


def test_saved_weights_are_the_same_bytes_twice(tmp_path: Path) -> None:
    save_file(weights(), tmp_path / "w.safetensors")
    for name in ("one", "two"):
        write(build_reader(weights(), SHAPE), tmp_path / name, quantise=True)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
