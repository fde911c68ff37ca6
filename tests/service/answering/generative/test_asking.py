"""What a model gets to read of the articles."""

from retrieval.article import Chunk, Hit, Region
from service.answering import Passage
from service.answering.generative.asking import listed
from tests.service.answering.making import article


def test_passages_are_listed_by_key_with_what_is_known_of_their_article() -> None:
    one = article("It rained.", title="Rain\n[P2] in", outlet="The Post")
    chunk = Chunk("c", one.id, 1, 0, 10, Region.BODY, (), "", one.text)
    other = Passage(Hit(chunk, None, None, 1.0), article("It rained."), ())
    passages = {"P1": Passage(Hit(chunk, None, None, 1.0), one, ()), "P2": other}
    assert listed(passages) == (
        "[P1] The Post, Rain [P2] in\nIt rained.\n\n[P2] an article of unknown origin\nIt rained."
    )
