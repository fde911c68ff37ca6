"""A BERT encoder of a few thousand random weights, and its forward pass in plain numpy."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

HIDDEN, HEADS, LAYERS, WIDE, WORDS, POSITIONS = 32, 4, 2, 64, 50, 40
EPSILON = 1e-12

Array = NDArray[Any]


def random_weights(seed: int = 7) -> dict[str, Array]:
    random = np.random.default_rng(seed)

    def of(*shape: int) -> Array:
        return random.normal(0, 0.3, shape).astype(np.float32)

    weights = {
        "embeddings.word_embeddings.weight": of(WORDS, HIDDEN),
        "embeddings.position_embeddings.weight": of(POSITIONS, HIDDEN),
        "embeddings.token_type_embeddings.weight": of(2, HIDDEN),
        "embeddings.position_ids": np.arange(POSITIONS)[None],
        "pooler.dense.weight": of(HIDDEN, HIDDEN),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            weights[f"{name}.attention.{part}.weight"] = of(HIDDEN, HIDDEN)
            weights[f"{name}.attention.{part}.bias"] = of(HIDDEN)
        for part, shape in (("intermediate", (WIDE, HIDDEN)), ("output", (HIDDEN, WIDE))):
            weights[f"{name}.{part}.dense.weight"] = of(*shape)
            weights[f"{name}.{part}.dense.bias"] = of(shape[0])
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
    for norm in norms:
        weights[f"{norm}.weight"] = 1 + of(HIDDEN)
        weights[f"{norm}.bias"] = of(HIDDEN)
    return weights


def write(folder: Path, *, seed: int = 7) -> None:
    """The three files that a model is fetched as; the tokenizer is only a stand-in."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file(random_weights(seed), folder / "model.safetensors")
    config = {"num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "layer_norm_eps": EPSILON}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "tokenizer.json").write_text("{}")


def forward(weights: dict[str, Array], ids: list[int], types: list[int] | None = None) -> Array:
    """Last hidden state (T, HIDDEN) in double precision, head by head; of one type, if none is given."""
    w = {name: value.astype(np.float64) for name, value in weights.items()}
    x = w["embeddings.word_embeddings.weight"][ids]
    x = x + w["embeddings.position_embeddings.weight"][: len(ids)]
    x = _norm(
        x + w["embeddings.token_type_embeddings.weight"][types or [0] * len(ids)], w, "embeddings.LayerNorm"
    )
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        mixed = _linear(_attention(x, w, f"{name}.attention.self"), w, f"{name}.attention.output.dense")
        x = _norm(x + mixed, w, f"{name}.attention.output.LayerNorm")
        inner = _linear(x, w, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        x = _norm(x + _linear(inner, w, f"{name}.output.dense"), w, f"{name}.output.LayerNorm")
    return x


def _attention(x: Array, w: dict[str, Array], name: str) -> Array:
    query, key, value = (_linear(x, w, f"{name}.{part}") for part in ("query", "key", "value"))
    size = HIDDEN // HEADS
    heads = []
    for start in range(0, HIDDEN, size):
        part = slice(start, start + size)
        scores = np.exp(query[:, part] @ key[:, part].T / math.sqrt(size))
        heads.append(scores / scores.sum(axis=1, keepdims=True) @ value[:, part])
    return np.concatenate(heads, axis=1)


def _linear(x: Array, w: dict[str, Array], name: str) -> Array:
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def _norm(x: Array, w: dict[str, Array], name: str) -> Array:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPSILON)
    scaled: Array = centred / spread * w[f"{name}.weight"] + w[f"{name}.bias"]
    return scaled
