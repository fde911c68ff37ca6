import pytest

from service.answering.asked.kinds import Wanted, counted, holds, names_kind, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many miners were rescued?", Wanted.NUMBER),
        ("What percentage of voters stayed at home?", Wanted.NUMBER),
        ("When did the bridge open?", Wanted.TIME),
        ("On which day does the court rule?", Wanted.TIME),
        ("where was the ship found", Wanted.PLACE),
        ("In which town was the vote held?", Wanted.PLACE),
        ("Who leads the inquiry?", Wanted.PERSON),
        ("Why did the minister resign?", Wanted.REASON),
        ("On which television channel did the mayor speak?", Wanted.OUTLET),
        ("What did the mayor promise?", Wanted.OTHER),
        ("Is the harbour open?", Wanted.OTHER),
        ("How much has become known of the deal?", Wanted.OTHER),
        ("How much has the deal cost?", Wanted.NUMBER),
    ],
)
def test_the_kind_of_thing_asked_for(question: str, kind: Wanted) -> None:
    assert wanted(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "question", "there"),
    [
        (Wanted.NUMBER, "Nine miners were rescued.", "How many miners were rescued?", True),
        (Wanted.NUMBER, "The 2019 strike ended.", "How many joined the 2019 strike?", False),
        (Wanted.TIME, "It opened on Friday.", "When did it open?", True),
        (Wanted.TIME, "It opened to applause.", "When did it open?", False),
        (Wanted.PLACE, "Eleven went to the port of Lisse.", "Where did they go?", True),
        (Wanted.PLACE, "It lies in the old town of Brenn.", "Where is it?", True),
        (Wanted.PLACE, "It was laid up at the harbour of Senn.", "Where is it?", True),
        (Wanted.PLACE, "It went to the minister of Trade.", "Where is it?", False),
        (Wanted.PLACE, "They met in Bergen.", "In which town in Norway did they meet?", True),
        (Wanted.PLACE, "They met in Norway.", "In which town in Norway did they meet?", False),
        (Wanted.PERSON, "Ana Reyes leads it.", "Who leads it?", True),
        (Wanted.PERSON, "the inquiry has a leader", "Who leads the inquiry?", False),
        (Wanted.REASON, "She resigned because of the leak.", "Why did she resign?", True),
        (Wanted.OTHER, "Anything at all.", "What did she promise?", True),
    ],
)
def test_only_what_the_question_does_not_say_counts(
    kind: Wanted, sentence: str, question: str, *, there: bool
) -> None:
    assert holds(kind, sentence, question) is there


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many foreign nurses would be hired?", "nurses"),
        ("how many goals did the winger score", "goals"),
        ("How much would it cost?", None),
    ],
)
def test_what_is_to_be_counted(question: str, noun: str | None) -> None:
    assert counted(question) == noun


def test_a_named_sort_of_place() -> None:
    assert names_kind("In what village was it found?")
    assert not names_kind("Where was it found?")
