"""Trains, writes and measures the reader.

    python -m training all --public DIR --into DIR
    python -m training fit --from FILE --public DIR --into DIR [--stage N] [--samples N] [--seed N]
    python -m training export --weights FILE --to FILE
    python -m training measure --reader FILE [--suites DIR ...] [--worlds FILE ...] [--pairs FILE ...]
    python -m training calibrate

`all` fetches the embedding model's weights, goes through every stage of training/recipe.py and exports: hours
on two cores. `fit` is one stage, and goes on from weights or from a reader's own file, retrieval/reader.onnx.
Both go on from what is in their folder, and can be stopped at any time.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from retrieval import model_files
from retrieval.embed import load as load_embedder
from retrieval.model_download import TOKENIZER, download
from retrieval.reader import open_reader
from training.export import export
from training.held_out import suites
from training.weights import read_back

if TYPE_CHECKING:
    from training.recipe import Stage

OURS = Path(__file__).parent / "data"
KEPT = OURS / "kept"
_BASE, WEIGHTS, FILE = "model.safetensors", "weights.safetensors", "reader.onnx"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Train, write and measure the reader.")
    actions = parser.add_subparsers(required=True)
    all_ = actions.add_parser("all")
    all_.set_defaults(run=_all)
    fit = actions.add_parser("fit")
    fit.set_defaults(run=_fit)
    fit.add_argument(
        "--from", dest="begin", type=Path, required=True, help="weights or a reader to begin with"
    )
    fit.add_argument("--stage", type=int, default=1)
    fit.add_argument("--samples", type=int, help="instead of the stage's")
    for each in (all_, fit):
        each.add_argument("--public", type=Path, required=True, help="folder of qa.jsonl.gz, nli.jsonl.gz")
        each.add_argument("--into", type=Path, required=True)
        each.add_argument("--seed", type=int, help="instead of the stage's")
        each.add_argument("--threads", type=int, default=2)
    exported = actions.add_parser("export")
    exported.set_defaults(run=_export)
    exported.add_argument("--weights", type=Path, required=True)
    exported.add_argument("--to", type=Path, required=True)
    measure = actions.add_parser("measure")
    measure.set_defaults(run=_measure)
    measure.add_argument("--reader", type=Path, required=True)
    measure.add_argument("--suites", type=Path, nargs="*", default=[])
    measure.add_argument("--worlds", type=Path, nargs="*", default=[])
    measure.add_argument("--pairs", type=Path, nargs="*", default=[])
    actions.add_parser("calibrate").set_defaults(run=_calibrate)
    given = parser.parse_args(arguments)
    given.run(given)


def _all(given: argparse.Namespace) -> None:
    from training.recipe import STAGES

    weights = _base(given.into)
    for number, stage in enumerate(STAGES, start=1):
        _through(stage, weights, given.into / f"stage-{number}", given)
        weights = given.into / f"stage-{number}" / WEIGHTS
    target = given.into / FILE
    _say(f"{export(weights, target)}  {target}")


def _base(into: Path) -> Path:
    """The embedding model's weights, fetched once."""
    base = into / "base"
    if not (base / _BASE).exists():
        base.mkdir(parents=True, exist_ok=True)
        download(base, say=_say)
    return base / _BASE


def _fit(given: argparse.Namespace) -> None:
    from training.recipe import STAGES

    stage = STAGES[given.stage - 1]
    if given.samples:
        stage = replace(stage, plan=replace(stage.plan, samples=given.samples))
    begin = given.begin
    if begin.suffix == Path(FILE).suffix:
        begin = given.into / "begin.safetensors"
        read_back(given.begin, _base(given.into), begin)
    _through(stage, begin, given.into, given)


def _through(stage: "Stage", begin: Path, into: Path, given: argparse.Namespace) -> None:
    plan = stage.plan if given.seed is None else replace(stage.plan, seed=given.seed)
    # torch is needed by nothing else.
    import torch

    from training.fitting import fit, read_weights
    from training.mixing import Mixer
    from training.network import beginning
    from training.rows import Rows, ours, public

    torch.set_num_threads(given.threads)
    own, others = ours(OURS.glob("*.jsonl"), held_out=False), public(given.public)
    rows = Rows(own.asked + others.asked, own.stated + others.stated)
    _say(f"{len(own.asked)} questions over passages and {len(own.stated)} statements of ours, beside")
    _say(f"{len(others.asked)} and {len(others.stated)} of public sets")
    tokenizer = Tokenizer.from_file(str(model_files.default_dir() / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    batches = Mixer(
        rows,
        tokenizer,
        shares=stage.shares,
        statements=stage.statements,
        together=stage.together,
        seed=plan.seed,
    )
    weights = beginning(read_weights(begin), seed=plan.seed)
    fit(weights, batches, plan, into, _say)


def _export(given: argparse.Namespace) -> None:
    print(f"{export(given.weights, given.to)}  {given.to}  {given.to.stat().st_size:,} bytes")


def _measure(given: argparse.Namespace) -> None:
    from training.measure import report

    model = model_files.default_dir()
    reader = open_reader(given.reader, model / TOKENIZER)
    for line in report(given.suites, given.pairs, reader, load_embedder(model), given.worlds):
        print(line, flush=True)


def _calibrate(given: argparse.Namespace) -> None:
    from training.calibrate import report

    unseen = [*suites(OURS.glob("worlds-*.jsonl")), *suites(KEPT.glob("*.jsonl"), every=True)]
    for line in report(unseen):
        print(line, flush=True)


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


if __name__ == "__main__":
    main()
