"""The weights of a reader's file, as float32, so that training can go on from it.

What was quantised comes back within half a step of its scale; the word embeddings, which are never trained,
come from the model that the reader began with, exactly.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import load_file, save_file

from training.shape import FROZEN, HEADS, LAYERS, NEW, WIDTH

Array = NDArray[np.float32]
_PARTS = ("attention.output.dense", "intermediate.dense", "output.dense")
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")


def read_back(reader: Path, base: Path, target: Path) -> None:
    """From what `training.export` wrote at `reader` and the model file `base`, a file of weights."""
    file = _File(reader)
    found = {FROZEN: load_file(base)[FROZEN].astype(np.float32)}
    found["embeddings.position_embeddings.weight"] = file.plain("embeddings.positions")
    found["embeddings.token_type_embeddings.weight"] = file.table("embeddings.types")
    found |= file.norm("embeddings.LayerNorm") | file.linear("pooler", "pooler.dense")
    for name in NEW:
        found |= file.linear(name, name)
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        found |= file.attention(f"{at}.attention.self")
        for part in _PARTS:
            found |= file.linear(f"{at}.{part}", f"{at}.{part}")
        for part in _NORMS:
            found |= file.norm(f"{at}.{part}")
    save_file({name: np.ascontiguousarray(each) for name, each in found.items()}, target)


class _File:
    """What stands in a reader's file under the names of retrieval/onnx_graph.py."""

    def __init__(self, file: Path) -> None:
        stored = onnx.load(file).graph.initializer
        self._stored = {each.name: numpy_helper.to_array(each) for each in stored}

    def plain(self, name: str) -> Array:
        return self._stored[name].astype(np.float32)

    def table(self, name: str) -> Array:
        """What was quantised. A matrix has a scale for each of its columns, which are its outputs."""
        whole, zero = self.plain(f"{name}_quantized"), self.plain(f"{name}_zero_point")
        return (whole - zero) * self.plain(f"{name}_scale")

    def norm(self, name: str) -> dict[str, Array]:
        return {f"{name}.weight": self.plain(f"{name}.scale"), f"{name}.bias": self.plain(f"{name}.shift")}

    def linear(self, own: str, name: str) -> dict[str, Array]:
        return {f"{name}.weight": self.table(f"{own}.weight").T, f"{name}.bias": self.plain(f"{own}.bias")}

    def attention(self, name: str) -> dict[str, Array]:
        """The three projections are one in the file, the query's divided by the root of a head's width."""
        weights = np.split(self.table(f"{name}.qkv.weight").T, 3)
        biases = np.split(self.plain(f"{name}.qkv.bias"), 3)
        found = {}
        for part, weight, bias in zip(("query", "key", "value"), weights, biases, strict=True):
            scale = np.float32((WIDTH // HEADS) ** 0.5 if part == "query" else 1)
            found[f"{name}.{part}.weight"], found[f"{name}.{part}.bias"] = weight * scale, bias * scale
        return found
