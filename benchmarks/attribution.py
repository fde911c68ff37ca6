"""How many labelled statements are given to their speaker, and by the whole name or phrase.

    python -m benchmarks.attribution benchmarks/statements.jsonl [FILE ...] [--show]

Each line of a file is an article: {"text": ..., "statements": [{"words": ..., "speaker": ..., "who": ...}]},
where `speaker` stands as written and `who` is the whole name, null where the article doesn't tell. The rules
were tuned on statements.jsonl and those whose names end in -dev (statements-reports-dev.jsonl has ordinary
reports by seven writers); statements-test.jsonl (all kinds of them) and statements-news.jsonl (ordinary
reports) were written by others: read their sums, not their articles.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from retrieval.article import Region
from retrieval.regions import regions
from retrieval.segment import sentences
from service.answering.said import Utterance, utterances
from service.english import ARTICLES, lexicon

_WORD = re.compile(r"\w[\w.’'-]*\w|\w")
_MOSTLY = 0.5  # of what somebody does by words, what the label holds: else whoever reports it is meant
_TITLES = lexicon.OFFICES | lexicon.RANKS | {*ARTICLES, "mr", "mrs", "ms", "dr", "sir", "foreign"}


@dataclass(frozen=True, slots=True)
class Label:
    words: str
    speaker: str | None
    who: str | None


@dataclass(frozen=True, slots=True)
class Grade:
    """`right`: nobody else is named; `whole`: by no word more than the name or phrase, and the last of it."""

    label: Label
    got: str | None
    right: bool
    whole: bool


def graded(text: str, labels: Sequence[Label]) -> Iterator[Grade]:
    found = utterances(text, [one for one in sentences(text, regions(text)) if one.region is Region.BODY])
    for label in labels:
        best = _nearest(text, label.words, found)
        got = text[best.source.start : best.source.end] if best and best.source else None
        yield Grade(label, got, _is_right(got, label), _is_whole(got, label))


def _nearest(text: str, words: str, found: Sequence[Utterance]) -> Utterance | None:
    """The statement whose words are most nearly these, by the share of characters they have in common."""
    best, most = None, 0.0
    for place in re.finditer(re.escape(words), text):
        for one in found:
            both = min(one.words.end, place.end()) - max(one.words.start, place.start())
            share = both / (max(one.words.end, place.end()) - min(one.words.start, place.start()))
            if share > most and (share > _MOSTLY or not one.act):
                best, most = one, share
    return best


def _is_right(got: str | None, label: Label) -> bool:
    if got is None or not (label.who or label.speaker):
        return got is None and not label.who
    name = _names(got)
    return any(name <= one or one <= name for one in (_names(label.who), _names(label.speaker)) if one)


def _is_whole(got: str | None, label: Label) -> bool:
    if got is None or not _is_right(got, label):
        return got is None and not label.who
    name, whole = _names(got), _names(label.who or label.speaker)
    last = _WORD.findall((label.who or label.speaker or "").lower())[-1:]
    return name == _names(label.speaker) or (name <= whole and name >= {*last})


def _names(name: str | None) -> frozenset[str]:
    words = frozenset(word.lower() for word in _WORD.findall(name or ""))
    return words - _TITLES or words


def _measure(path: Path, *, show: bool) -> None:
    start, grades = process_time(), list[Grade]()
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for case in cases:
        labels = [Label(one["words"], one.get("speaker"), one.get("who")) for one in case["statements"]]
        grades.extend(graded(case["text"], labels))
    spent = 1000 * (process_time() - start) / len(cases)
    right, whole = (sum(one) / len(grades) for one in zip(*((g.right, g.whole) for g in grades), strict=True))
    print(f"{path}: {len(cases)} articles, {len(grades)} statements, {spent:.1f} ms of CPU an article")
    none = sum(not g.right and g.got is None for g in grades)
    other = sum(not g.right for g in grades) - none
    print(f"  right {right:.3f}, right and whole {whole:.3f}; to somebody else {other}, to nobody {none}")
    for grade in (grade for grade in grades if show and not grade.whole):
        meant = grade.label.who or grade.label.speaker
        print(f"  {'part' if grade.right else 'WRONG'}: {grade.label.words!r}: {meant!r}, got {grade.got!r}")


def main() -> None:
    about = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=about)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print what isn't right and whole")
    options = parser.parse_args()
    for path in options.files:
        _measure(path, show=options.show)


if __name__ == "__main__":
    main()
