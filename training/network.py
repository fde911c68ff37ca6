"""The network as functions of its weights, which are named as they are in the file that they come from.

A BERT encoder (Devlin et al., 2019, https://arxiv.org/abs/1810.04805) of MiniLM's size (Wang et al., 2020,
https://arxiv.org/abs/2002.10957), read as a cross-encoder (Nogueira and Cho, 2019,
https://arxiv.org/abs/1901.04085), with three heads: over the word pieces for where an answer starts, ends and
which sentence holds it; over the first for whether the passage answers; and for entailment.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.shape import EPSILON, FROZEN, HEADS, LAYERS, NEW, WIDTH

Weights = Mapping[str, Tensor]


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits. `pieces`: (samples, word pieces, 3), `answers`: (samples,), `entails`: (samples, 3)."""

    pieces: Tensor
    answers: Tensor
    entails: Tensor


def beginning(base: Weights, *, seed: int) -> dict[str, Tensor]:
    """The base weights with new heads on them, where they have none."""
    chance = torch.Generator().manual_seed(seed)
    weights = {name: each.float() for name, each in base.items() if name != "embeddings.position_ids"}
    for name, size in NEW.items():
        if f"{name}.weight" in weights:
            continue
        weights[f"{name}.weight"] = torch.randn(size, WIDTH, generator=chance) * 0.02
        weights[f"{name}.bias"] = torch.zeros(size)
    return weights


def scores(
    weights: Weights, ids: Tensor, types: Tensor, mask: Tensor, *, dropout: float = 0.0, coarse: bool = False
) -> Scores:
    """`mask` is 1 for word pieces and 0 for padding. `coarse` reads in bfloat16; heads are always exact."""
    hidden = _encoded(weights, ids, types, mask, dropout=dropout, coarse=coarse).float()
    first = torch.tanh(_linear(weights, "pooler.dense", hidden[:, 0]))
    return Scores(
        _linear(weights, "pieces", hidden),
        _linear(weights, "answers", first)[:, 0],
        _linear(weights, "entails", first),
    )


def _encoded(
    weights: Weights, ids: Tensor, types: Tensor, mask: Tensor, *, dropout: float, coarse: bool
) -> Tensor:
    at = "embeddings"
    x = (
        functional.embedding(ids, weights[FROZEN])
        + weights[f"{at}.position_embeddings.weight"][: ids.shape[1]]
    )
    x = _norm(weights, f"{at}.LayerNorm", x + weights[f"{at}.token_type_embeddings.weight"][types])
    if coarse:
        weights = {name: each.bfloat16() for name, each in weights.items() if name.startswith("encoder.")}
        x = x.bfloat16()
    away = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
    for layer in range(LAYERS):
        x = _layer(weights, f"encoder.layer.{layer}", x, away, dropout)
    return x


def _layer(weights: Weights, at: str, x: Tensor, away: Tensor, dropout: float) -> Tensor:
    samples, pieces, _ = x.shape

    def heads(part: str) -> Tensor:
        of = _linear(weights, f"{at}.attention.self.{part}", x)
        return of.view(samples, pieces, HEADS, WIDTH // HEADS).transpose(1, 2)

    # Written out: torch's own attention takes 45 % of a step on a processor, in its backward pass.
    likeness = heads("query") @ heads("key").transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
    mixed = torch.softmax(likeness + away, -1) @ heads("value")
    mixed = _linear(weights, f"{at}.attention.output.dense", mixed.transpose(1, 2).reshape(x.shape))
    x = _norm(weights, f"{at}.attention.output.LayerNorm", x + _dropped(mixed, dropout))
    wide = functional.gelu(_linear(weights, f"{at}.intermediate.dense", x))
    out = _dropped(_linear(weights, f"{at}.output.dense", wide), dropout)
    return _norm(weights, f"{at}.output.LayerNorm", x + out)


def _linear(weights: Weights, at: str, x: Tensor) -> Tensor:
    return functional.linear(x, weights[f"{at}.weight"], weights[f"{at}.bias"])


def _norm(weights: Weights, at: str, x: Tensor) -> Tensor:
    return functional.layer_norm(x, (WIDTH,), weights[f"{at}.weight"], weights[f"{at}.bias"], EPSILON)


def _dropped(x: Tensor, dropout: float) -> Tensor:
    return functional.dropout(x, dropout) if dropout else x
