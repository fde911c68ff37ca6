"""What a question asks for: its kind and its parts."""

from service.answering.asked.amounts import amount_of, tells_amount
from service.answering.asked.another import names_in, with_another
from service.answering.asked.broad import Broad, is_worded_broadly, read_broad
from service.answering.asked.by_example import words_of_asking
from service.answering.asked.kinds import Wanted, counted, holds
from service.answering.asked.question import Question, names_one_of, read_question
from service.answering.asked.reports import asked_of_reports
from service.answering.asked.tells import tells
from service.answering.asked.unmentioned import mentions, names_asked
from service.answering.asked.votes import counts_votes, votes_asked
from service.answering.asked.whether import decides
from service.answering.asked.wordings import EVENTS, Overview

__all__ = [
    "EVENTS",
    "Broad",
    "Overview",
    "Question",
    "Wanted",
    "amount_of",
    "asked_of_reports",
    "counted",
    "counts_votes",
    "decides",
    "holds",
    "is_worded_broadly",
    "mentions",
    "names_asked",
    "names_in",
    "names_one_of",
    "read_broad",
    "read_question",
    "tells",
    "tells_amount",
    "votes_asked",
    "with_another",
    "words_of_asking",
]
