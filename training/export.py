"""The trained weights as the file that retrieval/reader.py runs, and the hash that is pinned."""

import hashlib
from pathlib import Path

from safetensors.numpy import load_file

from retrieval.onnx_graph import Shape, build_reader, write
from training.shape import EPSILON, HEADS, LAYERS

SHAPE = Shape(layers=LAYERS, heads=HEADS, epsilon=EPSILON)  # all-MiniLM-L6-v2's config.json


def export(weights: Path, target: Path, *, quantise: bool = True) -> str:
    """Writes `target` and gives its sha256. The same weights give the same bytes."""
    model = build_reader(load_file(weights), SHAPE)
    write(model, target, quantise=quantise)
    return hashlib.sha256(target.read_bytes()).hexdigest()
