"""Whether a statement in other words than its quotations' may be put to a judge at all.

These rules can't tell a true restatement from a false one; they hold where a judge is misled, or lies: a
figure, a day or a name that nothing cited has, words in quotation marks that nobody said, what somebody said
told without them, a denial or condition left out.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from service.answering.verified.reading import CitedSentence, Text
from service.answering.verified.restated.akin import apart
from service.answering.verified.restated.attribution import unattributed
from service.answering.verified.restated.operators import lost
from service.answering.verified.restated.values import unknown_name, unknown_value, unknown_words
from service.english import tokenized


class Rule(StrEnum):
    """By the reason that is given for a refusal."""

    VALUE = "value_not_in_quote"
    NAME = "name_not_in_quote"
    QUOTED = "quoted_words_not_in_quote"
    SPEAKER = "said_by_another"
    LOST = "condition_or_denial_lost"
    APART = "nothing_like_the_quote"


ALL_RULES = frozenset(Rule)


def restated(
    statement: str,
    sources: Sequence[CitedSentence],
    names: Sequence[str] = (),
    *,
    near: Sequence[str] = (),
    days: Sequence[date] = (),
    rules: frozenset[Rule] = ALL_RULES,
) -> Rule | None:
    """The rule that it breaks. `names` is what the articles call those whom the sources name, `near` what
    stands before these: it may give a name, but no figure. `days` are those of publication: each may be told
    as a whole, with its month."""
    told = Text(statement)
    cited = [source.quote.tokens for source in sources]
    beside = _beside(sources, names)
    known = [
        *(token for tokens in cited for token in tokens),
        *tokenized(" ; ".join(beside)),
    ]
    broken: dict[Rule, Callable[[], bool]] = {
        Rule.VALUE: lambda: unknown_value(Text(_without(statement, days)), known),
        Rule.NAME: lambda: unknown_name(told, [*known, *tokenized(" ; ".join(near))]),
        Rule.QUOTED: lambda: unknown_words(told, [source.quote.text for source in sources]),
        Rule.SPEAKER: lambda: unattributed(told, sources, names),
        Rule.LOST: lambda: lost(told.tokens, cited),
        Rule.APART: lambda: apart(statement, [*(source.quote.text for source in sources), *beside]),
    }
    return next((rule for rule, breaks in broken.items() if rule in rules and breaks()), None)


def _without(statement: str, days: Sequence[date]) -> str:
    """Without mentions of these days: "3 May", "May 3, 2030"."""
    for day in days:
        of_month = rf"(?:{day:%B} {day.day}(?:st|nd|rd|th)?|{day.day}(?:st|nd|rd|th)? (?:of )?{day:%B})"
        statement = re.sub(rf"\b{of_month}\b(?:,? {day:%Y}\b)?", " ; ", statement)
    return statement


def _beside(sources: Sequence[CitedSentence], names: Sequence[str]) -> list[str]:
    said = [source.said for source in sources if source.said]
    fields = [field for each in said for field in (each.speaker, each.to, each.venue, each.when)]
    return [*(field for field in fields if field), *names]
