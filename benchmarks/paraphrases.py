"""How many true statements in other words are served, and how many false ones.

    python -m benchmarks.paraphrases --articles FILE ... --pairs FILE ... [--verdicts FILE ... | --judge yes]
                                     [--without] [--ask FILE] [--show N]

Articles are JSON lines {"text", "title", "outlet"}, pairs {"text", "quotes", "true", "class"}: statements,
and sentences that stand in one of the articles. Verdicts are a judge's, recorded: {"statement", "quotations",
"verdict"}, "yes" or anything else; what wasn't put to it is a no. `--judge yes` is a judge that says yes to
everything: what is served then is what the rules alone let through. `--ask` writes what a judge would be
asked, of every pair; `--without` switches each rule off in turn. Intervals are Wilson's at
95 %.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.minimal_pairs import lines
from benchmarks.verifier import Rate
from retrieval.article import Facts, Quote
from service.answering import Draft, DraftPart, StatementKind
from service.answering.verified import Exhibit, Judge, verify
from service.answering.verified.restated import ALL_RULES, Rule

Asked = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Paraphrase:
    cls: str
    statement: str
    text: str
    facts: Facts
    quotes: tuple[Quote, ...]
    true: bool

    def fate(self, judge: Judge | None, rules: frozenset[Rule] = ALL_RULES) -> str | None:
        """Why it isn't served as worded."""
        parts = [DraftPart("" if at else self.statement, quote) for at, quote in enumerate(self.quotes)]
        drafts = [Draft(StatementKind.PARAPHRASE, tuple(parts))]
        told = verify(drafts, lambda *_: self.text, lambda *_: self.facts, judge=judge, rules=rules)
        served = any("".join(part.text for part in draft.parts) == self.statement for draft in told.drafts)
        return None if served else next(iter(told.dropped), "quoted")


@dataclass(slots=True)
class Yes:
    """Says yes to everything, and keeps what it was asked."""

    asked: list[Asked] = field(default_factory=list)

    def bears_out(self, statement: str, quotations: Sequence[Exhibit]) -> bool:
        self.asked.append((statement, tuple(each.text for each in quotations)))
        return True


@dataclass(frozen=True, slots=True)
class Recorded:
    verdicts: Mapping[Asked, str]

    def bears_out(self, statement: str, quotations: Sequence[Exhibit]) -> bool:
        return self.verdicts.get((statement, tuple(each.text for each in quotations))) == "yes"


def recorded(files: Iterable[Path]) -> Recorded:
    rows = (json.loads(line) for file in files for line in lines(file))
    return Recorded({(row["statement"], tuple(row["quotations"])): row["verdict"] for row in rows})


def paraphrases(pairs: Path, articles: Iterable[Path]) -> list[Paraphrase]:
    """Raises ValueError where a quotation stands in none of the articles."""
    rows = [json.loads(line) for file in articles for line in lines(file)]
    texts = {
        row["text"]: Facts(row.get("title"), row.get("outlet") or row.get("source"), row.get("published"))
        for row in rows
    }
    return [_paraphrase(json.loads(line), texts) for line in lines(pairs)]


def _paraphrase(row: Mapping[str, object], texts: Mapping[str, Facts]) -> Paraphrase:
    quotes = [str(quote) for quote in row["quotes"]] if isinstance(row["quotes"], list) else []
    text = next((text for text in texts if all(quote in text for quote in quotes)), None)
    if text is None:  # of several articles: one after the other
        text = "\n\n".join(each for each in texts if any(quote in each for quote in quotes))
    missing = [quote for quote in quotes if quote not in text]
    if missing or not quotes:
        raise ValueError(f"no article has {missing or 'a quotation'} of {row['text']!r}")
    spans = [(text.index(quote), quote) for quote in dict.fromkeys(quotes)]
    found = tuple(Quote("a_1", 1, start, start + len(quote), quote) for start, quote in spans)
    facts = texts.get(text, Facts())
    return Paraphrase(str(row["class"]), str(row["text"]), text, facts, found, row["true"] is True)


def print_scores(name: str, every: Sequence[Paraphrase], judge: Judge | None, *, show: int) -> None:
    for truth in (True, False):
        of = [each for each in every if each.true is truth]
        fates = [(each, each.fate(judge)) for each in of]
        served = [each for each, fate in fates if fate is None]
        print(f"{name}: {'true' if truth else 'false'} served {Rate(len(served), len(of))}")
        reasons = Counter(fate for _, fate in fates if fate)
        print("  kept back: " + ", ".join(f"{fate} {count}" for fate, count in reasons.most_common()))
        of_class, passed = Counter(each.cls for each in of), Counter(each.cls for each in served)
        if not truth:
            print(
                "  by class: " + ", ".join(f"{cls} {passed[cls]}/{of_class[cls]}" for cls in sorted(of_class))
            )
        for each in served[: 0 if truth else show]:
            print(f"  SERVED {each.cls}: {each.statement}\n    {' / '.join(q.text for q in each.quotes)}")


def print_without(name: str, every: Sequence[Paraphrase], judge: Judge | None) -> None:
    """For each rule, what is served without it alone."""
    for rule in Rule:
        fewer = ALL_RULES - {rule}
        fallen = [each for each in every if each.fate(judge, fewer) is None and each.fate(judge) is not None]
        false = Counter(each.cls for each in fallen if not each.true)
        true = sum(each.true for each in fallen)
        print(f"{name} without {rule.value:28} false +{false.total():3} true +{true:3}  {dict(false) or ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the verification of statements in other words.")
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--verdicts", type=Path, nargs="*", default=[])
    parser.add_argument("--judge", choices=["yes"], help="a judge that says yes to everything")
    parser.add_argument("--without", action="store_true", help="switch each rule off in turn")
    parser.add_argument("--ask", type=Path, help="write what a judge would be asked")
    parser.add_argument("--show", type=int, default=0, help="print so many false statements that are served")
    args = parser.parse_args()
    judge = Yes() if args.judge else recorded(args.verdicts) if args.verdicts else None
    files = {file.stem: paraphrases(file, args.articles) for file in args.pairs}
    if args.ask:
        _write_asked(args.ask, [each for every in files.values() for each in every])
        return
    for name, every in files.items():
        if args.without:
            print_without(name, every, judge)
        else:
            print_scores(name, every, judge, show=args.show)


def _write_asked(file: Path, every: Sequence[Paraphrase]) -> None:
    """By no rule kept back: a judge is asked of all of them."""
    yes = Yes()
    for each in every:
        each.fate(yes, frozenset())
    rows = [{"statement": statement, "quotations": quotations} for statement, quotations in yes.asked]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
