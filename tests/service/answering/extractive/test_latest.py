"""How things stand now, who holds an office, and the reason that the next sentence gives."""

from types import SimpleNamespace
from typing import cast

import pytest

from retrieval.article import Article
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import Said, Status
from service.answering.asked import read_question
from service.answering.extractive.choosing import latest_first, with_reason
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.extractive.introduced import asks_holder, in_office, ranks_of
from service.answering.extractive.scoring import Candidate
from service.answering.said import Cast
from tests.service.answering.making import article, passages


def one(
    text: str, day: str | None, chance: float, *, start: int = 0, id_: str = "a_1", by: str | None = None
) -> Candidate:
    facts = SimpleNamespace(published=day)
    where = SimpleNamespace(article=SimpleNamespace(id=id_, facts=facts))
    span = SimpleNamespace(start=start, end=start + len(text))
    told = SimpleNamespace(text=text, chance=chance, passage=where, sentence=span, said=Said(by))
    return cast("Candidate", told)


@pytest.mark.parametrize(
    ("question", "days", "first"),
    [
        ("how many berths are let so far", ("2031-05-02", "2031-05-09"), "later"),
        ("Who leads the guild now?", ("2031-05-02", "2031-05-09"), "later"),
        ("What does the toll cost at the moment?", ("2031-05-02", "2031-05-09"), "later"),
        ("how many berths are let", ("2031-05-02", "2031-05-09"), "likelier"),
        ("how many berths are let so far", ("2031-05-02", None), "likelier"),
        ("how many berths are let so far", ("2031-05-09", "2031-05-02"), "likelier"),
    ],
)
def test_how_things_stand_is_told_by_the_latest(
    question: str, days: tuple[str, str | None], first: str
) -> None:
    order = [one("likelier", days[0], 0.8), one("later", days[1], 0.7)]
    assert latest_first(read_question(question), order)[0].text == first


def test_what_is_far_less_likely_isnt_told_first_for_its_day() -> None:
    order = [one("likelier", "2031-05-02", 0.8), one("later", "2031-05-09", 0.3)]
    assert latest_first(read_question("how many berths are let so far"), order) == order


@pytest.mark.parametrize(
    ("question", "likelier", "later"),
    [
        (
            "How many people has the flood in Kalno killed so far?",
            "The flood in Kalno has killed 12 people so far.",
            "The storm in Velmar has killed 31 people so far.",
        ),
        ("Who's the coach now?", "The coach is Ada Brink.", "Striker Bo Falk now plays for Kalno."),
        (
            "How many people has the flood killed so far?",
            "The flood has killed 12 people.",
            "So far the storm has killed 31 people.",
        ),
    ],
)
def test_the_latest_on_something_else_isnt_told_first(question: str, likelier: str, later: str) -> None:
    order = [one(likelier, "2031-05-01", 0.8), one(later, "2031-06-02", 0.7)]
    assert latest_first(read_question(question), order) == order
    same = [order[0], one(likelier.replace("12", "19"), "2031-06-02", 0.7)]
    assert latest_first(read_question(question), same) == [same[1], same[0]]


def test_the_latest_is_so_by_its_time_whatever_its_zone() -> None:
    order = [one("likelier", "2031-05-02T23:30:00+02:00", 0.8), one("later", "2031-05-02T22:00:00Z", 0.7)]
    asks = read_question("how many berths are let so far")
    assert latest_first(asks, order) == order[::-1]
    assert latest_first(asks, [order[1], order[0]]) == order[::-1]


@pytest.mark.parametrize(
    "reason",
    [
        "It cited a fall in orders.",
        "The company blamed the price of fuel.",
        "Its reason was the price of fuel.",
        "That is because the quay is sinking.",
    ],
)
def test_why_is_answered_with_the_reason_in_the_next_sentence(reason: str) -> None:
    first = one("Brandvold will shut the yard in June.", None, 0.8)
    behind = one(reason, None, 0.2, start=first.sentence.end + 1)
    asks = read_question("Why will Brandvold shut the yard?")
    assert with_reason(asks, [first], [first, behind]) == [first, behind]
    assert with_reason(read_question("When will Brandvold shut the yard?"), [first], [first, behind]) == [
        first
    ]


@pytest.mark.parametrize(
    ("told", "next_", "gap"),
    [
        ("Brandvold will shut the yard in June.", "It named no buyer.", 1),
        ("Brandvold will shut the yard because orders fell.", "It cited a fall in orders.", 1),
        ("Brandvold will shut the yard in June.", "It cited a fall in orders.", 90),
        ("Brandvold will shut the yard in June.", "The mayor was cited for speeding.", 1),
    ],
)
def test_no_other_next_sentence_is_told(told: str, next_: str, gap: int) -> None:
    first = one(told, None, 0.8)
    behind = one(next_, None, 0.2, start=first.sentence.end + gap)
    assert with_reason(read_question("Why will Brandvold shut the yard?"), [first], [first, behind]) == [
        first
    ]


