from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval import onnx_graph
from retrieval.onnx_runtime import ort
from tests.retrieval import tiny_bert


def run(model: Path, ids: list[int]) -> NDArray[Any]:
    session = ort.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    (states,) = session.run(["last_hidden_state"], {"input_ids": np.array([ids], np.int64)})
    result: NDArray[Any] = states[0]
    return result


@pytest.fixture
def originals(tmp_path: Path) -> Path:
    tiny_bert.write(tmp_path / "originals")
    return tmp_path / "originals"


@pytest.mark.parametrize("ids", [[3], [1, 2, 3], list(range(40)), [5] * 17])
def test_it_computes_what_a_plain_forward_pass_does(originals: Path, tmp_path: Path, ids: list[int]) -> None:
    onnx_graph.convert(originals, tmp_path / "model.onnx", quantise=False)
    expected = tiny_bert.forward(tiny_bert.random_weights(), ids)
    np.testing.assert_allclose(run(tmp_path / "model.onnx", ids), expected, atol=2e-5)


def test_quantised_it_points_the_same_way(originals: Path, tmp_path: Path) -> None:
    onnx_graph.convert(originals, tmp_path / "model.onnx", quantise=True)
    ids = [1, 8, 30, 49, 2]
    given, expected = run(tmp_path / "model.onnx", ids), tiny_bert.forward(tiny_bert.random_weights(), ids)
    cosines = (given * expected).sum(1) / np.linalg.norm(given, axis=1) / np.linalg.norm(expected, axis=1)
    assert 0.98 < cosines.min() < 0.999999


@pytest.mark.parametrize("quantise", [False, True])
def test_the_same_weights_give_the_same_bytes(originals: Path, tmp_path: Path, *, quantise: bool) -> None:
    for name in ("one", "two"):
        onnx_graph.convert(originals, tmp_path / name, quantise=quantise)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_it_converts_without_a_word(
    originals: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    onnx_graph.convert(originals, tmp_path / "model.onnx", quantise=True)
    assert not caplog.records
    assert capfd.readouterr() == ("", "")
