"""Who said a sentence of an article, to whom, and what stands around it."""

from service.answering.said.attribution import attribute
from service.answering.said.surroundings import before, quoted, said_in, said_of, sentences_around
from service.answering.said.utterances import Utterance, utterances

__all__ = [
    "Utterance",
    "attribute",
    "before",
    "quoted",
    "said_in",
    "said_of",
    "sentences_around",
    "utterances",
]
