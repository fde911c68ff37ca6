"""How well the verifier tells true statements from false ones, and what mutated quotations get through.

    python -m benchmarks.verifier [--data DIR] [--seed N] [--each N] [--mutants N] [--show N]
                                  [--pairs FILE ...] [--without]

DIR holds suites as folders with corpus.jsonl. Minimal pairs are scored by class: a corruption is caught if
the statement isn't served in its own words, a false alarm is a true statement that isn't. FILE holds single
statements, true and false, of any quotations: {"text", "quotes", "true", "class"} a line. With --without,
each check is switched off in turn, and what gets through without it is printed instead. Intervals are
Wilson's at 95 % (https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval).
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks.minimal_pairs import Pair, Story, hand_written, in_turn, lines, pairs, written
from benchmarks.mutants import Outcome, judged
from retrieval.article import Quote
from service.answering import Draft, DraftPart, StatementKind
from service.answering.verified import ALL_CHECKS, Check, Checks, Verified, verify

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
    return [[Story(json.loads(line)["text"]) for line in lines(file)] for file in files] + [hand_written()]


def verdict(pair: Pair, statement: str, checks: Checks = ALL_CHECKS) -> Verified:
    return _verdict(pair.text, [(pair.start, pair.end)], statement, checks)


def _verdict(text: str, spans: Sequence[tuple[int, int]], statement: str, checks: Checks) -> Verified:
    quotes = [Quote("a_1", 1, start, end, text[start:end]) for start, end in spans]
    parts = [DraftPart("" if at else statement, quote) for at, quote in enumerate(quotes)]
    drafts = [Draft(StatementKind.PARAPHRASE, tuple(parts))]
    return verify(drafts, lambda id_, version: text if (id_, version) == ("a_1", 1) else None, checks=checks)


def passes(pair: Pair, statement: str, checks: Checks = ALL_CHECKS) -> bool:
    """Whether it is served in its own words."""
    return _served(verdict(pair, statement, checks), statement)


def _served(verified: Verified, statement: str) -> bool:
    return any("".join(p.text for p in draft.parts) == statement for draft in verified.drafts)


@dataclass(frozen=True, slots=True)
class Single:
    """A statement over quotations that stand in its text one after another."""

    cls: str
    quotes: tuple[str, ...]
    statement: str
    true: bool

    def passes(self, checks: Checks = ALL_CHECKS) -> bool:
        text = "\n".join(self.quotes)
        starts = [text.index(quote) for quote in self.quotes]
        spans = [(start, start + len(quote)) for start, quote in zip(starts, self.quotes, strict=True)]
        return _served(_verdict(text, spans, self.statement, checks), self.statement)


def singles(file: Path) -> list[Single]:
    rows = [json.loads(line) for line in lines(file)]
    return [Single(r["class"], tuple(dict.fromkeys(r["quotes"])), r["text"], r["true"]) for r in rows]


def print_pairs(made: Sequence[Pair], *, show: int) -> None:
    told = {_true(pair): pair for pair in made}
    alarms = {key: pair for key, pair in told.items() if not passes(pair, pair.true)}
    missed = [pair for pair in made if passes(pair, pair.false)]
    print(f"{len(made)} minimal pairs\n{'class':18}{'caught':34}false alarms")
    slipped = Counter(pair.cls for pair in missed)
    wrong = Counter(pair.cls for pair in made if _true(pair) in alarms)
    for cls, of in Counter(pair.cls for pair in made).items():
        print(f"{cls:18}{Rate(of - slipped[cls], of)!s:34}{Rate(wrong[cls], of)}")
    print(
        f"{'all':18}{Rate(len(made) - len(missed), len(made))!s:34}{Rate(len(alarms), len(told))} (distinct)"
    )
    _print_by_way(list(told.values()), list(alarms.values()))
    for pair in missed[:show]:
        print(f"\nMISSED {pair.cls}: {pair.how}\n  {pair.text[pair.start : pair.end]}\n  {pair.false}")
    for pair in list(alarms.values())[:show]:
        print(f"\nALARM {dict(verdict(pair, pair.true).dropped)}: {pair.how}")
        print(f"  {pair.text[pair.start : pair.end]}\n  {pair.true}")


def _true(pair: Pair) -> tuple[int, str, str]:
    return pair.start, pair.text, pair.true


def _print_by_way(told: Sequence[Pair], alarms: Sequence[Pair]) -> None:
    ways = Counter(_way(pair) for pair in told)
    refused = Counter(_way(pair) for pair in alarms)
    shown = ", ".join(f"{way} {refused[way]}/{ways[way]}" for way in sorted(ways))
    print(f"false alarms by restatement: {shown}")


def print_singles(file: Path, *, show: int) -> None:
    every = singles(file)
    for truth in (True, False):
        of = [each for each in every if each.true is truth]
        served = [each for each in of if each.passes()]
        print(f"{file.stem}: {'true' if truth else 'false'} served {Rate(len(served), len(of))}")
        for each in served[: 0 if truth else show]:
            print(f"  SERVED {each.cls}: {each.statement}")


def print_without(made: Sequence[Pair], every: Sequence[Single]) -> None:
    """For each check, the false statements that are served without it, and the true ones, by class."""
    print(f"{len(made)} pairs, {len(every)} single statements\n{'without':12}{'false':>6}{'true':>6}")
    for check in Check:
        fewer = ALL_CHECKS - {check}
        false = Counter(p.cls for p in made if passes(p, p.false, fewer) and not passes(p, p.false))
        true = Counter(p.cls for p in made if passes(p, p.true, fewer) and not passes(p, p.true))
        for each in every:
            if each.passes(fewer) and not each.passes():
                (true if each.true else false)[each.cls] += 1
        classes = ", ".join(f"{cls} {count}" for cls, count in false.most_common())
        print(f"{check.value:12}{false.total():6}{true.total():6}  {classes or 'nothing falls'}")


def _way(pair: Pair) -> str:
    """Of a pair that was made; those written by hand say in `how` what is false."""
    return pair.how.split(";")[0].split(" and ")[0] if ";" in pair.how else "written by hand"


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
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="files of single statements")
    parser.add_argument("--without", action="store_true", help="switch each check off in turn")
    args = parser.parse_args()
    stories = corpora(args.data)
    made = pairs(in_turn(stories, seed=args.seed), seed=args.seed, each=args.each)
    if args.without:
        print_without([*made, *written()], [each for file in args.pairs for each in singles(file)])
        return
    print_pairs(made, show=args.show)
    print()
    print_pairs(written(), show=args.show)
    for file in args.pairs:
        print_singles(file, show=args.show)
    texts = [story.text for corpus in stories for story in corpus]
    print_mutants(judged(texts, seed=args.seed, count=args.mutants))


if __name__ == "__main__":
    main()
