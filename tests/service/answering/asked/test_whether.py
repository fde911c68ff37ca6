import pytest

from service.answering.asked import decides


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Okoye sign the lease?", "Okoye signed it in the harbour hall."),
        ("did okoye accept the lease", "The lease was rejected by Okoye within the hour."),
        ("has Brandvold resigned?", "“I am not resigning,” Brandvold said."),
        ("So will the ferry run on Sunday?", "The ferry stays in port on Sunday."),
        ("Did Okoye sign?", "She has yet to sign."),
        ("Is the bridge open again?", "The bridge was shut on Monday."),
    ],
)
def test_a_word_of_what_is_asked_or_its_contrary(question: str, text: str) -> None:
    decided = decides(question, frozenset({"okoye", "brandvold"}))
    assert decided is not None
    assert decided(text, "the mayor")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Okoye sign the lease?", "Okoye took a harder line."),
        ("did okoye sign the lease", "The union signed the lease on Friday."),
        ("has Brandvold resigned?", "Brandvold would keep the keys, the mayor said."),
        ("Was the strike called off?", "Brandvold took note."),
    ],
)
def test_what_else_is_told_of_one_and_who_else_did_it_decide_nothing(question: str, text: str) -> None:
    decided = decides(question, frozenset({"okoye", "brandvold"}))
    assert decided is not None
    assert not decided(text, "the mayor")


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the lease?",
        "Can you say when Okoye signed?",
        "What did Okoye sign?",
        "Did Okoye?",
        "the lease",
    ],
)
def test_what_doesnt_ask_for_yes_or_no(question: str) -> None:
    assert decides(question) is None


def test_who_is_asked_about_may_answer_in_other_words() -> None:
    decided = decides("Did Okoye know of the lease?")
    assert decided is not None
    assert decided("“There was a lunch, and we spoke of boats.”", "Ada Okoye")
    assert not decided("“There was a lunch, and we spoke of boats.”", "Ada Brandvold")
