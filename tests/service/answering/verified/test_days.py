"""A day, place or number stays with what its sentence tells it of. Names are made up."""

import pytest

from service.answering.verified.cut import cut_fault
from service.answering.verified.reading import CitedSentence, Text

MOVED = [
    # Between conjuncts.
    ("Orrin met the pilots on Monday.", "Orrin met the pilots on Friday and the crews on Monday."),
    ("Orrin met Brandt on Monday.", "Orrin met Brandt on Friday and Castor on Monday."),
    ("Orrin met Brandt in Keth.", "Orrin met Brandt in Galt and Castor in Keth."),
    ("Orrin flew to Galt in June.", "Orrin flew to Galt in May and to Keth in June."),
    ("In June, Orrin flew to Galt.", "Orrin flew to Galt in May and to Keth in June."),
    ("Norland signed the pact in April.", "Norland signed the pact in March, Ostria in April."),
    ("In April, Norland signed the pact.", "Norland signed the pact in March, Ostria in April."),
    ("The truce began on Tuesday.", "The truce began on Sunday and the talks on Tuesday."),
    ("The truce began on Tuesday.", "The truce began on Sunday, the talks, long put off, on Tuesday."),
    ("Orrin resigned in June.", "Orrin resigned in May, and Petch in June."),
    ("Orrin came on Friday.", "Orrin came on Tuesday and left on Friday."),
    ("Orrin came on Monday.", "Orrin came, and Petch left on Monday."),
    ("Orrin met Brandt in Keth.", "Orrin met Brandt in Galt, and Castor, the premier, in Keth."),
    ("In May, Orrin signed and told us it works.", "Orrin signed in March and told us in May that it works."),
    ("The column reached the town on Monday.", "The column, freed on Monday, reached the town."),
    ("The crews met Orrin on Monday.", "On Monday the crews met Orrin and on Friday the pilots met Petch."),
    ("On Monday Orrin met Petch in Keth.", "On Monday Orrin met Petch in Galt, on Friday in Keth."),
    # Between the saying and what is said.
    ("Orrin said that Petch resigned on Tuesday.", "Orrin said on Tuesday that Petch resigned."),
    ("Orrin said that Petch resigned on Tuesday.", "On Tuesday, Orrin said that Petch resigned."),
    ("On Tuesday, Orrin said that Petch resigned.", "Orrin said that Petch resigned on Tuesday."),
    ("On Sunday, Orrin promised to go.", "Orrin promised to go on Sunday."),
    ("Orrin promised to go on Sunday.", "On Sunday, Orrin promised to go."),
    ("Orrin asked Petch to go on Sunday.", "Orrin asked Petch on Sunday to go."),
    ("Orrin said that Petch resigned in Keth.", "Orrin said in Keth that Petch resigned."),
    # Of several, each its own.
    ("Galt and Keth voted in May.", "Galt and Keth voted in May and June, respectively."),
    ("Galt and Keth lost 3.", "Galt and Keth lost 3, 4 and 5 men in three wars."),
    ("The fare is 3.", "The fare is 3 to 5 crowns."),
]
STAYS = [
    ("On Friday, Orrin met Brandt.", "Orrin met Brandt on Friday and Castor on Monday."),
    ("Orrin flew to Galt in May.", "Orrin flew to Galt in May and to Keth in June."),
    ("In May, Orrin flew to Galt.", "Orrin flew to Galt in May and to Keth in June."),
    ("Norland signed the pact in March.", "Norland signed the pact in March, Ostria in April."),
    ("On Tuesday, Orrin left.", "Orrin, who was ill, left on Tuesday."),
    ("On Tuesday, Orrin left.", "Orrin left in Galt on Tuesday."),
    ("Orrin and Petch left on Tuesday.", "On Tuesday, Orrin and Petch left."),
    ("On Tuesday, Orrin told Radio Vell that it works.", "Orrin told Radio Vell on Tuesday that it works."),
    ("On Sunday, Orrin promised to go.", "Orrin promised on Sunday to go."),
    ("On Tuesday, Orrin said it rained.", "It rained, Orrin said on Tuesday."),
    ("Orrin left on May 3.", "Orrin left on May 3, 2020, in haste."),
    ("The fare is 3 crowns.", "The fare is 3 crowns in Galt and 5 crowns in Keth."),
]


@pytest.mark.parametrize(("statement", "sentence"), MOVED)
def test_a_value_stays_with_its_own_conjunct(statement: str, sentence: str) -> None:
    assert cut_fault(Text(statement), CitedSentence(Text(sentence), None)) is not None


@pytest.mark.parametrize(("statement", "sentence"), STAYS)
def test_a_day_may_change_its_place_within_its_clause(statement: str, sentence: str) -> None:
    assert cut_fault(Text(statement), CitedSentence(Text(sentence), None)) is None
