"""Follow-ups: what a question means after what has been said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.search import Context
from service.answering import PARLEY, Policy, Remembering, Rule
from service.answering.asked import is_worded_broadly, read_broad
from service.conversation.followup import resolve
from service.conversation.foreign import language_of
from service.conversation.recalls import recalled
from service.conversation.referents import Exchange, standing
from service.conversation.shorthand import spelt_out
from service.conversation.smalltalk import small_talk
from service.conversation.whole import leans, opens, points, stands, whole, without_lead
from service.conversation.wrapping import tidy, unwrapped
from service.english import SMALL, any_of, closed, plain_words

LONGEST = 2000  # code points of a question, as the API takes them
_EXCHANGES = 6  # so many questions back a follow-up of a follow-up is understood
_MARKER = re.compile(r"(?:(?<!\s)\s+)?\[\d+\]")
_SENTENCE = re.compile(r".{20,}?[.!?](?=\s)", re.S)

_CARRIED = 400  # code points of the question before
_BETWEEN = " – "
_ASKS = re.compile(rf"(?:{any_of(closed.QUESTION_WORDS, closed.ASKING)})\b", re.I)
_YES_OR_NO = re.compile(r"(?:yes|no)\b", re.I)


@dataclass(frozen=True, slots=True)
class TurnText:
    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """`standalone` is what is shown and read. It is searched for by its end `searched`, which is all of it
    where the question is whole; then `context`, searched for beside it, is None, and nothing said before has
    any part in the answer. `leans`: what it leaves out may stand in the answer before."""

    standalone: str
    searched: str
    context: Context | None = None
    leans: bool = False


def understand(question: str, turns: Sequence[TurnText], policy: Policy = PARLEY) -> Understood:
    """Without what stands around it. A question that is whole, or was made whole, stands by itself. One
    that leans on what it leaves out is shown with the question before it."""
    turns = _without_asides(turns, policy)
    said = _exchanges(turns, policy)
    question = _plain(question, policy)
    shown = _resolved(question, said, policy)
    if len(shown) > LONGEST:
        shown = question
    broad = Rule.BROAD in policy.rules and read_broad(shown, alone=not said) is not None
    # What would be broad if it were asked alone.
    goes_on = Rule.BROAD in policy.rules and not broad and _is_broad_alone(shown)
    if not said or broad or policy.by(Rule.WHOLE, whole(shown) and not goes_on, False):
        return Understood(shown, shown)
    told = " ".join(f"{one.question} {one.answer}" for one in said)
    if goes_on or (leans(shown) and not opens(shown, told)):
        behind = policy.by(Rule.CARRIED, _carried(shown, said, policy.remembering), shown)
        return Understood(behind, shown, _context(turns, policy, full=points(question)), leans=True)
    beside = None if shown != question else _context(turns, policy, full=points(question))
    return Understood(shown, shown, beside)


def _is_broad_alone(shown: str) -> bool:
    return is_worded_broadly(shown) or (points(shown) and read_broad(shown) is not None)


def last_asked(turns: Sequence[TurnText], policy: Policy = PARLEY) -> Exchange | None:
    """The question before, as it was understood, with what was said to it."""
    said = _exchanges(_without_asides(turns, policy), policy)
    return said[-1] if said else None


def answers_since(turns: Sequence[TurnText], policy: Policy = PARLEY) -> list[str]:
    """What was said to the question before and to what was asked of its answer, oldest first."""
    kept = _without_asides(turns, policy)
    asked = max((at for at, turn in enumerate(kept) if turn.role == "user"), default=len(kept))
    return [turn.text for turn in kept[asked + 1 :] if turn.text.strip()]


def unmarked(text: str) -> str:
    """Without citation markers, whose numbers nobody said."""
    return _MARKER.sub("", text)


def _exchanges(turns: Sequence[TurnText], policy: Policy) -> list[Exchange]:
    """The latest questions, each as it was understood after those before it, with their answers."""
    said: list[Exchange] = []
    for asked, answered in _pairs(turns, policy)[-_EXCHANGES:]:
        meant = _resolved(asked, said, policy)[:LONGEST]
        said.append(Exchange(meant, answered, not leans(meant) or stands(asked)))
    return said


def _resolved(question: str, said: Sequence[Exchange], policy: Policy) -> str:
    meant = resolve(question, said, policy)
    return meant if meant == question else tidy(meant)


def _without_asides(turns: Sequence[TurnText], policy: Policy) -> list[TurnText]:
    """Without small talk and what is in another language, nor what was said to it: nobody goes on with that.
    What was asked of an answer goes, and what was said to it belongs to that answer."""
    kept: list[TurnText] = []
    skip = False
    for turn in turns:
        if turn.role == "user":
            foreign = policy.by(Rule.FOREIGN, language_of(turn.text) is not None, False)
            skip = foreign or small_talk(turn.text, first=False) is not None
            asks = recalled(turn.text) if kept and not skip else None
            if policy.by(Rule.RECALLED, asks is not None and asks.alone, False):
                continue
        if not skip:
            kept.append(turn)
    return kept


def _pairs(turns: Sequence[TurnText], policy: Policy) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for turn in turns:
        text = " ".join(unmarked(turn.text[:LONGEST]).split())
        if turn.role == "user" and text:
            pairs.append((text, ""))
        elif text and pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {text}".strip())
    return [(_plain(asked, policy), told) for asked, told in pairs]


def _plain(asked: str, policy: Policy) -> str:
    """Without what stands around it, and spelt out."""
    asked = policy.by(Rule.UNWRAPPED, unwrapped(asked), asked)
    return policy.by(Rule.SPELT, spelt_out(asked), asked)


def _carried(shown: str, said: Sequence[Exchange], by: Remembering) -> str:
    """With the last question that stood alone, and the last answer if that is a few words. With a long answer
    the question before is only what it is read in: it was answered."""
    asked, told = standing(said).question[:_CARRIED].strip().rstrip("?!. "), said[-1].answer
    if not asked or shown.lower().startswith(asked.lower()) or _says(shown, asked):
        return shown  # it says it already
    if len(told.split()) > by.short:
        return f"{asked}: {shown}"
    short = told.strip(" .!")
    short = short if len(short.split()) <= by.few and not _YES_OR_NO.match(short) else ""
    own = without_lead(shown)  # "– and who paid" is of one question in two parts
    own = own if _ASKS.match(own) else shown
    return _BETWEEN.join(part for part in (asked, short, own) if part)[:LONGEST]


def _says(shown: str, asked: str) -> bool:
    """Whether it has each of the words that the question before was about."""
    about = [word for word in plain_words(asked) if word not in SMALL]
    return len(about) > 1 and set(plain_words(shown)).issuperset(about)


def _context(turns: Sequence[TurnText], policy: Policy, *, full: bool) -> Context | None:
    """As many of the latest turns, each cut to a sentence, as are short enough to count in full; of long
    ones the last two, and they count half. Half also for a question that may not lean on them."""
    by = policy.remembering
    latest = [cut for turn in turns if (cut := _cut(turn.text, by.words_of_turn))][-by.turns :]
    kept: list[str] = []
    for text in reversed(latest):
        if sum(len(t.split()) for t in (text, *kept)) > by.short:
            break
        kept.insert(0, text)
    if not latest or Rule.BESIDE not in policy.rules:
        return None
    if len(kept) < min(2, len(latest)):
        return Context(" ".join(latest[-2:]), by.long_weight)
    return Context(" ".join(kept), 1.0 if full else by.long_weight)


def _cut(text: str, most: int) -> str:
    """Its first sentence, and of that the first words."""
    plain = " ".join(unmarked(text[:LONGEST]).split())
    first = _SENTENCE.match(plain)
    return " ".join((first.group() if first else plain).split()[:most])
