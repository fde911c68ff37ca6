"""Words of ours are templates, or names that the article has beside the quotation."""

import pytest

from service.answering import Said
from service.answering.verified.lead_ins import claims_nothing, fits

NEAR = "Mayor Ilse Brandt spoke on Harbour Radio. “It rained,” she said."
QUOTE = "“It rained,” she said."
SAID = Said(speaker="Marta Roe", to="reporters", venue="Delta News", when="Sunday")


@pytest.mark.parametrize(
    "lead",
    [
        "Photo caption: ",
        "Photo credit: ",
        "Byline: ",
        " [The sentence before: ",
        " ",
        "]",
        "…",
        "Ilse Brandt: ",
        "Ilse Brandt, on Harbour Radio: ",
        "[Brandt] ",
        "Marta Roe, on Delta News, Sunday, to reporters: ",
        "Marta Roe, to reporters: ",
        "on Harbour Radio",
        "Roe: ",
    ],
)
def test_what_the_article_bears_out_fits(lead: str) -> None:
    assert fits(lead, said=SAID, near=NEAR, quote=QUOTE)


@pytest.mark.parametrize(
    "lead",
    [
        "Zorn: ",
        "Brand: ",
        "Ilse Brandt, on Delta TV: ",
        "Ilse Brandt lied: ",
        "Photo caption: Ilse Brandt drunk",
        "It was false: ",
        "Brandt Ilse: ",
    ],
)
def test_anything_else_does_not(lead: str) -> None:
    assert not fits(lead, said=SAID, near=NEAR, quote=QUOTE)


def test_without_an_attribution_only_the_article_counts() -> None:
    assert not fits("Marta Roe: ", said=None, near=NEAR, quote=QUOTE)
    assert not fits("Marta Roe: ", said=Said(), near=NEAR, quote=QUOTE)
    assert fits("Brandt: ", said=None, near=NEAR, quote=QUOTE)


def test_a_lead_in_names_no_other_speaker_than_the_quotation_does() -> None:
    quote = "“It rained on Brandt,” Roe said."
    assert not fits("Brandt: ", said=None, near=quote, quote=quote)
    assert fits("Marta Roe: ", said=SAID, near=quote, quote=quote)
    assert fits("[Brandt] ", said=None, near=quote, quote=quote)
    both = "“It rained,” Roe said; “it poured,” Brandt said."
    assert fits("Brandt: ", said=None, near=both, quote=both)


@pytest.mark.parametrize(
    "text",
    [
        "I found no passage that could answer this.",
        "I found nothing about this in the articles I searched.",
        "I found no passage that answers this. The nearest says: ",
        "Whom do you mean: Roe or Brandt?",
        "What do you mean? Please name it in the question.",
        "I found no passage that answers this part: when U.S. envoy Dr. Roe left",
        "The sources differ.",
        " ",
        "…",
        "",
    ],
)
def test_notices_about_what_was_looked_at_claim_nothing(text: str) -> None:
    assert claims_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Roe lied.",
        "I found no passage. Roe lied.",
        "No. Roe lied.",
        "I found it.",
        "What? Roe lied!",
        "Roe lied; who?",
    ],
)
def test_anything_else_claims(text: str) -> None:
    assert not claims_nothing(text)
