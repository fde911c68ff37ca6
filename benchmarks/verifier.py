"""How well the verifier tells true statements from false ones, and what mutated quotations get through.

    python -m benchmarks.verifier [--data DIR] [--seed N] [--each N] [--mutants N] [--show N]

DIR holds suites as folders with corpus.jsonl. Minimal pairs are scored by class: a corruption is caught if
the statement isn't served in its own words, a false alarm is a true statement that isn't. Intervals are
Wilson's at 95 % (https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval).
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks.minimal_pairs import CLASSES, Pair, Story, hand_written, in_turn, pairs
from benchmarks.mutants import Outcome, judged
from retrieval.article import Quote
from service.answering.answer import Draft, DraftPart, Kind
from service.answering.verify import Verified, verify

_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Rate:
    hits: int
    of: int

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.of)
        return (
            f"{self.hits:4}/{self.of:<4} {self.hits / self.of if self.of else 0:6.3f} [{low:.3f}, {high:.3f}]"
        )


def wilson(hits: int, of: int) -> tuple[float, float]:
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = share + _Z**2 / (2 * of)
    reach = _Z * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    return max(0.0, (middle - reach) / (1 + _Z**2 / of)), min(1.0, (middle + reach) / (1 + _Z**2 / of))


def corpora(data: Path | None) -> list[list[Story]]:
    """One list of stories a suite; without data, what was written by hand."""
    if data is None:
        return [hand_written()]
    files = sorted(data.rglob("corpus.jsonl"))
    return [[Story(json.loads(line)["text"]) for line in _lines(file)] for file in files] + [hand_written()]


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def verdict(pair: Pair, statement: str) -> Verified:
    quote = Quote("a_1", 1, pair.start, pair.end, pair.text[pair.start : pair.end])
    drafts = [Draft(Kind.PARAPHRASE, (DraftPart(statement, quote),))]
    return verify(drafts, lambda id_, version: pair.text if (id_, version) == ("a_1", 1) else None)


def passes(pair: Pair, statement: str) -> bool:
    """Whether it is served in its own words."""
    return any("".join(p.text for p in draft.parts) == statement for draft in verdict(pair, statement).drafts)


def print_pairs(made: Sequence[Pair], *, show: int) -> None:
    told = {(pair.start, pair.text, pair.true): pair for pair in made}
    alarms = [pair for pair in told.values() if not passes(pair, pair.true)]
    missed = [pair for pair in made if passes(pair, pair.false)]
    print(f"{len(made)} minimal pairs\n{'class':12}{'caught':34}false alarms")
    for cls in CLASSES:
        of = [pair for pair in made if pair.cls == cls]
        slipped = sum(pair in missed for pair in of)
        wrong = sum(not passes(pair, pair.true) for pair in of)
        print(f"{cls:12}{Rate(len(of) - slipped, len(of))!s:34}{Rate(wrong, len(of))}")
    print(
        f"{'all':12}{Rate(len(made) - len(missed), len(made))!s:34}{Rate(len(alarms), len(told))} (distinct)"
    )
    _print_by_way(list(told.values()), alarms)
    for pair in missed[:show]:
        print(f"\nMISSED {pair.cls}: {pair.how}\n  {pair.text[pair.start : pair.end]}\n  {pair.false}")
    for pair in alarms[:show]:
        print(f"\nALARM {dict(verdict(pair, pair.true).dropped)}: {pair.how}")
        print(f"  {pair.text[pair.start : pair.end]}\n  {pair.true}")


def _print_by_way(told: Sequence[Pair], alarms: Sequence[Pair]) -> None:
    ways = Counter(_way(pair) for pair in told)
    refused = Counter(_way(pair) for pair in alarms)
    print(
        "false alarms by restatement: "
        + ", ".join(f"{way} {refused[way]}/{ways[way]}" for way in sorted(ways))
    )


def _way(pair: Pair) -> str:
    return pair.how.split(";")[0].split(" and ")[0]


def print_mutants(outcome: Outcome) -> None:
    print(f"\n{sum(outcome.false.values())} mutated: bad citations served {sum(outcome.served.values())}")
    for way, count in sorted(outcome.false.items()):
        print(f"  {way:42}{outcome.served[way]}/{count}")
    for way, quote, words in outcome.shown:
        print(f"  SERVED {way}\n    {quote}\n    {words}")
    true, refused = sum(outcome.true.values()), sum(outcome.refused.values())
    print(f"{true} true, typeset otherwise: refused {Rate(refused, true)}")
    for way, count in sorted(outcome.true.items()):
        print(f"  {way:42}{outcome.refused[way]}/{count}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the verifier.")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=150, help="pairs of a class, at most")
    parser.add_argument("--mutants", type=int, default=10_000)
    parser.add_argument("--show", type=int, default=0, help="print so many misses and false alarms")
    args = parser.parse_args()
    stories = corpora(args.data)
    print_pairs(pairs(in_turn(stories, seed=args.seed), seed=args.seed, each=args.each), show=args.show)
    texts = [story.text for corpus in stories for story in corpus]
    print_mutants(judged(texts, seed=args.seed, count=args.mutants))


if __name__ == "__main__":
    main()
