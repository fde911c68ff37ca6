"""How many labelled statements are given to their speaker, and by the whole name.

    python -m benchmarks.attribution benchmarks/attribution.jsonl [MORE ...] [--show]

Each line of a file is an article: {"text": ..., "statements": [{"words": ..., "speaker": ..., "who": ...}]},
where `speaker` stands as written and `who` is the whole name, null where the article doesn't tell.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from retrieval.article import Region
from retrieval.regions import regions
from retrieval.segment import sentences
from service.answering.said import Utterance, utterances
from service.english import ARTICLES, lexicon

_WORD = re.compile(r"\w[\w.’'-]*\w|\w")
_TITLES = lexicon.OFFICES | lexicon.RANKS | {*ARTICLES, "mr", "mrs", "ms", "dr", "sir", "prime", "foreign"}


@dataclass(frozen=True, slots=True)
class Label:
    words: str
    speaker: str | None
    who: str | None


@dataclass(frozen=True, slots=True)
class Grade:
    """`right`: nobody else is named; `whole`: the name, or the phrase, and no word more or less."""

    label: Label
    got: tuple[str | None, str | None]
    right: bool
    whole: bool


def graded(text: str, labels: list[Label]) -> Iterator[Grade]:
    body = [one for one in sentences(text, regions(text)) if one.region is Region.BODY]
    found = utterances(text, body)
    for label in labels:
        best = _nearest(text, label.words, found)
        got = (
            (text[best.speaker.start : best.speaker.end] if best.speaker else None, best.who)
            if best
            else (None, None)
        )
        right = _same(got, label, whole=False)
        yield Grade(label, got, right, right and _same(got, label, whole=True))


def _nearest(text: str, words: str, found: tuple[Utterance, ...]) -> Utterance | None:
    """The statement whose words are most nearly these, by the share of characters they have in common."""
    best, most = None, 0.0
    for at in (found.start() for found in re.finditer(re.escape(words), text)):
        for one in found:
            both = min(one.words.end, at + len(words)) - max(one.words.start, at)
            share = both / (max(one.words.end, at + len(words)) - min(one.words.start, at))
            best, most = (one, share) if share > most else (best, most)
    return best


def _same(got: tuple[str | None, str | None], label: Label, *, whole: bool) -> bool:
    if label.who is None:
        return got[1] is None and (got[0] is None or _names(got[0]) == _names(label.speaker))
    theirs = [_names(name) for name in (label.who, label.speaker) if name]
    name = _names(got[1] or got[0])
    if whole:
        return name in theirs
    return any(name and (name <= one or one <= name) for one in theirs)


def _names(name: str | None) -> frozenset[str]:
    words = frozenset(word.lower() for word in _WORD.findall(name or ""))
    return words - _TITLES or words


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print each statement that isn't right and whole")
    options = parser.parse_args()
    for path in options.files:
        start, grades, count = process_time(), list[Grade](), 0
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            labels = [Label(one["words"], one.get("speaker"), one.get("who")) for one in case["statements"]]
            grades.extend(graded(case["text"], labels))
            count += 1
        spent = process_time() - start
        right, whole = sum(grade.right for grade in grades), sum(grade.whole for grade in grades)
        print(
            f"{path}: {count} articles, {len(grades)} statements: right {right / len(grades):.3f}, "
            f"whole {whole / len(grades):.3f}, {1000 * spent / count:.1f} ms of CPU an article"
        )
        for grade in grades if options.show else ():
            if not grade.whole:
                mark = "part " if grade.right else "WRONG"
                print(
                    f"  {mark} {grade.label.words!r}: {grade.label.who or grade.label.speaker!r}, got {grade.got}"
                )


if __name__ == "__main__":
    main()
