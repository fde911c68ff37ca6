"""Who said a sentence of an article, to whom, what stands around it; whom articles name, by which offices."""

from service.answering.said.ahead import dates_ahead, days_ahead
from service.answering.said.attribution import attribute
from service.answering.said.event_day import event_day, tells_year
from service.answering.said.known import Known, Somebody, holder, known
from service.answering.said.likely import utterances
from service.answering.said.people import Cast, Person, called, people
from service.answering.said.reported import EDITION, Reported, Strength, reported
from service.answering.said.said_on import said_on
from service.answering.said.surroundings import (
    before,
    names_near,
    quoted,
    said_in,
    said_of,
    sentences_around,
)
from service.answering.said.ties import Tie
from service.answering.said.utterances import Utterance, View, views_of

__all__ = [
    "EDITION",
    "Cast",
    "Known",
    "Person",
    "Reported",
    "Somebody",
    "Strength",
    "Tie",
    "Utterance",
    "View",
    "attribute",
    "before",
    "called",
    "dates_ahead",
    "days_ahead",
    "event_day",
    "holder",
    "known",
    "names_near",
    "people",
    "quoted",
    "reported",
    "said_in",
    "said_of",
    "said_on",
    "sentences_around",
    "tells_year",
    "utterances",
    "views_of",
]
