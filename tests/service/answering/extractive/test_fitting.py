from types import SimpleNamespace
from typing import cast

from service.answering.asked import read_question
from service.answering.extractive.fitting import fitting
from service.answering.extractive.scoring import Candidate


def test_what_isnt_said_to_be_told_to_somebody_wasnt_told_to_them() -> None:
    asks = read_question("What did Haddad tell Radio Norway?")
    text = "“The quay floods every winter,” Haddad said."
    there, unknown, elsewhere = (
        SimpleNamespace(speaker=2, venue=venue, text=text) for venue in (True, None, False)
    )
    order = cast("list[Candidate]", [unknown, there, elsewhere])
    assert fitting(asks, order) == [there]


def test_an_article_without_a_name_that_another_has_answers_only_where_the_reader_is_sure() -> None:
    def one(text: str, read: float, score: float) -> SimpleNamespace:
        chunk = SimpleNamespace(embedded_text=text)
        article = SimpleNamespace(id=text, version=1, text=text, regions=())
        passage = SimpleNamespace(hit=SimpleNamespace(chunk=chunk), article=article)
        return SimpleNamespace(speaker=0, text=text, read=read, score=score, passage=passage, said=None)

    asks = read_question("How much did Lorvia pay for the ferry?")
    sold = "The ferry went to Tamsk for 41 million."
    for read, far, left in ((-1.0, 9.0, []), (3.0, 9.0, [0]), (3.0, 0.5, [1])):
        order = cast(
            "list[Candidate]",
            [one(sold, read, 2.0), one("In Lorvia the ferry cost 30 million.", -3.0, 2.0 - far)],
        )
        assert fitting(asks, order) == [order[at] for at in left]


def test_where_no_sentence_counts_votes_what_was_found_is_left() -> None:
    def one(text: str, score: float) -> SimpleNamespace:
        passage = SimpleNamespace(hit=SimpleNamespace(chunk=SimpleNamespace(embedded_text=text)))
        return SimpleNamespace(speaker=0, text=text, read=2.0, score=score, passage=passage, said=None)

    asks = read_question("By what margin did the harbour plan pass?")
    told, counts = "The harbour plan scraped through, with two to spare.", "The harbour plan passed 9-4."
    order = cast("list[Candidate]", [one(told, 2.0), one(counts, 1.5)])
    assert fitting(asks, order) == order[1:]
    assert fitting(asks, order[:1]) == order[:1]
