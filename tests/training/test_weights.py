"""A reader's file gives back the weights that it was written from, as nearly as eight bits hold them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from training.export import export
from training.shape import FROZEN, LAYERS, NEW, WIDTH
from training.weights import read_back

_WORDS = 40


def made() -> dict[str, NDArray[np.float32]]:
    """Of the network's own size, but for the words it knows."""
    chance = np.random.default_rng(5)
    wide = 4 * WIDTH
    sizes: dict[str, tuple[int, ...]] = {FROZEN: (_WORDS, WIDTH)}
    sizes["embeddings.position_embeddings.weight"] = (512, WIDTH)
    sizes["embeddings.token_type_embeddings.weight"] = (2, WIDTH)
    linear = {"pooler.dense": (WIDTH, WIDTH), **{name: (size, WIDTH) for name, size in NEW.items()}}
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        linear |= {f"{at}.attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
        linear[f"{at}.attention.output.dense"] = (WIDTH, WIDTH)
        linear[f"{at}.intermediate.dense"] = (wide, WIDTH)
        linear[f"{at}.output.dense"] = (WIDTH, wide)
        norms += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
    for name, size in linear.items():
        sizes |= {f"{name}.weight": size, f"{name}.bias": size[:1]}
    for name in norms:
        sizes |= {f"{name}.weight": (WIDTH,), f"{name}.bias": (WIDTH,)}
    return {name: chance.normal(0, 0.2, size).astype(np.float32) for name, size in sizes.items()}


def test_a_readers_file_gives_its_weights_back(tmp_path: Path) -> None:
    weights = made()
    save_file(weights, tmp_path / "weights.safetensors")
    export(tmp_path / "weights.safetensors", tmp_path / "reader.onnx")
    read_back(tmp_path / "reader.onnx", tmp_path / "weights.safetensors", tmp_path / "back.safetensors")
    back = load_file(tmp_path / "back.safetensors")
    assert back.keys() == weights.keys()
    for name, each in weights.items():
        quantised = name.endswith("weight") and each.ndim == 2 and "position" not in name and name != FROZEN
        steps = np.abs(each).max(axis=-1, keepdims=True) / 63 if quantised else 1e-6
        assert (np.abs(back[name] - each) <= steps).all(), name
