"""Which of the sentences found can answer at all: said by whom and where the question asks, and holding the
kind of thing that it asks for. What somebody else said, or said elsewhere, is no answer."""

from collections.abc import Sequence

from service.answering.asked import Question, Wanted, counted, has_number, holds, is_enumeration
from service.answering.extractive.scoring import Candidate
from service.english import MODALS, loose_stem, words

# How far below the best sentence one that holds the kind of thing asked for may lie.
FAR = 0.1
# What only says which kind of thing is asked for.
_KINDS = words(" ".join(("day date time year month place number name many much", *MODALS)))


def fitting(asks: Question, order: Sequence[Candidate]) -> list[Candidate]:
    """None is left if nobody among the passages is reported to have spoken as the question has it."""
    left = list(order)
    if asks.speaks and asks.speaker:
        least = 1 if asks.own_words else 0
        left = [c for c in left if c.speaker > least]
    if asks.venues:
        left = [c for c in left if c.venue is not False] if any(c.venue for c in left) else []
    if asks.counts():
        left = _counting(asks, left)
    if asks.kind is Wanted.PLACE and asks.names_kind:
        left = _on_the_point(left, [c for c in left if holds(Wanted.PLACE, c.text, asks.text)])
    if asks.kind is Wanted.OUTLET:
        left = [c for c in left if _names_outlet(c)] or left
    return left


def names_all(asks: Question, candidate: Candidate) -> bool:
    """Whether a sentence has every word that the question is about, and the kind of thing it asks for."""
    about = words(asks.text) - _KINDS
    return bool(about) and about <= words(candidate.text) and holds(asks.kind, candidate.text, asks.text)


def _counting(asks: Question, left: Sequence[Candidate]) -> list[Candidate]:
    """With a number, or with a list that can be counted; if what is counted is named by no passage, none."""
    noun = counted(asks.text)
    if noun and not any(_names(noun, c.passage.hit.chunk.embedded_text) for c in left):
        return []
    return _on_the_point(left, [c for c in left if has_number(c.text) or is_enumeration(c.text)])


def _on_the_point(all_: Sequence[Candidate], kept: list[Candidate]) -> list[Candidate]:
    """None if the best that holds the kind of thing lies far below the best that doesn't: it is about
    something else."""
    return kept if kept and all_[0].score - kept[0].score <= FAR else []


def _names(noun: str, text: str) -> bool:
    root = loose_stem(noun)
    return any(w.startswith(root) or (len(w) > 3 and root.startswith(w)) for w in words(text))


def _names_outlet(candidate: Candidate) -> bool:
    return candidate.said is not None and bool(candidate.said.venue or candidate.said.to)


def one_for_each_outlet(fits: Sequence[Candidate]) -> list[Candidate]:
    """The best statement of the speaker asked about for each outlet that it was made on or to."""
    found: dict[str, Candidate] = {}
    for candidate in fits:
        if candidate.speaker == 2 and candidate.said and _names_outlet(candidate):
            found.setdefault(str(candidate.said.venue or candidate.said.to), candidate)
    return list(found.values())