@pytest.mark.parametrize(
    ("quote", "speaker", "goes_on"),
    [
        ("“Two yards on one river starve each other,” he said.", "Brandvold", True),
        ('"Nobody has ordered a hull since May."', "Per Brandvold", True),
        ("«We can't pay the smiths,» said the owner.", "Per Brandvold", True),
        ("“Two yards on one river starve each other,” she said.", "Ilse Tamm", False),
        ("“I like the river,” he said.", None, False),
        ("“He would shut the yard,” said Per Brandvold.", "Per Brandvold", False),
        ("He would come back in June, he said, and the town would “see”.", "Brandvold", False),
    ],
)
def test_why_is_answered_with_what_the_same_one_is_quoted_with_next(
    quote: str, speaker: str | None, goes_on: bool
) -> None:
    first = one("Per Brandvold said that he would shut the yard.", None, 0.8, by="Per Brandvold")
    behind = one(quote, None, 0.2, start=first.sentence.end + 1, by=speaker)
    asks = read_question("Why will Brandvold shut the yard?")
    assert with_reason(asks, [first], [first, behind]) == [first, *[behind] * goes_on]
    unlikely = one(quote, None, 0.02, start=first.sentence.end + 1, by=speaker)
    assert with_reason(asks, [first], [first, unlikely]) == [first]


OLD = "Treasurer Ilse Tamm opened the lock on Monday. The guild thanked her."
NEW = "Treasurer Per Holm shut the lock on Friday. Former treasurer Ilse Tamm stayed away."
RIVAL = "Treasurer Per Holm shut the lock on Friday. Treasurer Ilse Tamm opened it again."


def holder(embedder: Embedder, question: str, *texts: str) -> list[str]:
    articles: list[Article] = [article(text, id_=f"a_{at}") for at, text in enumerate(texts)]
    office = asks_holder(read_question(question))
    found = passages(embedder, question, *articles)
    told = in_office(office, found, map(Cast, articles)) if office else []
    return [passage.article.text[s.start : s.end] for passage, s in told]


@pytest.mark.parametrize("question", ["who's the treasurer now", "Who is the treasurer?"])
def test_an_office_is_told_of_the_one_who_holds_it(embedder: Embedder, question: str) -> None:
    assert holder(embedder, question, OLD, NEW) == ["Treasurer Per Holm shut the lock on Friday."]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("who is the treasurer", (OLD, RIVAL)),
        ("who was the treasurer", (OLD, NEW)),
        ("who is the treasurer of Lund", (OLD, NEW)),
        ("who is the deputy treasurer", (OLD, NEW)),
        ("Who is the next treasurer?", (OLD, NEW)),
        ("who's the new treasurer", (OLD, NEW)),
        ("who is the acting treasurer now", (OLD, NEW)),
        ("who is the former treasurer", (OLD, NEW)),
    ],
)
def test_of_several_of_a_past_or_of_another_office_nobody_is_told(
    embedder: Embedder, question: str, texts: tuple[str, ...]
) -> None:
    assert holder(embedder, question, *texts) == []


@pytest.mark.parametrize(
    ("office", "text", "ranks"),
    [
        ("the mayor", "The deputy mayor said no.", [True]),
        ("the mayor", "Mayor Roe came with her deputy mayor and an ex-mayor.", [False, True, True]),
        ("prime minister of Velia", "The former prime minister wept.", [True]),
        ("the mayor", "The majority stayed.", []),
        ("the deputy mayor", "The deputy mayor said no.", [False]),
        ("the deputy mayor", "Mayor Roe said no.", []),
        ("the weather", "The deputy mayor said no.", []),
    ],
)
def test_a_lower_or_a_former_office_is_another(office: str, text: str, ranks: list[bool]) -> None:
    assert ranks_of(office, text) == ranks


def test_who_holds_an_office_isnt_answered_by_a_deputy(embedder: Embedder, reader: Reader) -> None:
    text = "The deputy mayor of Lund opened the lock on Monday. The guild thanked her for that."
    question = "who is the mayor of lund"
    told = ExtractiveAnswerer(embedder, reader).answer(
        question, passages(embedder, question, article(text)), timings=Timings()
    )
    assert told.status is Status.ABSTAINED
