import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import embed, model_files
from retrieval.embed import MiniLM
from retrieval.errors import EmbeddingError, ModelFileError

# Cosines that the unquantised weights give, computed with the plain forward pass of tiny_bert.py.
SENTENCES = (
    "The delegations met in Geneva to discuss a ceasefire.",
    "Negotiators gathered in Switzerland for talks on a truce.",
    "The minister refused to give up any territory.",
    "Bananas are rich in potassium.",
    "Who took part in the talks?",
)
COSINES = (
    (1.0, 0.6078, 0.1049, -0.0859, 0.4418),
    (0.6078, 1.0, 0.0589, 0.0144, 0.4748),
    (0.1049, 0.0589, 1.0, 0.0524, 0.1487),
    (-0.0859, 0.0144, 0.0524, 1.0, -0.0057),
    (0.4418, 0.4748, 0.1487, -0.0057, 1.0),
)

WORDS = st.sampled_from(
    ["talks", "Zürich", "—", "“no”", "перемирие", "😀", "U.S.", "2025", "停火", "don't", "e\u0301"]
)
PROSE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return embed.load(model_files.default_dir(), threads=2)


def test_it_agrees_with_the_unquantised_model(model: MiniLM) -> None:
    rows = model.embed(SENTENCES)
    np.testing.assert_allclose(rows @ rows.T, COSINES, atol=0.03)


def test_rows_are_unit_vectors_of_the_stated_dimension(model: MiniLM) -> None:
    rows = model.embed(SENTENCES)
    assert rows.shape == (len(SENTENCES), model.dimensions) == (len(SENTENCES), 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_no_texts_give_no_rows(model: MiniLM) -> None:
    assert model.embed([]).shape == (0, 384)


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(PROSE, min_size=2, max_size=5))
def test_a_text_embeds_equally_alone_and_in_any_company(model: MiniLM, texts: list[str]) -> None:
    together = model.embed(texts)
    backwards = model.embed(texts[::-1])[::-1]
    alone = np.concatenate([model.embed([text]) for text in texts])
    assert together.tobytes() == backwards.tobytes() == alone.tobytes()


def test_vectors_do_not_depend_on_the_number_of_threads(model: MiniLM) -> None:
    texts = [*SENTENCES, " ".join(SENTENCES * 12)]
    for threads in (1, 3):
        other = embed.load(model_files.default_dir(), threads=threads)
        assert other.fingerprint == model.fingerprint
        assert other.embed(texts).tobytes() == model.embed(texts).tobytes()


def test_vectors_do_not_depend_on_the_process(model: MiniLM) -> None:
    program = (
        "import sys; from retrieval import embed, model_files\n"
        "model = embed.load(model_files.default_dir())\n"
        "print(model.fingerprint, model.embed(sys.argv[1:]).tobytes().hex())"
    )
    command = [sys.executable, "-c", program, *SENTENCES[:2]]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [model.fingerprint, model.embed(SENTENCES[:2]).tobytes().hex()]
    assert done.stderr == ""


def test_threads_may_share_it(model: MiniLM) -> None:
    texts = [f"{sentence} {n}" for n in range(4) for sentence in SENTENCES]
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: model.embed([text])[0].tobytes(), texts))
    assert rows == [row.tobytes() for row in model.embed(texts)]


def long_text(last: str) -> str:
    """About 2,000 words that end with `last`."""
    return " ".join(SENTENCES * 55) + " " + last


def test_the_end_of_a_long_text_counts(model: MiniLM) -> None:
    one, two = model.embed([long_text("It began on Monday."), long_text("Penguins swim well.")])
    assert one @ two < 1 - 1e-6


def test_a_long_text_has_all_its_token_vectors(model: MiniLM) -> None:
    text = long_text("Penguins swim well.")
    tokens = model.tokens(text)
    assert model.token_count(text) == len(tokens.vectors) == len(tokens.offsets) > 5 * model.max_tokens
    assert [text[start:end] for start, end in tokens.offsets[-4:]][1:] == ["swim", "well", "."]
    np.testing.assert_allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_a_text_about_as_long_as_a_window_is_whole(model: MiniLM, extra: int) -> None:
    words = ["peace"] * (model.max_tokens + extra)
    last = model.embed([" ".join(words)]) @ model.embed([" ".join([*words[:-1], "war"])]).T
    assert model.token_count(" ".join(words)) == len(words)
    assert last < 1 - 1e-6


@settings(max_examples=40, deadline=None)
@given(text=PROSE)
def test_offsets_are_code_points_of_the_text(model: MiniLM, text: str) -> None:
    tokens = model.tokens(text)
    assert tokens.vectors.shape == (len(tokens.offsets), model.dimensions)
    ends = 0
    for start, end in tokens.offsets:
        assert ends <= start < end <= len(text)
        ends = end
    covered = {at for start, end in tokens.offsets for at in range(start, end)}
    missed = [c for at, c in enumerate(text) if at not in covered]
    assert all(c.isspace() or c == "\u0301" for c in missed)


def test_offsets_give_back_the_words_after_signs_beyond_the_basic_plane(model: MiniLM) -> None:
    text = "😀😀 Миру — мир, said the U.N."
    pieces = [text[start:end] for start, end in model.tokens(text).offsets]
    assert "".join(pieces) == text.replace(" ", "")
    assert pieces[-6:] == ["said", "the", "U", ".", "N", "."]


@given(text=st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_embeds_or_is_refused(model: MiniLM, text: str) -> None:
    try:
        (row,) = model.embed([text])
    except EmbeddingError:
        assert not any(c.isascii() and c.isalnum() for c in text)
    else:
        assert abs(float(np.linalg.norm(row)) - 1) < 1e-5


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "a lone \ud800 surrogate"])
def test_what_holds_no_word_is_refused(model: MiniLM, text: str) -> None:
    for ask in (lambda: model.embed(["talks", text]), lambda: model.tokens(text)):
        with pytest.raises(EmbeddingError):
            ask()


def test_no_token_is_counted_in_nothing(model: MiniLM) -> None:
    assert model.token_count(" \n") == 0


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_files.default_dir(), folder, ignore=shutil.ignore_patterns(".*"))
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 0x80
    (folder / name).write_bytes(data)
    with pytest.raises(ModelFileError, match=name) as caught:
        embed.load(folder)
    assert "parley fetch-model" in caught.value.remedy


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"model\.onnx is missing"):
        embed.load(tmp_path)


def test_a_question_with_the_one_before_it_waits_behind_no_batch(embedder: MiniLM) -> None:
    with ThreadPoolExecutor(1) as beside:
        batch = beside.submit(embedder.embed, [" ".join(SENTENCES * 4)] * 400)
        embedder.embed(SENTENCES[:2])
        assert not batch.done()
