"""Trains, writes and measures the reader.

    python -m training fit --base FILE --public DIR --into DIR [--samples N] [--seed N]
    python -m training export --weights FILE --to FILE
    python -m training measure --reader FILE [--suites DIR ...] [--pairs FILE ...]

`fit` goes on from what it finds in its folder, and can be stopped at any time.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from retrieval import model_files
from retrieval.embed import load as load_embedder
from retrieval.model_download import TOKENIZER
from retrieval.reader import open_reader

OURS = Path(__file__).parent / "data"
# How often each source is drawn from, beside ours: what asks and words things as people do weighs more.
SHARES = {
    "ours": 1.0,
    "worlds": 0.8,
    "squad11_routerlens": 0.22,
    "squad11_eck": 0.22,
    "squad11_nqg": 0.08,
    "selqa": 0.2,
    "qamr": 0.2,
    "qed_dev": 0.08,
    "tenp_edit_premise": 0.25,
    "tenp_edit_other": 0.2,
    "tenp_base": 0.1,
    "tenp_contrast": 0.05,
    "fever_athnlp": 0.2,
    "fever_symmetric": 0.05,
    "mnli_dev_m": 0.1,
    "wice_train": 0.05,
}
_STATEMENTS = 0.3  # of the batches


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Train, write and measure the reader.")
    actions = parser.add_subparsers(required=True)
    fit = actions.add_parser("fit")
    fit.set_defaults(run=_fit)
    fit.add_argument("--base", type=Path, required=True, help="the base model's model.safetensors")
    fit.add_argument("--public", type=Path, required=True, help="folder of qa.jsonl.gz and nli.jsonl.gz")
    fit.add_argument("--into", type=Path, required=True)
    fit.add_argument("--samples", type=int, default=280_000)
    fit.add_argument("--seed", type=int, default=1)
    fit.add_argument("--threads", type=int, default=2)
    export = actions.add_parser("export")
    export.set_defaults(run=_export)
    export.add_argument("--weights", type=Path, required=True)
    export.add_argument("--to", type=Path, required=True)
    measure = actions.add_parser("measure")
    measure.set_defaults(run=_measure)
    measure.add_argument("--reader", type=Path, required=True)
    measure.add_argument("--suites", type=Path, nargs="*", default=[])
    measure.add_argument("--pairs", type=Path, nargs="*", default=[])
    given = parser.parse_args(arguments)
    given.run(given)


def _fit(given: argparse.Namespace) -> None:
    # torch is needed by nothing else.
    import torch

    from training.fitting import Plan, fit, read_weights
    from training.mixing import Mixer
    from training.network import beginning
    from training.rows import Rows, ours, public

    torch.set_num_threads(given.threads)
    own, others = ours(OURS.glob("*.jsonl"), held_out=False), public(given.public)
    rows = Rows(own.asked + others.asked, own.stated + others.stated)
    _say(f"{len(own.asked)} questions and {len(own.stated)} statements of ours, beside")
    _say(f"{len(others.asked)} questions and {len(others.stated)} statements of public sets")
    tokenizer = Tokenizer.from_file(str(model_files.default_dir() / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    batches = Mixer(rows, tokenizer, shares=SHARES, statements=_STATEMENTS, seed=given.seed)
    weights = beginning(read_weights(given.base), seed=given.seed)
    fit(weights, batches, Plan(samples=given.samples, seed=given.seed), given.into, _say)


def _export(given: argparse.Namespace) -> None:
    from training.export import export

    print(f"{export(given.weights, given.to)}  {given.to}  {given.to.stat().st_size:,} bytes")


def _measure(given: argparse.Namespace) -> None:
    from training.measure import report

    model = model_files.default_dir()
    reader = open_reader(given.reader, model / TOKENIZER)
    for line in report(given.suites, given.pairs, reader, load_embedder(model)):
        print(line, flush=True)


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


if __name__ == "__main__":
    main()
