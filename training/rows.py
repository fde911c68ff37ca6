"""What the reader learns from: questions over passages, and statements beside quotations.

Ours are JSON lines, one invented passage each: {"style", "sentences", "questions": [{"q", "gold"}], "pairs":
[{"premise", "hypothesis", "label", "class"}]}; `gold` indexes every sentence that answers, none where the
passage doesn't say. Or one world each, where {"articles": [{"sentences", ...}]} stand for the sentences and
`gold` has pairs, of an article and a sentence of it: there a question is put to each passage of each article.
The public sets are in two files, qa.jsonl.gz and nli.jsonl.gz, converted from elsewhere.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from retrieval.article import Facts, Region, RegionSpan, Span
from retrieval.chunks import lead
from retrieval.segment import sentences

OURS, WORLDS = "ours", "worlds"
_HELD_OUT = 10  # one passage in so many is never trained on
_HELD_OUT_WORLDS = 9  # and one world
_WINDOW = 100  # words of a world's passage, as of a chunk


class Entails(Enum):
    """What a quotation does for a statement. NOT: it doesn't bear it out, and nobody said which way."""

    YES = 0
    CONTRADICTS = 1
    NEITHER = 2
    NOT = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a passage. `gold` holds the places of the sentences that answer; empty: none does.
    `spans` are the answers themselves, where somebody marked them. `lead` is what is known of the passage's
    article, as it stands in front of a chunk (retrieval/chunks.py); `corpus` names the world it is of."""

    source: str
    question: str
    passage: str
    sentences: tuple[Span, ...]
    gold: frozenset[int]
    spans: tuple[Span, ...] = ()
    lead: str = ""
    corpus: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    source: str
    premise: str
    statement: str
    label: Entails
    cls: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    asked: tuple[Asked, ...]
    stated: tuple[Stated, ...]


def ours(files: Iterable[Path], *, held_out: bool) -> Rows:
    """Of the passages that are trained on, or of the others. A passage keeps its side, in whatever file."""
    asked: list[Asked] = []
    stated: list[Stated] = []
    for file in sorted(files):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            each = json.loads(line)
            if is_held_out(each) is held_out:
                asked += _in_world(each, f"{file.stem}-{number}") if "articles" in each else _questions(each)
                stated += _pairs(each)
    return Rows(tuple(asked), tuple(stated))


def public(folder: Path) -> Rows:
    asked = tuple(row for each in _lines(folder / "qa.jsonl.gz") if (row := _asked(each)) is not None)
    labels = {
        "entailment": Entails.YES,
        "contradiction": Entails.CONTRADICTS,
        "neutral": Entails.NEITHER,
        "not": Entails.NOT,
    }
    stated = (
        Stated(each["src"], each["premise"], each["hypothesis"], labels[each["label"]])
        for each in _lines(folder / "nli.jsonl.gz")
    )
    return Rows(asked, tuple(stated))


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a text, as an article's are found."""
    found = sentences(text, [RegionSpan(Region.BODY, 0, len(text))]) if text.strip() else ()
    return tuple(Span(each.start, each.end) for each in found)


def is_held_out(each: dict[str, Any]) -> bool:
    world = "articles" in each
    first = each["articles"][0]["sentences"][0] if world else each["sentences"][0]
    digest = hashlib.sha256(first.encode()).digest()
    return digest[0] % (_HELD_OUT_WORLDS if world else _HELD_OUT) == 0


def _questions(passage: dict[str, Any]) -> Iterator[Asked]:
    text, spans = joined(passage["sentences"])
    for each in passage["questions"]:
        yield Asked(OURS, each["q"], text, spans, frozenset(each["gold"]))


def _in_world(world: dict[str, Any], name: str) -> Iterator[Asked]:
    for number, article in enumerate(world["articles"]):
        facts = Facts(title=article["title"], outlet=article["outlet"], published=article["day"])
        for window in windows(article["sentences"]):
            text, spans = joined([article["sentences"][place] for place in window])
            for each in world["questions"]:
                gold = frozenset(at for at, place in enumerate(window) if [number, place] in each["gold"])
                yield Asked(WORLDS, each["q"], text, spans, gold, lead=lead(facts), corpus=name)


def windows(parts: Sequence[str]) -> list[list[int]]:
    """Sentences that stand together, by their places, about as many words at a time as a chunk has."""
    found: list[list[int]] = []
    size = 0
    for place, part in enumerate(parts):
        words = len(part.split())
        if not found or size + words > _WINDOW:
            found.append([])
            size = 0
        found[-1].append(place)
        size += words
    return found


def joined(parts: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """Sentences as one text, and where each stands in it."""
    spans: list[Span] = []
    at = 0
    for part in parts:
        spans.append(Span(at, at + len(part)))
        at += len(part) + 1
    return " ".join(parts), tuple(spans)


def _pairs(passage: dict[str, Any]) -> Iterator[Stated]:
    for each in passage["pairs"]:
        label = Entails.YES if each["label"] else Entails.NOT
        yield Stated(OURS, each["premise"], each["hypothesis"], label, each["class"])


def _asked(row: dict[str, Any]) -> Asked | None:
    """None where it is answered and nobody marked by which sentence."""
    spans = split(row["p"])
    marked = [Span(*each) for each in row["gold"] or row["spans"]]
    gold = frozenset(
        place
        for place, span in enumerate(spans)
        if any(span.start < mark.end and mark.start < span.end for mark in marked)
    )
    if bool(row["label"]) != bool(gold):
        return None
    return Asked(row["src"], row["q"], row["p"], spans, gold, tuple(Span(*each) for each in row["spans"]))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
