"""What answers by a language model, or by an installed package."""

from dataclasses import dataclass

from service.answering import GENERATIVE, Answerer
from service.answering.generative import ModelJudge
from service.conversation import Condenser
from service.wire import Wording


@dataclass(frozen=True, slots=True)
class ByModel:
    """What answers unless a request asks for the extractive answerer: a language model, which rewrites
    follow-ups too, or an installed package's answerer by its `name`. `judge` decides on statements in its own
    words, unless the request or else `wording` asks for quotations."""

    answerer: Answerer
    condenser: Condenser | None
    name: str = GENERATIVE
    judge: ModelJudge | None = None
    wording: Wording = "checked"
