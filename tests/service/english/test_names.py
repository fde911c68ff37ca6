import pytest

from service.answering.asked import Wanted, holds
from service.english.mentions import mentions
from service.english.quotation import masked, quoted_spans
from service.english.reported_speech import clauses

NAMES = (
    *("Željko Šimić", "Ğizem Ünal", "Łucja Ćwik", "Дарья Шульц", "Ő Bálint", "Sadio El Hadji"),
    *("Nadia al-Rashid", "al-Rashid", "Omar ben-Haim", "Pieter van den Akker", "Inés de la Peña"),
    *("Faisal bin Nayef", "Gérard d'Aubigny", "Seán Ó Dálaigh", "Una O'Hara-Żak", "J. R. Ó Néill Jr."),
    *("Brandt & Söhne", "Marl & Co. Ltd.", "Quarrie & Daughters plc", "Oake Inc."),
)


def speakers(sentence: str) -> list[str]:
    bare = masked(sentence, quoted_spans(sentence), start=0, end=len(sentence))
    found = [clause.speaker for clause in clauses(sentence, bare)]
    return [sentence[span.start : span.end] for span in found if span]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "sentence",
    [
        "{} said that the ferries would stop.",
        "“The ferries will stop,” said {} on Monday.",
        "“The ferries will stop,” {} told reporters.",
        "The ferries will stop, according to {}.",
    ],
)
def test_whoever_speaks_has_their_whole_name(name: str, sentence: str) -> None:
    assert speakers(sentence.format(name)) == [name]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The ferry union's chair, Nadia al-Rashid (نادية الراشد), said no.", "Nadia al-Rashid"),
        ("Łucja Ćwik (pictured), who leads the ferry union, said no.", "Łucja Ćwik"),
    ],
)
def test_what_stands_in_brackets_is_no_part_of_a_name(sentence: str, speaker: str) -> None:
    assert speakers(sentence) == [speaker]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_mentioned_whole(name: str) -> None:
    text = f"On the quay {name} signed the lease."
    assert [mention.text for mention in mentions(text)] == [name]


def test_the_stop_behind_a_name_that_is_not_cut_short_ends_the_sentence() -> None:
    assert [mention.text for mention in mentions("Did she see Łucja Ćwik. Or Marl?")][-1] == "Marl"
    assert speakers("According to Ćwik. The ferries stopped.") == ["Ćwik"]


@pytest.mark.parametrize("place", ["Lublin", "Łódź", "Šiauliai", "Đakovo", "Şırnak", "al-Hasakah", "İzmir"])
def test_a_place_is_one_whatever_it_begins_with(place: str) -> None:
    assert holds(Wanted.PLACE, f"The lease was signed in {place} on Monday.", "Where was it signed?")
