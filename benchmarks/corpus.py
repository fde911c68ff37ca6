"""What is measured on: invented news, the same for the same seed, or the articles of suites on disk.

The invented articles have about 600 words, a headline, a byline, a dateline, a caption, reported speech,
figures and dates, so that every step of the article flow has something to do.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from retrieval.article import Facts
from retrieval.sources import Source

_ONSETS = "b br d dr f g gr h k kl l m n p r s st t tr v w z ch sh".split()
_VOWELS = "a e i o u ai ei ou".split()
_ENDINGS = "n r l s nd rt lson man vic ska to mer berg ler den row".split()
_FIRST = (
    "Ada Bruno Carla Dmitri Elena Farid Grace Hugo Irina Jonas Karim Laila Marek Nadia Oscar Petra Quentin"
    " Rosa Stefan Tara Ulrich Vera Walter Ximena Yusuf Zoe"
).split()
_OFFICES = (
    "Foreign Minister|Deputy Prime Minister|Trade Commissioner|chief negotiator|Ambassador|Senator"
    "|Defence Minister|central bank governor|union leader|special envoy|Energy Secretary|chief economist"
).split("|")
_OUTLETS = (
    "Northern Courier|The Daily Ledger|Harbour Post|Civic Tribune|Evening Standardbearer|Metro Wire"
    "|The Observer of Trade|Capital Gazette|Radio Meridian|The Weekly Dispatch"
).split("|")
_TOPICS = (
    "a ceasefire along the border|grain exports|security guarantees|the gas pipeline|fishing quotas"
    "|a prisoner exchange|steel tariffs|the release of frozen assets|water rights|the airspace closure"
    "|pension reform|a wage settlement|the reconstruction fund|mineral licences|the electoral calendar"
    "|satellite frequencies|vaccine patents|the port concession|carbon permits|refugee returns"
).split("|")
_DEMANDS = (
    "a written timetable|independent monitors|the withdrawal of heavy weapons|a lower tariff ceiling"
    "|guarantees from three neighbouring states|an amnesty for striking dockers|access for inspectors"
    "|a joint commission of engineers|compensation for lost harvests|a vote in both chambers"
    "|a demilitarised strip of twelve miles|a review after eighteen months"
).split("|")
_REACTIONS = (
    "cautious|disappointed|openly sceptical|relieved|unwilling to comment|ready to sign|furious|patient"
    "|divided along regional lines|confident that a compromise was near"
).split("|")
_SENTENCES = (
    "{office} {person} said {weekday} that {topic} would be settled before {month}.",
    "“We have never asked for more than {demand},” {person} told {outlet} on {weekday}.",
    "“Nobody in this room believes that {topic} can wait,” said {person}, the {office}.",
    "According to {other}, the delegation from {place} arrived with a draft of {number} pages.",
    "The proposal, which {outlet} reported first, sets aside ${number} million for {place}.",
    "{other} declined to say whether {demand} had been discussed in {place}.",
    "In {place}, about {number} people gathered outside the ministry on {weekday}.",
    "Officials in {place} were {reaction} after the talks on {topic}.",
    "{person} rejected the offer, saying that it “did not even mention {demand}.”",
    "Negotiators met for {small} hours at the {place} conference centre, but they did not agree on {topic}.",
    "A spokeswoman for {other} said the U.S. and the E.U. had been informed at 7 a.m. on {weekday}.",
    "The {small}-point plan calls for {demand} and for {demand2}.",
    "Since {month}, exports through {place} have fallen by {small} per cent, a survey of {number} firms found.",
    "“It was {reaction}, and it was late,” {other} said of the statement from {place}.",
    "Analysts at the {name} Institute said that {topic} mattered more to {place} than {topic2}.",
    "Asked whether he would resign, {person} answered: “I was elected to finish this, and I will.”",
    "Mr. {surname} will travel to {place} on {day} for a second round.",
    "The two sides have been {reaction} about {topic2} since the accord of {year}.",
    "Under the terms seen by {outlet}, {place} would receive {number} tonnes of fuel by {month}.",
    "{other}, who led the mission in {year}, warned that {demand} could take {small} years.",
)
_QUESTIONS = (
    "What did {person} say about {topic}?",
    "What did {person} tell {outlet}?",
    "How many people gathered in {place}?",
    "When will the second round of talks in {place} begin?",
    "Who rejected the offer, and why?",
    "How much money is set aside for {place}?",
    "Did {person} demand {demand}?",
    "What do officials in {place} think about {topic}?",
    "What does the plan call for besides {demand}?",
    "Which analysts commented on {topic}, and what did they say?",
    "And what about {topic}?",
    "How do I bake a sourdough loaf?",
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_WORDS_AN_ARTICLE = 600
_FIRST_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Corpus:
    sources: list[Source]
    questions: list[str]


def invented(articles: int, *, questions: int, seed: int = 7) -> Corpus:
    """Questions use the words that the articles draw from; one in twelve is about nothing in them."""
    chance = random.Random(seed)
    cast = _Cast(chance)
    asked = [_QUESTIONS[n % len(_QUESTIONS)].format(**cast.words()) for n in range(questions)]
    return Corpus([_source(n, cast, chance) for n in range(articles)], asked)


def from_suites(folder: Path) -> Corpus:
    """Every `corpus.jsonl` under the folder with the questions of the `cases.jsonl` beside it."""
    files = sorted(folder.rglob("corpus.jsonl"))
    if not files:
        raise SystemExit(f"{folder} holds no corpus.jsonl")
    sources = [_suite_source(row) for file in files for row in _rows(file)]
    cases = [row for file in files for row in _rows(file.with_name("cases.jsonl"))]
    return Corpus(sources, [row["question"][:2000] for row in cases if row.get("question", "").strip()])


class _Cast:
    """The people and places of one invented world."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.surnames = sorted({self._invent(2) for _ in range(300)})
        self.places = sorted({self._invent(chance.choice((2, 3))) for _ in range(200)})

    def person(self) -> str:
        return f"{self._chance.choice(_FIRST)} {self._chance.choice(self.surnames)}"

    def words(self, person: str | None = None) -> dict[str, str]:
        """A draw for every slot of a sentence."""
        pick, number = self._chance.choice, self._chance.randint
        known = person or self.person()
        return {
            "person": known,
            "surname": known.split()[-1],
            "other": self.person(),
            "office": pick(_OFFICES),
            "outlet": pick(_OUTLETS),
            "place": pick(self.places),
            "name": pick(self.surnames),
            "topic": pick(_TOPICS),
            "topic2": pick(_TOPICS),
            "demand": pick(_DEMANDS),
            "demand2": pick(_DEMANDS),
            "reaction": pick(_REACTIONS),
            "weekday": pick(_WEEKDAYS),
            "month": pick(_MONTHS),
            "day": f"{pick(_MONTHS)} {number(1, 28)}",
            "year": str(number(1985, 2023)),
            "number": f"{number(21, 9_999):,}",
            "small": str(number(2, 20)),
        }

    def _invent(self, syllables: int) -> str:
        pick = self._chance.choice
        inner = "".join(pick(_ONSETS) + pick(_VOWELS) for _ in range(syllables - 1))
        return (inner + pick(_ONSETS) + pick(_VOWELS) + pick(_ENDINGS)).capitalize()


def _source(number: int, cast: _Cast, chance: random.Random) -> Source:
    lead = cast.words()
    title = "{place} talks on {topic} enter {weekday} with {person} {reaction}".format(**lead)
    place = lead["place"].upper()
    paragraphs = [f"By {cast.person()}", f"{place} — " + _sentence(cast, chance, lead["person"])]
    length = 0
    while length < _WORDS_AN_ARTICLE:
        paragraph = " ".join(_sentence(cast, chance, lead["person"]) for _ in range(chance.randint(1, 4)))
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


def _sentence(cast: _Cast, chance: random.Random, person: str) -> str:
    return chance.choice(_SENTENCES).format(**cast.words(person))


def _suite_source(row: dict[str, str | None]) -> Source:
    name = row["id"] or ""
    facts = Facts(title=row.get("title"), outlet=row.get("source"), published=(row.get("published") or None))
    return Source(f"{name}.txt", (row["text"] or "").encode(), facts, name)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    if file.is_file():
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
