"""Who did what to whom, where no name but order alone tells it."""

import pytest

from service.answering.order import order_fault
from service.answering.reading import ORDER, Source, Text

SUED = "The company sued the union after the strike hit the port."
TWO = "The rebels captured soldiers and the army had released prisoners."
KEPT = [
    # statement, quotation
    ("The company sued the union.", SUED),
    ("The company sued after the strike.", SUED),
    ("The strike hit the port.", SUED),
    ("After the strike, the company sued.", SUED),
    ("The rebels captured soldiers.", TWO),
    ("The army released prisoners and the rebels captured soldiers.", TWO),
    ("The rebels released prisoners.", "The rebels captured soldiers and released prisoners."),
    ("The rebels released prisoners.", "The rebels, whom the army knew, released prisoners."),
    ("The rebels released prisoners.", "The rebels and soldiers from the hills released prisoners."),
    ("The army released prisoners.", "The army of old men, which lost, had released prisoners."),
    ("The union won in 1999.", "In 1999 the union won."),
    ("The union won two seats.", "Two seats the union won."),
    ("It asked about it if ferries sail.", "It asked about it if ferries sail."),
    ("The firm knew of it, if ferries sail.", "The firm knew of it, if ferries sail."),
    ("Keita sued.", "He sued."),
    ("They hired Keita.", "They hired him."),
    ("It was the union, the firm said.", "The firm said it was the union."),
    ("Roe told Brandt the union won.", "The union won, Roe told Brandt."),
    ("Roe says the union won.", "The union won, Roe said."),
    ("The union says it won.", "The union won, says the union."),
]
CHANGED = [
    ("The union sued the company.", SUED),
    ("The port hit the strike.", SUED),
    ("The strike hit the port after the company sued.", SUED),
    ("The company hit the port.", SUED),
    ("Soldiers captured the rebels.", TWO),
    ("The army captured soldiers.", TWO),
    ("The rebels released prisoners.", TWO),
    ("The rebels released prisoners.", "The rebels captured soldiers; the army released prisoners."),
    ("The rebels released prisoners.", "The rebels knew the army said it released prisoners."),
    ("The rebels released prisoners.", "The rebels left as the army released prisoners."),
    ("It sued the company.", "The company sued."),
    ("Keita won; the union sued the firm.", "He won; the firm sued the union."),
    ("The Union sued.", "They sued the Union."),
]


@pytest.mark.parametrize(("statement", "quote"), KEPT)
def test_what_is_left_out_or_moved_whole_changes_nothing(statement: str, quote: str) -> None:
    assert order_fault(Text(statement), [Source(Text(quote), None)]) is None


@pytest.mark.parametrize(("statement", "quote"), CHANGED)
def test_who_did_it_and_to_whom_dont_change_places(statement: str, quote: str) -> None:
    assert order_fault(Text(statement), [Source(Text(quote), None)]) == ORDER


def test_each_pair_of_words_needs_one_quotation_that_has_both() -> None:
    army, rebels = (Source(Text(t), None) for t in ("The army left.", "The rebels captured soldiers."))
    assert order_fault(Text("The army captured soldiers."), [army, rebels]) == ORDER
    assert order_fault(Text("The army left and the rebels captured soldiers."), [army, rebels]) is None
