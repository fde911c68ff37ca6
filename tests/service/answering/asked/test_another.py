"""The day of another meeting is no answer."""

import pytest

from service.answering.asked import names_in, with_another


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did Roe and Doe meet?", "Roe is expected to meet Velian President Ada Lund on Monday."),
        ("When did Jane Roe meet Max Doe?", "On Tuesday Ms Roe met Lund and two aides."),
        ("On what day did Roe talk to Doe?", "Roe talked on Friday with Lund."),
        ("When did Roe and Doe meet?", "On Friday, in the Board room, Lund meets Roe."),
        ("When did Roe meet Doe?", "President Ada Lund met Roe on Monday."),
        ("Where did Roe see Doe?", "Roe saw Mr Lund in Kalno."),
        ("When did Harbour Co visit Roe?", "Harbour Co visited Lund Shipping in May."),
    ],
)
def test_of_another(question: str, text: str) -> None:
    assert with_another(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When did Roe and Doe meet?", "Roe met in Kalno with Doe on Friday."),
        ("When did Roe and Doe meet?", "The two met on Friday."),
        ("When did Roe and Doe meet?", "Roe met Lund on Monday, three days after he met Doe."),
        ("When did Roe and Doe meet?", "Roe met him in Kalno on Friday."),
        ("When did Roe meet the Velian envoy?", "Roe met Lund on Monday."),
        ("When did Roe and Doe meet?", "Roe met the Velian president on Monday."),
        ("When did Roe and Doe meet?", "On Friday the Velian president met Roe."),
        ("When did Roe meet the envoy?", "Roe met Lund on Monday."),
        ("When did Roe and Doe meet in Kalno?", "Roe met Doe on Monday."),
        ("When is the vote?", "Roe meets Lund on Monday."),
    ],
)
def test_perhaps_of_those_asked_about(question: str, text: str) -> None:
    assert not with_another(question, text)


def test_names_without_their_capitals_are_those_of_the_articles() -> None:
    text = "On Monday the president, Roe, will meet Lund."
    names = names_in([text, "Last week he met Max Doe and the Board."])
    assert {"roe", "doe", "lund"} <= names
    assert with_another("when did roe meet doe", text, names)
    assert not with_another("when did roe meet doe", text)
    assert not with_another("when did roe meet the president", text, names)
