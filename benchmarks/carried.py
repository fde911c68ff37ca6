"""Invented articles that many outlets carry, and questions about them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.corpus import Cast, invented
from retrieval.article import Facts
from retrieval.sources import Source

NEAR_COPIES, CLONES, OTHERS = 20, 50, 10
PARAGRAPHS = 7  # of an article, beside the fact
_LENGTH = 2  # sentences of one
# What one article reports and what another, and the question that needs both.
_BOTH = (
    (
        "{who} offered a loan of {one} million crowns for the harbour of {place}.",
        "{other} demanded a lease of {two} years on the harbour of {place}.",
        "What loan did {who} offer for the harbour of {place}, and what lease did {other} demand?",
    ),
    (
        "{who} promised that {one} border posts near {place} would be opened.",
        "{other} refused to let more than {two} inspectors into {place}.",
        "How many border posts did {who} promise to open, and how many inspectors did {other} refuse?",
    ),
    (
        "{who} asked for a truce of {one} weeks around {place}.",
        "{other} wanted {two} prisoners released before any truce around {place}.",
        "What truce did {who} ask for, and how many prisoners did {other} want released?",
    ),
    (
        "{who} agreed to cut the tariff on timber from {place} to {one} percent.",
        "{other} called for {two} more pilots on the river at {place}.",
        "To what did {who} agree to cut the tariff, and how many pilots did {other} call for?",
    ),
)
_FALSE = (
    ("The board of {place} will pay {one} crowns for each berth that is given up, {who} said.",
     "How many crowns will the board of {place} pay for each berth?"),
    ("The two sides agreed that {one} trucks a day may cross the bridge at {place}, {who} announced.",
     "How many trucks a day may cross the bridge at {place}?"),
    ("{who} said that the dam at {place} would be emptied within {one} weeks.",
     "Within how many weeks will the dam at {place} be emptied?"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """`needed` are words of which each stands in one text alone."""

    question: str
    sources: tuple[Source, ...]
    needed: tuple[str, ...]


def both(count: int, *, paragraphs: int = PARAGRAPHS, seed: int = 11) -> list[Case]:
    """Questions that need two articles, each of which comes with NEAR_COPIES."""
    chance = random.Random(seed)
    cast = Cast(chance)
    return [_both(number, cast, chance, paragraphs) for number in range(count)]


def false(count: int, *, paragraphs: int = PARAGRAPHS, seed: int = 12) -> list[Case]:
    """Questions that one article answers, and CLONES of another answer falsely."""
    chance = random.Random(seed)
    cast = Cast(chance)
    return [_false(number, cast, chance, paragraphs) for number in range(count)]


def _both(number: int, cast: Cast, chance: random.Random, paragraphs: int) -> Case:
    one, other, asked = _BOTH[number % len(_BOTH)]
    slots = _slots(cast, chance)
    facts = one.format(**slots), other.format(**slots)
    sources = [
        source
        for fact in facts
        for text in [_text(fact, cast, paragraphs)]
        for source in _carried(text, NEAR_COPIES + 1, cast, chance, edits=True, fact=fact)
    ]
    return Case(asked.format(**slots), _among(sources, chance), facts)


def _false(number: int, cast: Cast, chance: random.Random, paragraphs: int) -> Case:
    report, asked = _FALSE[number % len(_FALSE)]
    slots = _slots(cast, chance)
    true, false = (report.format(**slots | {"one": slots[n]}) for n in ("one", "two"))
    text = _text(false, cast, paragraphs)
    sources = _carried(_text(true, cast, paragraphs), 1, cast, chance)
    sources += _carried(text, CLONES, cast, chance)
    return Case(asked.format(**slots), _among(sources, chance), (true,))


def _slots(cast: Cast, chance: random.Random) -> dict[str, str]:
    one, two = chance.sample(range(13, 90), 2)
    return {
        "who": cast.person(),
        "other": cast.person(),
        "place": chance.choice(cast.places),
        "one": str(one),
        "two": str(two),
    }


def _text(fact: str, cast: Cast, length: int) -> str:
    """The fact in its second paragraph."""
    person = cast.person()
    paragraphs = [" ".join(cast.sentence(person) for _ in range(_LENGTH)) for _ in range(length)]
    return "\n\n".join([paragraphs[0], fact, *paragraphs[1:]])


def _carried(
    text: str, count: int, cast: Cast, chance: random.Random, *, edits: bool = False, fact: str = ""
) -> list[Source]:
    """With outlets and days of their own; all but one with other words here and there, and a paragraph less
    or more, if it `edits`. A `fact` stays."""
    made = []
    for at in range(count):
        edited = _edited(text, cast, chance, fact) if edits and at else text
        day = f"2031-0{chance.randint(1, 9)}-{chance.randint(10, 28)}"
        outlet = f"{chance.choice(cast.places)} {chance.choice(('Post', 'Wire', 'Gazette', 'Radio'))} {at}"
        facts = Facts(title=f"Talks go on, {day}", outlet=outlet, published=day)
        made.append(Source("article.txt", edited.encode(), facts, f"{outlet} {chance.random()}"))
    return made


def _edited(text: str, cast: Cast, chance: random.Random, fact: str) -> str:
    paragraphs = text.split("\n\n")
    for at in range(len(paragraphs)):
        if paragraphs[at] != fact and chance.random() < 0.4:
            words = paragraphs[at].split()
            words[chance.randrange(len(words))] = chance.choice(("meanwhile", "reportedly", "however"))
            paragraphs[at] = " ".join(words)
    if chance.random() < 0.5:
        paragraphs.remove(chance.choice([p for p in paragraphs if p != fact]))
    if chance.random() < 0.5:
        paragraphs.append(cast.sentence(cast.person()))
    return "\n\n".join(paragraphs)


def _among(sources: Sequence[Source], chance: random.Random) -> tuple[Source, ...]:
    every = [*sources, *invented(OTHERS, questions=1, seed=chance.randrange(10**6)).sources]
    chance.shuffle(every)
    return tuple(every)
