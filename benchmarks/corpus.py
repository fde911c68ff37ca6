"""What is measured on: invented news, the same for the same seed, or the articles of suites on disk.

The invented articles have about 600 words, a headline, a byline, a dateline, a caption, reported speech,
figures and dates, so that every step of the article flow has something to do.
"""

import json
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from retrieval.article import Facts
from retrieval.sources import Source

_WORDS = Path(__file__).with_name("words.toml")
_WORDS_AN_ARTICLE = 600
_FIRST_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Corpus:
    sources: list[Source]
    questions: list[str]


def invented(articles: int, *, questions: int, seed: int = 7) -> Corpus:
    """Questions use the words that the articles draw from; one in twelve is about nothing in them."""
    chance = random.Random(seed)
    cast = Cast(chance)
    forms = cast.listed["questions"]
    asked = [forms[n % len(forms)].format(**cast.words()) for n in range(questions)]
    return Corpus([_source(n, cast, chance) for n in range(articles)], asked)


def from_suites(folder: Path) -> Corpus:
    """Every `corpus.jsonl` under the folder with the questions of the `cases.jsonl` beside it."""
    files = sorted(folder.rglob("corpus.jsonl"))
    if not files:
        raise SystemExit(f"{folder} holds no corpus.jsonl")
    sources = [_suite_source(row) for file in files for row in _rows(file)]
    cases = [row for file in files for row in _rows(file.with_name("cases.jsonl"))]
    return Corpus(sources, [row["question"][:2000] for row in cases if row.get("question", "").strip()])


class Cast:
    """The people and places of one invented world."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.listed: dict[str, list[str]] = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
        self.surnames = sorted({self._invent(2) for _ in range(300)})
        self.places = sorted({self._invent(chance.choice((2, 3))) for _ in range(200)})

    def one(self, kind: str) -> str:
        return self._chance.choice(self.listed[kind])

    def person(self) -> str:
        return f"{self.one('first_names')} {self._chance.choice(self.surnames)}"

    def sentence(self, person: str) -> str:
        return self.one("sentences").format(**self.words(person))

    def words(self, person: str | None = None) -> dict[str, str]:
        """A draw for every slot of a sentence."""
        pick, number = self._chance.choice, self._chance.randint
        known = person or self.person()
        return {
            "person": known,
            "surname": known.split()[-1],
            "other": self.person(),
            "office": self.one("offices"),
            "outlet": self.one("outlets"),
            "place": pick(self.places),
            "name": pick(self.surnames),
            "topic": self.one("topics"),
            "topic2": self.one("topics"),
            "demand": self.one("demands"),
            "demand2": self.one("demands"),
            "reaction": self.one("reactions"),
            "weekday": self.one("weekdays"),
            "month": self.one("months"),
            "day": f"{self.one('months')} {number(1, 28)}",
            "year": str(number(1985, 2023)),
            "number": f"{number(21, 9_999):,}",
            "small": str(number(2, 20)),
        }

    def _invent(self, syllables: int) -> str:
        inner = "".join(self.one("onsets") + self.one("vowels") for _ in range(syllables - 1))
        return (inner + self.one("onsets") + self.one("vowels") + self.one("endings")).capitalize()


def _source(number: int, cast: Cast, chance: random.Random) -> Source:
    lead = cast.words()
    title = "{place} talks on {topic} enter {weekday} with {person} {reaction}".format(**lead)
    place = lead["place"].upper()
    paragraphs = [f"By {cast.person()}", f"{place} — " + cast.sentence(lead["person"])]
    length = 0
    while length < _WORDS_AN_ARTICLE:
        paragraph = " ".join(cast.sentence(lead["person"]) for _ in range(chance.randint(1, 4)))
        paragraphs.append(paragraph)
        length += len(paragraph.split())
    caption = "Photo: {person} arrives in {place} on {day}.".format(**cast.words(lead["person"]))
    paragraphs.insert(len(paragraphs) // 2, caption)
    published = _FIRST_DAY + timedelta(days=chance.randint(0, 900))
    facts = Facts(
        title=title,
        outlet=lead["outlet"],
        published=published.isoformat(),
        url=f"https://news.example/{number}",
        language="en",
    )
    text = "\n\n".join([title, *paragraphs]) + "\n"
    return Source(f"article-{number:05}.txt", text.encode(), facts, None)


def _suite_source(row: Mapping[str, str | None]) -> Source:
    name = row["id"] or ""
    facts = Facts(title=row.get("title"), outlet=row.get("source"), published=(row.get("published") or None))
    return Source(f"{name}.txt", (row["text"] or "").encode(), facts, name)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    if file.is_file():
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
