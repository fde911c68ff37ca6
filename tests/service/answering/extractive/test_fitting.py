from types import SimpleNamespace
from typing import cast

from service.answering.asked import read_question
from service.answering.extractive.fitting import fitting
from service.answering.extractive.scoring import Candidate


def test_what_isnt_said_to_be_told_to_somebody_wasnt_told_to_them() -> None:
    asks = read_question("What did Haddad tell Radio Norway?")
    text = "“The quay floods every winter,” Haddad said."
    there, unknown, elsewhere = (
        SimpleNamespace(speaker=2, venue=venue, text=text) for venue in (True, None, False)
    )
    order = cast("list[Candidate]", [unknown, there, elsewhere])
    assert fitting(asks, order) == [there]
