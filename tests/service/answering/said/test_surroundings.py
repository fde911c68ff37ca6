"""What an article says just around a quotation."""

from retrieval.article import Quote, Span
from service.answering import Said
from service.answering.said.surroundings import before, said_of, sentences_around

TEXT = (
    "The ferries run late. Mayor Ilse Brandt spoke on Harbour Radio. “It rained,” Brandt said."
    " “It poured,” she added.\nOren Vasquez told reporters it snowed."
)


def quote(words: str) -> Quote:
    start = TEXT.index(words)
    return Quote("a_1", 1, start, start + len(words), words)


def test_before_are_two_sentences_of_the_paragraph() -> None:
    span = before(quote("“It poured,” she added."), TEXT)
    assert TEXT[span.start : span.end] == (
        "Mayor Ilse Brandt spoke on Harbour Radio. “It rained,” Brandt said. “It poured,” she added."
    )
    opening = quote("The ferries run late.")
    assert before(opening, TEXT) == Span(0, 21)


def test_around_are_the_sentences_up_to_the_end_of_its_paragraph() -> None:
    around = sentences_around(quote("ferries"), TEXT)
    assert [TEXT[s.start : s.end] for s in around][-1] == "“It poured,” she added."
    assert len(sentences_around(quote("Oren"), TEXT)) == 5


def test_a_long_way_back_the_reading_starts_at_a_paragraph() -> None:
    text = "Far away.\n" + "It rained hard here. " * 60 + "\nNear by. It went on."
    at = text.index("It went on.")
    around = sentences_around(Quote("a_1", 1, at, at + 11, "It went on."), text)
    assert text[around[0].start : around[0].end] == "It rained hard here."
    late = text.index("Near")
    assert before(Quote("a_1", 1, late, late + 8, "Near by."), text).start < late


def test_who_said_it_is_told_where_one_speaker_is_named() -> None:
    assert said_of(quote("“It rained,” Brandt said."), TEXT) == Said(speaker="Brandt")
    assert said_of(quote("“It poured,” she added."), TEXT) == Said(speaker="Brandt")
    assert said_of(quote("The ferries run late."), TEXT) is None
    told = said_of(quote("told reporters"), TEXT)
    assert told == Said(speaker="Oren Vasquez", to="reporters")


def test_two_speakers_are_none() -> None:
    both = quote("Brandt said. “It poured,” she added.\nOren Vasquez told reporters it snowed.")
    assert said_of(both, TEXT) is None


def test_sentences_that_no_space_parts_are_told_apart() -> None:
    text = "Roe said it rained。Brandt said it poured。Sow said it snowed。"
    at, to = text.index("Brandt"), text.index("Sow")
    middle = Quote("a_1", 1, at, to, text[at:to])
    assert before(middle, text) == Span(0, to)
    assert said_of(middle, text) == Said(speaker="Brandt")


def test_a_speech_is_read_from_where_it_opens() -> None:
    speech = "“It rained,” Brandt said. “It poured." + "".join(f"\n\n“It snowed {n} days." for n in range(90))
    at = speech.index("“It snowed 80 days.")
    assert said_of(Quote("a_1", 1, at, at + 19, "“It snowed 80 days."), speech) == Said(speaker="Brandt")
