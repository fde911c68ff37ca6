"""Follow-ups: what a question means after what has been said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.search import Context
from service.answering.question import read
from service.followup import leans, new_subject, resolve
from service.referents import Exchange

LONGEST = 2000  # code points of a question, as the API takes them
_EXCHANGES = 6  # so many questions back a follow-up of a follow-up is understood
_MARKER = re.compile(r"\s*\[\d+\]")
_SENTENCE = re.compile(r".{20,}?[.!?](?=\s)", re.S)

# Chosen on two public sets of conversations, one of them over news.
_TURNS = 4
_WORDS_OF_TURN = 25
_SHORT = 25  # words of history that count in full beside a question that leans on them
_LONG_WEIGHT = 0.5
_FEW = 8  # words of an answer that is read with the question it answers
_CARRIED = 400  # code points of the question before
_YES_OR_NO = re.compile(r"(?:yes|no)\b", re.I)


@dataclass(frozen=True, slots=True)
class TurnText:
    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """`standalone` is what is shown and searched for. `read` is what sentences are compared with: where
    the question still leans on what came before, that stands in front of it. `context` is searched for
    beside it, None where nothing was said before, or the subject was changed."""

    standalone: str
    read: str
    context: Context | None = None


def understand(question: str, turns: Sequence[TurnText]) -> Understood:
    """Without turns the question is left exactly as it is."""
    said = _exchanges(turns)
    if not said:
        return Understood(question, question)
    fresh = new_subject(question)
    if fresh is not None:
        return Understood(fresh, fresh)
    shown = resolve(question, said)
    shown = shown if len(shown) <= LONGEST else question
    return Understood(shown, _read(shown, said[-1]), _context(question, turns))


def understood_as(shown: str, question: str, turns: Sequence[TurnText]) -> Understood:
    """As somebody else rewrote it."""
    return Understood(shown, shown, _context(question, turns))


def standalone(question: str, turns: Sequence[TurnText]) -> str:
    """The question as a person would have asked it with nothing said before."""
    return understand(question, turns).standalone


def unmarked(text: str) -> str:
    """Without citation markers, whose numbers nobody said."""
    return _MARKER.sub("", text)


def _exchanges(turns: Sequence[TurnText]) -> list[Exchange]:
    """The latest questions, each as it was understood after those before it, with their answers."""
    said: list[Exchange] = []
    for asked, answered in _pairs(turns)[-_EXCHANGES:]:
        fresh = new_subject(asked)
        meant = asked if fresh is None and not said else fresh or resolve(asked, said)
        said.append(Exchange(meant[:LONGEST], answered))
    return said


def _pairs(turns: Sequence[TurnText]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for turn in turns:
        text = " ".join(unmarked(turn.text[:LONGEST]).split())
        if turn.role == "user" and text:
            pairs.append((text, ""))
        elif text and pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {text}".strip())
    return pairs


def _read(shown: str, before: Exchange) -> str:
    """Beside a question that still leans: the one before and its answer if that is a few words, as one
    question. With a long answer the one before is only what it is read in: it was answered."""
    if not leans(shown) or read(shown).open():
        return shown
    asked, answered = before.question[:_CARRIED].strip(), before.answer.strip(" .!")
    if len(before.answer.split()) > _SHORT:
        return f"{asked.rstrip('?!. ')}: {shown}"
    told = answered if len(answered.split()) <= _FEW and not _YES_OR_NO.match(answered) else ""
    return " ".join(part for part in (asked.rstrip("?!. "), told, shown) if part)


def _context(question: str, turns: Sequence[TurnText]) -> Context | None:
    """As many of the latest turns, each cut to a sentence, as are short enough to count in full; of long
    ones the last two, and they count half. Half also for a question that doesn't lean on them."""
    latest = [cut for turn in turns[-_TURNS:] if (cut := _cut(turn.text))]
    kept: list[str] = []
    for text in reversed(latest):
        if sum(len(t.split()) for t in (text, *kept)) > _SHORT:
            break
        kept.insert(0, text)
    if not latest:
        return None
    if len(kept) < min(2, len(latest)):
        return Context(" ".join(latest[-2:]), _LONG_WEIGHT)
    return Context(" ".join(kept), 1.0 if leans(question) else _LONG_WEIGHT)


def _cut(text: str) -> str:
    """Its first sentence, and of that the first words."""
    plain = " ".join(unmarked(text[:LONGEST]).split())
    first = _SENTENCE.match(plain)
    return " ".join((first.group() if first else plain).split()[:_WORDS_OF_TURN])
