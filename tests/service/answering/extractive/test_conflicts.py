"""Sources that differ are shown side by side, and said to differ; sources that agree are not."""

from retrieval.embed import Embedder
from retrieval.reader import Reader
from retrieval.timing import Timings
from service.answering import Proposal
from service.answering.extractive.extractive import ExtractiveAnswerer
from tests.service.answering.making import article, passages

FERRY = "The ferry sank on Friday. The coast guard said 26 passengers of the Aurora were rescued."
OTHER_FIGURE = "The ferry sank near Tromso. Police said 31 passengers of the Aurora were rescued."
SAME_FIGURE = "The ferry Aurora went down. Twenty-six passengers were rescued, the mayor of Tromso said."
ROUGHLY = "The ferry Aurora sank. More than 20 passengers were rescued, a doctor said."
ANOTHER_THING = "The ferry Polaris ran aground in May near Bergen. All 12 sailors were rescued by helicopter."


def proposed(embedder: Embedder, reader: Reader, question: str, *texts: str) -> Proposal:
    articles = [article(text, id_=f"a_{at}") for at, text in enumerate(texts)]
    found = passages(embedder, question, *articles)
    return ExtractiveAnswerer(embedder, reader).answer(question, found, timings=Timings())


def test_another_figure_for_the_same_thing_stands_beside_it(embedder: Embedder, reader: Reader) -> None:
    told = proposed(embedder, reader, "How many passengers of the Aurora were rescued?", FERRY, OTHER_FIGURE)
    (conflict,) = told.conflicts
    assert {quote.article_id for quote in conflict.quotes} == {"a_0", "a_1"}
    assert conflict.about == "how many passengers of the Aurora were rescued (number)"
    shown = {part.quote for draft in told.drafts for part in draft.parts if part.quote}
    assert set(conflict.quotes) <= shown


def test_the_same_figure_in_words_is_no_conflict(embedder: Embedder, reader: Reader) -> None:
    assert not proposed(embedder, reader, "How many passengers were rescued?", FERRY, SAME_FIGURE).conflicts


def test_a_rough_figure_differs_from_none(embedder: Embedder, reader: Reader) -> None:
    assert not proposed(embedder, reader, "How many passengers were rescued?", FERRY, ROUGHLY).conflicts


def test_figures_of_different_things_are_no_conflict(embedder: Embedder, reader: Reader) -> None:
    told = proposed(embedder, reader, "How many passengers of the Aurora were rescued?", FERRY, ANOTHER_THING)
    assert not told.conflicts


def test_what_one_source_denies(embedder: Embedder, reader: Reader) -> None:
    told = proposed(
        embedder,
        reader,
        "Has the council approved the harbour budget, or was it rejected?",
        "The council approved the harbour budget on Monday, the mayor said.",
        "The council has not approved the harbour budget, its treasurer said.",
    )
    assert len(told.conflicts) == 1
