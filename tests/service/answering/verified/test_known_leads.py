"""A lead-in that names article, day or place stands only as what is stored bears it out."""

import pytest

from retrieval.article import Facts, Quote
from service.answering import Draft, DraftPart, Said, StatementKind
from service.answering.verified import Lead, known_lead, verify

TEXT = "“The lock stays shut,” Ada Brandt told Radio Orla on Friday.\n\nNobody was hurt."
SPOKEN, PLAIN = TEXT.partition("\n\n")[::2]
FACTS = Facts(title="Lock stays shut", outlet="The Orla Times", published="2025-05-18")
SAID = Said(speaker="Ada Brandt", to="Radio Orla", when="Friday")


def told(words: str, lead: str, *, said: Said | None = None, facts: Facts = FACTS) -> str:
    start = TEXT.index(words)
    part = DraftPart(words, Quote("a_1", 1, start, start + len(words), words), said)
    draft = Draft(StatementKind.QUOTE, (DraftPart(lead), part))
    (stands,) = verify([draft], lambda *_: TEXT, lambda *_: facts).drafts
    return "".join(part.text for part in stands.parts)


@pytest.mark.parametrize(
    ("lead", "reads"),
    [
        (Lead.ARTICLE, "The Orla Times, 18 May 2025, “Lock stays shut”: "),
        (Lead.OUTLET, "The Orla Times: "),
        (Lead.DAY, "Friday (16 May 2025): "),
        (Lead.PUBLISHED, "Published on 18 May 2025: "),
        (Lead.PLACE, "To Radio Orla: "),
    ],
)
def test_what_is_known_is_told(lead: Lead, reads: str) -> None:
    assert known_lead(lead, SAID, FACTS) == reads
    assert told(SPOKEN, reads) == reads + SPOKEN


@pytest.mark.parametrize(
    "lead",
    [
        "The Orla Times, 19 May 2025, “Lock stays shut”: ",
        "The Brenna Post, 18 May 2025, “Lock stays shut”: ",
        "Friday (9 May 2025): ",
        "Published on 17 May 2025: ",
        "To Radio Brenna: ",
    ],
)
def test_what_is_not_known_is_left_out(lead: str) -> None:
    assert told(SPOKEN, lead) == SPOKEN


def test_nobody_lends_a_quotation_the_day_of_another() -> None:
    assert told(PLAIN, "Friday (16 May 2025): ", said=SAID) == PLAIN


def test_a_title_that_reads_like_markup_is_left_out() -> None:
    facts = Facts(title="Look [1] at www.example.com", outlet="The Orla Times", published="2025-05-18")
    assert known_lead(Lead.ARTICLE, None, facts) == "The Orla Times, 18 May 2025: "
    assert known_lead(Lead.ARTICLE, None, Facts()) is None
