"""What bears a name: what the articles say it is, not what merely names it."""

import pytest

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering.asked import read_question
from service.answering.extractive.defined import asks_what, definitions
from service.answering.extractive.extractive import ExtractiveAnswerer
from service.answering.said import said_in
from tests.service.answering.making import article, passages

LAKE = """Article 7 bound the talks in Senn, both ministers said on Monday. \
The lake towns want Article 7 to be read aloud before each vote.

Article 7 of the Lake Treaty says that a town which draws water must tell the others. \
Both sides accept the Weir Panel, a body of five engineers that measures the level.

In Ostrava Bay, a barge ran aground. The Weir Panel is late, the mayor of Senn said. \
He had met the Mill Union, a baker and the army.

The Union of Rope Makers (URM) walked out. The URM is against any levy. \
The offer is a trap, said Ann Roe. The Salt Fund is a purse that the towns fill.

SENN (LNA) – Nobody spoke to the Dike Guild, a source said. The Dike Guild is a threat. \
If the Dike Guild is a partner, the talks go on. “The Dike Guild is a gang,” said Ann Roe. \
The ferry left the Dike Guild, a day after the vote. Mr Treaty said that he was tired. \
Roe praised the Green Deal, a plan from 2019. Ann Roe is a baker. \
Inflation is a worry in Senn. The boats were kept by the Net Guild, a spokesman confirmed. \
The boats left the Net Guild, a violation of the truce.

Jon Doe of the protest group Reed Circle said the levy was too high. The Reed Circle met twice.

Marchers called the Sluice Watch back. Two hundred came, said a group called Sluice Watch. \
The teacher speaks for Dry Feet, the campaign against the dam, and wants a vote. \
Ann Roe left Tide Table, the union said. They missed the group that Bank Side sent. \
Roe told the union Old Weir would close. Members of the union Thursday said no. \
Talks resumed in West Pier, the company announced.

A quay levy is what a ship pays for each day at the wall; the towns share it. \
An ice bond is the sum that a skipper leaves with the harbour. \
A strike is a mistake. “A tide pass is the devil's,” said Ann Roe. A weir is late."""


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("article 7", ["Article 7 of the Lake Treaty says that"]),
        ("weir panel", ["Both sides accept the Weir Panel, a body"]),
        ("URM", ["The Union of Rope Makers (URM) walked out."]),
        ("salt fund", ["The Salt Fund is a purse"]),
        ("Ostrava Bay", []),
        ("Mill Union", []),
        ("offer", []),
        ("rope", []),
        ("LNA", []),
        ("Dike Guild", []),
        ("deal", []),
        ("inflation", []),
        ("Net Guild", []),
        ("reed circle", ["Jon Doe of the protest group Reed Circle"]),
        ("sluice watch", ["Two hundred came, said a group called Sluice Watch."]),
        ("quay levy", ["A quay levy is what a ship pays"]),
        ("ice bond", ["An ice bond is the sum"]),
        ("strike", []),
        ("tide pass", []),
        ("weir", []),
        ("dry feet", ["The teacher speaks for Dry Feet, the campaign"]),
        ("tide table", []),
        ("bank side", []),
        ("old weir", []),
        ("thursday", []),
        ("west pier", []),
    ],
)
def test_a_definition_says_what_it_is(embedder: Embedder, what: str, told: list[str]) -> None:
    lake = article(LAKE)
    found = [
        lake.text[s.start : s.end] for _, s in definitions(what, passages(embedder, what, lake), said_in)
    ]
    assert [text.startswith(begin) for text, begin in zip(found, told, strict=True)] == [True] * len(told)


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("What is the Weir Panel?", "Weir Panel"),
        ("whats article 7", "article 7"),
        ("what does URM stand for", "URM"),
        ("what does article 7 say", "article 7"),
        ("What does Jude Law say?", None),
        ("What does the Lake Treaty say?", "Lake Treaty"),
        ("What does the URM say?", None),
        ("Who is Ann Roe?", None),
        ("what is it about article 7 that the towns hate", None),
    ],
)
def test_only_what_something_is_asks_for_one(question: str, what: str | None) -> None:
    assert asks_what(read_question(question)) == what


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what is Article 7?", "Article 7 of the Lake Treaty says"),
        ("whats the weir panel", "Both sides accept the Weir Panel"),
        ("what does URM stand for?", "The Union of Rope Makers (URM)"),
    ],
)
def test_a_definition_is_the_whole_answer(
    embedder: Embedder, reader: Reader, question: str, told: str
) -> None:
    found = passages(embedder, question, article(LAKE))
    (only,) = ExtractiveAnswerer(embedder, reader).answer(question, found, timings=Timings()).drafts
    assert only.parts[0].text.startswith(told)
