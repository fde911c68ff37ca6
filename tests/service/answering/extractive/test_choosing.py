from collections.abc import Sequence

import pytest

from retrieval.article import Article, Hit, Region, RegionSpan
from retrieval.chunks import chunks_of
from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.regions import regions
from retrieval.segment import sentences
from retrieval.timing import Timings
from service.answering import Passage
from service.answering.extractive.choosing import alike
from service.answering.extractive.context import Cited, draft
from service.answering.extractive.extractive import ExtractiveAnswerer
from tests.service.answering.making import article, body, passages

DAM = """The valley council voted on Tuesday to close the dam.

“The cracks have doubled since spring,” said chief engineer Wen Li. “Nobody should sleep below that wall.”

Li told Radio Alta that repairs would cost forty million pesos.

The museum reopens in June."""
FARMERS = """Farmers said the dam must stay open because their fields depend on it.

“Without that water we lose the harvest,” farmer Rosa Quispe told the Sierra Times."""


def told(embedder: Embedder, reader: Reader, question: str, articles: Sequence[Article]) -> list[str]:
    found = passages(embedder, question, *articles)
    drafts = ExtractiveAnswerer(embedder, reader).answer(question, found, timings=Timings()).drafts
    return ["".join(part.text for part in draft.parts) for draft in drafts]


@pytest.fixture(scope="module")
def both() -> tuple[Article, ...]:
    return (article(DAM, id_="a_dam"), article(FARMERS, id_="a_farmers"))


def test_one_fact_takes_one_sentence(embedder: Embedder, reader: Reader, both: Sequence[Article]) -> None:
    assert told(embedder, reader, "How much would the repairs of the dam cost?", both) == [
        "Li told Radio Alta that repairs would cost forty million pesos."
    ]


def test_what_a_speaker_said_is_told_whole(
    embedder: Embedder, reader: Reader, both: Sequence[Article]
) -> None:
    text = " ".join(told(embedder, reader, "What did Wen Li say?", both))
    assert "cracks have doubled" in text
    assert "repairs would cost" in text
    assert "museum" not in text


@pytest.mark.parametrize(
    "before", ["What did Wen Li say about the wall", "Compare the council and Radio Alta"]
)
@pytest.mark.parametrize(
    "question",
    [
        "How do the council and the farmers differ on the dam?",
        "Compare the council with the farmers.",
        "Which networks did Li speak on, and what did Quispe say?",
        "On which days, and why?",
    ],
)
def test_a_question_read_in_the_one_before_is_answered_whatever_its_shape(
    embedder: Embedder, reader: Reader, both: Sequence[Article], before: str, question: str
) -> None:
    assert told(embedder, reader, f"{before}: {question}", both)


def test_an_answer_stands_before_the_sentence_it_leans_on(embedder: Embedder, reader: Reader) -> None:
    text = "The Aurora is a new icebreaker.\n\nIt sank near Tromso on Friday after a fire in the engine room."
    (only,) = told(embedder, reader, "Where was the fire in the engine room on Friday?", [article(text)])
    assert only == (
        "It sank near Tromso on Friday after a fire in the engine room."
        " [The sentence before: The Aurora is a new icebreaker.]"
    )


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("The talks in Senn brought no such pause.", True),
        ("The ferrymen will not sign such a lease.", True),
        ("Nobody at the mill had made any such promise.", True),
        ("No such levy was meant, the mayor said.", True),
        ("There is no such thing, the mayor said.", False),
        ("There was such a lot of rain in Senn.", False),
        ("The tower took such a steep fall that the roof broke.", False),
        ("The tower took such a fall that the roof broke.", False),
        ("Goods such as salt were left on the quay.", False),
    ],
)
def test_what_calls_something_such_leans_on_the_sentence_before(sentence: str, leans: bool) -> None:
    one = article(f"Ann Roe asked for it twice.\n\n{sentence}")
    first, last = body(one.text)
    passage = Passage(Hit(chunks_of(one, fits=lambda _: True)[0], 1.0, None, 1.0), one, (first, last))
    told = "".join(part.text for part in draft(Cited(passage, last, None)).parts)
    assert told == sentence + leans * " [The sentence before: Ann Roe asked for it twice.]"


def test_a_row_stands_behind_its_tables_head_and_a_note_behind_what_it_amends() -> None:
    text = (
        "Item\tNorth\tSouth\nCod (tonnes)\t12\t8\nBoats\t4\t9\n\nThe price was 41 marks a tonne.\n\n"
        "Correction: we gave a price of 47 marks a tonne. It was 41."
    )
    note = text.index("Correction")
    parts = RegionSpan(Region.BODY, 0, note - 2), RegionSpan(Region.NOTE, note, len(text))
    one = article(text, regions=parts)
    found = sentences(text, parts)
    chunk = chunks_of(one, fits=lambda _: True)[0]
    passage = Passage(Hit(chunk, 1.0, None, 1.0), one, found)

    def drafted(begin: str) -> str:
        at = next(s for s in found if text.startswith(begin, s.start))
        return "".join(part.text for part in draft(Cited(passage, at, None)).parts)

    assert drafted("Boats") == "[The head of the table: Item\tNorth\tSouth] Boats\t4\t9"
    assert drafted("Item") == "Item\tNorth\tSouth"
    assert drafted("The price") == (
        "The price was 41 marks a tonne. [A note in the article: "
        "Correction: we gave a price of 47 marks a tonne. It was 41.]"
    )


def test_what_a_live_blog_tells_is_told_with_its_entrys_time() -> None:
    text = (
        "Dam watch: live\n\n16.42 CET\nThe water fell by nine metres, the council told the town.\n\n"
        "15:10\nThe water rose by four metres, the council told the town on the same afternoon."
    )
    found = regions(text)
    one = article(text, regions=found)
    chunk = chunks_of(one, fits=lambda _: True)[-1]
    passage = Passage(Hit(chunk, 1.0, None, 1.0), one, chunk.sentences)
    parts = draft(Cited(passage, chunk.sentences[0], None)).parts
    assert "".join(part.text for part in parts).startswith("[The entry's time: 15:10] The water rose")


def test_what_a_speaker_went_on_to_say_belongs_to_the_same_interview(
    embedder: Embedder, reader: Reader
) -> None:
    text = (
        "“The dam is safe,” said engineer Wen Li on Radio Alta. “It will hold until spring,” he added.\n\n"
        "The council met.\n\n“The dam is old,” Li told the Sierra Times."
    )
    said = " ".join(told(embedder, reader, "What did Li say on Radio Alta?", [article(text)]))
    assert "is safe" in said
    assert "until spring" in said
    assert "is old" not in said


def test_alike() -> None:
    assert alike("The dam will be closed on Tuesday.", "On Tuesday the dam closes.")
    assert not alike("The dam will be closed on Tuesday.", "Farmers protest against the plan.")
