"""Writes a BERT encoder, given as safetensors, as an ONNX graph for ONE text, or one pair of them, at a time.

The graph takes `input_ids` (1, T) and gives `last_hidden_state` (1, T, hidden). It has no attention mask
and no padding: what a text embeds to cannot depend on its neighbours in a batch, and where activations
are quantised, their scale is that of this text alone.

The encoder is that of Devlin et al. 2019 (https://arxiv.org/abs/1810.04805) with the exact Gelu; the
names of the weights are those of its published checkpoints. The query, key and value projections are one
matrix product. An encoder alone has no pooler, since sentence vectors are means over tokens, and the row of
token type 0 is added into its position table, as there is only ever one segment. A reader (`build_reader`)
takes `token_type_ids` too, keeps the pooler, and has its heads for outputs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from retrieval.onnx_runtime import quantise as write_quantised

OPSET = 20  # the first with Gelu
IR_VERSION = 10

Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the weights themselves don't say."""

    layers: int
    heads: int
    epsilon: float


@dataclass(slots=True)
class Graph:
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants[name] = numpy_helper.from_array(value, name)
        return name

    def node(self, op: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=output, **attributes))
        return output

    def linear(self, x: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """`weight` is (out, in), as checkpoints store it."""
        product = self.node("MatMul", (x, self.constant(f"{name}.weight", weight.T)), f"{name}.product")
        return self.node("Add", (product, self.constant(f"{name}.bias", bias)), name)

    def norm(self, x: str, name: str, weights: Weights, epsilon: float) -> str:
        scale = self.constant(f"{name}.scale", weights[f"{name}.weight"])
        bias = self.constant(f"{name}.shift", weights[f"{name}.bias"])
        return self.node("LayerNormalization", (x, scale, bias), name, axis=-1, epsilon=epsilon)


def convert(folder: Path, target: Path, *, quantise: bool) -> None:
    """Write `target` from `model.safetensors` and `config.json` in `folder`. The same input gives the same
    bytes."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape(
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
    )
    write(build(load_file(folder / "model.safetensors"), shape), target, quantise=quantise)


def write(model: onnx.ModelProto, target: Path, *, quantise: bool) -> None:
    if not quantise:
        onnx.save(model, target)
        return
    # The quantiser asks for its own preparation (shapes, constants, fusions), which this graph is born with.
    helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    write_quantised(
        model,
        target,
        per_channel=True,  # one scale for a whole matrix costs six times the error
        # Seven bits: the product of eight-bit weights overflows, in silence, on x86 processors without VNNI.
        reduce_range=True,
    )


def build(weights: Weights, shape: Shape) -> onnx.ModelProto:
    graph = Graph()
    x = _encoder(graph, weights, shape, pair=False)
    graph.node("Identity", (x,), "last_hidden_state")
    hidden = weights["embeddings.word_embeddings.weight"].shape[1]
    return _model(graph, ["input_ids"], {"last_hidden_state": [1, "tokens", hidden]})


def build_reader(weights: Weights, shape: Shape) -> onnx.ModelProto:
    """Of one pair: `pieces` (1, T, 3), the logits of each word piece to be where an answer starts, ends, and
    what answers; `answers` (1, 1), that of the passage to answer; `entails` (1, 3), those of entailment,
    contradiction and neither."""
    graph = Graph()
    x = _encoder(graph, weights, shape, pair=True)

    def linear(source: str, name: str, output: str) -> str:
        return graph.linear(source, output, weights[f"{name}.weight"], weights[f"{name}.bias"])

    linear(x, "pieces", "pieces")
    first = graph.node("Gather", (x, graph.constant("first", np.array(0, np.int64))), "first.state", axis=1)
    pooled = graph.node("Tanh", (linear(first, "pooler.dense", "pooler"),), "pooled")
    linear(pooled, "answers", "answers")
    linear(pooled, "entails", "entails")
    outputs: dict[str, list[int | str]] = {"pieces": [1, "tokens", 3], "answers": [1, 1], "entails": [1, 3]}
    return _model(graph, ["input_ids", "token_type_ids"], outputs)


def _model(
    graph: Graph, inputs: Sequence[str], outputs: Mapping[str, Sequence[int | str]]
) -> onnx.ModelProto:
    body = helper.make_graph(
        graph.nodes,
        "bert",
        [helper.make_tensor_value_info(each, TensorProto.INT64, [1, "tokens"]) for each in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in outputs.items()],
        list(graph.constants.values()),
    )
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return model


def _encoder(graph: Graph, weights: Weights, shape: Shape, *, pair: bool) -> str:
    x = _embeddings(graph, weights, shape.epsilon, pair=pair)
    for layer in range(shape.layers):
        x = _layer(graph, x, f"encoder.layer.{layer}", weights, shape)
    return x


def _embeddings(graph: Graph, weights: Weights, epsilon: float, *, pair: bool) -> str:
    name = "embeddings"
    words = graph.constant(f"{name}.words", weights[f"{name}.word_embeddings.weight"])
    types = weights[f"{name}.token_type_embeddings.weight"]
    table = weights[f"{name}.position_embeddings.weight"]
    positions = graph.constant(f"{name}.positions", table if pair else table + types[0])
    zero, one = (graph.constant(str(n), np.array([n], np.int64)) for n in (0, 1))
    length = graph.node("Shape", ("input_ids",), f"{name}.length", start=1, end=2)
    used = graph.node("Slice", (positions, zero, length, zero, one), f"{name}.used")
    looked_up = graph.node("Gather", (words, "input_ids"), f"{name}.looked_up")
    placed = graph.node("Add", (looked_up, used), f"{name}.placed")
    if pair:
        two = graph.constant(f"{name}.types", types)
        kinds = graph.node("Gather", (two, "token_type_ids"), f"{name}.kinds")
        placed = graph.node("Add", (placed, kinds), f"{name}.typed")
    return graph.norm(placed, f"{name}.LayerNorm", weights, epsilon)


def _layer(graph: Graph, x: str, name: str, weights: Weights, shape: Shape) -> str:
    def linear(source: str, part: str) -> str:
        prefix = f"{name}.{part}"
        return graph.linear(source, prefix, weights[f"{prefix}.weight"], weights[f"{prefix}.bias"])

    mixed = linear(_attention(graph, x, f"{name}.attention.self", weights, shape), "attention.output.dense")
    x = graph.node("Add", (mixed, x), f"{name}.attention.sum")
    x = graph.norm(x, f"{name}.attention.output.LayerNorm", weights, shape.epsilon)
    wide = graph.node("Gelu", (linear(x, "intermediate.dense"),), f"{name}.gelu")
    x = graph.node("Add", (linear(wide, "output.dense"), x), f"{name}.sum")
    return graph.norm(x, f"{name}.output.LayerNorm", weights, shape.epsilon)


def _attention(graph: Graph, x: str, name: str, weights: Weights, shape: Shape) -> str:
    """softmax(QK'/sqrt(d))V over the heads; the division is folded into the query projection."""
    hidden = weights[f"{name}.query.weight"].shape[0]
    size = hidden // shape.heads
    scale = np.float32(size**-0.5)
    parts = ("query", "key", "value")
    scales = (scale, np.float32(1), np.float32(1))
    weight = np.concatenate([weights[f"{name}.{p}.weight"] * s for p, s in zip(parts, scales, strict=True)])
    bias = np.concatenate([weights[f"{name}.{p}.bias"] * s for p, s in zip(parts, scales, strict=True)])
    joined = graph.linear(x, f"{name}.qkv", weight, bias)
    split = graph.constant("split.heads", np.array([1, -1, 3, shape.heads, size], np.int64))
    apart = graph.node("Reshape", (joined, split), f"{name}.apart")
    turned = graph.node("Transpose", (apart,), f"{name}.turned", perm=[2, 0, 3, 1, 4])
    query, key, value = (
        graph.node(
            "Gather", (turned, graph.constant(f"part.{i}", np.array(i, np.int64))), f"{name}.{p}", axis=0
        )
        for i, p in enumerate(parts)
    )
    key = graph.node("Transpose", (key,), f"{name}.key.turned", perm=[0, 1, 3, 2])
    scores = graph.node("MatMul", (query, key), f"{name}.scores")
    shares = graph.node("Softmax", (scores,), f"{name}.shares", axis=-1)
    heads = graph.node("MatMul", (shares, value), f"{name}.heads")
    back = graph.node("Transpose", (heads,), f"{name}.back", perm=[0, 2, 1, 3])
    join = graph.constant("join.heads", np.array([1, -1, hidden], np.int64))
    return graph.node("Reshape", (back, join), f"{name}.out")
