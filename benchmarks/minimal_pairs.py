"""Pairs of statements over the same quotation that differ in one respect: one true, one false.

The true one restates a sentence of an article (a lead-in, a clause trimmed or moved, indirect speech,
another verb of saying, a figure for a number word); the false one changes what its class names. Made by
seeded rules that share no code with the verifier, so that neither is tuned to the other's reading.
"""

import json
import random
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from benchmarks import corruptions, restatements
from benchmarks.corruptions import Corruption

CLASSES = tuple(corruptions.BY_CLASS)
HAND_WRITTEN = Path(__file__).with_name("news_sentences.toml")
WRITTEN = Path(__file__).with_name("pairs")
_SENTENCE = re.compile(r"[^\n]+?[.!?][”\"’]?(?=\s+[“\"A-Z]|\s*\n|\s*$)")
_SHORTEST, _LONGEST = 45, 300
# Signs of markup, addresses and broken encodings, with which a statement gives way to its quotation on
# purpose; and a space before a mark, which tells of text cut into words for a machine: nobody restates that.
_NO_PROSE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\[\]{}<>_*#@|\\`+=~^]|://| [,.;:)]|\( ")


@dataclass(frozen=True, slots=True)
class Pair:
    """`start` and `end` mark the quotation in `text`. `how` names the restatement and the corruption."""

    cls: str
    text: str
    start: int
    end: int
    true: str
    false: str
    how: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article's text, and true restatements written by hand of runs of it."""

    text: str
    told: tuple[tuple[str, str], ...] = ()


def hand_written(path: Path = HAND_WRITTEN) -> list[Story]:
    stories = tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    return [Story(s["text"], tuple((t["quote"], t["says"]) for t in s["told"])) for s in stories]


def written(folder: Path = WRITTEN) -> list[Pair]:
    """Pairs that were written by hand, of kinds that no rule makes: a value moved to another conjunct, what
    somebody said told as a fact, its speaker lost. `pairs/README.md` tells their form."""
    return [_written(line) for file in sorted(folder.glob("*.jsonl")) for line in lines(file)]


def _written(line: str) -> Pair:
    row = json.loads(line)
    start = row["text"].index(row["quote"])
    return Pair(
        row["class"], row["text"], start, start + len(row["quote"]), row["true"], row["false"], row["note"]
    )


def lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def pairs(stories: Iterable[Story], *, seed: int, each: int) -> list[Pair]:
    """At most `each` pairs of a class; no sentence serves a class twice. Corpora are taken in turn."""
    chance = random.Random(seed)
    found: dict[str, list[Pair]] = {cls: [] for cls in CLASSES}
    for story in stories:
        for pair in _of_story(story, chance):
            if len(found[pair.cls]) < each:
                found[pair.cls].append(pair)
        if all(len(made) >= each for made in found.values()):
            break
    return [pair for made in found.values() for pair in made]


def in_turn(corpora: Sequence[Sequence[Story]], *, seed: int) -> Iterator[Story]:
    """The stories of several corpora, each shuffled, one of each at a time."""
    chance = random.Random(seed)
    shuffled = [chance.sample(list(corpus), len(corpus)) for corpus in corpora]
    for row in zip_longest(*shuffled):
        yield from (story for story in row if story is not None)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences that are prose of a fair length, with balanced quotation marks."""
    spans = []
    for found in _SENTENCE.finditer(text):
        sentence = found.group().strip()
        start = found.start() + found.group().index(sentence)
        no_claim = sentence.endswith("?") or _NO_PROSE.search(sentence)
        prose = not no_claim and re.match(r"[“\"]?[A-Z]", sentence)
        if prose and _SHORTEST <= len(sentence) <= _LONGEST and _balanced(sentence):
            spans.append((start, start + len(sentence)))
    return spans


def _balanced(sentence: str) -> bool:
    return sentence.count("“") == sentence.count("”") and sentence.count('"') % 2 == 0


def _of_story(story: Story, chance: random.Random) -> Iterator[Pair]:
    names = corruptions.names_in(story.text)
    for quote, says in story.told:
        start = story.text.index(quote)
        yield from _of_statement(story.text, (start, start + len(quote)), says, "by hand", names, chance)
    for span in sentences(story.text) if not story.told else ():
        restated = restatements.restate(story.text[span[0] : span[1]], chance)
        if restated is not None:
            yield from _of_statement(story.text, span, restated.text, restated.how, names, chance)


def _of_statement(
    text: str, span: tuple[int, int], true: str, how: str, names: Sequence[str], chance: random.Random
) -> Iterator[Pair]:
    quote = text[span[0] : span[1]]
    for cls, corrupt in corruptions.BY_CLASS.items():
        made = _corrupted(corrupt, true, quote, names, chance)
        if made is not None:
            yield Pair(cls, text, span[0], span[1], true, made.text, f"{how}; {made.how}")


def _corrupted(
    corrupt: Callable[[str, str, Sequence[str], random.Random], Corruption | None],
    true: str,
    quote: str,
    names: Sequence[str],
    chance: random.Random,
) -> Corruption | None:
    made = corrupt(true, quote, names, chance)
    return made if made is not None and made.text != true else None
