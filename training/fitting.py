"""The training itself: AdamW (Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101) over a number of
samples, with checkpoints that it goes on from."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.encoding import Sample
from training.loss import loss_of, tensors
from training.network import Weights, scores
from training.shape import FROZEN, NEW

WEIGHTS = "weights.safetensors"
_STATE = "state.pt"
_WARM = 0.03  # of the samples, over which the rate rises; then it falls to a tenth
_LAST = 0.1
_SAVED = 4_000  # samples between two checkpoints


@dataclass(frozen=True, slots=True)
class Plan:
    samples: int
    stop: int | None = None  # after so many, where it doesn't go through with it
    rate: float = 1e-4
    head_rate: float = 5e-4
    dropout: float = 0.1
    average: float = 0.15  # of the samples, at the end, whose weights are averaged
    seed: int = 1


def fit(
    weights: dict[str, Tensor],
    batches: Iterable[list[Sample]],
    plan: Plan,
    folder: Path,
    say: Callable[[str], None],
) -> dict[str, Tensor]:
    """The weights after the plan's samples, averaged over the last of them (Izmailov et al., 2018,
    https://arxiv.org/abs/1803.05407). Goes on from the last checkpoint in `folder`, if there is one; the
    batches that it had seen are drawn again and passed over."""
    torch.manual_seed(plan.seed)
    run = _Run(weights, plan, folder)
    for batch in _from(batches, run.seen):
        if run.seen >= (plan.stop or plan.samples):
            break
        run.step(batch)
        if run.steps % 50 == 0:
            say(run.line())
        if run.seen // _SAVED > (run.seen - len(batch)) // _SAVED:
            run.save()
    run.save()
    return run.averaged()


def _from(batches: Iterable[list[Sample]], seen: int) -> Iterator[list[Sample]]:
    for batch in batches:
        if seen <= 0:
            yield batch
        seen -= len(batch)


class _Run:
    def __init__(self, weights: dict[str, Tensor], plan: Plan, folder: Path) -> None:
        self._plan, self._folder = plan, folder
        self._weights = {n: each.requires_grad_(n != FROZEN) for n, each in weights.items()}
        self._mean: dict[str, Tensor] = {}
        self._averaged = 0
        self.seen = self.steps = 0
        self._losses: dict[bool, list[float]] = {True: [], False: []}
        self._begun, self._before = time.monotonic(), 0
        heads = [each for n, each in self._weights.items() if n.split(".")[0] in {*NEW, "pooler"}]
        body = [
            e for n, e in self._weights.items() if e.requires_grad and n.split(".")[0] not in {*NEW, "pooler"}
        ]
        groups = [{"params": body, "base": plan.rate}, {"params": heads, "base": plan.head_rate}]
        self._optimizer = torch.optim.AdamW(
            groups, lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self._resume()

    def step(self, batch: list[Sample]) -> None:
        done = self.seen / self._plan.samples
        scale = min(1.0, done / _WARM) * (_LAST + (1 - _LAST) * (1 - done)) if done else 0.0
        for group in self._optimizer.param_groups:
            group["lr"] = group["base"] * scale
        found = scores(self._weights, *tensors(batch), dropout=self._plan.dropout, coarse=True)
        loss = loss_of(batch, found)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([e for e in self._weights.values() if e.grad is not None], 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._losses[batch[0].label is None].append(float(loss.detach()))
        self.seen += len(batch)
        self.steps += 1
        if done > 1 - self._plan.average and self.steps % 10 == 0:
            self._average()

    def _average(self) -> None:
        self._averaged += 1
        for name, each in self._weights.items():
            now = each.detach()
            mean = self._mean.setdefault(name, now.clone())
            mean += (now - mean) / self._averaged

    def averaged(self) -> dict[str, Tensor]:
        return {name: each.detach() for name, each in (self._mean or self._weights).items()}

    def line(self) -> str:
        asked, stated = (_mean(self._losses[kind][-100:]) for kind in (True, False))
        speed = (self.seen - self._before) / (time.monotonic() - self._begun)
        losses = f"loss {asked:.3f} of questions, {stated:.3f} of statements"
        return f"{self.seen} samples, {losses}, {speed:.1f} a second"

    def save(self) -> None:
        """The weights first, so that whoever reads them finds whole ones."""
        self._folder.mkdir(parents=True, exist_ok=True)
        state = {
            "weights": {n: e.detach() for n, e in self._weights.items()},
            "mean": self._mean,
            "averaged": self._averaged,
            "optimizer": self._optimizer.state_dict(),
            "seen": self.seen,
            "steps": self.steps,
            "plan": repr(self._plan),
        }
        write_weights(self.averaged(), self._folder / WEIGHTS)
        torch.save(state, self._folder / f"{_STATE}.new")
        (self._folder / f"{_STATE}.new").replace(self._folder / _STATE)

    def _resume(self) -> None:
        file = self._folder / _STATE
        if not file.exists():
            return
        state = torch.load(file, weights_only=True)
        with torch.no_grad():
            for name, each in state["weights"].items():
                self._weights[name].copy_(each)
        self._mean, self._averaged = state["mean"], state["averaged"]
        if state["plan"] != repr(self._plan):
            raise SystemExit(
                f"{file} is of another plan, {state['plan']}: give another folder, or delete it."
            )
        self._optimizer.load_state_dict(state["optimizer"])
        self.seen, self.steps = state["seen"], state["steps"]
        self._before = self.seen


def _mean(values: list[float]) -> float:
    return sum(values) / max(1, len(values))


def write_weights(weights: Weights, file: Path) -> None:
    save_file({name: each.contiguous() for name, each in weights.items()}, f"{file}.new")
    Path(f"{file}.new").replace(file)


def read_weights(file: Path) -> dict[str, Tensor]:
    return load_file(file)
