"""What is asked, made a question that stands by itself: by code, or by a language model's rewriting that code
can vouch for."""

from service.conversation.condensing import Condenser, Rewritten, understand_with
from service.conversation.foreign import language_of
from service.conversation.naming import as_named, as_spelt, names_alone
from service.conversation.recalls import Recall, Recalled, doubting, recalled, says_nothing
from service.conversation.shorthand import spelt_out
from service.conversation.smalltalk import SmallTalk, small_talk
from service.conversation.suggest import Suggestions
from service.conversation.understand import (
    TurnText,
    Understood,
    answers_since,
    last_asked,
    understand,
    unmarked,
)

__all__ = [
    "Condenser",
    "Recall",
    "Recalled",
    "Rewritten",
    "SmallTalk",
    "Suggestions",
    "TurnText",
    "Understood",
    "answers_since",
    "as_named",
    "as_spelt",
    "doubting",
    "language_of",
    "last_asked",
    "names_alone",
    "recalled",
    "says_nothing",
    "small_talk",
    "spelt_out",
    "understand",
    "understand_with",
    "unmarked",
]
