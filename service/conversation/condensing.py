"""A follow-up as a question of its own, by a language model's rewriting, where code can vouch for it.

The rewritten question is shown and searched for, so it may hold no word that neither the question nor the
conversation has, and must keep what was asked. understand.py has the way without a model.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from prompts import Prompt
from service.answering import PARLEY, Policy
from service.answering.verified import is_plain
from service.conversation.understand import LONGEST, TurnText, Understood, understand, unmarked
from service.conversation.whole import whole
from service.conversation.wrapping import unwrapped
from service.english import CONTENT, Tag, Token, tokenized
from service.model import (
    AskerLeft,
    LanguageModel,
    ModelFault,
    ModelTimeout,
    Nonce,
    Spent,
    always_there,
    ended,
    fenced,
    nonce,
)

_TURNS = 8
_OF_TURN = 800  # code points
_SECONDS = 15.0
_ADDED = 12  # content words beside the question's own
_KEPT = 0.6  # of the question's content words
_FIXED = (Tag.NAME, Tag.NUMBER, Tag.DATE, Tag.NEGATION)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """`question` is None where the model gave none that could be taken, `fault` what kept it from it."""

    question: str | None
    spent: Spent
    fault: ModelFault | None = None


@dataclass(frozen=True, slots=True)
class Condenser:
    model: LanguageModel
    prompt: Prompt
    seconds: float = _SECONDS
    nonce: Nonce = nonce
    clock: Callable[[], float] = field(default=time.monotonic)

    def rewrite(
        self, question: str, turns: Sequence[TurnText], *, left: Callable[[], bool] = always_there
    ) -> Rewritten:
        spent, until = Spent(), self.clock() + self.seconds
        values = {"question": question, "turns": _shown(turns)}
        try:
            said = self.model.say(
                fenced(self.prompt, values, make=self.nonce),
                left=lambda: left() or self.clock() > until,
                spent=spent,
            )
            with ended(said):
                line = _heard(said)
        except AskerLeft as fault:
            late = None if left() else ModelTimeout(f"the question wasn't rewritten in {self.seconds:g} s")
            return Rewritten(None, spent, late or fault)
        except ModelFault as fault:
            return Rewritten(None, spent, fault)
        return Rewritten(line if vouched_for(line, question, turns) else None, spent)


def understand_with(
    condenser: Condenser | None,
    question: str,
    turns: Sequence[TurnText],
    *,
    left: Callable[[], bool],
    policy: Policy = PARLEY,
) -> tuple[Understood, Rewritten | None]:
    """By a model where there is one and the question needs what was said before; else by code."""
    by_code = understand(question, turns, policy)
    if condenser is None or not turns or whole(unwrapped(question)):
        return by_code, None
    rewritten = condenser.rewrite(unwrapped(question), turns, left=left)
    if rewritten.question is None:
        return by_code, rewritten
    return Understood(rewritten.question, rewritten.question), rewritten


def vouched_for(line: str, question: str, turns: Sequence[TurnText]) -> bool:
    """Whether it is one plain line that asks the question in words that were said."""
    if not is_plain(line) or len(line) > LONGEST:
        return False
    own, told = tokenized(question), tokenized(line)
    said = _forms([*own, *(token for turn in turns for token in tokenized(unmarked(turn.text)))])
    if any(token.kind is not Tag.FREE and not token.forms & said for token in told):
        return False
    if not all(token.forms & _forms(told) for token in own if token.kind in _FIXED):
        return False
    asks = [token for token in own if token.kind in CONTENT]
    kept = sum(bool(token.forms & _forms(told)) for token in asks)
    added = sum(token.kind in CONTENT and not token.forms & _forms(own) for token in told)
    return kept >= _KEPT * len(asks) and added <= _ADDED


def _forms(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(form for token in tokens for form in token.forms)


def _heard(said: Iterator[str]) -> str:
    """Its one line; whatever is too long to be one is none."""
    text = ""
    for piece in said:
        text += piece
        if len(text) > 2 * LONGEST:
            return ""
    return text.strip()


def _shown(turns: Sequence[TurnText]) -> str:
    lines = [
        f"{'Question' if turn.role == 'user' else 'Answer'}: {_cut(turn.text)}" for turn in turns[-_TURNS:]
    ]
    return "\n".join(lines)


def _cut(text: str) -> str:
    plain_text = " ".join(unmarked(text).split())
    return plain_text if len(plain_text) <= _OF_TURN else f"{plain_text[:_OF_TURN]} …"
