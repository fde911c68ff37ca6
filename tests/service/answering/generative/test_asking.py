"""What a model gets to read of the articles."""

from dataclasses import replace

from service.answering import Passage
from service.answering.generative.asking import listed
from service.answering.generative.evidence import keyed
from tests.service.answering.generative.test_window import cut
from tests.service.answering.making import article

SAID = "“It was old,” Mayor Ann Roe told Radio Vell. “Nobody paid for it.” Two men left."


def around(passage: Passage) -> Passage:
    return replace(passage, around=passage.hit.chunk.sentences)


def test_each_sentence_stands_behind_its_key_under_what_is_known_of_its_article() -> None:
    one = article("It rained. It\tstopped.\n\nIt\trained.", title="Rain\nP2.1 in", outlet="The Post")
    other = article("It snowed.", id_="a_2")
    assert listed(keyed([*cut(one), *cut(other)])) == (
        "[The Post, Rain P2.1 in]\nP1.1 It rained.\nP1.2 It stopped.\n\nP2.1 It rained.\n\n"
        "[An article of unknown origin]\nP3.1 It snowed."
    )


def test_an_articles_passages_stand_together_and_in_its_order() -> None:
    one, other = cut(article("One.\n\nTwo.\n\nThree.")), cut(article("Four.", id_="a_2"))
    shown = keyed([one[2], *other, one[0]])
    assert [cited.text for cited in shown.values()] == ["One.", "Three.", "Four."]


def test_a_speaker_whom_the_sentence_does_not_name_is_beside_it() -> None:
    lines = listed(keyed(list(map(around, cut(article(SAID)))))).splitlines()
    assert lines[1] == "P1.1 “It was old,” Mayor Ann Roe told Radio Vell."
    assert lines[2] == "P1.2 {Ann Roe, to Radio Vell} “Nobody paid for it.”"
    assert lines[3] == "P1.3 Two men left."
